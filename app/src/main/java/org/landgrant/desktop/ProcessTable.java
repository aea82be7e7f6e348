package org.landgrant.desktop;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * This user's processes, as far as the kernel shows them: what hides itself from others of its user, as our
 * supervisors do, has neither program nor words here. Source: {@code proc(5)}.
 */
final class ProcessTable {
    private static final Path PROC = Path.of("/proc");
    private static final int MOST_BYTES = 65_536;
    private static final int MOST_WORDS = 8;

    private ProcessTable() {}

    /** The numbers of all processes. */
    static List<Long> all() {
        List<Long> numbers = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(PROC, "[0-9]*")) {
            for (Path entry : entries) {
                numbers.add(Long.parseLong(entry.getFileName().toString()));
            }
        } catch (IOException | NumberFormatException unreadable) {
            // Whoever asks finds nothing, which is what there is to be found.
        }
        return numbers;
    }

    /** The file a process runs; empty when it ended, or is not ours to look at. */
    static Optional<Path> program(long pid) {
        try {
            Path target = Files.readSymbolicLink(PROC.resolve(pid + "/exe"));
            String text = target.toString();
            // An update replaced the file under the running program.
            return Optional.of(text.endsWith(" (deleted)") ? Path.of(text.substring(0, text.length() - 10)) : target);
        } catch (IOException goneOrHidden) {
            return Optional.empty();
        }
    }

    /** The first words of its command line. */
    static List<String> words(long pid) {
        return strings(pid, "cmdline").stream().limit(MOST_WORDS).toList();
    }

    /** A variable of the environment it began with. */
    static Optional<String> variable(long pid, String name) {
        return strings(pid, "environ").stream()
                .filter(text -> text.startsWith(name + "="))
                .map(text -> text.substring(name.length() + 1))
                .findFirst();
    }

    private static List<String> strings(long pid, String file) {
        try (var in = Files.newInputStream(PROC.resolve(pid + "/" + file))) {
            String text = new String(in.readNBytes(MOST_BYTES), StandardCharsets.UTF_8);
            return Arrays.asList(text.split("\0"));
        } catch (IOException goneOrHidden) {
            return List.of();
        }
    }

    /**
     * The processes that listen on one of these sockets. Any program can forge lines of this list, by a line feed in
     * the name of a socket of its own, and have them name somebody else's: whoever asks looks at what it got.
     */
    static Set<Long> listeners(Set<Path> sockets) {
        Set<String> names = new HashSet<>();
        sockets.forEach(socket ->
                names.add(new String(socket.toString().getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1)));
        Set<String> links = new HashSet<>();
        try (var lines = Files.lines(PROC.resolve("net/unix"), StandardCharsets.ISO_8859_1)) {
            lines.forEach(line -> {
                // Num RefCount Protocol Flags Type St Inode Path; bit 16 of the flags: it listens.
                String[] parts = line.strip().split("\\s+", 8);
                if (parts.length == 8 && parts[3].equals("00010000") && names.contains(parts[7])) {
                    links.add("socket:[" + parts[6] + "]");
                }
            });
        } catch (IOException | java.io.UncheckedIOException unreadable) {
            return Set.of();
        }
        return links.isEmpty()
                ? Set.of()
                : all().stream().filter(pid -> holds(pid, links)).collect(Collectors.toSet());
    }

    private static boolean holds(long pid, Set<String> links) {
        try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(PROC.resolve(pid + "/fd"))) {
            for (Path descriptor : descriptors) {
                if (links.contains(Files.readSymbolicLink(descriptor).toString())) {
                    return true;
                }
            }
        } catch (IOException | java.nio.file.DirectoryIteratorException goneOrHidden) {
            return false;
        }
        return false;
    }
}
