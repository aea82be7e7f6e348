package org.landgrant.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code landgrant ask} in a real terminal, against the smallest agent. */
@Timeout(60)
class LauncherAskTest {
    private static final String QUESTION = "7 2 2 plain\nSo be it?\n  1  Only this\n* 2  All of it\n";
    private static final String ANSWERS = "Answer about 2 (d, o, a, 1 to 2, s, q, ?): ";

    @TempDir
    Path folder;

    private LauncherRun launcher;
    private FakeAgent agent;
    private Typist typist;

    @BeforeEach
    void aTerminal() throws IOException {
        launcher = new LauncherRun(folder);
        // Reading cannot be interrupted: what is never printed ends with the terminal.
        launcher.within(List.of("timeout", "-k", "5", "60", "sh", "-c", "exec script -qefc \"$*\" /dev/null", "sh"));
        agent = new FakeAgent(launcher.runtime);
    }

    @AfterEach
    void nothingStays() throws IOException {
        if (typist != null) {
            typist.leaves();
        }
        agent.close();
    }

    /** A connection that said hello and a command. */
    private record Told(FakeAgent.Line line, List<String> words) implements AutoCloseable {
        void print(String text) throws IOException {
            if (!text.isEmpty()) {
                line.send(9, "out", text);
            }
            line.send(10, "0");
        }

        @Override
        public void close() throws IOException {
            line.close();
        }
    }

    private Told told() throws IOException {
        FakeAgent.Line line = agent.accept();
        assertEquals(1, line.read().type());
        line.send(12, "test");
        return new Told(line, words(line));
    }

    private static List<String> words(FakeAgent.Line line) throws IOException {
        FakeAgent.Frame command = line.read();
        assertEquals(8, command.type());
        return command.fields().subList(1, command.fields().size());
    }

    /** Begins, and shows that question. */
    private Told asking(String question) throws IOException {
        typist = new Typist(launcher.start(List.of("ask")));
        Told told = told();
        assertEquals(List.of("prompts", "--next", "0"), told.words());
        told.print(question);
        return told;
    }

    @Test
    void anAnswerNamesTheQuestionAndTheScopeThatWereShown() throws Exception {
        Told told = asking(QUESTION);
        typist.until("So be it?\r\n");
        typist.until(ANSWERS);
        assertEquals(List.of("prompts", "--next", "7"), words(told.line()));
        Typist.aSecondGoesBy();
        typist.type("1\n");
        typist.until("Answer about 1 (");
        typist.type("o\n");
        try (Told answer = told()) {
            assertEquals(List.of("answer", "7", "once", "--nth", "1"), answer.words());
            answer.print("app may.\n");
        }
        typist.until("app may.\r\n");
        told.print("8 1 1 sensitive\nThe key?\n");
        typist.until("The key?\r\n");
        typist.until("\"allow once\"): ");
        assertEquals(List.of("prompts", "--next", "8"), words(told.line()));
        Typist.aSecondGoesBy();
        typist.type("a\n");
        typist.until("type the words: allow once\r\n");
        typist.type("allow once\n");
        try (Told answer = told()) {
            assertEquals(List.of("answer", "8", "once", "--nth", "1"), answer.words());
            answer.print("");
        }
        typist.type("q\n");
        assertEquals(0, typist.ends());
    }

    @Test
    void whatWasTypedBeforeTheQuestionCouldBeReadIsNoAnswer() throws Exception {
        typist = new Typist(launcher.start(List.of("ask")));
        Told told = told();
        typist.until("? says more.\r\n");
        typist.type("a\n");
        typist.until("Nothing is asked now.\r\n");
        // Half a line lies in the terminal when the question comes.
        typist.type("a");
        told.print(QUESTION);
        typist.until(ANSWERS);
        typist.typeUntil(
                "a\n", "That came too soon to be an answer to this. Read it, wait a second, and answer then.\r\n");
        Typist.aSecondGoesBy();
        typist.type("\n");
        typist.until(ANSWERS);
        typist.until(ANSWERS);
        typist.type("q\n");
        assertFalse(typist.rest().contains("soon"));
        assertEquals(0, typist.ends());
    }

    @Test
    void aQuestionThatClosesIsSaidToBeGoneAndIsNotAnswered() throws Exception {
        Told told = asking(QUESTION);
        typist.until(ANSWERS);
        words(told.line());
        told.print("0\n");
        typist.until("That question is gone");
        Typist.aSecondGoesBy();
        typist.type("a\n");
        typist.until("Nothing is asked now.\r\n");
        // Nothing new for 25 seconds: it asks on.
        assertEquals(List.of("prompts", "--next", "0"), words(told.line()));
        told.print("");
        assertEquals(List.of("prompts", "--next", "0"), words(told.line()));
        typist.type("q\n");
        assertEquals(0, typist.ends());
    }

    @Test
    void theAgentsDeathIsOneSentenceAndStatus1() throws Exception {
        try (Told told = asking(QUESTION)) {
            typist.until(ANSWERS);
            words(told.line());
        }
        agent.close();
        assertEquals(
                "landgrant: the agent went away; what waited was refused",
                typist.rest().strip());
        assertEquals(1, typist.ends());
    }

    @Test
    void whatTheAgentDoesNotSayRightEndsIt() throws Exception {
        try (Told told = asking("7 2 3 plain\nSo be it?\n")) {
            typist.until("landgrant: the agent said something that makes no sense\r\n");
            assertEquals(1, typist.ends());
            assertTrue(told.words().contains("prompts"));
        }
    }

    @Test
    void withoutATerminalTheOtherCommandsAreNamed() throws Exception {
        launcher.within(List.of());
        LauncherRun.Outcome outcome = LauncherRun.finish(launcher.start(List.of("ask")));
        assertEquals(1, outcome.status());
        assertEquals(
                "landgrant: ask needs a terminal; \"landgrant prompts\" and \"landgrant answer\" work without one\n",
                outcome.err());
    }

    /** It could write over what is asked. */
    @Test
    void besideAnAppInTheSameTerminalNothingIsAsked() throws Exception {
        launcher.needsAbi(6);
        String app = String.join(" ", LauncherRun.SYSTEM) + " --rw " + folder + " -- sh -c 'echo runs >" + folder
                + "/runs; exec sleep 60'";
        launcher.within(List.of(
                "sh",
                "-c",
                "exec script -qefc \"mkfifo " + folder + "/runs; $0 run " + app + " >/dev/null 2>&1 & read runs <"
                        + folder + "/runs; $*; asked=\\$?; kill \\$!; exit \\$asked\" /dev/null",
                LauncherRun.LAUNCHER.toString()));
        typist = new Typist(launcher.start(List.of("ask")));
        agent.accept().send(12, "test");
        assertEquals(
                "landgrant: an app runs in this terminal and could write over what is asked; use another terminal",
                typist.rest().strip());
        assertEquals(1, typist.ends());
    }

    @Test
    void aConfinedAppCannotAnswerByIt() throws Exception {
        launcher.needsAbi(6);
        List<String> words = new ArrayList<>(List.of("run"));
        words.addAll(LauncherRun.SYSTEM);
        words.addAll(List.of("--rox", LauncherRun.LAUNCHER.getParent().toString(), "--rw", folder.toString()));
        words.addAll(List.of("--", LauncherRun.LAUNCHER.toString(), "ask"));
        typist = new Typist(launcher.start(words));
        assertTrue(typist.rest().contains("a confined app cannot reach the agent"));
        assertEquals(125, typist.ends());
    }
}
