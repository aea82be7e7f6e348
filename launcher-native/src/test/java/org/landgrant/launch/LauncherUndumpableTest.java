package org.landgrant.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Programs that hold secrets close themselves to others, and so to the supervisor. */
@Timeout(60)
class LauncherUndumpableTest {
    private static final String APP = "app.desktop";

    /** prctl(PR_SET_DUMPABLE, 0), then a call that the supervisor makes in the app's place. */
    private static final String SCRIPT = "import ctypes, os, resource, sys; BEFORE"
            + "assert ctypes.CDLL(None).prctl(4, 0, 0, 0, 0) == 0; os.chmod(sys.argv[1], 0o640); "
            + "print(*resource.getrlimit(resource.RLIMIT_CORE), oct(os.stat(sys.argv[1]).st_mode))";

    @TempDir
    Path folder;

    private LauncherRun launcher;
    private Path file;

    @BeforeEach
    void home() throws IOException {
        launcher = new LauncherRun(folder);
        launcher.needsAbi(6);
        file = Files.writeString(launcher.home.resolve("own"), "x");
    }

    private LauncherRun.Outcome run(String before) throws IOException {
        launcher.writePolicy(
                APP,
                LauncherRun.policy(
                        APP,
                        "file rw user/1 " + launcher.home,
                        "command python3",
                        "command -c",
                        "command " + SCRIPT.replace("BEFORE", before),
                        "command " + file));
        return launcher.launch(APP);
    }

    @Test
    void areServedAllTheSameAndLeaveNoDump() throws IOException {
        LauncherRun.Outcome outcome = run("");
        assertEquals("1 1 0o100640\n", outcome.out(), outcome.err());
    }

    @Test
    void whoForbadeDumpsBeforeKeepsThat() throws IOException {
        LauncherRun.Outcome outcome = run("resource.setrlimit(resource.RLIMIT_CORE, (0, 0)); ");
        assertEquals("0 0 0o100640\n", outcome.out(), outcome.err());
    }
}
