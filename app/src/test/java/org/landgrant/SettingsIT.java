package org.landgrant;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** KDE's own library saves and reads settings, confined. It saves by a new file that takes the old one's place. */
class SettingsIT {
    private static final String APP = "org.kde.okular.desktop";

    @TempDir
    Path folder;

    private World world;
    private Path config;

    @BeforeEach
    void theLibraryIsInstalled() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/kwriteconfig5")), "kwriteconfig5 is not installed");
        world = new World(folder);
        config = world.home.resolve(".config");
        Files.writeString(config.resolve("kdeglobals"), "[General]\nColorScheme=Dark\n");
        Files.writeString(config.resolve("okularrc"), "[General]\nAnswer=1\n");
        world.install("plain.desktop", "kwriteconfig5 --file okularrc --group General --key Answer 42");
        world.install(APP, "kwriteconfig5 --file okularrc --group General --key Answer 42");
    }

    @AfterEach
    void nothingStays() {
        world.close();
    }

    private void exec(String exec) throws Exception {
        world.install(APP, exec);
        // A confined app's entry that somebody wrote anew is taken up by the next agent at the latest.
        world.killAgent();
        assertEquals(0, world.landgrant("apps").status());
    }

    @Test
    void withoutAFolderOfItsOwnNothingCanBeSaved() throws Exception {
        assertEquals(0, world.landgrant("confine", "plain.desktop").status());
        world.landgrant("deny", "plain.desktop", config.toString());
        world.landgrant("launch", "plain.desktop");
        assertEquals("[General]\nAnswer=1\n", Files.readString(config.resolve("okularrc")));
    }

    @Test
    void settingsAreSavedReadAndGivenBackAndLooksAreReadOnly() throws Exception {
        assertEquals(0, world.landgrant("confine", APP).status());
        assertEquals(0, world.landgrant("launch", APP).status());
        Path own = world.home.resolve(".local/state/landgrant-settings").resolve(APP);
        assertTrue(Files.readString(own.resolve("okularrc")).contains("Answer=42"));
        assertEquals("[General]\nAnswer=1\n", Files.readString(config.resolve("okularrc")));

        exec("kreadconfig5 --file okularrc --group General --key Answer");
        assertEquals("42\n", world.landgrant("launch", APP).out());
        exec("kreadconfig5 --file kdeglobals --group General --key ColorScheme");
        assertEquals("Dark\n", world.landgrant("launch", APP).out());
        exec("kwriteconfig5 --file kdeglobals --group General --key ColorScheme Light");
        assertEquals(0, world.landgrant("launch", APP).status(), "it does not wait for a lock that it never gets");
        assertEquals("[General]\nColorScheme=Dark\n", Files.readString(config.resolve("kdeglobals")));

        assertEquals(0, world.landgrant("release", "--all").status());
        assertTrue(Files.readString(config.resolve("okularrc")).contains("Answer=42"));
        assertFalse(Files.exists(own.resolve("okularrc")));
    }
}
