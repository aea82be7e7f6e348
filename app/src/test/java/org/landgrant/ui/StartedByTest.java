package org.landgrant.ui;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With real processes. */
class StartedByTest {
    /** No process has such a number. */
    private static final long NOBODY = 1L << 22;

    @Test
    void aProgramIsNamedByItsFileWhateverItCallsItself(@TempDir Path folder) throws IOException, InterruptedException {
        Path shell = folder.resolve("term\u202Einal");
        Files.copy(Path.of("/bin/sh"), shell);
        Process started = new ProcessBuilder(
                        "/bin/sh", "-c", "exec \"$0\" -c 'sleep 60 >&- & echo $!; read end; kill $!'", shell.toString())
                .start();
        try (BufferedReader said = started.inputReader(StandardCharsets.UTF_8)) {
            assertEquals(Optional.of("terminal"), StartedBy.name(Long.parseLong(said.readLine())));
            assertEquals(Optional.of("Landgrant"), StartedBy.name(started.pid()));
        } finally {
            started.outputWriter(StandardCharsets.UTF_8).close();
            started.waitFor();
        }
    }

    @Test
    void nothingIsSaidOfWhatIsGone() {
        assertEquals(Optional.empty(), StartedBy.name(NOBODY));
    }
}
