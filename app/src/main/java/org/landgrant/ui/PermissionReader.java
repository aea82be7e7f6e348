package org.landgrant.ui;

import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.landgrant.desktop.InstalledApp;
import org.landgrant.grants.AppId;
import org.landgrant.grants.Decision;
import org.landgrant.grants.Denial;
import org.landgrant.grants.Device;
import org.landgrant.grants.EffectiveGrant;
import org.landgrant.grants.Gatekeeper;
import org.landgrant.grants.Origin;
import org.landgrant.grants.Resource;
import org.landgrant.grants.UserFolder;
import org.landgrant.prompts.OneLine;
import org.landgrant.prompts.Standing;
import org.landgrant.prompts.UserPlaces;
import org.landgrant.prompts.Words;

/** Reads the grants of all confined apps the other way round. Blocks; one thread at a time. */
final class PermissionReader {
    private static final int MOST_DENIALS = 500;
    private static final int MOST_NOTES = 3;
    private static final int NAME = 40;
    private static final int PATH = 56;

    private final UiServices services;
    private final Words words;
    private final InstantSource clock;
    private final ZoneId zone;
    private final OnceReader once;

    PermissionReader(UiServices services, Words words, InstantSource clock, ZoneId zone) {
        this.services = services;
        this.words = words;
        this.clock = clock;
        this.zone = zone;
        this.once = new OnceReader(services.sessions(), words);
    }

    /** What is known of one confined app. */
    private record Known(
            InstalledApp app,
            List<EffectiveGrant> effective,
            List<OnceRow> once,
            Map<Resource, List<Denial>> refused,
            boolean running,
            Optional<Instant> opened) {}

    /** In the order of the list: the person's folders, other places, the network, devices. */
    List<Permission> permissions() {
        UserPlaces places = Places.now(services);
        Map<AppId, Instant> opened = services.history().opened();
        List<Known> apps = services.apps().all().stream()
                .filter(app -> app.notOurs().isEmpty()
                        && services.gatekeeper().settings(app.id()).confined())
                .map(app -> known(app, places, Optional.ofNullable(opened.get(app.id()))))
                .sorted(Comparator.comparing((Known known) -> known.app().name())
                        .thenComparing(known -> known.app().id()))
                .toList();
        List<Permission> all = new ArrayList<>();
        for (UserFolder folder : UserFolder.values()) {
            String path = places.folders().get(folder);
            if (path != null) {
                Resource resource = new Resource.Folder(folder);
                all.add(files(resource, folder.word(), places.nameOf(folder), path, Optional.of(folder), apps, places));
            }
        }
        int number = 0;
        for (String path : others(apps)) {
            String name = OneLine.clean(UserPlaces.nameOf(path), NAME);
            Resource resource = new Resource.Place(path);
            all.add(files(resource, "place-" + number++, name, path, Optional.empty(), apps, places));
        }
        all.add(network(apps));
        all.add(listening(apps));
        all.add(camera(apps));
        return all;
    }

    private Known known(InstalledApp app, UserPlaces places, Optional<Instant> opened) {
        Gatekeeper gatekeeper = services.gatekeeper();
        List<EffectiveGrant> effective = gatekeeper.effective(app.id());
        RefusalReader refusals = new RefusalReader(places, words, clock.instant(), zone);
        return new Known(
                app,
                effective,
                once.rows(app.id(), effective, places),
                refusals.byScope(gatekeeper.denials(app.id(), MOST_DENIALS)),
                !services.sessions().running(app.id()).isEmpty(),
                opened);
    }

    /**
     * When the app could last do that. The kernel lets what is allowed pass without a word, so nobody knows when it
     * did.
     */
    private Optional<String> opened(Known known, boolean reaches) {
        return reaches && !known.running()
                ? known.opened()
                        .map(then -> words.say("permissions.opened", Ago.say(then, clock.instant(), zone, words)))
                : Optional.empty();
    }

    /** Places that somebody decided about, by path. */
    private static Set<String> others(List<Known> apps) {
        Set<String> paths = new TreeSet<>();
        for (Known known : apps) {
            for (EffectiveGrant grant : known.effective()) {
                if (grant.resource() instanceof Resource.Place(String path)
                        && grant.origin() != Origin.TEMPLATE
                        && grant.fromTemplate().isEmpty()) {
                    paths.add(path);
                }
            }
        }
        return paths;
    }

    private Permission files(
            Resource resource,
            String id,
            String name,
            String path,
            Optional<UserFolder> folder,
            List<Known> apps,
            UserPlaces places) {
        String shown = LeftToRight.path(places.shown(path, PATH));
        List<Holder> holders = sorted(
                apps.stream().map(known -> holder(resource, known, places)).toList());
        return new Permission(id, Permission.Group.FOLDERS, name, shown, Optional.of(resource), folder, holders);
    }

