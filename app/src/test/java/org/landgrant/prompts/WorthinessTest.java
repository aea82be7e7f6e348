package org.landgrant.prompts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.landgrant.grants.Access;
import org.landgrant.grants.UserFolder;

class WorthinessTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/home/anna/書類",
                "/home/anna/書類/taxes.pdf",
                "/home/anna/song.mp3",
                "/home/anna/projects/a/b.c",
                "/srv/music/a.ogg",
                "/media/anna/USB/x",
                "/media/USB/x",
                "/run/media/anna/USB",
                "/mnt/disk/x"
            })
    void thePersonsOwnThingsDeserveAQuestion(String path) {
        assertTrue(Example.WORTHINESS.deservesQuestion(Example.read(path)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/home",
                "/home/anna",
                "/home/ben/x",
                "/home/annabel/x",
                "/home/anna/.ssh/id_ed25519",
                "/home/anna/.cache/x",
                "/home/anna/.config/mozilla/x",
                "/home/anna/.bashrc",
                "/home/anna/bin/tool",
                "/home/anna/snap/x",
                "/home/anna/.local/share/recently-used.xbel",
                "/home/anna/書類/secrets.kdbx",
                "/home/anna/書類/.directory",
                "/proc/1/stat",
                "/sys/class/tty",
                "/etc/shadow",
                "/media",
                "/media/anna",
                "/run/media",
                "/run/media/anna",
                "/usr/lib/x",
                "/srv"
            })
    void everythingElseIsKeptInTheHistoryOnly(String path) {
        assertFalse(Example.WORTHINESS.deservesQuestion(Example.read(path)));
    }

    @Test
    void aFolderSwitchedOffInUserDirsIsNotTheWholeHome() {
        assertFalse(Example.PLACES.folders().containsKey(UserFolder.VIDEOS));
        assertEquals("書類", Example.PLACES.nameOf(UserFolder.DOCUMENTS));
    }

    @ParameterizedTest
    @CsvSource({
        "org.freedesktop.secrets, true",
        "org.kde.kwalletd6, true",
        "org.gnome.OnlineAccounts, true",
        "org.gnome.evolution.dataserver.Sources5, true",
        "org.freedesktop.FileManager1, true",
        // Every app of a toolkit tries these; that alone is no reason to trouble anybody.
        "ca.desrt.dconf, false",
        "org.gtk.vfs.Daemon, false",
        "org.freedesktop.systemd1, false",
        "org.freedesktop.Notifications, false",
        "org.example.Unknown, false",
        "org.freedesktop.secretsOfOthers, false"
    })
    void ofTheDesktopsServicesAFewDeserveAQuestion(String name, boolean deserves) {
        assertEquals(deserves, Example.WORTHINESS.deservesQuestion(Example.bus(name, Access.USE)));
        assertFalse(Example.WORTHINESS.deservesQuestion(Example.bus(name, Access.LISTEN)));
    }

    @Test
    void portsDeserveAQuestionButNotPortZero() {
        assertTrue(Example.WORTHINESS.deservesQuestion(Example.port(443, Access.CONNECT)));
        assertTrue(Example.WORTHINESS.deservesQuestion(Example.port(8080, Access.LISTEN)));
        assertFalse(Example.WORTHINESS.deservesQuestion(Example.port(0, Access.LISTEN)));
    }
}
