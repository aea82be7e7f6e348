package org.landgrant.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** “My home, but not my keys”, on the real kernel. */
@Timeout(60)
class LauncherExceptTest {
    private static final String APP = "app.desktop";

    @TempDir
    Path folder;

    private LauncherRun launcher;
    private Path home;

    @BeforeEach
    void home() throws IOException {
        launcher = new LauncherRun(folder);
        launcher.needsAbi(6);
        home = launcher.home;
        write(".ssh/id", "key");
        write(".ssh/known_hosts", "hosts");
        write(".config/app/settings", "settings");
        write(".config/autostart/entry", "entry");
        write("Documents/letter", "letter");
        write(".bashrc", "shell");
        write("file", "file");
    }

    private void write(String name, String content) throws IOException {
        Files.createDirectories(home.resolve(name).getParent());
        Files.writeString(home.resolve(name), content + "\n");
    }

    private String read(String name) throws IOException {
        return Files.readString(home.resolve(name)).strip();
    }

    /** What a shell under this policy, which may run programs, writes. */
    private LauncherRun.Outcome shell(String script, String... lines) throws IOException {
        String all = String.join("\n", lines).replace("~", home.toString());
        launcher.writePolicy(
                APP, LauncherRun.policy(APP, all, "command sh", "command -c", "command cd " + home + "; " + script));
        return launcher.launch(APP);
    }

    @Test
    void theKeysAreClosedAndWhatLiesBesideThemIsOpen() throws IOException {
        LauncherRun.Outcome outcome = shell(
                "cat .ssh/id .ssh/known_hosts Documents/letter file .config/app/settings; ls .ssh Documents;"
                        + " echo more >> Documents/letter; echo new > Documents/new; echo gone > .ssh/id; rm .ssh/id;"
                        + " mv .ssh Documents/; ln .ssh/id Documents/id",
                "file rw g1 ~",
                "except lrwxd g2 ~/.ssh");
        assertEquals("letter\nfile\nsettings\nDocuments:\nletter\n", outcome.out());
        assertEquals("letter\nmore", read("Documents/letter"));
        assertEquals("new", read("Documents/new"));
        assertEquals("key", read(".ssh/id"));
        assertFalse(Files.exists(home.resolve("Documents/id")));
    }

    @Test
    void whatIsAllowedInsideAnExceptionHoldsAndExceptionsNest() throws IOException {
        write(".ssh/public/key", "public");
        write(".ssh/public/private/key", "private");
        LauncherRun.Outcome outcome = shell(
                "cat .ssh/known_hosts .ssh/id .ssh/public/key .ssh/public/private/key",
                "file rw g1 ~",
                "except lrwxd g2 ~/.ssh",
                "file r g3 ~/.ssh/known_hosts",
                "file r g4 ~/.ssh/public",
                "except r g5 ~/.ssh/public/private");
        assertEquals("hosts\npublic\n", outcome.out());
    }

    @Test
    void whatMayNotBeChangedCanStillBeRead() throws IOException {
        LauncherRun.Outcome outcome = shell(
                "cat .bashrc .config/autostart/entry; echo x >> .bashrc; echo x > .config/autostart/new;"
                        + " rm -f .config/autostart/entry; mv .config Documents/config; echo x > .config/app/settings;"
                        + " echo x > .profile",
                "file rw g1 ~",
                "except w - ~/.bashrc",
                "except w - ~/.profile",
                "except w - ~/.config/autostart");
        assertEquals("shell\nentry\n", outcome.out());
        assertEquals("shell", read(".bashrc"));
        assertEquals("entry", read(".config/autostart/entry"));
        assertEquals("x", read(".config/app/settings"));
        assertFalse(Files.exists(home.resolve(".config/autostart/new")));
        assertFalse(Files.exists(home.resolve(".profile")));
    }

    @Test
    void anExceptionHoldsForThePlaceALinkLeadsTo() throws IOException {
        write("dotfiles/bashrc", "linked");
        Files.delete(home.resolve(".bashrc"));
        Files.createSymbolicLink(home.resolve(".bashrc"), home.resolve("dotfiles/bashrc"));
        Files.createSymbolicLink(home.resolve("keys"), home.resolve(".ssh"));
        LauncherRun.Outcome outcome = shell(
                "cat keys/id; echo x > dotfiles/bashrc; echo x > .bashrc; rm -f .bashrc",
                "file rw g1 ~",
                "except w - ~/.bashrc",
                "except r - ~/keys");
        assertEquals("", outcome.out());
        assertEquals("linked", read("dotfiles/bashrc"));
        assertTrue(Files.isSymbolicLink(home.resolve(".bashrc")));
    }

    @Test
    void aHomeWithManyFilesBesideTheKeysIsGiven() throws IOException {
        for (int i = 0; i < 3000; i++) {
            Files.createFile(home.resolve("many" + i));
        }
        LauncherRun.Outcome outcome = shell(
                "echo x > many0 && echo x > many2999 && cat many2999 .ssh/id", "file rw g1 ~", "except rw - ~/.ssh");
        assertEquals("x\n", outcome.out());
        assertFalse(outcome.err().contains("stays closed"), outcome.err());
    }

    /** Calls that wait for somebody, more of them than the supervisor has workers, hold up nobody else. */
    @ParameterizedTest
    @ValueSource(strings = {"cut", "open", "connect"})
    void aProgramThatGetsItselfStuckCanStillOpenFiles(String call) throws IOException {
        Path stuck = Path.of("target/native/programs/stuck").toAbsolutePath();
        LauncherRun.Outcome outcome = shell(
                stuck + " " + home + "/leased " + call + " " + home + "/other; echo $?",
                "file rw g1 ~",
                "file rx t " + stuck,
                "except lrwxd g2 ~/.ssh");
        assertTrue(outcome.out().matches("no leases\\n0\\n|took [0-9]{1,4} ok\\n0\\n"), outcome.out() + outcome.err());
    }

    /** Every call that names something, for every missing folder above every exception: nothing gets there. */
    @Test
    void whereAnExceptionIsStillToComeNothingButAnEmptyFolderIsMade() throws IOException {
        Path plants = Path.of("target/native/programs/plants").toAbsolutePath();
        write("Documents/sources/folder/systemd/user/unit", "planted");
        write("Documents/sources/file", "planted");
        Files.createSymbolicLink(home.resolve("Documents/sources/link"), home.resolve("Documents/sources/folder"));
        List<String> missing = List.of(".local", ".local/share", ".local/share/services", ".config/systemd", "go");
        LauncherRun.Outcome outcome = shell(
                missing.stream()
                        .map(name -> plants + " Documents/sources " + home.resolve(name) + "; ")
                        .collect(Collectors.joining()),
                "file rw g1 ~",
                "file rx t " + plants,
                "except lrwxd g2 ~/.local/share/services/one/place",
                "except w - ~/.config/systemd/user",
                "except wx - ~/go/bin");
        assertEquals("tried 1\n".repeat(missing.size()), outcome.out(), outcome::err);
        for (String name : missing) {
            assertTrue(Files.isDirectory(home.resolve(name), LinkOption.NOFOLLOW_LINKS), name);
        }
        assertFalse(Files.exists(home.resolve(".config/systemd/user")));
        assertEquals("planted", read("Documents/sources/folder/systemd/user/unit"));
    }
}
