package org.landgrant.desktop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.landgrant.grants.UserFolder;

class UserFoldersTest {
    @TempDir
    Path home;

    private Map<UserFolder, String> read(String text) throws IOException {
        TestDesktop.write(home.resolve(".config/user-dirs.dirs"), text);
        return folders().paths();
    }

    private UserFolders folders() {
        return new UserFolders(BaseDirectories.from(Map.of("HOME", home.toString()), Path.of("/nowhere")));
    }

    @Test
    void localisedFoldersAreReadWithTheirEscapes() throws IOException {
        Map<UserFolder, String> paths = read("""
                # comment
                XDG_DOCUMENTS_DIR="$HOME/Dokumente"
                 XDG_DOWNLOAD_DIR = "/data/Meine \\"Downloads\\" \\$x"  # more
                XDG_MUSIC_DIR="$HOME/a/../Musik/"
                XDG_UNKNOWN_DIR="$HOME/x"
                """);
        assertEquals(
                Map.of(
                        UserFolder.DOCUMENTS, home + "/Dokumente",
                        UserFolder.DOWNLOAD, "/data/Meine \"Downloads\" $x",
                        UserFolder.MUSIC, home + "/Musik"),
                paths);
        assertEquals("Dokumente", folders().names().get(UserFolder.DOCUMENTS));
    }

    @Test
    void aFolderThatIsTheHomeOrHoldsItIsSwitchedOff() throws IOException {
        assertEquals(Map.of(), read("""
                        XDG_DOCUMENTS_DIR="$HOME/"
                        XDG_DESKTOP_DIR="$HOME"
                        XDG_VIDEOS_DIR="/"
                        XDG_PICTURES_DIR="$HOME/x/.."
                        XDG_MUSIC_DIR="$HOME/.."
                        """));
    }

    @Test
    void linesThatAreNotTheirFormAreIgnoredAndTheLastOneCounts() throws IOException {
        assertEquals(Map.of(UserFolder.VIDEOS, home + "/B"), read("""
                        XDG_DOCUMENTS_DIR=$HOME/x
                        XDG_DESKTOP_DIR="relative/x"
                        XDG_MUSIC_DIR="$HOME/open
                        XDG_VIDEOS_DIR="$HOME/A"
                        XDG_VIDEOS_DIR="$HOME/B"
                        XDG_PICTURES_DIR="$HOMEx/y"
                        XDG_TEMPLATES_DIR="$HOME/T"
                        XDG_TEMPLATES_DIR="$HOME/"
                        """));
    }

    @Test
    void withoutTheFileTheEnglishFoldersThatExistCount() throws IOException {
        Files.createDirectory(home.resolve("Downloads"));
        Files.createDirectory(home.resolve("Public"));
        assertEquals(
                Map.of(UserFolder.DOWNLOAD, home + "/Downloads", UserFolder.PUBLICSHARE, home + "/Public"),
                folders().paths());
    }

    @Test
    void baseDirectoriesHaveDefaultsAndIgnoreRelativeValues() {
        Map<String, String> environment = new HashMap<>(Map.of(
                "XDG_DATA_HOME", "relative", "XDG_CONFIG_HOME", "", "XDG_RUNTIME_DIR", "run", "XDG_DATA_DIRS", "a::b"));
        BaseDirectories defaults = BaseDirectories.from(environment, Path.of("/h"));
        assertEquals(Path.of("/h/.local/share"), defaults.dataHome());
        assertEquals(Path.of("/h/.config"), defaults.configHome());
        assertEquals(Path.of("/h/.cache"), defaults.cacheHome());
        assertEquals(Path.of("/h/.local/state"), defaults.stateHome());
        assertEquals(Optional.empty(), defaults.runtimeDir());
        assertEquals(List.of(Path.of("/usr/local/share"), Path.of("/usr/share")), defaults.dataDirs());
        environment.put("HOME", "/home/x");
        environment.put("XDG_DATA_DIRS", "/a/:rel:/b:/a");
        environment.put("XDG_RUNTIME_DIR", "/run/user/1");
        BaseDirectories set = BaseDirectories.from(environment, Path.of("/h"));
        assertEquals(Path.of("/home/x/.local/share"), set.dataHome());
        assertEquals(List.of(Path.of("/a"), Path.of("/b")), set.dataDirs());
        assertEquals(Optional.of(Path.of("/run/user/1")), set.runtimeDir());
    }
}
