package org.landgrant.desktop;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Remembers which folders we made below {@code $XDG_DATA_HOME}, so that they go again when they are
 * empty and folders the user made stay. The memory is a file, one path a line, and goes last.
 */
final class Footprint {
    private final Path root;
    private final Path list;

    /** @param root the folder nothing above which is ever removed, {@code $XDG_DATA_HOME} */
    Footprint(Path root) {
        this.root = root;
        this.list = folderOfList().resolve("made-folders");
    }

    /** Makes a folder and those above it; what did not exist is remembered before it is made. */
    void makeFolders(Path folder) throws IOException {
        List<Path> missing = missing(folder);
        if (missing.isEmpty()) {
            return;
        }
        Set<Path> made = new LinkedHashSet<>(read());
        made.addAll(missing(folderOfList()));
        made.addAll(missing);
        made.removeIf(path -> !path.startsWith(root));
        write(made);
        Files.createDirectories(folder);
    }

    /** Removes the remembered folders that are empty. */
    void removeEmptied() throws IOException {
        Set<Path> made = new LinkedHashSet<>(read());
        if (made.isEmpty()) {
            return;
        }
        removeEmpty(made, path -> !list.startsWith(path));
        write(made);
        if (made.stream().allMatch(list::startsWith)) {
            Files.delete(list);
            removeEmpty(made, path -> true);
            if (!made.isEmpty() && Files.isDirectory(folderOfList())) {
                // Something else of ours lives there, for instance the grants; remember for the next time.
                write(made);
            }
        }
    }

    private Path folderOfList() {
        return root.resolve("landgrant");
    }

    private static void removeEmpty(Set<Path> made, Predicate<Path> wanted) throws IOException {
        List<Path> deepestFirst = made.stream()
                .filter(wanted)
                .sorted(Comparator.comparingInt(Path::getNameCount).reversed())
                .toList();
        for (Path folder : deepestFirst) {
            try {
                Files.deleteIfExists(folder);
                made.remove(folder);
            } catch (DirectoryNotEmptyException used) {
                // It goes when what is in it goes.
            }
        }
    }

    private static List<Path> missing(Path folder) {
        List<Path> missing = new ArrayList<>();
        for (Path at = folder; at != null && !Files.exists(at); at = at.getParent()) {
            missing.addFirst(at);
        }
        return missing;
    }

    private Set<Path> read() throws IOException {
        if (!Files.isRegularFile(list)) {
            return Set.of();
        }
        Set<Path> made = new LinkedHashSet<>();
        String text = new String(EntryFiles.read(list), StandardCharsets.UTF_8);
        for (String line : text.lines().toList()) {
            try {
                Path path = root.resolve(DesktopEntry.unescape(line)).normalize();
                // A damaged list must not make us look outside.
                if (path.startsWith(root)) {
                    made.add(path);
                }
            } catch (InvalidPathException damaged) {
                // A folder too much is left, which does no harm.
            }
        }
        return made;
    }

    private void write(Set<Path> made) throws IOException {
        StringBuilder text = new StringBuilder();
        made.forEach(
                path -> text.append(DesktopEntry.escape(root.relativize(path).toString()))
                        .append('\n'));
        Files.createDirectories(folderOfList());
        Path beside = list.resolveSibling("made-folders.new");
        Files.writeString(beside, text);
        Files.move(beside, list, StandardCopyOption.ATOMIC_MOVE);
    }
}
