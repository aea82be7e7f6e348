package org.landgrant.desktop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.landgrant.grants.Access;
import org.landgrant.grants.AppId;
import org.landgrant.grants.Resource;
import org.landgrant.grants.Template;

class PrivateSettingsTest {
    private static final AppId APP = new AppId("org.kde.okular.desktop");

    @TempDir
    Path home;

    private Path config;
    private Path own;
    private PrivateSettings settings;

    @BeforeEach
    void aHome() throws IOException {
        config = Files.createDirectory(home.resolve(".config"));
        own = home.resolve(".local/state/landgrant-settings/org.kde.okular.desktop");
        Files.createDirectories(home.resolve(".local/state"));
        settings = new PrivateSettings(BaseDirectories.from(Map.of("HOME", home.toString()), home));
    }

    private static Template template(String... files) {
        return new Template(
                "okular",
                "Okular",
                List.of(read("kdeglobals"), read("gtk-3.0"), read("a/b"), read("okularrc")),
                List.of(),
                Set.of(),
                Map.of(),
                true,
                Set.of(files));
    }

    private static Template.Entry read(String name) {
        return new Template.Entry(
                new Resource.Place("$XDG_CONFIG_HOME/" + name), Set.of(Access.READ), false, Optional.empty());
    }

    @Test
    void theAppFindsItsOwnSettingsAndTheLooksOfTheDesktop() throws IOException {
        Files.writeString(config.resolve("okularrc"), "mine");
        Files.writeString(config.resolve("kdeglobals"), "dark");
        Files.createDirectory(config.resolve("gtk-3.0"));
        Files.createDirectories(config.resolve("a/b"));
        Files.writeString(config.resolve("otherrc"), "nobody's business");
        settings.prepare(APP, template("okularrc", "okularpartrc"));
        assertEquals("mine", Files.readString(own.resolve("okularrc")));
        assertFalse(Files.isSymbolicLink(own.resolve("okularrc")));
        assertEquals("dark", Files.readString(own.resolve("kdeglobals")));
        assertFalse(Files.isSymbolicLink(own.resolve("kdeglobals")));
        assertEquals(config.resolve("gtk-3.0"), Files.readSymbolicLink(own.resolve("gtk-3.0")));
        try (var files = Files.list(own)) {
            assertEquals(3, files.count());
        }
        Files.writeString(own.resolve("okularrc"), "changed");
        settings.prepare(APP, template("okularrc"));
        assertEquals("changed", Files.readString(own.resolve("okularrc")));
        assertEquals("mine", Files.readString(config.resolve("okularrc")));
    }

    @Test
    void newLooksReachTheAppAtItsNextLaunch() throws IOException {
        Files.writeString(config.resolve("kdeglobals"), "dark");
        settings.prepare(APP, template("okularrc"));
        Files.writeString(own.resolve("kdeglobals"), "the app's own");
        Files.setLastModifiedTime(config.resolve("kdeglobals"), FileTime.fromMillis(1_000));
        settings.prepare(APP, template("okularrc"));
        assertEquals("the app's own", Files.readString(own.resolve("kdeglobals")));
        Files.writeString(config.resolve("kdeglobals"), "light");
        Files.setLastModifiedTime(own.resolve("kdeglobals"), FileTime.fromMillis(2_000));
        settings.prepare(APP, template("okularrc"));
        assertEquals("light", Files.readString(own.resolve("kdeglobals")));
    }

    @Test
    void anAppWithoutFilesOfSettingsHasNoFolder() throws IOException {
        Map<String, String> before = TestDesktop.tree(home);
        settings.prepare(APP, template());
        settings.giveBack(APP, template());
        assertEquals(before, TestDesktop.tree(home));
    }

