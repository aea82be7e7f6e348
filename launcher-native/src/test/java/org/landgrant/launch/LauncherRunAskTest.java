package org.landgrant.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code landgrant run --ask}: questions in the terminal that the command runs in. */
@Timeout(60)
class LauncherRunAskTest {
    private static final String CHOICES = "no, and ask no more: ";

    @TempDir
    Path folder;

    private LauncherRun launcher;
    private Path diary;
    private Typist typist;

    @BeforeEach
    void aHome() throws IOException {
        launcher = new LauncherRun(folder);
        launcher.needsAbi(6);
        Path documents = Files.createDirectory(launcher.home.resolve("Documents"));
        diary = Files.writeString(documents.resolve("diary"), "dear diary\n");
    }

    @AfterEach
    void nothingStays() {
        if (typist != null) {
            typist.leaves();
        }
    }

    private void start(String... words) {
        // "$*" would be cut at blanks: script gets one line for a shell.
        StringBuilder line = new StringBuilder("exec " + LauncherRun.LAUNCHER + " run --ask");
        for (String word : LauncherRun.SYSTEM) {
            line.append(' ').append(word);
        }
        for (String word : words) {
            line.append(" '").append(word.replace("'", "'\\''")).append('\'');
        }
        launcher.environment.put("LINE", line.toString());
        // Reading cannot be interrupted: a question that never comes ends with the terminal.
        launcher.within(List.of("timeout", "-k", "5", "40", "sh", "-c", "exec script -qefc \"$LINE\" /dev/null", "sh"));
        typist = new Typist(launcher.start(List.of()));
    }

    private void answer(String word) throws Exception {
        typist.until(CHOICES);
        Typist.aSecondGoesBy();
        typist.type(word + "\n");
    }

    @Test
    void aCommandWaitsForTheAnswerAndGoesOn() throws Exception {
        start("--", "cat", diary.toString());
        typist.until("would like to read " + diary);
        answer("y");
        assertTrue(typist.rest().contains("dear diary"));
        assertEquals(0, typist.ends());
    }

    @Test
    void aCommandCannotHaveTheEndOfAPathStayUnseen() throws Exception {
        start("--", "sh", "-c", "printf '\\033[?7l\\033[4h\\033[5i'; cat " + diary);
        typist.until("\033[5i");
        for (String undone : List.of("\033[4i", "\033[4l", "\033[?7h")) {
            typist.until(undone);
        }
        typist.until("would like to read " + diary);
        answer("n");
        assertTrue(typist.rest().contains("Permission denied"));
    }

    /** Kitty's keyboard protocol: with all of it on, not even Enter would end a line. */
    @Test
    void aCommandCannotHaveTheKeysComeAsSequencesWhileAQuestionStands() throws Exception {
        start("--", "sh", "-c", "printf '\\033[>31u'; cat " + diary + "; printf ended");
        typist.until("\033[>31u");
        typist.until("\033[>0u");
        typist.until("would like to read " + diary);
        answer("n");
        typist.until("\033[<u");
        typist.until("ended");
    }

    @Test
    void whatWasAllowedOrRefusedIsAskedOnce() throws Exception {
        Path other = Files.writeString(diary.resolveSibling("other"), "other\n");
        start("--", "sh", "-c", "cat " + diary + " " + other + "; cat " + diary + " " + other + "; true");
        typist.until("would like to read " + diary);
        answer("y");
        typist.until("would like to read " + other);
        answer("n");
        String rest = typist.rest();
        assertEquals(2, rest.split("Permission denied", -1).length - 1, rest);
        assertTrue(rest.contains("dear diary"), rest);
        assertFalse(rest.contains("would like"), rest);
        assertEquals(0, typist.ends());
    }

    @Test
    void aFolderCanBeAllowedAndNothingMoreBeAsked() throws Exception {
        Path other = Files.writeString(diary.resolveSibling("other"), "other\n");
        Path away = Files.writeString(launcher.home.resolve("away"), "away\n");
        start("--", "sh", "-c", "cat " + diary + "; cat " + other + "; cat " + away + " " + folder + "; true");
        typist.until("would like to read " + diary);
        answer("f");
        typist.until("other");
        typist.until("would like to read " + away);
        answer("q");
        String rest = typist.rest();
        assertFalse(rest.contains("would like"), rest);
        assertEquals(0, typist.ends());
    }

