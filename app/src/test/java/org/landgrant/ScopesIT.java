package org.landgrant;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sessions in units of a real {@code systemd --user}, which only root can start beside the computer's own. */
class ScopesIT {
    private static final String APP = "org.example.we-ird.desktop";

    @TempDir
    Path folder;

    private World world;
    private Process manager;

    @BeforeEach
    void aUserManager() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/lib/systemd/systemd")), "systemd is not installed");
        assumeTrue(
                Files.getOwner(Path.of("/proc/self")).getName().equals("root"), "only root can start another manager");
        world = new World(folder);
        manager = new ProcessBuilder(
                        "src/test/sh/user-manager.sh", folder.resolve("run").toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String said = manager.inputReader().readLine();
        assumeTrue("ready".equals(said), "systemd --user does not run here");
        world.environment("DBUS_SESSION_BUS_ADDRESS", "unix:path=" + folder.resolve("run/bus"));
        world.install(APP, "sh");
        assertEquals(0, world.landgrant("confine", APP).status());
    }

    @AfterEach
    void nothingStays() throws Exception {
        if (world != null) {
            world.close();
        }
        if (manager != null) {
            manager.destroy();
            assertTrue(manager.waitFor(30, TimeUnit.SECONDS));
        }
    }

    private static List<String> units(long pid) throws IOException {
        return Files.readAllLines(Path.of("/proc", String.valueOf(pid), "cgroup")).stream()
                .filter(line -> line.contains("name=systemd:") || line.startsWith("0::"))
                .map(line -> line.substring(line.lastIndexOf('/') + 1))
                .distinct()
                .toList();
    }

    private interface Truth {
        boolean holds() throws Exception;
    }

    private static void until(Truth truth, String what) throws Exception {
        for (long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60); !truth.holds(); ) {
            assertTrue(System.nanoTime() < end, "never: " + what);
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    private static Stream<ProcessHandle> proxies(Path run) {
        return ProcessHandle.allProcesses()
                .filter(process -> commandLine(process.pid()).contains(run + "/landgrant-buses/"));
    }

    /** All of it; a process handle knows none that is long. */
    private static String commandLine(long pid) {
        try {
            return Files.readString(Path.of("/proc/" + pid + "/cmdline"), StandardCharsets.ISO_8859_1);
        } catch (IOException gone) {
            return "";
        }
    }

    @Test
    void everythingOfASessionIsInItsUnitAndCannotLeaveIt() throws Exception {
        WaitingShell shell = world.shell(APP);
        String first = shell.run("echo $$; (sleep 600 & sleep 600 &)").getFirst();
        long launcher = Long.parseLong(
                world.until("sessions", 1, APP).getFirst().strip().split(" +", 3)[1]);
        String unit = "app-landgrant-org.example.we\\x2dird-" + launcher + ".scope";
        until(() -> units(launcher).equals(List.of(unit)), "the launcher is in its unit");
        long shellPid = Long.parseLong(first);
        until(() -> units(shellPid).equals(List.of(unit)), "the app is in its unit");
        until(
                () -> ProcessHandle.of(launcher).orElseThrow().descendants().allMatch(process -> {
                    try {
                        return units(process.pid()).equals(List.of(unit));
                    } catch (IOException gone) {
                        return true;
                    }
                }),
                "all that it started is in its unit");
        if (Files.isExecutable(Path.of("/usr/bin/xdg-dbus-proxy"))) {
            long proxy =
                    proxies(folder.resolve("run")).findFirst().orElseThrow().pid();
            until(() -> units(proxy).equals(List.of(unit)), "who speaks for it on the bus is in its unit");
        }
        assertEquals(
                "= 0",
                shell.run("grep -q '" + unit.replace("\\", "\\\\") + "' /proc/self/cgroup")
                        .getLast());
        String groups = shell.run("find /sys/fs/cgroup -name '" + unit.replace("\\", "\\\\") + "' -type d | head -1")
                .getFirst();
        assertTrue(groups.startsWith("/sys/fs/cgroup/"), groups);
        assertEquals(
                "= 2",
                shell.run("echo 0 2>&1 > '" + Path.of(groups).getParent() + "/cgroup.procs'")
                        .getLast(),
                "it stays in its unit");
    }
}
