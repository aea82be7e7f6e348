package org.landgrant.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.landgrant.agent.House.EDITOR;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.landgrant.grants.RefusedException;
import org.landgrant.launch.AgentClient;
import org.landgrant.launch.Message;
import org.landgrant.launch.OwnFolders;
import org.landgrant.launch.Refusal.Kind;
import org.landgrant.launch.Refusal.Wanted;
import org.landgrant.launch.Secret;
import org.landgrant.profiles.MemoryGrantBook;

/** The whole agent, asked by a launcher and answered from a terminal. */
@Timeout(60)
class LiveAgentTest {
    @TempDir
    Path folder;

    @Test
    void aWaitingAppIsAnsweredByWhoKnowsTheSecretAndByNobodyElse() throws Exception {
        Path home = folder.toRealPath();
        Files.createDirectories(home.resolve("Documents"));
        OwnFolders folders = OwnFolders.of(Map.of("HOME", home.toString())).make();
        try (Agent _ = Agent.start(
                House.parts(folders, home, new MemoryGrantBook(), new House.Entries()),
                (keeper, sessions, live, history, outside) -> DesktopWindows.of(Map.of(), sessions, live, () -> {
                    throw new IllegalStateException("there is no display");
                }))) {
            Secret secret = Secret.in(folders.secret());
            try (AgentClient launcher = AgentClient.connect(folders.socket(), secret, "1")) {
                launcher.send(new Message.Started(EDITOR, 10, Instant.EPOCH, home, List.of()));
                launcher.send(new Message.Holds(List.of()));
                launcher.send(new Message.Ask(1, Kind.FILE, Wanted.R, home + "/.ssh/id", "ed"));
                assertEquals(new Message.Answer(1, Message.Answer.Word.DENY), launcher.receive());
                launcher.send(new Message.Ask(2, Kind.FILE, Wanted.R, home + "/Documents", "ed"));
                launcher.send(new Message.Ask(3, Kind.FILE, Wanted.R, home + "/.ssh/id", "ed"));
                assertEquals(new Message.Answer(3, Message.Answer.Word.DENY), launcher.receive());

                Secret guessed = Secret.in(folder.resolve("guessed"));
                assertThrows(RefusedException.class, () -> AgentClient.connect(folders.socket(), guessed, "1"));
                assertTrue(said(folders, secret, "prompts").contains("would like to see files in your Documents"));
                assertTrue(said(folders, secret, "answer", "2", "once").contains("until it ends"));
                assertTrue(launcher.receive() instanceof Message.Live);
                assertEquals(new Message.Answer(2, Message.Answer.Word.ALLOW), launcher.receive());
                assertEquals("No app waits for an answer.\n", said(folders, secret, "prompts"));
            }
        }
    }

    private static String said(OwnFolders folders, Secret secret, String... words) throws Exception {
        StringBuilder said = new StringBuilder();
        try (AgentClient terminal = AgentClient.connect(folders.socket(), secret, "1")) {
            assertEquals(0, terminal.command(0, List.of(words), output -> said.append(output.text())), () -> "" + said);
        }
        return said.toString();
    }
}
