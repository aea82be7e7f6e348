package org.landgrant.desktop;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Finds the processes that are an app's, whoever started them. Some of them take over what is started later: the owner
 * of the app's name on the bus, and who holds the locks of its profiles.
 */
public final class Instances {
    private static final Pattern BUS_NAME = Pattern.compile("[A-Za-z_-][\\w-]*(\\.[A-Za-z_-][\\w-]*)+");
    private static final int DEEPEST = 64;
    private static final Duration FRESH = Duration.ofSeconds(1);
    private static final String OURS = "/landgrant-buses/";

    private final SessionBus bus;
    private final Programs programs;
    private final InstanceLocks locks;
    private final Path home;
    private List<Seen> seen = List.of();
    private long seenAt;

    /** @param temporary {@code /tmp}, where some programs keep sockets */
    public Instances(BaseDirectories directories, Map<String, String> environment, Path temporary) {
        this.bus = SessionBus.of(environment, directories);
        this.programs = new Programs(environment);
        this.home = directories.home();
        this.locks = new InstanceLocks(directories, temporary);
    }

    /** Those that would take over what is started now. Quick, since launches wait for it. */
    public List<Instance> takingOver(InstalledApp app) {
        Set<Long> holders = new TreeSet<>();
        owner(app).ifPresent(holders::add);
        program(app).ifPresent(program -> holders.addAll(locks.holders(name(app), program)));
        return holders.stream().flatMap(pid -> instance(pid, true).stream()).toList();
    }

    /** Those, and all others that run the app's program. */
    public List<Instance> of(InstalledApp app) {
        Map<Long, Instance> found = new TreeMap<>();
        takingOver(app).forEach(instance -> found.put(instance.pid(), instance));
        Optional<Path> program = program(app).filter(file -> !Autostart.isShared(String.valueOf(file.getFileName())));
        Optional<Path> interpreter = program.flatMap(file -> Interpreters.of(file, programs));
        for (Seen seen : seen()) {
            boolean runs = (program.filter(file -> seen.runs(file, interpreter)).isPresent() && seen.isOf(home))
                    || seen.entry().endsWith("/" + app.id().value());
            if (runs && !found.containsKey(seen.pid())) {
                instance(seen.pid(), false).ifPresent(instance -> found.put(instance.pid(), instance));
            }
        }
        // One for each time it was opened: what it started itself ends with it.
        return found.values().stream()
                .filter(instance -> !isBelowAnother(instance.pid(), found))
                .toList();
    }

    private static boolean isBelowAnother(long pid, Map<Long, Instance> found) {
        Optional<ProcessHandle> above = ProcessHandle.of(pid).flatMap(ProcessHandle::parent);
        for (int depth = 0; depth < DEEPEST && above.isPresent(); depth++) {
            if (found.containsKey(above.get().pid())) {
                return true;
            }
            above = above.get().parent();
        }
        return false;
    }

    /** All processes, as they were at most a moment ago: a list of apps asks for each of them. */
    private synchronized List<Seen> seen() {
        long now = System.nanoTime();
        if (seen.isEmpty() || now - seenAt > FRESH.toNanos()) {
            seen = ProcessTable.all().stream().map(Seen::of).toList();
            seenAt = now;
        }
        return seen;
    }

    /**
     * One process.
     *
     * @param entry the menu entry it was started by, as far as the desktop said so; empty when it did not
     */
    private record Seen(long pid, Optional<Path> program, List<String> words, String entry, String home) {
        static Seen of(long pid) {
            // Children inherit what the desktop said, but not their parent's number.
            boolean said = ProcessTable.variable(pid, "GIO_LAUNCHED_DESKTOP_FILE_PID")
                    .filter(String.valueOf(pid)::equals)
                    .isPresent();
            return new Seen(
                    pid,
                    ProcessTable.program(pid),
                    ProcessTable.words(pid),
                    said
                            ? ProcessTable.variable(pid, "GIO_LAUNCHED_DESKTOP_FILE")
                                    .orElse("")
                            : "",
                    ProcessTable.variable(pid, "HOME").orElse(""));
        }

        /** Whether it works for the person whose home folder that is; one that says nothing may. */
        boolean isOf(Path other) {
            return home.isEmpty() || home.equals(other.toString());
        }

        /** Whether it runs that file, by itself or as a script: others may only edit or show it. */
        boolean runs(Path file, Optional<Path> interpreter) {
            return program.filter(file::equals).isPresent()
                    || (program.isPresent()
                            && program.equals(interpreter)
                            && words.size() > 1
                            && (isFile(words.get(1), file)
                                    || (words.size() > 2
                                            && words.get(1).startsWith("-")
                                            && isFile(words.get(2), file))));
        }
    }

    private OptionalLong owner(InstalledApp app) {
        String id = app.id().value();
        String name = id.substring(0, id.length() - ".desktop".length());
        if (!BUS_NAME.matcher(name).matches()) {
            return OptionalLong.empty();
        }
        OptionalLong owner = bus.owner(name);
        // A session's connection to the bus is its proxy's.
        boolean confined = owner.isPresent()
                && ProcessTable.words(owner.getAsLong()).stream().anyMatch(word -> word.contains(OURS))
                && ProcessTable.program(owner.getAsLong())
                        .filter(file -> file.endsWith("xdg-dbus-proxy"))
                        .isPresent();
        return confined ? OptionalLong.empty() : owner;
    }

    private static boolean isFile(String word, Path program) {
        try {
            return word.startsWith("/") && Path.of(word).toRealPath().equals(program);
        } catch (IOException | java.nio.file.InvalidPathException noFile) {
            return false;
        }
    }

    private static Optional<Instance> instance(long pid, boolean takesOver) {
        return ProcessHandle.of(pid)
                .filter(ProcessHandle::isAlive)
                .flatMap(process -> process.info().startInstant())
                .map(started -> new Instance(pid, started, takesOver));
    }

    private static String name(InstalledApp app) {
        String word = app.command().getFirst().replace("%%", "%");
        return word.substring(word.lastIndexOf('/') + 1);
    }

    private Optional<Path> program(InstalledApp app) {
        return programs.find(app.command().getFirst().replace("%%", "%")).map(file -> {
            try {
                return file.toRealPath();
            } catch (IOException gone) {
                return file;
            }
        });
    }
}
