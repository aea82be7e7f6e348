package org.landgrant;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real Firefox, open before it was confined. The agent has no display, so words stand for its window. */
class HandOffIT {
    private static final String APP = "firefox-esr.desktop";

    @TempDir
    Path folder;

    private World world;
    private Process open;

    @BeforeEach
    void firefoxIsInstalled() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/firefox-esr")), "firefox-esr is not installed");
        world = new World(folder);
        world.install(APP, "firefox-esr --headless %u");
    }

    @AfterEach
    void nothingStays() throws Exception {
        if (open != null) {
            open.descendants().forEach(ProcessHandle::destroyForcibly);
            open.destroyForcibly().waitFor();
        }
        world.close();
    }

    private void openWithoutLimits() throws Exception {
        ProcessBuilder builder = new ProcessBuilder("firefox-esr", "--headless")
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        world.dress(builder);
        open = builder.start();
        until(() -> locked(), "Firefox has its profile");
    }

    private boolean locked() throws Exception {
        for (String place : new String[] {".mozilla/firefox", ".config/mozilla/firefox"}) {
            Path profiles = world.home.resolve(place);
            if (Files.isDirectory(profiles)) {
                try (var all = Files.list(profiles)) {
                    if (all.anyMatch(profile -> Files.isSymbolicLink(profile.resolve("lock")))) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    private interface Truth {
        boolean holds() throws Exception;
    }

    private static void until(Truth truth, String what) throws Exception {
        for (long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(120); !truth.holds(); ) {
            assertTrue(System.nanoTime() < end, "never: " + what);
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }

    @Test
    void whatIsOpenWithoutLimitsIsNoticedShownAndClosed() throws Exception {
        openWithoutLimits();
        assertEquals(0, world.landgrant("confine", APP).status());
        World.Outcome launch = world.landgrant("launch", APP, "https://example.org/");
        assertEquals(125, launch.status(), launch.err());
        assertTrue(launch.err().contains("” is open without limits (process " + open.pid() + ")"), launch.err());
        assertTrue(launch.err().contains("landgrant close " + APP), launch.err());
        assertTrue(open.isAlive());
        assertTrue(
                world.landgrant("apps").out().contains("confined, open without limits"),
                world.landgrant("apps").out());
        String listed = world.landgrant("sessions").out();
        assertTrue(listed.contains("(open without limits)"), listed);
        assertEquals(1, listed.lines().count(), listed);

        World.Outcome close = world.landgrant("close", APP);
        assertEquals(0, close.status(), close.err());
        until(() -> !open.isAlive(), "Firefox ends when asked to");
        until(() -> world.landgrant("sessions").out().isEmpty(), "what it had started ends after it");
    }

    @Test
    void aConfinedOneIsNeverTakenForOneWithoutLimits() throws Exception {
        assertEquals(0, world.landgrant("confine", APP).status());
        world.shell(APP);
        until(this::locked, "the confined Firefox has its profile");
        String sessions = world.landgrant("sessions").out();
        assertTrue(sessions.startsWith(APP), sessions);
        assertFalse(sessions.contains("without limits"), sessions);
        world.killAgent();
        // A new agent does not know the session yet when it is asked first.
        assertFalse(world.landgrant("apps").out().contains("without limits"));
        assertFalse(world.landgrant("sessions").out().contains("without limits"));
        world.until("sessions", 1, APP);
    }
}
