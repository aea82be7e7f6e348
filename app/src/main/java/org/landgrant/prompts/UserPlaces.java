package org.landgrant.prompts;

import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Map.Entry;
import java.util.Optional;
import org.landgrant.grants.Resource;
import org.landgrant.grants.UserFolder;

/**
 * Where the person's own things lie. Works on the text of paths only, because a refused path may hold
 * bytes that this JVM cannot turn into a {@link Path}.
 *
 * @param home absolute path of the home folder
 * @param folders absolute paths of the folders by meaning; one that is the home folder itself or lies
 *     around it counts as switched off, see {@code user-dirs.dirs(5)}
 * @param names what a person calls those that lie elsewhere under another name
 */
public record UserPlaces(String home, Map<UserFolder, String> folders, Map<UserFolder, String> names) {

    public UserPlaces {
        Map<UserFolder, String> usable = new EnumMap<>(UserFolder.class);
        for (Entry<UserFolder, String> entry : folders.entrySet()) {
            if (!holds(entry.getValue(), home)) {
                usable.put(entry.getKey(), entry.getValue());
            }
        }
        folders = Map.copyOf(usable);
        names = Map.copyOf(names);
    }

    public UserPlaces(String home, Map<UserFolder, String> folders) {
        this(home, folders, Map.of());
    }

    public static UserPlaces of(Path home, Map<UserFolder, Path> folders) {
        Map<UserFolder, String> texts = new EnumMap<>(UserFolder.class);
        folders.forEach((folder, path) -> texts.put(folder, path.toString()));
        return new UserPlaces(home.toString(), texts);
    }

    /** Whether {@code path} is {@code folder} or lies in it. */
    static boolean holds(String folder, String path) {
        return path.equals(folder) || below(folder, path).isPresent();
    }

    /** The part of {@code path} below {@code folder}, without a leading slash. */
    static Optional<String> below(String folder, String path) {
        String start = folder.endsWith("/") ? folder : folder + "/";
        return path.startsWith(start) && path.length() > start.length()
                ? Optional.of(path.substring(start.length()))
                : Optional.empty();
    }

    /** The innermost of the person's folders that holds the path. */
    Optional<UserFolder> folderOf(String path) {
        return folders.entrySet().stream()
                .filter(entry -> holds(entry.getValue(), path))
                .max((one, other) -> Integer.compare(
                        one.getValue().length(), other.getValue().length()))
                .map(Entry::getKey);
    }

    /** The mount point of removable media that holds the path. */
    Optional<String> mediumOf(String path) {
        for (String root : new String[] {"/run/media", "/media", "/mnt"}) {
            Optional<String> rest = below(root, path);
            if (rest.isPresent()) {
                String[] parts = rest.get().split("/", -1);
                boolean byUser = !root.equals("/mnt") && parts[0].equals(nameOf(home));
                if (!byUser && !root.equals("/run/media")) {
                    return Optional.of(root + "/" + parts[0]);
                }
                return parts.length > 1 ? Optional.of(root + "/" + parts[0] + "/" + parts[1]) : Optional.empty();
            }
        }
        return Optional.empty();
    }

    /** The absolute path a resource stands for, if it is a file or folder whose place is known here. */
    public Optional<String> pathOf(Resource resource) {
        return switch (resource) {
            case Resource.Folder(UserFolder folder) -> Optional.ofNullable(folders.get(folder));
            case Resource.Place(String path) when path.startsWith("/") -> Optional.of(path);
            case Resource.Place(String path)
            when path.equals("~") || path.startsWith("~/") -> Optional.of(home + path.substring(1));
            default -> Optional.empty();
        };
    }

    /** The resource by its meaning: the path of one of the person's folders is that folder. */
    public Resource byMeaning(Resource resource) {
        Optional<String> path = resource instanceof Resource.Place ? pathOf(resource) : Optional.empty();
        return folders.entrySet().stream()
                .filter(folder -> path.filter(folder.getValue()::equals).isPresent())
                .sorted(Entry.comparingByKey())
                .<Resource>map(folder -> new Resource.Folder(folder.getKey()))
                .findFirst()
                .orElse(resource);
    }

    /** Whether having {@code wide} is having {@code narrow}. */
    public boolean covers(Resource wide, Resource narrow) {
        if (wide.equals(narrow) || (wide instanceof Resource.AnyTcpPort && narrow instanceof Resource.TcpPort)) {
            return true;
        }
        if (wide instanceof Resource.BusName outer && narrow instanceof Resource.BusName inner) {
            return outer.covers(inner);
        }
        Optional<String> outer = pathOf(wide);
        Optional<String> inner = pathOf(narrow);
        return outer.isPresent() && inner.isPresent() && holds(outer.get(), inner.get());
    }

    /** What a person calls the folder: its own localised name on disk, or that of the link to it. */
    public String nameOf(UserFolder folder) {
        String name = names.getOrDefault(folder, nameOf(folders.getOrDefault(folder, folder.word())));
        return OneLine.clean(name, 40);
    }

    /** The path as a person writes it, with {@code ~} for the home folder, on one line. */
    public String shown(String path, int most) {
        String inHome = below(home, path).map(rest -> "~/" + rest).orElse(path);
        return OneLine.clean(path.equals(home) ? "~" : inHome, most);
    }

    /** The last part of a path. */
    public static String nameOf(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