    @Test
    void whatTheAppSavedIsGivenBackAndNothingElse() throws IOException {
        Files.writeString(config.resolve("okularrc"), "old");
        Files.setLastModifiedTime(config.resolve("okularrc"), FileTime.fromMillis(1_000));
        Files.writeString(config.resolve("kdeglobals"), "dark");
        settings.prepare(APP, template("okularrc"));
        Files.writeString(own.resolve("okularrc"), "new");
        Files.createDirectory(own.resolve("autostart"));
        Files.writeString(own.resolve("autostart/evil.desktop"), "evil");
        settings.giveBack(APP, template("okularrc"));
        assertEquals("new", Files.readString(config.resolve("okularrc")));
        assertFalse(Files.exists(config.resolve("autostart")));
        assertTrue(Files.exists(own.resolve("autostart/evil.desktop")), "what else it kept is not thrown away");
        assertFalse(Files.exists(own.resolve("kdeglobals"), java.nio.file.LinkOption.NOFOLLOW_LINKS));
    }

    @Test
    void givingBackLeavesNoTrace() throws IOException {
        Files.writeString(config.resolve("okularrc"), "mine");
        Map<String, String> before = TestDesktop.tree(home);
        settings.prepare(APP, template("okularrc"));
        settings.giveBack(APP, template("okularrc"));
        assertEquals(before, TestDesktop.tree(home));
    }

    @Test
    void linksThatTheAppPlantsAreNeitherFollowedNorGivenBack() throws IOException {
        Path key = Files.writeString(home.resolve("key"), "secret");
        Files.writeString(config.resolve("kdeglobals"), "dark");
        settings.prepare(APP, template("okularrc"));
        Files.createSymbolicLink(own.resolve("okularrc"), key);
        Files.delete(own.resolve("kdeglobals"));
        Files.createSymbolicLink(own.resolve("kdeglobals"), key);
        settings.prepare(APP, template("okularrc"));
        settings.giveBack(APP, template("okularrc"));
        assertFalse(Files.exists(config.resolve("okularrc")));
        assertEquals("dark", Files.readString(config.resolve("kdeglobals")));
        assertEquals("secret", Files.readString(key));
    }

    @Test
    void whatTheAppSwapsForALinkWhileItIsGivenBackIsNotRead() throws Exception {
        Path key = Files.writeString(home.resolve("key"), "secret");
        settings.prepare(APP, template("okularrc"));
        AtomicBoolean ends = new AtomicBoolean();
        Thread app = Thread.ofPlatform().start(() -> {
            for (int i = 0; !ends.get(); i++) {
                try {
                    Path next = own.resolve("next");
                    if (i % 2 == 0) {
                        Files.writeString(next, "plain");
                    } else {
                        Files.createSymbolicLink(next, key);
                    }
                    Files.move(next, own.resolve("okularrc"), StandardCopyOption.ATOMIC_MOVE);
                } catch (IOException gone) {
                    // The folder is ready again in a moment.
                }
            }
        });
        try {
            for (int i = 0; i < 500; i++) {
                settings.giveBack(APP, template("okularrc"));
                Path given = config.resolve("okularrc");
                assertFalse(Files.exists(given) && Files.readString(given).equals("secret"), "it was followed");
                Files.deleteIfExists(given);
                settings.prepare(APP, template("okularrc"));
            }
        } finally {
            ends.set(true);
            app.join();
        }
        assertEquals("secret", Files.readString(key));
    }

    @Test
    void whatGrewTooLargeStaysWithTheApp() throws IOException {
        settings.prepare(APP, template("okularrc"));
        Files.write(own.resolve("okularrc"), new byte[5 * 1024 * 1024]);
        settings.giveBack(APP, template("okularrc"));
        assertFalse(Files.exists(config.resolve("okularrc")));
        assertTrue(Files.exists(own.resolve("okularrc")));
    }

    @Test
    void thePersonsNewerSettingsWin() throws IOException {
        settings.prepare(APP, template("okularrc"));
        Files.writeString(own.resolve("okularrc"), "of the app");
        Files.setLastModifiedTime(own.resolve("okularrc"), FileTime.fromMillis(1_000));
        Files.writeString(config.resolve("okularrc"), "of the person");
        settings.giveBack(APP, template("okularrc"));
        assertEquals("of the person", Files.readString(config.resolve("okularrc")));
        assertEquals("of the app", Files.readString(own.resolve("okularrc")));
    }
}
