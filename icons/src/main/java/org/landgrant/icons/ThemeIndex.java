package org.landgrant.icons;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What an {@code index.theme} says: which themes it builds on, and which folders hold which sizes.
 *
 * <p>Source: Icon Theme Specification 0.13, "Directory Layout" and "Icon Lookup".
 */
record ThemeIndex(List<String> inherits, List<Folder> folders) {
    private static final int MAX_BYTES = 1 << 20;
    private static final int MAX_FOLDERS = 2_048;

    enum Kind {
        FIXED,
        SCALABLE,
        THRESHOLD
    }

    /** One folder of the theme; sizes are in unscaled pixels. */
    record Folder(String path, int size, int scale, Kind kind, int min, int max, int threshold) {

        boolean matches(int wantedSize, int wantedScale) {
            return scale == wantedScale
                    && switch (kind) {
                        case FIXED -> size == wantedSize;
                        case SCALABLE -> min <= wantedSize && wantedSize <= max;
                        case THRESHOLD -> size - threshold <= wantedSize && wantedSize <= size + threshold;
                    };
        }

        /** How far this folder is from the wanted size, in real pixels; 0 when it fits. */
        int distance(int wantedSize, int wantedScale) {
            int wanted = wantedSize * wantedScale;
            int low = scale
                    * switch (kind) {
                        case FIXED -> size;
                        case SCALABLE -> min;
                        case THRESHOLD -> size - threshold;
                    };
            int high = scale
                    * switch (kind) {
                        case FIXED -> size;
                        case SCALABLE -> max;
                        case THRESHOLD -> size + threshold;
                    };
            return wanted < low ? low - wanted : Math.max(0, wanted - high);
        }
    }

    /** Reads the file; broken lines are passed over, a file over 1 MiB is not a theme. */
    static ThemeIndex read(Path file) throws IOException {
        byte[] bytes;
        try (InputStream in = Files.newInputStream(file)) {
            bytes = in.readNBytes(MAX_BYTES + 1);
        }
        if (bytes.length > MAX_BYTES) {
            throw new IOException("an index.theme over 1 MiB");
        }
        Map<String, Map<String, String>> groups = groups(new String(bytes, StandardCharsets.UTF_8));
        Map<String, String> theme = groups.getOrDefault("Icon Theme", Map.of());
        List<Folder> folders = new ArrayList<>();
        for (String key : List.of("Directories", "ScaledDirectories")) {
            for (String path : list(theme.getOrDefault(key, ""))) {
                if (folders.size() < MAX_FOLDERS && staysInside(path)) {
                    folders.add(folder(path, groups.getOrDefault(path, Map.of())));
                }
            }
        }
        List<String> inherits = list(theme.getOrDefault("Inherits", "")).stream()
                .filter(IconTheme::isPlainName)
                .toList();
        return new ThemeIndex(inherits, List.copyOf(folders));
    }

    /** The groups of a key file; the last value of a key wins. */
    static Map<String, Map<String, String>> groups(String text) {
        Map<String, Map<String, String>> groups = new HashMap<>();
        Map<String, String> group = new HashMap<>();
        for (String line : text.lines().map(String::strip).toList()) {
            int equals = line.indexOf('=');
            if (line.startsWith("[") && line.endsWith("]")) {
                group = groups.computeIfAbsent(line.substring(1, line.length() - 1), name -> new HashMap<>());
            } else if (equals > 0 && !line.startsWith("#")) {
                group.put(
                        line.substring(0, equals).strip(),
                        line.substring(equals + 1).strip());
            }
        }
        return groups;
    }

    private static List<String> list(String value) {
        return Arrays.stream(value.split(","))
                .map(String::strip)
                .filter(part -> !part.isEmpty())
                .toList();
    }

    private static Folder folder(String path, Map<String, String> keys) {
        int size = number(keys, "Size", 48);
        Kind kind = switch (keys.getOrDefault("Type", "Threshold")) {
            case "Fixed" -> Kind.FIXED;
            case "Scalable" -> Kind.SCALABLE;
            default -> Kind.THRESHOLD;
        };
        return new Folder(
                path,
                size,
                Math.max(1, number(keys, "Scale", 1)),
                kind,
                number(keys, "MinSize", size),
                number(keys, "MaxSize", size),
                number(keys, "Threshold", 2));
    }

    private static int number(Map<String, String> keys, String key, int otherwise) {
        String value = keys.get(key);
        // Five digits are more pixels than any icon has, and keep the sums far from overflow.
        return value != null && value.matches("\\d{1,5}") ? Integer.parseInt(value) : otherwise;
    }

    private static boolean staysInside(String path) {
        return !path.startsWith("/")
                && path.indexOf('\0') < 0
                && Arrays.stream(path.split("/")).noneMatch(".."::equals);
    }
}
