package org.landgrant.desktop;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * What kind of file something is, by its name alone: names are what the app that opens it goes by, and nothing that a
 * hostile file holds is read here.
 *
 * <p>Source: Shared MIME-info Database 0.21, {@code globs2}. Patterns that are more than a name or an ending are left
 * out.
 */
public final class FileTypes {
    private static final int MOST_LINES = 20_000;

    /** Looked at, not run: what an app that is not confined may open for one that is. */
    private static final Set<String> SHOWN = Set.of(
            "text/plain",
            "text/html",
            "text/csv",
            "text/markdown",
            "text/calendar",
            "application/pdf",
            "application/zip",
            "application/x-7z-compressed",
            "application/x-tar",
            "application/x-compressed-tar",
            "application/x-xz-compressed-tar",
            "application/epub+zip",
            "application/rtf",
            "application/msword",
            "application/vnd.ms-excel",
            "application/vnd.ms-powerpoint",
            "application/vnd.oasis.opendocument.text",
            "application/vnd.oasis.opendocument.spreadsheet",
            "application/vnd.oasis.opendocument.presentation",
            "application/vnd.oasis.opendocument.graphics",
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            "application/vnd.openxmlformats-officedocument.presentationml.presentation");

    private final List<Path> lists;

    private record Match(int weight, int length, String type) {
        boolean isBetterThan(Match other) {
            return weight > other.weight || (weight == other.weight && length > other.length);
        }
    }

    public FileTypes(BaseDirectories directories) {
        List<Path> found = new ArrayList<>();
        found.add(directories.dataHome());
        found.addAll(directories.dataDirs());
        lists = found.stream().map(folder -> folder.resolve("mime/globs2")).toList();
    }

    /** Whether opening such a file shows or plays it, and cannot run it. */
    public static boolean isShown(String type) {
        return SHOWN.contains(type)
                || type.startsWith("image/")
                || type.startsWith("audio/")
                || type.startsWith("video/");
    }

    /** The type of a file of that name; empty when nobody knows. */
    public Optional<String> of(String name) {
        Match best = new Match(-1, 0, "");
        for (Path list : lists) {
            best = bestIn(list, name, best);
        }
        return Optional.of(best.type()).filter(type -> !type.isEmpty());
    }

    private static Match bestIn(Path list, String name, Match before) {
        Match best = before;
        if (!Files.isRegularFile(list)) {
            return best;
        }
        try (BufferedReader lines = Files.newBufferedReader(list)) {
            String line = lines.readLine();
            for (int i = 0; line != null && i < MOST_LINES; i++) {
                Optional<Match> match = match(line, name);
                if (match.isPresent() && match.get().isBetterThan(best)) {
                    best = match.get();
                }
                line = lines.readLine();
            }
        } catch (MalformedInputException notText) {
            return before;
        } catch (IOException unreadable) {
            return best;
        }
        return best;
    }

    /** A line is {@code weight:type:pattern} or, where case matters, {@code weight:type:pattern:cs}. */
    private static Optional<Match> match(String line, String name) {
        String[] parts = line.split(":", 4);
        if (line.startsWith("#") || parts.length < 3 || !parts[0].matches("[0-9]{1,3}")) {
            return Optional.empty();
        }
        boolean caseMatters = parts.length == 4 && parts[3].contains("cs");
        String pattern = caseMatters ? parts[2] : parts[2].toLowerCase(Locale.ROOT);
        String wanted = caseMatters ? name : name.toLowerCase(Locale.ROOT);
        String ending = pattern.startsWith("*") ? pattern.substring(1) : pattern;
        boolean plain = !ending.isEmpty() && ending.chars().noneMatch(c -> "*?[".indexOf(c) >= 0);
        boolean matches = plain && (pattern.startsWith("*") ? wanted.endsWith(ending) : wanted.equals(pattern));
        return matches
                ? Optional.of(new Match(Integer.parseInt(parts[0]), pattern.length(), parts[1]))
                : Optional.empty();
    }
}
