package org.landgrant.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.landgrant.grants.AppId;
import org.landgrant.grants.UserFolder;
import org.landgrant.prompts.UserPlaces;

/** Folders that are links to other places. */
class RealFoldersTest {
    @TempDir
    Path folder;

    private Path home;
    private Path documents;
    private Path disk;
    private PolicyFiles policies;

    @BeforeEach
    void documentsOnAnotherDisk() throws IOException {
        folder = folder.toRealPath();
        home = Files.createDirectories(folder.resolve("home/ada"));
        disk = Files.createDirectories(folder.resolve("disk/docs"));
        documents = Files.createSymbolicLink(home.resolve("Documents"), disk);
        policies = PolicyFiles.in(folder.resolve("policies"));
    }

    @Test
    void aLinkToAnotherDiskIsFollowedAndKeepsItsName() throws IOException {
        mayChange(home.resolve("Downloads"));
        UserPlaces places = places();
        assertEquals(disk.toString(), places.folders().get(UserFolder.DOCUMENTS));
        assertEquals("Documents", places.nameOf(UserFolder.DOCUMENTS));
    }

    @Test
    void aLinkThatAnAppMayHavePlantedIsNotFollowed() throws IOException {
        mayChange(home);
        assertEquals(documents.toString(), places().folders().get(UserFolder.DOCUMENTS));
    }

    @Test
    void aLinkOnTheWayThatAnAppMayHavePlantedIsNotFollowed() throws IOException {
        Path own = Files.createDirectory(folder.resolve("own"));
        Files.createSymbolicLink(own.resolve("next"), disk);
        Files.delete(documents);
        Files.createSymbolicLink(documents, own.resolve("next"));
        assertEquals(disk.toString(), places().folders().get(UserFolder.DOCUMENTS));
        mayChange(own);
        assertEquals(documents.toString(), places().folders().get(UserFolder.DOCUMENTS));
    }

    @Test
    void aLinkThatStaysInsideWhatTheAppHasAnywayIsFollowed() throws IOException {
        mayChange(folder);
        assertEquals(disk.toString(), places().folders().get(UserFolder.DOCUMENTS));
    }

    @Test
    void nothingIsFollowedWhileItCannotBeToldWhatAppsMayChange() throws IOException {
        policies.write(new AppId("broken.desktop"), "no policy\n");
        assertEquals(documents.toString(), places().folders().get(UserFolder.DOCUMENTS));
    }

    @Test
    void linksThatLeadToEachOtherStayAsTheyAreNamed() throws IOException {
        Files.delete(documents);
        Files.createSymbolicLink(documents, home.resolve("Other"));
        Files.createSymbolicLink(home.resolve("Other"), documents);
        assertEquals(documents.toString(), places().folders().get(UserFolder.DOCUMENTS));
    }

    @Test
    void aHomeBehindALinkIsWhereItReallyLies() throws IOException {
        Path link = Files.createSymbolicLink(folder.resolve("users"), folder.resolve("home"));
        UserPlaces places = new RealFolders(policies.folder())
                .places(link.resolve("ada"), Map.of(UserFolder.MUSIC, link.resolve("ada/Music")));
        assertEquals(home.toString(), places.home());
        assertEquals(home + "/Music", places.folders().get(UserFolder.MUSIC));
    }

    private UserPlaces places() {
        return new RealFolders(policies.folder()).places(home, Map.of(UserFolder.DOCUMENTS, documents));
    }

    private void mayChange(Path place) throws IOException {
        policies.write(new AppId("editor.desktop"), """
                landgrant-policy 1
                app editor.desktop
                protect files
                protect connect-tcp
                protect listen-tcp
                protect signals
                protect abstract-sockets
                protect udp
                file rw g1 %s
                command editor
                """.formatted(place));
    }
}
