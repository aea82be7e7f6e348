package org.landgrant.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A kernel that answers as if it had been built without Landlock. */
class LauncherWithoutLandlockTest {
    /** Makes {@code landlock_create_ruleset} (444) fail with ENOSYS, then becomes the command that follows. */
    private static final String WITHOUT_LANDLOCK = """
            $filter = pack("SCCL" x 4, 0x20,0,0,0, 0x15,0,1,444, 0x06,0,0,0x50026, 0x06,0,0,0x7fff0000);
            $program = pack("Sx6P", 4, $filter);
            syscall(157, 38, 1, 0, 0, 0) == 0 or die; syscall(157, 22, 2, $program) == 0 or die; exec @ARGV;
            """;

    @TempDir
    Path folder;

    @Test
    void nothingIsStartedAndOneSentenceSaysWhy() throws IOException, InterruptedException {
        Path trace = folder.resolve("trace");
        Process process = new ProcessBuilder(
                        "perl",
                        "-e",
                        WITHOUT_LANDLOCK,
                        LauncherRun.LAUNCHER.toString(),
                        "run",
                        "--rox",
                        "/usr",
                        "--rw",
                        folder.toString(),
                        "--",
                        "touch",
                        trace.toString())
                .start();
        String said = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(125, process.waitFor());
        assertTrue(said.contains("no Landlock") && said.lines().count() == 1, said);
        assertFalse(Files.exists(trace));
    }
}
