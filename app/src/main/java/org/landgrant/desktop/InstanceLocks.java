package org.landgrant.desktop;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * How programs that are no names on the bus know that they run already: locks in their profiles, and sockets. Each
 * tells which process holds it. A lock that was left behind names a process that is gone, or another program's.
 *
 * <p>Source: the programs themselves. Firefox and its kin: {@code lock}, a link to {@code ADDRESS:+PID}; Chromium and
 * Electron: {@code SingletonLock}, a link to {@code HOST-PID}; LibreOffice: a socket {@code OSL_PIPE_UID_…} in {@code
 * /tmp}; VS Code and its kin: a socket {@code vscode-…-main.sock} in the runtime folder.
 */
final class InstanceLocks {
    private static final int MOST_PROFILES = 256;

    /** Where Firefox and its kin keep their profiles, below the home folder. */
    private static final Map<String, List<String>> MOZILLA = Map.of(
            "firefox", List.of(".mozilla/firefox", ".config/mozilla/firefox"),
            "thunderbird", List.of(".thunderbird", ".config/thunderbird"),
            "librewolf", List.of(".librewolf", ".config/librewolf/librewolf"),
            "waterfox", List.of(".waterfox"),
            "zen", List.of(".zen"),
            "seamonkey", List.of(".mozilla/seamonkey"));

    private static final Set<String> OFFICE = Set.of(
            "libreoffice", "soffice", "soffice.bin", "lowriter", "localc", "loimpress", "lodraw", "lomath", "lobase");
    private static final Set<String> CODE = Set.of("code", "codium", "code-oss", "code-insiders", "vscodium");

    private final BaseDirectories directories;
    private final Path temporary;

    /** @param temporary where LibreOffice keeps its sockets, {@code /tmp} */
    InstanceLocks(BaseDirectories directories, Path temporary) {
        this.directories = directories;
        this.temporary = temporary;
    }

    /**
     * Who holds a lock of that program now.
     *
     * @param name of the program, without its folder
     * @param program its file, links followed
     */
    Set<Long> holders(String name, Path program) {
        Set<Long> holders = new HashSet<>();
        MOZILLA.forEach((family, places) -> {
            if (name.equals(family) || name.startsWith(family + "-")) {
                places.forEach(place -> profiles(directories.home().resolve(place))
                        .forEach(profile -> add(holders, profile.resolve("lock"), ':', name, program)));
            }
        });
        if (isChromium(name, program)) {
            for (Path profile : profiles(directories.configHome())) {
                add(holders, profile.resolve("SingletonLock"), '-', name, program);
                for (Path inner : profiles(profile)) {
                    add(holders, inner.resolve("SingletonLock"), '-', name, program);
                }
            }
        }
        if (OFFICE.contains(name)) {
            sockets(holders, temporary, "OSL_PIPE_*", file -> isOf(file, name, program));
        }
        if (CODE.contains(name)) {
            directories
                    .runtimeDir()
                    .ifPresent(folder -> sockets(
                            holders,
                            folder,
                            "vscode-*-main.sock",
                            file -> isOf(file, name, program) || isElectron(file)));
        }
        return holders;
    }

    /** It or its kin: they bring the same data along, beside the program or one folder above its start script. */
    private static boolean isChromium(String name, Path program) {
        Path folder = program.getParent();
        return name.startsWith("chromium")
                || (folder != null
                        && (Files.exists(folder.resolve("icudtl.dat"))
                                || (folder.getParent() != null
                                        && Files.exists(folder.getParent().resolve("icudtl.dat")))));
    }

    private static void add(Set<Long> holders, Path lock, char before, String name, Path program) {
        try {
            String target = Files.readSymbolicLink(lock).toString();
            String number = target.substring(target.lastIndexOf(before) + 1).replace("+", "");
            long pid = Long.parseLong(number);
            if (ProcessTable.program(pid)
                    .filter(file -> isOf(file, name, program))
                    .isPresent()) {
                holders.add(pid);
            }
        } catch (IOException | NumberFormatException none) {
            // No lock, or one of somebody else.
        }
    }

    /** Whether a running file belongs to a program that menus start, often by a script beside or below it. */
    static boolean isOf(Path running, String name, Path program) {
        Path folder = running.getParent();
        return running.equals(program)
                || String.valueOf(running.getFileName()).equals(name)
                || (folder != null
                        && folder.getNameCount() > 2
                        && program.getParent() != null
                        && program.getParent().startsWith(folder));
    }

    /** Some systems have one Electron for all programs that are made with it. */
    private static boolean isElectron(Path running) {
        return String.valueOf(running.getFileName()).startsWith("electron");
    }

    /** Where a socket leads is not believed either: only the program itself holds its locks. */
    private static void sockets(Set<Long> holders, Path folder, String pattern, Predicate<Path> isProgram) {
        Set<Path> sockets = new HashSet<>(list(folder, pattern));
        if (!sockets.isEmpty()) {
            ProcessTable.listeners(sockets).stream()
                    .filter(pid -> ProcessTable.program(pid).filter(isProgram).isPresent())
                    .forEach(holders::add);
        }
    }

    private static List<Path> profiles(Path folder) {
        return list(folder, "*");
    }

    private static List<Path> list(Path folder, String pattern) {
        List<Path> found = new ArrayList<>();
        if (!Files.isDirectory(folder)) {
            return found;
        }
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder, pattern)) {
            for (Path entry : entries) {
                if (found.size() == MOST_PROFILES) {
                    break;
                }
                found.add(entry);
            }
        } catch (IOException | java.nio.file.DirectoryIteratorException unreadable) {
            return found;
        }
        return found;
    }
}
