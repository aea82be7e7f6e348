package org.landgrant.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lines as landgrant-audit printed them on Linux 6.18. */
class KernelRefusalTest {
    private static KernelRefusal read(String line) {
        return KernelRefusal.read(line).orElseThrow();
    }

    @Test
    void aFile() {
        KernelRefusal refusal = read("denied 1796033489.563 18656 18654 18656 \"bash\""
                + " blockers=fs.write_file,fs.read_file path=\"/dev/tty\" dev=\"devtmpfs\" ino=9");
        assertEquals(Instant.parse("2026-11-30T10:11:29.563Z"), refusal.when());
        assertEquals(18_656, refusal.process());
        assertEquals(18_654, refusal.parent());
        assertEquals(18_656, refusal.maker());
        assertEquals("bash", refusal.program());
        assertEquals(Set.of("fs.write_file", "fs.read_file"), refusal.rights());
        assertEquals(Optional.of("/dev/tty"), refusal.path());
        assertEquals(Optional.empty(), refusal.port());
    }

    @Test
    void aNameWithASpaceIsInDigits() {
        KernelRefusal refusal = read("denied 1796033489.575 18662 18656 0 6120B3 blockers=fs.read_file"
                + " path=2F746D702F632F617564697432742F6861732073706163652F66 dev=\"vda\" ino=2562643");
        assertEquals(Optional.of("/tmp/c/audit2t/has space/f"), refusal.path());
        assertEquals("", refusal.program()); // no UTF-8
        assertEquals(0, refusal.maker());
    }

    @Test
    void ports() {
        assertEquals(
                Optional.of(443),
                read("denied 1.000 1 2 3 \"x\" blockers=net.connect_tcp daddr=127.0.0.1 dest=443")
                        .port());
        assertEquals(
                Optional.of(8081),
                read("denied 1.000 1 2 3 \"x\" blockers=net.bind_tcp saddr=127.0.0.1 src=8081")
                        .port());
        assertEquals(
                Optional.empty(),
                read("denied 1.000 1 2 3 \"x\" blockers=net.bind_tcp src=65536").port());
    }

    @Test
    void anotherProgram() {
        KernelRefusal refusal =
                read("denied 1796033489.739 18686 18677 18686 - blockers=scope.signal opid=1 ocomm=\"process_api\"");
        assertEquals(Set.of("scope.signal"), refusal.rights());
        assertEquals("\"process_api\"", refusal.object().get("ocomm"));
        assertTrue(read("denied 1.000 1 2 3 - blockers=ptrace").object().isEmpty());
    }

    @Test
    void theFirstWordOfANameIsTheKernels() {
        KernelRefusal refusal =
                read("denied 1.000 1 2 3 \"x\" blockers=fs.read_file path=\"/a\" path=\"/b\" dest=1 junk = =x");
        assertEquals(Optional.of("/a"), refusal.path());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "path=\"<no_memory>\"",
                "path=\"relative\"",
                "path=\"",
                "path=",
                "path=2F7",
                "path=2F7G",
                "path=2F00",
                "path=2FFF",
                "path=/unquoted",
                "name=\"/x\"",
                "path=286E6F7468696E67"
            })
    void whatNamesNoFile(String object) {
        assertEquals(
                Optional.empty(),
                read("denied 1.000 1 2 3 \"x\" blockers=fs.read_file " + object).path());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "ready",
                "lost",
                "denied",
                "denied 1 1 2 3 \"x\" blockers=ptrace",
                "denied 1.000 1 2 \"x\" blockers=ptrace",
                "denied 1.000 1 2 -3 \"x\" blockers=ptrace",
                "denied 1.000 1 2 99999999999 \"x\" blockers=ptrace",
                "denied 999999999999.000 1 2 3 \"x\" blockers=ptrace",
                "denied 1.000 1 2 3 \"x y\" blockers=ptrace",
                "denied 1.000 1 2 3 \"x\" blockers=",
                "denied 1.000 1 2 3 \"x\" blockers=ptrace path=\"\u00e9\"",
                "denied 1.000 1 2 3 \"x\" blockers=ptrace\npath=\"/x\"",
                " denied 1.000 1 2 3 \"x\" blockers=ptrace"
            })
    void whatIsNoLine(String line) {
        assertEquals(Optional.empty(), KernelRefusal.read(line));
    }

    @Test
    void aLineIsNotLongerThanARecordCanBe() {
        String start = "denied 1.000 1 2 3 \"x\" blockers=fs.read_file path=\"/";
        String longest = start + "a".repeat(KernelRefusal.MOST_CHARACTERS - start.length() - 1) + "\"";
        assertTrue(KernelRefusal.read(longest).orElseThrow().path().isPresent());
        assertEquals(Optional.empty(), KernelRefusal.read(longest + " "));
    }
}
