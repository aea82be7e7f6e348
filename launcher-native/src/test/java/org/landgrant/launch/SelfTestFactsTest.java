package org.landgrant.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.landgrant.launch.SelfTestRow.Reason;
import org.landgrant.launch.SelfTestRow.Verdict;

class SelfTestFactsTest {
    @TempDir
    Path root;

    private SelfTestFacts facts(Map<String, String> environment) {
        return new SelfTestFacts(environment, 7, 0b101, root, new AuditHelper(root.resolve("libexec/landgrant-audit")));
    }

    private String state(String key) {
        return facts(Map.of()).all().stream()
                .filter(fact -> fact.key().equals(key))
                .findFirst()
                .orElseThrow()
                .state();
    }

    private void file(String path, String text) throws IOException {
        Path file = root.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    @Test
    void theDisplayIsToldFromTheEnvironment() {
        Map<Map<String, String>, Reason> expected = Map.of(
                Map.of("DISPLAY", ":0"), Reason.X11,
                Map.of("WAYLAND_DISPLAY", "wayland-0"), Reason.WAYLAND,
                Map.of("DISPLAY", ":0", "WAYLAND_DISPLAY", "wayland-0"), Reason.XWAYLAND,
                Map.of("DISPLAY", ""), Reason.NO_DISPLAY);
        expected.forEach((environment, reason) ->
                assertEquals(reason, facts(environment).display().reason()));
        assertEquals(Verdict.NOBODY, facts(Map.of("DISPLAY", ":0")).display().verdict());
        assertEquals(
                Verdict.DESKTOP, facts(Map.of("WAYLAND_DISPLAY", "x")).display().verdict());
    }

    @Test
    void theBusIsFoundByItsAddressOrInItsUsualPlace() throws IOException {
        assertEquals("", facts(Map.of()).bus());
        assertEquals(
                "/run/user/7/bus",
                facts(Map.of("DBUS_SESSION_BUS_ADDRESS", "tcp:host=x;unix:path=/run/user/7/bus,guid=00"))
                        .bus());
        assertEquals(
                "",
                facts(Map.of("DBUS_SESSION_BUS_ADDRESS", "unix:abstract=/tmp/x"))
                        .bus());
        file("run/bus", "");
        assertTrue(facts(Map.of("XDG_RUNTIME_DIR", root.resolve("run").toString()))
                .bus()
                .endsWith("/run/bus"));
    }

    @Test
    void theKernelsSwitchesAreRead() throws IOException {
        assertEquals("off", state("namespaces"));
        file("proc/self/ns/user", "");
        assertEquals("allowed", state("namespaces"));
        file("proc/sys/kernel/apparmor_restrict_unprivileged_userns", "1\n");
        assertEquals("apparmor", state("namespaces"));
        file("proc/sys/kernel/unprivileged_userns_clone", "0\n");
        assertEquals("off", state("namespaces"));
        assertEquals("all", state("tracing"));
        file("proc/sys/kernel/yama/ptrace_scope", "1\n");
        assertEquals("own", state("tracing"));
    }

    @Test
    void theFilterIsFoundWhereTheLauncherLooks() throws IOException {
        assertEquals("missing", state("filter"));
        file("usr/local/bin/xdg-dbus-proxy", "");
        assertEquals("missing", state("filter"));
        assertTrue(root.resolve("usr/local/bin/xdg-dbus-proxy").toFile().setExecutable(true));
        assertEquals("found", state("filter"));
    }

    @Test
    void whatIsMendedIsToldByItsNumbers() {
        assertEquals(
                List.of("1, 3"),
                facts(Map.of()).all().stream()
                        .filter(fact -> fact.key().equals("errata"))
                        .map(SelfTestFact::value)
                        .toList());
    }

    @Test
    void theKernelsRecordsAreWhatTheHelperSaysOfThem() throws IOException {
        assertEquals("none", state("audit"));
        helper("echo 'landgrant-audit: no' >&2; exit 3");
        assertEquals("unreadable", state("audit"));
        helper("exit 4");
        assertEquals("none", state("audit"));
        helper("echo ready; exec sleep 1000");
        assertEquals("readable", state("audit"));
        assertEquals("heard", audit(true));
        assertEquals("silent", audit(false));
    }

    private String audit(boolean heard) {
        return facts(Map.of()).all(Optional.of(heard)).stream()
                .filter(fact -> fact.key().equals("audit"))
                .map(SelfTestFact::state)
                .findFirst()
                .orElseThrow();
    }

    private void helper(String script) throws IOException {
        file("libexec/landgrant-audit", "#!/bin/sh\n" + script + "\n");
        assertTrue(root.resolve("libexec/landgrant-audit").toFile().setExecutable(true));
    }

    @Test
    void theSecurityModulesAreListed() throws IOException {
        assertEquals("unknown", state("modules"));
        file("sys/kernel/security/lsm", "capability,landlock\n");
        assertEquals("listed", state("modules"));
    }
}
