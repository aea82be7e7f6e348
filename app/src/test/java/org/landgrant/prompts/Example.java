package org.landgrant.prompts;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.landgrant.grants.Access;
import org.landgrant.grants.AppId;
import org.landgrant.grants.Decision;
import org.landgrant.grants.Denial;
import org.landgrant.grants.EffectiveGrant;
import org.landgrant.grants.Origin;
import org.landgrant.grants.Resource;
import org.landgrant.grants.UserFolder;
import org.landgrant.prompts.Coalescer.Kind;

/** Anna's home, whose Documents folder has a Japanese name. */
final class Example {
    static final AppId APP = new AppId("firefox-esr.desktop");
    static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
    static final UserPlaces PLACES = new UserPlaces(
            "/home/anna",
            Map.of(
                    UserFolder.DOCUMENTS, "/home/anna/書類",
                    UserFolder.DOWNLOAD, "/home/anna/Downloads",
                    UserFolder.VIDEOS, "/home/anna",
                    UserFolder.MUSIC, "/srv/music"));
    static final Words WORDS = new Words(Locale.ENGLISH);
    static final Worthiness WORTHINESS = new Worthiness(PLACES);
    static final Coalescer COALESCER = new Coalescer(PLACES, WORDS, Example::look);
    static final LiveScopes LIVE_SCOPES = new LiveScopes(PLACES, WORDS, Example::look);

    private Example() {}

    static Kind look(String path) {
        return path.endsWith(".new") ? Kind.MISSING : path.contains(".") ? Kind.FILE : Kind.FOLDER;
    }

    static LiveQuestion question(long id, String path, Access access) {
        return new LiveQuestion(id, 1, APP, new Resource.Place(path), access, "app", NOW);
    }

    static LiveQuestion question(long id, int port, Access access) {
        return new LiveQuestion(id, 1, APP, new Resource.TcpPort(port), access, "app", NOW);
    }

    static Denial denial(String path, Access access, int secondsAgo) {
        Instant then = NOW.minusSeconds(secondsAgo);
        return new Denial(APP, new Resource.Place(path), access, "app", 1, then, then);
    }

    static Denial read(String path) {
        return denial(path, Access.READ, 0);
    }

    static Denial port(int port, Access access) {
        return new Denial(APP, new Resource.TcpPort(port), access, "app", 1, NOW, NOW);
    }

    static Denial bus(String name, Access access) {
        return new Denial(APP, new Resource.BusName(name), access, "", 1, NOW, NOW);
    }

    static EffectiveGrant grant(Resource resource, Decision decision, Origin origin, Access... access) {
        return new EffectiveGrant("g1", resource, Set.of(access), decision, origin, false, Optional.empty());
    }

    static LiveGround ground(EffectiveGrant... grants) {
        return new LiveGround(PLACES, WORDS, List.of(grants), Example::look);
    }

    static Standing standing(EffectiveGrant... grants) {
        return new Standing(PLACES, List.of(grants));
    }
}
