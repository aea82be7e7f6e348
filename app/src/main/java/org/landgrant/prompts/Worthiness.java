package org.landgrant.prompts;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.landgrant.grants.Access;
import org.landgrant.grants.Denial;
import org.landgrant.grants.DesktopService;
import org.landgrant.grants.Resource;

/**
 * Which denials a person cares about: their own folders, other things of theirs in the home folder,
 * removable media, TCP ports, and a few services of the desktop. All else (the system, caches, hidden files, other apps' data, a
 * look into the home folder as a whole) is kept in the history without a question.
 *
 * <p>Keys, password stores and what starts at log-in are not among them: one more click must
 * not be able to give them away. A live prompt may ask about a few of them in its own way, see {@link Sensitive}.
 */
public final class Worthiness {
    /** Folders of the home folder that belong to apps or run at log-in, though their names are not hidden. */
    private static final Set<String> NOT_THE_PERSONS = Set.of("bin", "snap");

    /** Files that file managers look for wherever they go. */
    private static final Set<String> PROBES = Set.of(".directory", ".hidden", "desktop.ini", "thumbs.db");

    private final UserPlaces places;

    public Worthiness(UserPlaces places) {
        this.places = places;
    }

    /** Whether the denial deserves a question. */
    public boolean deservesQuestion(Denial denial) {
        return deservesQuestion(denial.resource(), denial.access());
    }

    /** The same of what has not been refused yet. */
    public boolean deservesQuestion(Resource resource, Access access) {
        return switch (resource) {
            case Resource.TcpPort(int port) -> port > 0 && (access == Access.CONNECT || access == Access.LISTEN);
            case Resource.Place(String path) -> deservesQuestion(path);
            case Resource.BusName name ->
                DesktopService.of(name)
                        .filter(service -> service.isAsked() && service.access() == access)
                        .isPresent();
            default -> false;
        };
    }

    private boolean deservesQuestion(String path) {
        String name = UserPlaces.nameOf(path).toLowerCase(Locale.ROOT);
        if (!path.startsWith("/") || PROBES.contains(name) || name.endsWith(".kdbx")) {
            return false;
        }
        if (places.folderOf(path).isPresent() || places.mediumOf(path).isPresent()) {
            return true;
        }
        Optional<String> rest = UserPlaces.below(places.home(), path);
        if (rest.isEmpty()) {
            return false;
        }
        String first = rest.get().split("/", 2)[0];
        boolean holdsAFolder = places.folders().values().stream()
                .anyMatch(folder -> UserPlaces.holds(/* folder= */ path, /* path= */ folder));
        return !first.startsWith(".") && !NOT_THE_PERSONS.contains(first) && !holdsAFolder;
    }
}