    @Test
    void hiddenFilesWantAWholeWord() throws Exception {
        Path key = Files.writeString(
                Files.createDirectory(launcher.home.resolve(".ssh")).resolve("key"), "the key\n");
        start("--", "cat", key.toString());
        typist.until("To allow this, type the word \"allow\".");
        typist.until("ask no more): ");
        Typist.aSecondGoesBy();
        typist.type("y\n");
        typist.until("That is no answer here.");
        typist.until("ask no more): ");
        Typist.aSecondGoesBy();
        typist.type("allow\n");
        assertTrue(typist.rest().contains("the key"));
        assertEquals(0, typist.ends());
    }

    @Test
    void whatWasTypedBeforeTheQuestionIsNoAnswer() throws Exception {
        start("--", "sh", "-c", "read x; cat " + diary);
        typist.type("\ny\ny\n");
        typist.until(CHOICES);
        typist.typeUntil(
                "y\n", "That came too soon to be an answer to this. Read it, wait a second, and answer then.\r\n");
        answer("n");
        assertTrue(typist.rest().contains("Permission denied"));
        assertEquals(1, typist.ends());
    }

    @Test
    void nothingTheCommandPrintsComesWhileAQuestionStands() throws Exception {
        start("--", "sh", "-c", "(while :; do echo SPAM; done) & cat " + diary + "; read x; kill $!");
        typist.until("would like to read");
        typist.until(CHOICES);
        Typist.aSecondGoesBy();
        assertEquals("", typist.unread());
        typist.type("n\n");
        typist.until("Permission denied");
        typist.until("SPAM");
        typist.type("\n");
        assertEquals(0, typist.ends());
    }

    /** It belongs to the session, but not to its process group, and ignores what a terminal sends. */
    @Test
    void aSecondGroupOfTheCommandHoldsStillToo() throws Exception {
        start(
                "--",
                "sh",
                "-c",
                "setsid sh -c 'trap \"\" TSTP TTOU TTIN HUP; while :; do echo SPAM; done' & cat " + diary
                        + "; kill -9 $!");
        typist.until(CHOICES);
        Typist.aSecondGoesBy();
        assertEquals("", typist.unread());
        typist.type("y\n");
        typist.until("dear diary");
    }

    @Test
    void theTerminalIsAsItWasAfterwards() throws Exception {
        start(
                "--",
                "sh",
                "-c",
                "stty raw -echo; a=$(stty -g); cat " + diary
                        + "; b=$(stty -g); stty sane; test \"$a\" = \"$b\" && echo same");
        answer("n");
        assertTrue(typist.rest().contains("same"));
    }

    @Test
    void theEndOfTheCommandsInputIsTheEndOfQuestions() throws Exception {
        start("--", "sh", "-c", "cat " + diary + "; cat " + folder + "/data; echo end");
        typist.until(CHOICES);
        Typist.aSecondGoesBy();
        typist.type("\u0004");
        assertTrue(typist.rest().contains("end"));
        assertEquals(0, typist.ends());
    }

    @Test
    void portsAreAskedAboutToo() throws Exception {
        start("--rw", "/dev/tty", "--", "bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/1");
        typist.until("would like to connect to TCP port 1");
        answer("n");
        assertTrue(typist.rest().contains("Permission denied"));
    }

    @Test
    void withoutATerminalItIsRefusedAndTheLineThatAllowsItIsPrinted() throws Exception {
        launcher.within(List.of("setsid", "-w"));
        LauncherRun.Outcome refused = launcher.runWith(List.of("--ask"), "cat", diary.toString());
        assertEquals(1, refused.status());
        String line = refused.err()
                .lines()
                .filter(text -> text.contains("it is: "))
                .findFirst()
                .orElseThrow();
        List<String> words = new ArrayList<>(
                Arrays.asList(line.substring(line.indexOf("it is: ") + 7).split(" ", -1)));
        assertEquals(List.of("landgrant", "run", "--ro", diary.toString()), words.subList(0, 4));
        LauncherRun.Outcome allowed = LauncherRun.finish(launcher.start(words.subList(1, words.size())));
        assertEquals("dear diary\n", allowed.out());
    }
}
