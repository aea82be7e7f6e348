package org.landgrant.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.landgrant.launch.AgentClient;
import org.landgrant.launch.Message;

/** The agent's process: one at a time, without a display, with a book it cannot read, and its end. */
@Timeout(120)
class StartupTest {
    @TempDir
    Path home;

    private final List<ChildAgent> started = new ArrayList<>();

    @AfterEach
    void end() {
        started.forEach(agent -> agent.process().destroyForcibly());
    }

    @Test
    void aSecondAgentSaysSoAndEnds() throws Exception {
        ChildAgent first = start();
        first.connect().close();
        ChildAgent second = start();

        assertEquals(0, status(second));
        assertTrue(errors().contains("Landgrant is already running."), errors());
        assertTrue(first.process().isAlive());
    }

    @Test
    void whoStartsItInATerminalIsToldHowToEndIt() throws Exception {
        start().connect().close();
        while (!errors().endsWith("\n")) {
            Thread.onSpinWait();
        }
        assertEquals(1, errors().lines().count(), errors());
        assertTrue(errors().contains("\"landgrant agent stop\" ends it"), errors());
        assertTrue(errors().contains("There is no display, so it shows no windows."), errors());
    }

    @Test
    void aSecondAgentHandsItsWishToTheFirst() throws Exception {
        start().connect().close();
        ChildAgent second = start("--show", "editor.desktop");

        assertEquals(1, status(second));
        assertTrue(errors().contains("There is no display"), errors());
    }

    @Test
    void withoutADisplayNothingIsShownAndItEnds() throws Exception {
        ChildAgent agent = start("--show");

        assertEquals(125, status(agent));
        assertTrue(errors().contains("There is no display"), errors());
    }

    @Test
    void askedToEndItTakesItsSocketAwayAndKeepsTheBook() throws Exception {
        ChildAgent agent = start();
        try (AgentClient client = agent.connect()) {
            assertEquals(0, client.command(80, List.of("grant", "editor", "/srv", "read"), part -> {}));
        }
        agent.process().destroy();

        assertTrue(agent.process().waitFor(30, TimeUnit.SECONDS));
        assertFalse(Files.exists(ChildAgent.folders(home).socket()));
        try (AgentClient client = start().connect()) {
            List<String> said = new ArrayList<>();
            client.command(80, List.of("grants", "editor"), part -> said.add(part.text()));
            assertTrue(String.join("", said).contains("place:/srv"));
        }
    }

    @Test
    void aDamagedBookIsOneSentenceAndIsKept() throws Exception {
        ChildAgent agent = start();
        agent.connect().close();
        agent.process().destroy();
        agent.process().waitFor();
        Path book;
        try (var files = Files.list(ChildAgent.folders(home).data())) {
            book = files.filter(file -> file.toString().endsWith(".mv.db"))
                    .findFirst()
                    .orElseThrow();
        }
        byte[] damaged = new byte[5_000];
        Files.write(book, damaged);

        ChildAgent again = start();
        assertEquals(Startup.FAILED, status(again));
        assertEquals(1, errors().lines().count(), errors());
        assertEquals(damaged.length, Files.readAllBytes(book).length);
    }

    @Test
    void wordsThatMakeNoSenseAreToldHowItIsCalled() throws Exception {
        assertEquals(Startup.MISUSED, status(start("--frobnicate")));
        assertTrue(errors().contains("Usage: landgrant-agent"), errors());
    }

    @Test
    void aLauncherGetsItsPolicyAndItsRefusalsAreKept() throws Exception {
        ChildAgent agent = start();
        try (AgentClient launcher = agent.connect();
                AgentClient person = agent.connect()) {
            launcher.send(new Message.Launch(House.EDITOR));
            String text = ((Message.Policy) launcher.receive()).text();
            assertEquals(
                    text, Files.readString(ChildAgent.folders(home).policies().resolve("editor.desktop.policy")));
            launcher.send(new Message.Started(House.EDITOR, 5, java.time.Instant.EPOCH, home, List.of()));
            launcher.send(new Message.Denied(List.of(new org.landgrant.launch.Refusal(
                    org.landgrant.launch.Refusal.Kind.FILE,
                    org.landgrant.launch.Refusal.Wanted.R,
                    "/secret",
                    "ed",
                    2,
                    java.time.Instant.EPOCH))));
            List<String> said = new ArrayList<>();
            while (String.join("", said).isEmpty()) {
                person.command(0, List.of("denials", "editor"), part -> said.add(part.text()));
            }
            assertTrue(String.join("", said).contains("place:/secret"), said::toString);
        }
    }

    private ChildAgent start(String... words) throws IOException {
        ChildAgent agent = ChildAgent.start(home, words);
        started.add(agent);
        return agent;
    }

    private String errors() throws IOException {
        return Files.readString(home.resolve("err"));
    }

    private static int status(ChildAgent agent) throws InterruptedException {
        assertTrue(agent.process().waitFor(60, TimeUnit.SECONDS), "the agent did not end");
        return agent.process().exitValue();
    }
}
