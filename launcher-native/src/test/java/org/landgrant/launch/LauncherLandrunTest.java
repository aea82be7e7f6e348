package org.landgrant.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Called by the name of landrun, the launcher ends as landrun does. */
@Timeout(120)
class LauncherLandrunTest {
    private static final Path CASES = Path.of("src/test/landrun/conformance.sh").toAbsolutePath();

    @TempDir
    Path folder;

    /** How the cases end for a program of that name. */
    private LauncherRun.Outcome cases(LauncherRun launcher, Path landrun, int abi) {
        launcher.within(List.of("sh", "-c", "shift; exec bash \"$@\"", "sh"));
        return LauncherRun.finish(launcher.start(List.of(CASES.toString(), landrun.toString(), String.valueOf(abi))));
    }

    @Test
    void everyCaseOfItsCommandLineEndsAsItShould() throws Exception {
        LauncherRun launcher = new LauncherRun(folder);
        launcher.needsAbi(6);
        int abi = launcher.abi();
        Path landrun = Files.createSymbolicLink(folder.resolve("landrun"), LauncherRun.LAUNCHER);
        LauncherRun.Outcome outcome = cases(launcher, landrun, abi);
        assertEquals(0, outcome.status(), outcome.err());
        assertTrue(outcome.out().matches("\\d{3} cases, 0 failed\n"), outcome.out());
    }

    /** The cases would notice: a program that restricts nothing fails many of them. */
    @Test
    void aProgramThatRestrictsNothingFailsTheCases() throws Exception {
        LauncherRun launcher = new LauncherRun(folder);
        Path landrun = Files.writeString(folder.resolve("landrun"), """
                #!/bin/bash
                while [ $# -gt 0 ]; do
                    case $1 in
                        --) shift; break ;;
                        --ro | --rw | --rox | --rwx | --unix | --env | --connect-tcp | --bind-tcp | --log-level) shift; [ $# -eq 0 ] || shift ;;
                        -*) shift ;;
                        *) break ;;
                    esac
                done
                exec "$@"
                """);
        assertTrue(landrun.toFile().setExecutable(true));
        LauncherRun.Outcome outcome = cases(launcher, landrun, 0);
        assertEquals(1, outcome.status());
        assertTrue(outcome.err().contains("not so: reading what is not named"), outcome.err());
        assertTrue(outcome.err().contains("not so: connecting to another"), outcome.err());
        assertTrue(outcome.err().contains("not so: it is empty"), outcome.err());
    }
}
