package org.landgrant.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.landgrant.grants.RefusedException;

class OwnFoldersTest {
    @TempDir
    Path folder;

    @Test
    void theyLieWhereTheEnvironmentSays() {
        OwnFolders folders =
                OwnFolders.of(Map.of("HOME", "/home/ada", "XDG_DATA_HOME", "/d", "XDG_RUNTIME_DIR", "/run/user/1000"));

        assertEquals(Path.of("/d/landgrant/secret"), folders.secret());
        assertEquals(Path.of("/run/user/1000/landgrant/agent"), folders.socket());
    }

    @Test
    void withoutThoseVariablesOrWithRelativeOnesTheyLieAtHome() {
        OwnFolders folders = OwnFolders.of(Map.of("HOME", "/home/ada", "XDG_DATA_HOME", "d"));

        assertEquals(Path.of("/home/ada/.local/share/landgrant/policies"), folders.policies());
        assertEquals(Path.of("/home/ada/.local/share/landgrant/runtime/agent"), folders.socket());
    }

    @Test
    void withoutAHomeThereIsOneSentence() {
        assertThrows(RefusedException.class, () -> OwnFolders.of(Map.of()));
    }

    @Test
    void bothAreMadeForThisUserAloneAndWiderOnesAreNarrowed() throws IOException {
        OwnFolders folders = new OwnFolders(folder.resolve("a/b/data"), folder.resolve("runtime"));
        folders.make();
        Files.setPosixFilePermissions(folders.data(), PosixFilePermissions.fromString("rwxrwxrwx"));
        folders.make();

        for (Path made : List.of(folders.data(), folders.runtime())) {
            assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(made)));
        }
    }

    @Test
    void aLinkInTheirPlaceIsRefused() throws IOException {
        Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
        Files.createSymbolicLink(folder.resolve("runtime"), elsewhere);

        assertThrows(
                RefusedException.class, () -> new OwnFolders(folder.resolve("data"), folder.resolve("runtime")).make());
    }

    @Test
    void onlyOneHoldsTheLock() {
        Path lock = folder.resolve("lock");
        AgentLock first = AgentLock.take(lock).orElseThrow();

        assertFalse(AgentLock.take(lock).isPresent());
        first.close();
        AgentLock second = AgentLock.take(lock).orElseThrow();
        second.close();
    }

    @Test
    void aSecretIsMadeOnceAndForThisUserAlone() throws IOException {
        Path file = folder.resolve("secret");
        Secret made = Secret.in(file);

        assertTrue(made.hex().matches("[0-9a-f]{64}"));
        assertEquals(made.hex(), Secret.in(file).hex());
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        assertNotEquals(made.hex(), Secret.in(folder.resolve("other")).hex());
        assertFalse(made.toString().contains(made.hex()));
    }

    @Test
    void allWhoMakeTheSecretAtOnceEndWithTheSame() throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<String>> made = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                made.add(
                        threads.submit(() -> Secret.in(folder.resolve("secret")).hex()));
            }
            HashSet<String> different = new HashSet<>();
            for (Future<String> one : made) {
                different.add(one.get());
            }
            assertEquals(1, different.size());
        }
        try (var files = Files.list(folder)) {
            assertEquals(1, files.count());
        }
    }

    @Test
    void aSecretIsOnlyItself() {
        Secret secret = Secret.in(folder.resolve("secret"));

        assertTrue(secret.is(secret.hex()));
        assertFalse(secret.is(""));
        assertFalse(secret.is(secret.hex() + "0"));
        assertFalse(secret.is("0".repeat(64)));
    }

    @Test
    void aDamagedSecretIsOneSentenceAndIsKept() throws IOException {
        Path file = Files.writeString(folder.resolve("secret"), "short");

        RefusedException refused = assertThrows(RefusedException.class, () -> Secret.in(file));
        assertTrue(refused.getMessage().contains("is not a secret"));
        assertEquals("short", Files.readString(file));
    }
}
