package org.landgrant.ui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.landgrant.ui.Sample.FIREFOX;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.landgrant.grants.Access;
import org.landgrant.grants.Decision;
import org.landgrant.grants.EffectiveGrant;
import org.landgrant.grants.Origin;
import org.landgrant.grants.Resource;
import org.landgrant.ui.NetworkState.Mode;

/** The template of the sample gives ports 80 and 443, and UDP. */
class NetworkChangeTest {
    private final MapGatekeeper keeper = new MapGatekeeper();

    private NetworkState state() {
        return NetworkState.of(keeper.effective(FIREFOX));
    }

    private void to(boolean any, Integer... ports) {
        NetworkChange.to(Set.of(ports), any, keeper.effective(FIREFOX)).apply(FIREFOX, keeper);
    }

    @Test
    void everyModeIsReachedFromEveryOther() {
        List<Runnable> ways =
                List.of(() -> to(false), () -> to(false, 80, 443), () -> to(false, 443, 8080), () -> to(true));
        List<Mode> modes = List.of(Mode.OFF, Mode.WEB, Mode.PORTS, Mode.EVERYTHING);
        for (int from = 0; from < 4; from++) {
            for (int target = 0; target < 4; target++) {
                ways.get(from).run();
                ways.get(target).run();
                assertEquals(modes.get(target), state().mode());
                assertEquals(target != 0, state().udp());
                assertTrue(state().udpGoesAlong());
            }
        }
    }

    @Test
    void whatTheTemplateSaysIsNotAChange() {
        to(false);
        assertTrue(state().changed());
        to(false, 80, 443);
        assertEquals(new NetworkState(Mode.WEB, List.of(80, 443), true, List.of(), false), state());
    }

    @Test
    void offIsADecisionSoThatNobodyAsks() {
        to(false);
        assertTrue(keeper.effective(FIREFOX).stream()
                .anyMatch(grant ->
                        grant.resource().equals(new Resource.AnyTcpPort()) && grant.decision() == Decision.DENY));
    }

    @Test
    void udpThatSomebodyElseSwitchedIsSeen() {
        keeper.decide(FIREFOX, new Resource.AnyUdpPort(), Set.of(Access.CONNECT), Decision.DENY, Origin.USER);
        assertEquals(Mode.WEB, state().mode());
        assertFalse(state().udp());
        assertFalse(state().udpGoesAlong());
        assertEquals("network.web.udp.closed", state().hint());
        assertTrue(state().changed());
    }

    @Test
    void listeningStaysAsItIs() {
        Resource port = new Resource.TcpPort(8080);
        keeper.decide(FIREFOX, port, Set.of(Access.CONNECT, Access.LISTEN), Decision.ALLOW, Origin.USER);
        to(false, 443);
        assertEquals(List.of(port), state().listening());
        assertEquals(List.of(443), state().ports());
        to(false, 443, 8080);
        assertEquals(List.of(port), state().listening());
        assertEquals(List.of(443, 8080), state().ports());
        EffectiveGrant grant = keeper.effective(FIREFOX).getLast();
        assertEquals(Set.of(Access.CONNECT, Access.LISTEN), grant.access());
    }
}
