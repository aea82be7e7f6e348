package org.landgrant;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A package that comes, changes and goes under a confined app: real dpkg in a root of its own, real GLib that opens a
 * file with the app again and again meanwhile, the built product between them. The app gives a secret away whenever it
 * is started without limits; the first test shows that it does.
 *
 * <p>Its second version has another command line, another program and another {@code TryExec}, so that whatever an
 * older entry said about the first is wrong.
 */
class PackagesIT {
    private static final String APP = "parcel.desktop";

    @TempDir
    Path folder;

    private World world;
    private Path root;
    private Path leak;
    private Path entry;
    private Process hammer;

    @BeforeEach
    void aPackageInTwoVersions() throws Exception {
        for (String tool : List.of("dpkg", "dpkg-deb", "gio")) {
            assumeTrue(Files.isExecutable(Path.of("/usr/bin", tool)), tool + " is not installed");
        }
        world = new World(folder);
        root = Files.createDirectory(folder.resolve("root"));
        for (String name : List.of("info", "updates", "triggers")) {
            Files.createDirectories(root.resolve("var/lib/dpkg").resolve(name));
        }
        Files.createFile(root.resolve("var/lib/dpkg/status"));
        Files.createDirectories(root.resolve("usr/share/applications"));
        Files.createDirectories(root.resolve("usr/bin"));
        leak = world.home.resolve("leak");
        entry = world.home.resolve(".local/share/applications").resolve(APP);
        Files.writeString(world.home.resolve("Documents/secret.txt"), "secret");
        Files.writeString(world.home.resolve("letter.txt"), "Dear Ada");
        Files.writeString(
                world.home.resolve(".config/mimeapps.list"), "[Default Applications]\ntext/plain=" + APP + "\n");
        world.environment("XDG_DATA_DIRS", root.resolve("usr/share") + ":/usr/share");
        world.environment("PATH", root.resolve("usr/bin") + ":/usr/bin:/bin");
        pack("1", "parcel", "--first");
        pack("2", "parcel-two", "--second");
    }

    @AfterEach
    void nothingStays() throws Exception {
        if (hammer != null) {
            hammer.destroyForcibly().waitFor();
        }
        world.close();
    }

