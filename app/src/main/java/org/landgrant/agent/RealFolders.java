package org.landgrant.agent;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.stream.Stream;
import org.landgrant.grants.UserFolder;
import org.landgrant.policy.PolicyLine;
import org.landgrant.policy.PolicySyntaxException;
import org.landgrant.policy.PolicyText;
import org.landgrant.policy.Right;
import org.landgrant.prompts.UserPlaces;

/**
 * Where the person's folders really lie: launchers name places as they lie, and many a Documents is a link to
 * another disk. A link is followed unless an app may have planted it: one that lies in a folder which some written
 * policy lets an app change, and leads out of that folder. Otherwise an app could have any place asked about, and
 * granted, under the name “Documents”.
 *
 * @param policies the folder of the written policies
 */
record RealFolders(Path policies) {
    private static final int MOST_LINKS = 40;
    private static final Path ROOT = Path.of("/");

    /** A path led to its end. */
    private record Led(Path end, List<Path> linkFolders) {}

    /**
     * The home folder and the person's folders as they really lie; each keeps its name. What cannot be followed
     * stays as it is named. Blocks on the disk.
     */
    UserPlaces places(Path home, Map<UserFolder, Path> named) {
        Map<UserFolder, String> ends = new EnumMap<>(UserFolder.class);
        Map<UserFolder, String> names = new EnumMap<>(UserFolder.class);
        named.forEach((folder, path) -> {
            Optional<Led> led = lead(path).filter(found -> !planted(found));
            ends.put(folder, led.map(Led::end).orElse(path).toString());
            names.put(folder, UserPlaces.nameOf(path.toString()));
        });
        return new UserPlaces(lead(home).map(Led::end).orElse(home).toString(), ends, names);
    }

    private boolean planted(Led led) {
        if (led.linkFolders().isEmpty()) {
            return false;
        }
        Optional<List<Path>> changeable = changeable();
        return changeable.isEmpty()
                || led.linkFolders().stream()
                        .anyMatch(folder -> changeable.get().stream()
                                .anyMatch(place ->
                                        folder.startsWith(place) && !led.end().startsWith(place)));
    }

    /** Follows links one by one; what does not exist is kept as it is named. Empty when that has no end. */
    private static Optional<Led> lead(Path path) {
        Deque<Path> rest = new ArrayDeque<>();
        path.forEach(rest::add);
        List<Path> linkFolders = new ArrayList<>();
        Path at = ROOT;
        while (!rest.isEmpty()) {
            Path part = rest.pop();
            Path next = at.resolve(part).normalize();
            if (!Files.isSymbolicLink(next)) {
                at = next;
                continue;
            }
            if (linkFolders.size() == MOST_LINKS) {
                return Optional.empty();
            }
            linkFolders.add(at);
            try {
                Path target = Files.readSymbolicLink(next);
                at = target.isAbsolute() ? ROOT : at;
                List<Path> parts = new ArrayList<>();
                target.forEach(parts::add);
                parts.reversed().forEach(rest::push);
            } catch (IOException gone) {
                return Optional.empty();
            }
        }
        return Optional.of(new Led(at, linkFolders));
    }

    /** The folders that apps may change; empty when that cannot be told. */
    private Optional<List<Path>> changeable() {
        List<Path> places = new ArrayList<>();
        try (Stream<Path> files = Files.list(policies)) {
            for (Path file :
                    files.filter(file -> file.toString().endsWith(".policy")).toList()) {
                for (PolicyLine line :
                        PolicyText.parse(Files.readAllBytes(file)).lines()) {
                    if (line instanceof PolicyLine.File rule && rule.rights().contains(Right.WRITE)) {
                        places.add(lead(Path.of(rule.path())).orElseThrow().end());
                    }
                }
            }
            return Optional.of(places);
        } catch (IOException | PolicySyntaxException | InvalidPathException | NoSuchElementException unknown) {
            return Optional.empty();
        }
    }
}
