package org.landgrant.ui;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.landgrant.grants.Access;
import org.landgrant.grants.Decision;
import org.landgrant.grants.EffectiveGrant;
import org.landgrant.grants.Resource;

/**
 * How an app stands towards the network.
 *
 * @param ports it may connect to, ascending; without meaning for {@link Mode#EVERYTHING}
 * @param udp whether it may use UDP, which is not among the ports
 * @param listening what it may listen on
 */
record NetworkState(Mode mode, List<Integer> ports, boolean udp, List<Resource> listening, boolean changed) {
    static final Set<Integer> WEB = Set.of(80, 443);

    enum Mode {
        OFF("off"),
        WEB("web"),
        PORTS("ports"),
        EVERYTHING("everything");

        private final String word;

        Mode(String word) {
            this.word = word;
        }

        /** Ends the IDs of nodes and the names of words. */
        String word() {
            return word;
        }
    }

    NetworkState {
        ports = List.copyOf(ports);
        listening = List.copyOf(listening);
    }

    static NetworkState of(List<EffectiveGrant> effective) {
        TreeSet<Integer> ports = new TreeSet<>();
        boolean any = false;
        boolean udp = false;
        boolean changed = false;
        List<EffectiveGrant> network =
                effective.stream().filter(grant -> speaksOf(grant.resource())).toList();
        for (EffectiveGrant grant : network) {
            changed |= grant.changed();
            if (grant.decision() == Decision.ALLOW && grant.access().contains(Access.CONNECT)) {
                if (grant.resource() instanceof Resource.TcpPort(int port)) {
                    ports.add(port);
                } else if (grant.resource() instanceof Resource.AnyUdpPort) {
                    udp = true;
                } else {
                    any = true;
                }
            }
        }
        List<Resource> listening = network.stream()
                .filter(grant ->
                        grant.decision() == Decision.ALLOW && grant.access().contains(Access.LISTEN))
                .filter(grant -> !(grant.resource() instanceof Resource.AnyUdpPort))
                .map(EffectiveGrant::resource)
                .toList();
        return new NetworkState(mode(any, ports), List.copyOf(ports), udp, listening, changed);
    }

    /** Whether UDP is as people expect of the mode: open with the network, closed without. */
    boolean udpGoesAlong() {
        return udp == (mode != Mode.OFF);
    }

    /** Names the sentence that says what is open. */
    String hint() {
        return "network." + mode.word() + (udpGoesAlong() ? ".hint" : udp ? ".udp.open" : ".udp.closed");
    }

    static boolean speaksOf(Resource resource) {
        return resource instanceof Resource.TcpPort
                || resource instanceof Resource.AnyTcpPort
                || resource instanceof Resource.AnyUdpPort;
    }

    static Mode mode(boolean any, Set<Integer> ports) {
        if (any) {
            return Mode.EVERYTHING;
        }
        return ports.isEmpty() ? Mode.OFF : ports.equals(WEB) ? Mode.WEB : Mode.PORTS;
    }
}
