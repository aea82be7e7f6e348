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
 * @param listening what it may listen on
 */
record NetworkState(Mode mode, List<Integer> ports, List<Resource> listening, boolean changed) {
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
        boolean changed = false;
        List<EffectiveGrant> network = effective.stream()
                .filter(grant ->
                        grant.resource() instanceof Resource.TcpPort || grant.resource() instanceof Resource.AnyTcpPort)
                .toList();
        for (EffectiveGrant grant : network) {
            changed |= grant.changed();
            if (grant.decision() == Decision.ALLOW && grant.access().contains(Access.CONNECT)) {
                if (grant.resource() instanceof Resource.TcpPort(int port)) {
                    ports.add(port);
                } else {
                    any = true;
                }
            }
        }
        List<Resource> listening = network.stream()
                .filter(grant ->
                        grant.decision() == Decision.ALLOW && grant.access().contains(Access.LISTEN))
                .map(EffectiveGrant::resource)
                .toList();
        return new NetworkState(mode(any, ports), List.copyOf(ports), listening, changed);
    }

    static Mode mode(boolean any, Set<Integer> ports) {
        if (any) {
            return Mode.EVERYTHING;
        }
        return ports.isEmpty() ? Mode.OFF : ports.equals(WEB) ? Mode.WEB : Mode.PORTS;
    }
}
