package org.landgrant.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.landgrant.launch.OwnFolders;

class LogInTest {
    @TempDir
    Path folder;

    private String name(String runtime) throws IOException {
        return LogIn.name(new OwnFolders(folder.resolve("data"), Files.createDirectories(folder.resolve(runtime))));
    }

    @Test
    void anAgentThatComesBackFindsTheSameLogIn() throws IOException {
        assertEquals(name("run"), name("run"));
    }

    @Test
    void anotherRuntimeFolderIsAnotherLogIn() throws IOException {
        assertNotEquals(name("run"), name("later"));
    }

    @Test
    void aNameThatWasNeverFinishedIsMadeAnew() throws IOException {
        Path file = Files.createDirectories(folder.resolve("run")).resolve("login");
        Files.createFile(file);
        String made = name("run");
        assertEquals(made, name("run"));
        assertEquals(Files.readString(file), made.substring(made.indexOf('/') + 1));
    }
}
