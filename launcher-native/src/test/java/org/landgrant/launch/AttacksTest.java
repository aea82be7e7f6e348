package org.landgrant.launch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Every way out of {@code src/test/attacks}, tried outside and inside. */
@Timeout(900)
class AttacksTest {
    private static final Path ATTACKS = Path.of("target/native/attacks").toAbsolutePath();
    private static final Path SECURITY = Path.of("../SECURITY.md");

    private record Outcome(int status, String out) {}

    private static Outcome attacks(String... arguments) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(ATTACKS.toString());
        builder.command().addAll(List.of(arguments));
        Process process = builder.redirectErrorStream(true).start();
        process.getOutputStream().close();
        String out = new String(process.getInputStream().readAllBytes(), UTF_8);
        return new Outcome(process.waitFor(), out);
    }

    @Test
    void nothingSucceedsConfinedButWhatIsListed() throws Exception {
        Outcome outcome = attacks("run", "--launcher", LauncherRun.LAUNCHER.toString());
        assertEquals(0, outcome.status(), outcome.out());
    }

    @Test
    void noRaceOverALiveGrantIsWon() throws Exception {
        Outcome outcome = attacks("races", "--launcher", LauncherRun.LAUNCHER.toString(), "--tries", "2000");
        assertEquals(0, outcome.status(), outcome::out);
    }

    @Test
    void theTableInSecurityIsTheOneTheAttacksPrint() throws Exception {
        String text = Files.readString(SECURITY);
        int begin = text.indexOf('\n', text.indexOf("<!-- attacks: begin")) + 1;
        int end = text.indexOf("<!-- attacks: end");
        assertEquals(attacks("list").out(), text.substring(begin, end), "stale; ./dev attacks --write renews it");
    }
}
