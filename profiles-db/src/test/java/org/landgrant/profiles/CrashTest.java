package org.landgrant.profiles;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.landgrant.grants.BookException;
import org.landgrant.grants.Grant;
import org.landgrant.grants.GrantBook;

/** What was acknowledged survives the end of the process, however it ends. */
@Timeout(300)
final class CrashTest {
    private static final int ROUNDS = 25;
    /** Milliseconds H2 leaves unused space alone by default. */
    private static final int USUAL = 45_000;

    @TempDir
    Path temporary;

    @Test
    void whatWasAcknowledgedSurvivesAKillAtAnyMomentAndNothingIsInvented() throws Exception {
        Path folder = temporary.resolve("book");
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        int acknowledged = 0;
        for (int round = 0; round < ROUNDS; round++) {
            Process writer = start(folder, acknowledged, 20, USUAL, List.of());
            try (BufferedReader lines = writer.inputReader(StandardCharsets.UTF_8)) {
                assertEquals("open", lines.readLine());
                int patience = random.nextInt(60);
                for (int seen = 0; seen < patience; seen++) {
                    assertEquals("wrote " + acknowledged, lines.readLine());
                    acknowledged++;
                }
                LockSupport.parkNanos(random.nextInt(3_000_000));
                writer.toHandle().destroyForcibly();
                while (("wrote " + acknowledged).equals(lines.readLine())) {
                    acknowledged++;
                }
            }
            writer.waitFor();
            acknowledged = check(folder, acknowledged, 20, "round " + round + ", seed " + seed);
        }
        assertTrue(acknowledged > ROUNDS, "the writers wrote");
    }

    /** With H2's usual retention this takes a run of more than 45 seconds to go wrong. */
    @Test
    void spaceThatHoldsNothingAnyMoreIsNotWrittenOver() throws Exception {
        Path folder = temporary.resolve("book");
        int acknowledged = 0;
        for (int round = 0; round < 4; round++) {
            Process writer = start(folder, acknowledged, 20, 0, List.of());
            try (BufferedReader lines = writer.inputReader(StandardCharsets.UTF_8)) {
                assertEquals("open", lines.readLine());
                for (int seen = 0; seen < 140 + round; seen++) {
                    assertEquals("wrote " + acknowledged, lines.readLine());
                    acknowledged++;
                }
                writer.toHandle().destroyForcibly();
                while (("wrote " + acknowledged).equals(lines.readLine())) {
                    acknowledged++;
                }
            }
            writer.waitFor();
            acknowledged = check(folder, acknowledged, 20, "round " + round);
        }
    }

    @Test
    void aKillWhileTheFileIsMadeSmallerLosesNothing() throws Exception {
        Path folder = temporary.resolve("book");
        Path beside = folder.resolve("grants.new.mv.db");
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        int acknowledged = 0;
        for (int round = 0; round < 4; round++) {
            Process writer = start(folder, acknowledged, 4000, USUAL, List.of());
            try (BufferedReader lines = writer.inputReader(StandardCharsets.UTF_8)) {
                assertEquals("open", lines.readLine());
                while (!Files.exists(beside)) {
                    assertTrue(writer.isAlive(), "the writer goes on until it is killed");
                    Thread.onSpinWait();
                }
                LockSupport.parkNanos(random.nextInt(100_000_000));
                writer.toHandle().destroyForcibly();
                while (("wrote " + acknowledged).equals(lines.readLine())) {
                    acknowledged++;
                }
            }
            writer.waitFor();
            acknowledged = check(folder, acknowledged, 4000, "round " + round + ", seed " + seed);
            assertFalse(Files.exists(beside));
        }
    }

    /** Every acknowledged grant is there, and at most the one in flight besides. */
    private static int check(Path folder, int acknowledged, int padding, String where) {
        try (GrantBook book = H2GrantBook.open(folder)) {
            List<Grant> found = book.grants();
            assertTrue(
                    found.size() == acknowledged || found.size() == acknowledged + 1,
                    () -> where + ": " + acknowledged + " acknowledged, " + found.size() + " found");
            for (int number = 0; number < found.size(); number++) {
                assertEquals(
                        EndlessWriter.grant(number, padding).resource(),
                        found.get(number).resource(),
                        where);
            }
            return found.size();
        }
    }

    @Test
    void aFullDiskIsRefusedInOneSentenceAndTheBookStaysAsItWas() throws Exception {
        Path folder = temporary.resolve("book");
        H2GrantBook.open(folder).close();
        // A limit on file size meets H2 as a failing write, like a full disk, and needs no file system of its own.
        Process writer = start(folder, 0, 4000, USUAL, List.of("/bin/sh", "-c", "ulimit -f 600; exec \"$@\"", "sh"));
        int acknowledged = 0;
        List<String> rest = new ArrayList<>();
        try (BufferedReader lines = writer.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("wrote ")) {
                    acknowledged++;
                } else {
                    rest.add(line);
                }
            }
        }
        assertEquals(
                List.of(
                        "open",
                        "refused The book of grants in " + folder.resolve("grants.mv.db")
                                + " cannot be written; is the disk full?",
                        "still " + acknowledged),
                rest);
        assertEquals(0, writer.waitFor());
        assertTrue(acknowledged > 0);
        try (GrantBook book = H2GrantBook.open(folder)) {
            assertEquals(acknowledged, book.grants().size());
            book.put(EndlessWriter.grant(acknowledged, 1));
        }
    }

    @Test
    void aBookThatAnotherProcessHasOpenIsRefusedInOneSentence() throws Exception {
        Path folder = temporary.resolve("book");
        Process writer = start(folder, 0, 20, USUAL, List.of());
        try (BufferedReader lines = writer.inputReader(StandardCharsets.UTF_8)) {
            assertEquals("open", lines.readLine());
            BookException refused = assertThrows(BookException.class, () -> H2GrantBook.open(folder));
            assertEquals("The book of grants in " + folder + " is in use by another Landgrant.", refused.getMessage());
            assertEquals("wrote 0", lines.readLine());
        } finally {
            writer.toHandle().destroyForcibly();
        }
    }

    private static Process start(Path folder, int from, int padding, int retention, List<String> before)
            throws IOException {
        List<String> command = new ArrayList<>(before);
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:-UsePerfData",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                EndlessWriter.class.getName(),
                folder.toString(),
                Integer.toString(from),
                Integer.toString(padding),
                Integer.toString(retention)));
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }
}
