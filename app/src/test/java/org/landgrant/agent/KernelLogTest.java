package org.landgrant.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.landgrant.grants.Access;
import org.landgrant.grants.AppId;
import org.landgrant.grants.Denial;
import org.landgrant.grants.Event;
import org.landgrant.grants.Event.Kind;
import org.landgrant.grants.Event.Who;
import org.landgrant.grants.Resource;
import org.landgrant.kernel.KernelRefusal;
import org.landgrant.launch.Session;

class KernelLogTest {
    private static final AppId APP = new AppId("firefox-esr.desktop");
    private static final Instant START = Instant.parse("2026-05-01T12:00:00Z");
    private static final String READ = "blockers=fs.read_file path=\"/srv/a\" dev=\"vda\" ino=1";

    private final List<Event> noted = new ArrayList<>();
    // The supervisor, the app, and what the app started.
    private final Map<Long, Long> parents = Map.of(90L, 50L, 91L, 90L, 92L, 91L, 50L, 1L, 70L, 1L);
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private Instant now = START;
    private final KernelLog log = new KernelLog(noted::add, pid -> parents.getOrDefault(pid, 0L), () -> now, clock);

    @BeforeEach
    void aSessionRuns() {
        log.sessionsChanged(APP, List.of(new Session(1, APP, 50, START, Path.of("/"), List.of())));
    }

    @AfterEach
    void end() {
        clock.shutdownNow();
    }

    /** As if {@code process} tried it, whose parent was {@code parent}; the app made the rules. */
    private void kernel(long process, long parent, String rest) {
        log.take(KernelRefusal.read("denied 1777636800.000 " + process + " " + parent + " 90 \"x\" " + rest)
                .orElseThrow());
    }

    private void supervisor(Resource resource, Access access) {
        log.told(List.of(new Denial(APP, resource, access, "x", 1, START, START)));
    }

    private static Resource place(String path) {
        return new Resource.Place(path);
    }

    private Event only() {
        log.look();
        assertEquals(1, noted.size(), noted.toString());
        return noted.getFirst();
    }

    private void nothing() {
        log.look();
        assertEquals(List.of(), noted);
    }

    @Test
    void whatOnlyTheKernelSawIsNotedAsThat() {
        kernel(91, 90, READ);
        kernel(91, 90, READ);
        Event event = only();
        assertEquals(Kind.REFUSED, event.kind());
        assertEquals(Who.KERNEL, event.who());
        assertEquals(APP, event.app());
        assertEquals(place("/srv/a"), event.resource().orElseThrow());
        assertEquals(Set.of(Access.READ), event.access());
        assertEquals(2, event.count());
        assertEquals(START, event.first());
    }

    @Test
    void whatTheSupervisorToldIsNotToldTwice() {
        supervisor(place("/srv/a"), Access.READ); // before
        kernel(91, 90, READ);
        kernel(91, 90, "blockers=fs.execute,fs.read_file path=\"/srv/b\"");
        supervisor(place("/srv/b"), Access.EXECUTE); // and after
        kernel(91, 90, "blockers=net.connect_tcp daddr=127.0.0.1 dest=25");
        supervisor(new Resource.TcpPort(25), Access.CONNECT);
        nothing();
        kernel(91, 90, "blockers=fs.write_file path=\"/srv/a\"");
        assertEquals(Set.of(Access.WRITE), only().access());
    }

    @Test
    void whatWasToBeMadeIsToldByItsFolder() {
        supervisor(place("/srv/new"), Access.WRITE);
        supervisor(place("/top"), Access.WRITE);
        kernel(91, 90, "blockers=fs.make_reg path=\"/srv\"");
        kernel(91, 90, "blockers=fs.remove_dir,fs.make_dir path=\"/\"");
        nothing();
        kernel(91, 90, "blockers=fs.write_file path=\"/srv\"");
        kernel(91, 90, "blockers=fs.make_reg path=\"/srv/new\"");
        log.look();
        assertEquals(1, noted.size(), "a folder is not what is in it; what was told of it is: " + noted);
    }

