package org.landgrant.grants;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ResourceTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "folder:documents", "place:/", "place:~", "place:~/x", "place:$XDG_RUNTIME_DIR", "place:/a b\nc",
                "place:/..a/.b", "tcp:0", "tcp:65535", "tcp:any", "device:shared_memory", "service:x11",
                "place:/\u202e\ud83d\udd10"
            })
    void theTextOfAResourceIsReadBack(String text) {
        assertEquals(text, Resource.parse(text).text());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "documents",
                "folder:",
                "folder:Documents",
                "place:",
                "place:x",
                "place:x/y",
                "place:~root",
                "place:$HOME/x",
                "place:$XDG_CONFIG_HOMEx",
                "place:/a/",
                "place://",
                "place:/a//b",
                "place:/a/../b",
                "place:/.",
                "place:~/..",
                "place:~/",
                "place:/a\0b",
                "tcp:",
                "tcp:-1",
                "tcp:65536",
                "tcp:+80",
                "tcp:443443",
                "tcp:ANY",
                "tcp:\u0661",
                "device:GPU",
                "device:",
                "service:dbus",
                "udp:53",
                "udp:",
                "bus:",
                "bus::1.5",
                "bus:org",
                "bus:org.*",
                "bus:org.example.7zip",
                "bus:org.example..A",
                "bus:org.example.*.B",
                "bus:org.example.A --own=org.b"
            })
    void whatIsNoResourceIsRefused(String text) {
        assertThrows(IllegalArgumentException.class, () -> Resource.parse(text));
    }

    @Test
    void aPlaceIsBelow4096Characters() {
        assertEquals(4095, new Resource.Place("/" + "x".repeat(4094)).path().length());
        assertThrows(IllegalArgumentException.class, () -> new Resource.Place("/" + "x".repeat(4095)));
    }
}
