package org.landgrant.prompts;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.landgrant.grants.Access;
import org.landgrant.grants.Denial;
import org.landgrant.grants.DesktopService;
import org.landgrant.grants.Resource;
import org.landgrant.grants.UserFolder;

/**
 * Turns many denials into few rows a person can decide about: the person's folder, else the medium,
 * else the first folder below home, else the very file when it lies in home itself. Never wider.
 */
public final class Coalescer {
    /** How many file names a row shows. */
    public static final int EXAMPLES = 3;

    /** Rows beyond this many are left to the history. */
    static final int MOST_ROWS = 50;

    private static final int NAME = 40;

    /** What lies at a path. */
    public enum Kind {
        FOLDER,
        FILE,
        MISSING;

        /** Looks at the disk; what cannot be looked at counts as missing. */
        public static Kind at(String path) {
            try {
                Path place = Path.of(path);
                return Files.isDirectory(place) ? FOLDER : Files.exists(place) ? FILE : MISSING;
            } catch (InvalidPathException unspeakable) {
                return MISSING;
            }
        }
    }

    private final UserPlaces places;
    private final Words words;
    private final Function<String, Kind> look;

    /**
     * @param look says what lies at an absolute path; may block on the disk
     */
    public Coalescer(UserPlaces places, Words words, Function<String, Kind> look) {
        this.places = places;
        this.words = words;
        this.look = look;
    }

    /**
     * The rows for denials that {@linkplain Worthiness deserve a question}, ordinary ones first, then by
     * newest; at most 50.
     */
    public List<Row> rows(Collection<Denial> denials) {
        Map<Resource, List<Denial>> groups = new LinkedHashMap<>();
        denials.stream()
                .sorted(Comparator.comparing(Denial::last).reversed())
                .forEach(denial -> scope(denial)
                        .ifPresent(scope -> groups.computeIfAbsent(scope, none -> new ArrayList<>())
                                .add(denial)));
        return groups.entrySet().stream()
                .map(group -> row(group.getKey(), group.getValue()))
                .sorted(Comparator.comparing(Row::risky))
                .limit(MOST_ROWS)
                .toList();
    }

    /** What would be granted because of the denial; empty when nothing sensible could be. */
    public Optional<Resource> scope(Denial denial) {
        return switch (denial.resource()) {
            case Resource.TcpPort port -> Optional.of(port);
            case Resource.Place(String path) -> scope(path);
            case Resource.BusName name -> DesktopService.of(name).flatMap(service -> service.nameFor(name));
            default -> Optional.empty();
        };
    }

    Optional<Resource> scope(String path) {
        Optional<UserFolder> folder = places.folderOf(path);
        if (folder.isPresent()) {
            return Optional.of(new Resource.Folder(folder.get()));
        }
        Optional<String> medium = places.mediumOf(path);
        if (medium.isPresent()) {
            return Optional.of(new Resource.Place(medium.get()));
        }
        return UserPlaces.below(places.home(), path)
                .map(rest -> places.home() + "/" + rest.split("/", 2)[0])
                // Only what exists can be granted, so a file that is yet to be made in home itself cannot.
                .filter(first -> !first.equals(path) || look.apply(first) != Kind.MISSING)
                .map(Resource.Place::new);
    }

    private Row row(Resource scope, List<Denial> denials) {
        Set<Access> access = EnumSet.noneOf(Access.class);
        Set<String> examples = new LinkedHashSet<>();
        for (Denial denial : denials) {
            access.add(denial.access());
            if (denial.access() == Access.WRITE || denial.access() == Access.EXECUTE) {
                access.add(Access.READ);
            }
            if (denial.resource() instanceof Resource.Place(String path) && examples.size() < EXAMPLES) {
                boolean itself = places.pathOf(scope).filter(path::equals).isPresent();
                String name = OneLine.clean(UserPlaces.nameOf(path), NAME);
                if (!itself && !name.isEmpty()) {
                    examples.add(name);
                }
            }
        }
        boolean risky = access.contains(Access.EXECUTE)
                || access.contains(Access.LISTEN)
                || service(scope).filter(DesktopService::isGrave).isPresent();
        return new Row(scope, access, sentence(scope, access), List.copyOf(examples), risky);
    }

    /** What having this access would let an app do, to go after “would like to”. */
    public String sentence(Resource scope, Set<Access> access) {
        return switch (scope) {
            case Resource.Folder(UserFolder folder) -> words.say("ask.folder." + verb(access), places.nameOf(folder));
            case Resource.Place(String path) -> sentence(path, access);
            case Resource.TcpPort(int port) -> {
                String number = Integer.toString(port);
                if (access.contains(Access.LISTEN)) {
                    yield words.say(access.contains(Access.CONNECT) ? "ask.port.both" : "ask.port.listen", number);
                }
                yield port == 80 || port == 443
                        ? words.say("ask.port.web", number)
                        : words.say("ask.port.connect", number);
            }
            default ->
                service(scope)
                        .map(service -> words.say("ask.service." + service.word()))
                        .orElse(scope.text());
        };
    }

    private static Optional<DesktopService> service(Resource scope) {
        return scope instanceof Resource.BusName name ? DesktopService.of(name) : Optional.empty();
    }

    private String sentence(String path, Set<Access> access) {
        Optional<String> medium = places.mediumOf(path);
        String name = OneLine.clean(UserPlaces.nameOf(path), NAME);
        String kind = medium.isPresent() ? "medium" : look.apply(path) == Kind.FILE ? "file" : "folder";
        return words.say("ask." + kind + "." + verb(access), name);
    }

    private static String verb(Set<Access> access) {
        return access.contains(Access.EXECUTE) ? "run" : access.contains(Access.WRITE) ? "change" : "see";
    }
}
