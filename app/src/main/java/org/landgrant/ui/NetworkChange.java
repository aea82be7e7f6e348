package org.landgrant.ui;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.landgrant.grants.Access;
import org.landgrant.grants.AppId;
import org.landgrant.grants.Decision;
import org.landgrant.grants.EffectiveGrant;
import org.landgrant.grants.Gatekeeper;
import org.landgrant.grants.Origin;
import org.landgrant.grants.Resource;
import org.landgrant.grants.Resource.AnyTcpPort;
import org.landgrant.grants.Resource.AnyUdpPort;
import org.landgrant.grants.Resource.TcpPort;

/**
 * The decisions that lead from what holds to what was chosen. What may be listened on stays as it is.
 *
 * @param resets resources that go back to what the template says
 */
record NetworkChange(List<Resource> resets, List<Step> decisions) {
    record Step(Resource resource, Set<Access> access, Decision decision) {}

    /**
     * Only these may be connected to. UDP goes along with any of them: without it most programs find no server by its
     * name.
     */
    static NetworkChange to(Set<Integer> ports, boolean any, List<EffectiveGrant> effective) {
        Map<Resource, EffectiveGrant> now = new LinkedHashMap<>();
        boolean online = any || !ports.isEmpty();
        for (EffectiveGrant grant : effective) {
            if (NetworkState.speaksOf(grant.resource())) {
                now.put(grant.resource(), grant);
            }
        }
        NetworkChange change = new NetworkChange(new ArrayList<>(), new ArrayList<>());
        for (EffectiveGrant grant : now.values()) {
            boolean wanted = switch (grant.resource()) {
                case TcpPort(int port) -> !any && ports.contains(port);
                case AnyUdpPort _ -> online;
                default -> any;
            };
            // With everything open, single ports add nothing; those of the template may stay.
            if (!wanted && !(any && grant.fromTemplate().isPresent())) {
                change.close(grant);
            }
        }
        if (online) {
            change.open(new AnyUdpPort(), Optional.ofNullable(now.get(new AnyUdpPort())));
        }
        if (any) {
            change.open(new AnyTcpPort(), Optional.ofNullable(now.get(new AnyTcpPort())));
        } else {
            ports.stream()
                    .sorted()
                    .map(TcpPort::new)
                    .forEach(port -> change.open(port, Optional.ofNullable(now.get(port))));
            if (ports.isEmpty()) {
                // Off is a decision of its own: nobody asks about connections any more.
                change.decisions.add(new Step(new AnyTcpPort(), Set.of(Access.CONNECT), Decision.DENY));
                change.resets.remove(new AnyTcpPort());
            }
        }
        return change;
    }

    void apply(AppId app, Gatekeeper gatekeeper) {
        // Narrowing first: a failure half-way leaves the app with less, never with more.
        decisions.stream()
                .filter(step -> step.decision() == Decision.DENY)
                .forEach(step -> gatekeeper.decide(app, step.resource(), step.access(), step.decision(), Origin.USER));
        resets.forEach(resource -> gatekeeper.reset(app, resource));
        decisions.stream()
                .filter(step -> step.decision() != Decision.DENY)
                .forEach(step -> gatekeeper.decide(app, step.resource(), step.access(), step.decision(), Origin.USER));
    }

    private void close(EffectiveGrant grant) {
        boolean listens = grant.decision() == Decision.ALLOW && grant.access().contains(Access.LISTEN);
        boolean given = grant.fromTemplate()
                .filter(access -> access.contains(Access.CONNECT))
                .isPresent();
        if (listens) {
            decisions.add(new Step(grant.resource(), Set.of(Access.LISTEN), Decision.ALLOW));
        } else if (given) {
            decisions.add(new Step(grant.resource(), Set.of(Access.CONNECT), Decision.DENY));
        } else if (grant.origin() != Origin.TEMPLATE) {
            resets.add(grant.resource());
        }
    }

    private void open(Resource resource, Optional<EffectiveGrant> now) {
        Optional<EffectiveGrant> allowed = now.filter(grant -> grant.decision() == Decision.ALLOW);
        if (allowed.filter(grant -> grant.access().contains(Access.CONNECT)).isPresent()) {
            return;
        }
        Set<Access> access = EnumSet.of(Access.CONNECT);
        allowed.ifPresent(grant -> access.addAll(grant.access()));
        if (now.flatMap(EffectiveGrant::fromTemplate).filter(access::equals).isPresent()) {
            resets.add(resource);
        } else {
            decisions.add(new Step(resource, Set.copyOf(access), Decision.ALLOW));
        }
    }
}