    private void pack(String version, String program, String option) throws Exception {
        Path tree = folder.resolve("v" + version);
        write(tree.resolve("DEBIAN/control"), """
                Package: parcel
                Version: %s
                Architecture: all
                Maintainer: Ada <ada@example.org>
                Description: a parcel
                """.formatted(version));
        write(tree.resolve("usr/share/applications").resolve(APP), """
                [Desktop Entry]
                Type=Application
                Name=Parcel
                TryExec=%s
                Exec=%s %s %%U
                MimeType=text/plain;
                """.formatted(program, program, option));
        Path file = write(
                tree.resolve("usr/bin").resolve(program),
                "#!/bin/sh\ncat \"$HOME/Documents/secret.txt\" >> \"$HOME/leak\" 2>/dev/null\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        run("dpkg-deb", "-b", "--root-owner-group", tree.toString(), tree + ".deb");
    }

    private static Path write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    private void install(String version) throws Exception {
        dpkg("-i", folder.resolve("v" + version) + ".deb");
    }

    private void remove() throws Exception {
        dpkg("-r", "parcel");
    }

    private void dpkg(String... words) throws Exception {
        List<String> command = new java.util.ArrayList<>(List.of(
                "dpkg",
                "--root=" + root,
                "--force-not-root",
                "--force-script-chrootless",
                "--force-bad-path",
                "--log=/dev/null"));
        command.addAll(List.of(words));
        run(command.toArray(String[]::new));
    }

    private void run(String... command) throws Exception {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(process.waitFor(60, TimeUnit.SECONDS), said);
        assertEquals(0, process.exitValue(), said);
    }

    /** Opens a file with whatever the desktop takes for it, over and over. */
    private void hammer() throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                        "sh", "-c", "while :; do gio open \"$HOME/letter.txt\"; echo x >> \"$HOME/opened\"; done")
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        world.dress(builder);
        hammer = builder.start();
    }

    private void openOnceMore() throws Exception {
        Path opened = world.home.resolve("opened");
        long before = Files.exists(opened) ? Files.size(opened) : 0;
        until(() -> Files.exists(opened) && Files.size(opened) > before + 4, "GLib opens the file");
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

    private boolean entrySays(String words) throws IOException {
        return Files.exists(entry) && Files.readString(entry).contains("launch " + APP + words);
    }

    private void confine() throws Exception {
        World.Outcome outcome = world.landgrant("confine", APP);
        assertEquals(0, outcome.status(), outcome.err());
        assertEquals(0, world.landgrant("deny", APP, "folder:documents").status());
        assertEquals(
                0,
                world.landgrant("grant", APP, root.resolve("usr").toString(), "read,execute")
                        .status());
    }

    @Test
    void withoutLimitsTheAppGivesTheSecretAway() throws Exception {
        install("1");
        hammer();
        until(() -> Files.exists(leak), "the secret is given away");
    }

    @Test
    void withTheAgentUpEveryChangeOfThePackageIsFollowed() throws Exception {
        install("1");
        confine();
        hammer();
        openOnceMore();
        for (int round = 0; round < 3; round++) {
            install("2");
            until(() -> entrySays(" -- parcel-two --second %U"), "the entry of the second version");
            openOnceMore();
            remove();
            until(() -> entrySays("\n"), "the place is kept");
            openOnceMore();
            install("2");
            until(() -> entrySays(" -- parcel-two --second %U"), "the entry after the package came back");
            install("1");
            until(() -> entrySays(" -- parcel --first %U"), "the entry of the first version");
            openOnceMore();
        }
        assertFalse(Files.exists(leak), "it was started without limits");
    }

    @Test
    void withTheAgentDownNothingStartsWithoutLimitsAndTheNextAgentPutsItRight() throws Exception {
        install("1");
        confine();
        world.killAgent();
        world.lockAgentOut();
        hammer();
        for (List<String> change : List.of(List.of("2"), List.of("", "2"), List.of("1"), List.of("", "1", "2"))) {
            for (String version : change) {
                if (version.isEmpty()) {
                    remove();
                } else {
                    install(version);
                }
                openOnceMore();
            }
            assertFalse(Files.exists(leak), "it was started without limits: " + change);
        }
        hammer.destroyForcibly().waitFor();
        world.letAgentIn();
        assertEquals(0, world.landgrant("apps").status());
        assertTrue(entrySays(" -- parcel-two --second %U"), Files.readString(entry));
        world.killAgent();
        remove();
        assertEquals(0, world.landgrant("apps").status());
        assertTrue(entrySays("\n"), Files.readString(entry));
        world.killAgent();
        install("1");
        assertEquals(0, world.landgrant("apps").status());
        assertTrue(entrySays(" -- parcel --first %U"), Files.readString(entry));
        assertFalse(Files.exists(leak), "it was started without limits");
    }

    @Test
    void releasingEverythingReturnsTheFoldersByteForByte() throws Exception {
        install("1");
        write(world.home.resolve(".local/share/applications/own.desktop"), """
                [Desktop Entry]
                Type=Application
                Name=Own
                Exec=parcel --own
                """);
        write(root.resolve("etc/xdg/autostart/parcel.desktop"), """
                [Desktop Entry]
                Type=Application
                Name=Parcel
                Exec=parcel --hidden
                """);
        world.environment("XDG_CONFIG_DIRS", root.resolve("etc/xdg").toString());
        world.install("org.example.Parcel.desktop", "parcel --bus");
        write(
                root.resolve("usr/share/dbus-1/services/org.example.Parcel.service"),
                "[D-BUS Service]\nName=org.example.Parcel\nExec=" + root.resolve("usr/bin/parcel") + "\n");
        Trees before = Trees.of(world.home);
        confine();
        assertEquals(0, world.landgrant("confine", "--terminal", APP).status());
        assertEquals(0, world.landgrant("confine", "own.desktop").status());
        assertEquals(0, world.landgrant("confine", "org.example.Parcel.desktop").status());
        assertTrue(Files.exists(world.home.resolve(".local/bin/parcel")));
        assertTrue(Files.exists(world.home.resolve(".config/autostart/parcel.desktop")));
        assertTrue(Files.exists(world.home.resolve(".local/share/dbus-1/services/org.example.Parcel.service")));
        install("2");
        until(() -> entrySays(" -- parcel-two --second %U"), "the entry of the second version");
        remove();
        until(() -> entrySays("\n"), "the place is kept");
        World.Outcome outcome = world.landgrant("release", "--all");
        assertEquals(0, outcome.status(), outcome.err());
        world.killAgent();
        // What is left is what Landgrant itself remembers, which is no part of the desktop.
        assertEquals(before, Trees.of(world.home));
    }
}