    private Holder holder(Resource resource, Known known, UserPlaces places) {
        Optional<EffectiveGrant> grant = grant(resource, known);
        List<String> notes = new ArrayList<>();
        boolean more = false;
        decided(grant).ifPresent(notes::add);
        for (OnceRow row : known.once()) {
            if (places.covers(resource, row.resource())) {
                more = true;
                notes.add(words.say("permissions.once", row.name()));
            }
        }
        for (EffectiveGrant other : known.effective()) {
            boolean within = !other.resource().equals(resource) && places.covers(resource, other.resource());
            if (within && other.decision() == Decision.ALLOW && other.resource() instanceof Resource.Place(String at)) {
                more = true;
                String name = OneLine.clean(UserPlaces.nameOf(at), NAME);
                notes.add(words.say("permissions.within", name, level(Level.of(other.access()))));
            }
        }
        refused(resource, known).ifPresent(notes::add);
        Level level = Level.of(new Standing(places, known.effective()), resource);
        opened(known, more || level.reaches()).ifPresent(notes::addFirst);
        return new Holder(known.app(), level, "", limited(notes), more, known.running());
    }

    private Permission network(List<Known> apps) {
        List<Holder> holders = apps.stream()
                .map(known -> {
                    NetworkState state = NetworkState.of(known.effective());
                    boolean online = state.mode() != NetworkState.Mode.OFF;
                    List<String> notes = new ArrayList<>();
                    opened(known, online).ifPresent(notes::add);
                    if (state.changed()) {
                        notes.add(words.say("row.changed"));
                    }
                    known.refused().entrySet().stream()
                            .filter(entry -> entry.getKey() instanceof Resource.TcpPort)
                            .map(entry -> refused(entry.getValue()))
                            .limit(1)
                            .forEach(notes::add);
                    String text = state.mode() == NetworkState.Mode.PORTS
                            ? words.say("reach.ports", state.ports().size())
                            : words.say("network." + state.mode().word());
                    return new Holder(known.app(), Level.ASK, text, notes, online, known.running());
                })
                .toList();
        return new Permission(
                "network",
                Permission.Group.NETWORK,
                words.say("permissions.network"),
                words.say("permissions.network.hint"),
                Optional.empty(),
                Optional.empty(),
                sorted(holders));
    }

    private Permission listening(List<Known> apps) {
        List<Holder> holders = apps.stream()
                .map(known -> {
                    List<Resource> ports = NetworkState.of(known.effective()).listening();
                    String text = ports.isEmpty()
                            ? words.say("network.off")
                            : ports.getFirst() instanceof Resource.TcpPort(int port)
                                    ? words.say("once.port", Integer.toString(port))
                                    : words.say("network.everything");
                    List<String> notes =
                            opened(known, !ports.isEmpty()).stream().toList();
                    return new Holder(known.app(), Level.ASK, text, notes, !ports.isEmpty(), known.running());
                })
                .toList();
        return new Permission(
                "listening",
                Permission.Group.NETWORK,
                words.say("permissions.listening"),
                words.say("permissions.listening.hint"),
                Optional.empty(),
                Optional.empty(),
                sorted(holders));
    }

    private Permission camera(List<Known> apps) {
        Resource resource = new Resource.OfDevice(Device.CAMERA);
        List<Holder> holders = apps.stream()
                .map(known -> {
                    Optional<EffectiveGrant> grant = grant(resource, known);
                    List<String> notes = Stream.concat(
                                    opened(known, levelOf(grant).reaches()).stream(), decided(grant).stream())
                            .toList();
                    return new Holder(known.app(), levelOf(grant), "", notes, false, known.running());
                })
                .toList();
        return new Permission(
                "camera",
                Permission.Group.DEVICES,
                words.say("permissions.camera"),
                words.say("permissions.camera.hint"),
                Optional.of(resource),
                Optional.empty(),
                sorted(holders));
    }

    private static Optional<EffectiveGrant> grant(Resource resource, Known known) {
        return known.effective().stream()
                .filter(one -> one.resource().equals(resource))
                .findFirst();
    }

    private static Level levelOf(Optional<EffectiveGrant> grant) {
        return grant.filter(one -> one.decision() == Decision.ALLOW)
                .map(one -> Level.of(one.access()))
                .orElse(Level.ASK);
    }

    private Optional<String> decided(Optional<EffectiveGrant> grant) {
        return grant.map(one -> one.decision() == Decision.DENY
                        ? words.say("row.never")
                        : one.changed() ? words.say("row.changed") : "")
                .filter(note -> !note.isEmpty());
    }

    private Optional<String> refused(Resource resource, Known known) {
        return Optional.ofNullable(known.refused().get(resource)).map(this::refused);
    }

    private String refused(List<Denial> denials) {
        Instant last = denials.stream()
                .map(Denial::last)
                .max(Comparator.naturalOrder())
                .map(Objects::requireNonNull)
                .orElseThrow();
        long count = denials.stream().mapToLong(Denial::count).sum();
        return words.say(
                "permissions.refused", words.say("refusals.count", count), Ago.say(last, clock.instant(), zone, words));
    }

    private String level(Level level) {
        return words.say("level." + (level == Level.READ_WRITE ? "readwrite" : level.word()));
    }

    private static List<String> limited(List<String> notes) {
        return notes.stream().limit(MOST_NOTES).toList();
    }

    private static List<Holder> sorted(List<Holder> holders) {
        return holders.stream()
                .sorted(Comparator.comparing(Holder::reaches).reversed())
                .toList();
    }
}
