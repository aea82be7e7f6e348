package org.landgrant;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The portal's call for links and files, made by real programs in a session, ends in the app of the person's choice. */
class PortalIT {
    private static final String APP = "asker.desktop";
    private static final String OPEN = "gdbus call --session --dest org.freedesktop.portal.Desktop"
            + " --object-path /org/freedesktop/portal/desktop --method org.freedesktop.portal.OpenURI.OpenURI '' %s"
            + " '@a{sv} {}'";
    /** GLib that finds no app by itself. */
    private static final String GLIB = "XDG_DATA_DIRS=/nonexistent XDG_DATA_HOME=/nonexistent"
            + " XDG_CONFIG_HOME=/nonexistent GTK_USE_PORTAL=1 /usr/bin/gio open %s";

    @TempDir
    Path folder;

    private World world;
    private Process bus;
    private Path opened;
    private Path secret;

    @BeforeEach
    void anAppAndAnother() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/xdg-dbus-proxy")), "xdg-dbus-proxy is not installed");
        Path real = folder.toRealPath();
        world = new World(real);
        opened = real.resolve("opened");
        bus = new ProcessBuilder(
                        "dbus-daemon",
                        "--session",
                        "--nofork",
                        "--print-address",
                        "--address=unix:path=" + real + "/bus")
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        world.environment("DBUS_SESSION_BUS_ADDRESS", bus.inputReader().readLine());
        world.install(APP, "sh");
        Path script = Files.writeString(
                real.resolve("opener.sh"), "for f; do cat \"$f\" 2>/dev/null || echo \"$f\"; done >> " + opened + "\n");
        Files.writeString(
                world.home.resolve(".local/share/applications/opener.desktop"),
                "[Desktop Entry]\nType=Application\nName=Opener\nExec=sh " + script
                        + " %u\nMimeType=x-scheme-handler/https;text/plain;\n");
        Files.writeString(
                world.home.resolve(".config/mimeapps.list"),
                "[Default Applications]\nx-scheme-handler/https=opener.desktop\ntext/plain=opener.desktop\n");
        Files.writeString(world.home.resolve("Documents/a.txt"), "a file\n");
        secret = Files.writeString(world.home.resolve("secret.txt"), "a secret\n");
        assertEquals(0, world.landgrant("confine", APP).status());
        assertEquals(0, world.landgrant("grant", APP, "service:links", "use").status());
        assertEquals(
                0, world.landgrant("grant", APP, "folder:documents", "read").status());
        assertEquals(0, world.landgrant("deny", APP, secret.toString()).status());
    }

    @AfterEach
    void nothingStays() throws Exception {
        if (world != null) {
            world.close();
        }
        if (bus != null) {
            bus.destroy();
            assertTrue(bus.waitFor(30, TimeUnit.SECONDS));
        }
    }

    private void untilOpened(List<String> wanted) throws IOException, InterruptedException {
        for (long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60); ; TimeUnit.MILLISECONDS.sleep(20)) {
            List<String> lines = Files.exists(opened) ? Files.readAllLines(opened) : List.of();
            if (lines.equals(wanted)) {
                return;
            }
            assertTrue(System.nanoTime() < end, "opened: " + lines);
        }
    }

    @Test
    void linksAndFilesAreOpenedOutsideAndASecretIsNot() throws Exception {
        WaitingShell shell = world.shell(APP);
        List<String> said = shell.run(OPEN.formatted("https://example.org/one"));
        assertEquals("= 0", said.getLast(), said.toString());
        untilOpened(List.of("https://example.org/one"));
        assertEquals("= 0", shell.run(GLIB.formatted("https://example.org/two")).getLast());
        untilOpened(List.of("https://example.org/one", "https://example.org/two"));
        assertEquals(
                "= 0",
                shell.run(GLIB.formatted(world.home.resolve("Documents/a.txt"))).getLast());
        untilOpened(List.of("https://example.org/one", "https://example.org/two", "a file"));
        shell.run(OPEN.formatted("file://" + secret));
        shell.run(OPEN.formatted(secret));
        assertNotEquals("= 0", shell.run(GLIB.formatted(secret)).getLast());
        shell.run(OPEN.formatted("https://example.org/three"));
        untilOpened(
                List.of("https://example.org/one", "https://example.org/two", "a file", "https://example.org/three"));
        assertEquals(0, shell.end());
    }
}
