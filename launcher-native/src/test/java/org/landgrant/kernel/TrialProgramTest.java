package org.landgrant.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrialProgramTest {
    @Test
    void anAnswerIsAWordAndAnErrno() {
        assertEquals(Optional.of(Map.entry(Trial.READ, 13)), TrialProgram.read("read 13"));
        assertEquals(Optional.of(Map.entry(Trial.ABSTRACT_SOCKET, 0)), TrialProgram.read("abstract_socket 0"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "read",
                "read ",
                "read 13 13",
                "READ 13",
                "read -1",
                "read 99999999999",
                "fly 0",
                "landgrant: refused reading /home/ada (allow with --ro /home/ada)"
            })
    void anythingElseIsNoAnswer(String line) {
        assertEquals(Optional.empty(), TrialProgram.read(line));
    }

    @Test
    void aStageSurvivesACommandLine() {
        TrialStage stage = new TrialStage(Path.of("/tmp/a b"), 80, 53, 4711, "name", "");
        assertEquals(stage, TrialStage.of(stage.words()));
    }

    @Test
    void rightsAreThoseOfTheKernelsGeneration() {
        assertEquals(0x1fff, Confinement.files(1));
        assertEquals(0x3fff, Confinement.files(2));
        assertEquals(0x7fff, Confinement.files(4));
        assertEquals(0xffff, Confinement.files(8));
        assertEquals(0x1ffff, Confinement.files(11));
        assertEquals(0, Confinement.ports(3));
        assertEquals(3, Confinement.ports(9));
        assertEquals(15, Confinement.ports(10));
    }
}
