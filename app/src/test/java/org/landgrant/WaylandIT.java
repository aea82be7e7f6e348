package org.landgrant;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A window of GTK on a real Wayland desktop without a screen, with XWayland beside it. */
class WaylandIT {
    private static final String APP = "window.desktop";
    private static final Pattern X11 = Pattern.compile("xserver listening on display (:\\d+)");

    /** How zenity says that its time was over, so its window was there. */
    private static final int SHOWN = 5;

    @TempDir
    Path folder;

    private World world;
    private Process weston;
    private String x11;

    @BeforeEach
    void aDesktop() throws Exception {
        for (String tool : List.of("weston", "zenity", "Xwayland")) {
            assumeTrue(Files.isExecutable(Path.of("/usr/bin", tool)), tool + " is not installed");
        }
        world = new World(folder);
        Path run = folder.resolve("run");
        ProcessBuilder builder = new ProcessBuilder(
                        "weston", "--backend=headless-backend.so", "--socket=wayland-1", "--xwayland", "--idle-time=0")
                .redirectErrorStream(true);
        world.dress(builder);
        Files.setPosixFilePermissions(run, java.nio.file.attribute.PosixFilePermissions.fromString("rwx------"));
        weston = builder.start();
        BufferedReader said = weston.inputReader();
        for (String line = said.readLine(); x11 == null && line != null; line = said.readLine()) {
            Matcher display = X11.matcher(line);
            if (display.find()) {
                x11 = display.group(1);
            }
        }
        assumeTrue(x11 != null, "weston does not run here");
        world.environment("NO_AT_BRIDGE", "1");
        world.install(APP, "zenity --info --text=hello --timeout=1");
        assertEquals(0, world.landgrant("confine", APP).status());
    }

    @AfterEach
    void nothingStays() throws Exception {
        if (world != null) {
            world.close();
        }
        if (weston != null) {
            weston.destroy();
            assertTrue(weston.waitFor(30, TimeUnit.SECONDS));
        }
    }

    private World.Outcome launch(String wayland, String display) throws Exception {
        world.environment("WAYLAND_DISPLAY", wayland);
        world.environment("DISPLAY", display);
        return world.landgrant("launch", APP);
    }

    @Test
    void anAppThatIsKeptToWaylandShowsItsWindowsThereAndOnlyThere() throws Exception {
        assertEquals(SHOWN, launch("wayland-1", x11).status());
        assertEquals(SHOWN, launch("", x11).status(), "X11 is a display, too");

        assertEquals(0, world.landgrant("deny", APP, "service:x11").status());
        assertEquals(SHOWN, launch("wayland-1", x11).status());
        World.Outcome without = launch("", x11);
        assertFalse(without.status() == SHOWN, without.err());
        world.environment("GDK_BACKEND", "x11");
        assertFalse(launch("wayland-1", x11).status() == SHOWN, "asking for X11 by name helps nothing");
    }
}