    @Test
    void matterOfOtherPrograms() {
        kernel(91, 90, "blockers=scope.signal opid=1 ocomm=\"systemd\"");
        kernel(91, 90, "blockers=scope.signal opid=2 ocomm=\"x\"");
        kernel(91, 90, "blockers=ptrace opid=1 ocomm=\"systemd\"");
        kernel(91, 90, "blockers=scope.abstract_unix_socket path=002F746D70");
        kernel(91, 90, "blockers=fs.change_topology name=\"/\" dev=\"vda\" ino=2");
        kernel(91, 90, "blockers=net.connect_send_udp daddr=127.0.0.1 dest=53");
        kernel(91, 90, "blockers=fs.ioctl_dev path=\"/dev/tty1\" dev=\"devtmpfs\" ino=2 ioctlcmd=0x5412");
        kernel(91, 90, "blockers=something.new");
        log.look();
        assertEquals(
                List.of(
                        "SIGNAL_REFUSED ×2",
                        "TRACE_REFUSED ×1",
                        "SOCKET_REFUSED ×1",
                        "MOUNT_REFUSED ×1",
                        "REFUSED udp:any [CONNECT] ×1",
                        "REFUSED place:/dev/tty1 [USE] ×1"),
                noted.stream().map(KernelLogTest::said).toList());
    }

    private static String said(Event event) {
        return event.kind()
                + event.resource()
                        .map(what -> " " + what.text() + " " + event.access())
                        .orElse("")
                + " ×" + event.count();
    }

    @Test
    void whatIsNotOfOurSessionsIsNotNoted() {
        log.take(KernelRefusal.read("denied 1777636800.000 71 70 71 \"x\" " + READ)
                .orElseThrow());
        log.take(KernelRefusal.read("denied 1777636800.000 0 0 0 - " + READ).orElseThrow());
        nothing();
    }

    @Test
    void aProcessThatHasEndedIsKnownByItsParentThen() {
        kernel(4_711, 92, READ);
        assertEquals(APP, only().app());
    }

    @Test
    void whereTheKernelDoesNotSayWhoItWasItIsWhoMadeTheRules() {
        kernel(0, 0, READ);
        assertEquals(APP, only().app());
    }

    @Test
    void aSessionIsKnownForAWhileAfterItsEndAndBeforeItsBeginningIsTold() {
        log.sessionsChanged(APP, List.of());
        now = START.plus(Duration.ofSeconds(5));
        kernel(91, 90, READ);
        assertEquals(APP, only().app());
        noted.clear();
        now = START.plus(Duration.ofSeconds(60));
        log.sessionsChanged(APP, List.of());
        kernel(91, 90, READ);
        nothing();
        kernel(91, 90, READ);
        aSessionRuns();
        assertEquals(APP, only().app());
    }

    @Test
    void whoIsRefusedOftenIsLookedUpOnce() {
        List<Long> asked = new ArrayList<>();
        try (KernelLog counted = new KernelLog(
                noted::add,
                pid -> {
                    asked.add(pid);
                    return parents.getOrDefault(pid, 0L);
                },
                () -> now,
                clock)) {
            counted.sessionsChanged(APP, List.of(new Session(1, APP, 50, START, Path.of("/"), List.of())));
            KernelRefusal refusal = KernelRefusal.read("denied 1777636800.000 91 90 90 \"x\" " + READ)
                    .orElseThrow();
            for (int at = 0; at < 1_000; at++) {
                counted.take(refusal);
            }
            assertEquals(List.of(90L, 50L, 91L), asked);
            counted.look();
            assertEquals(1_000, noted.getFirst().count());
            counted.take(refusal);
            assertEquals(6, asked.size(), "its number may be another's by then");
        }
    }

    @Test
    void aStormIsBounded() {
        for (int at = 0; at < 5_000; at++) {
            kernel(91, 90, "blockers=fs.read_file path=\"/srv/" + at + "\"");
        }
        log.look();
        assertEquals(1_024, noted.size());
    }
}
