package org.landgrant.desktop;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.landgrant.grants.AppId;

/** A whole desktop in a folder: home, system, programs that print their arguments, and a launcher. */
final class TestDesktop {
    final Path root;
    final Path home;
    final Path userApps;
    final Path systemApps;
    final Path bin;
    final Path launcher;
    final BaseDirectories directories;
    final Map<String, String> environment;

    TestDesktop(Path root) throws IOException {
        this.root = root;
        this.home = root.resolve("home");
        this.userApps = home.resolve(".local/share/applications");
        this.systemApps = root.resolve("usr/share/applications");
        this.bin = root.resolve("bin");
        Files.createDirectories(home);
        Files.createDirectories(systemApps);
        // Each process prints one line, in one write, so that several do not mix.
        program("app", "line=\"app\"; for a in \"$@\"; do line=\"$line <$a>\"; done; printf '%s\\n' \"$line\"");
        this.launcher = program(
                "landgrant",
                "[ \"$1\" = launch ] && [ \"$3\" = -- ] || exit 125; printf '%s\\n' \"$2\" >> \"$LAUNCHED\"; shift 3; exec \"$@\"");
        environment = new HashMap<>(Map.of(
                "HOME", home.toString(),
                "PATH", bin + ":/usr/bin:/bin",
                "XDG_DATA_DIRS", root.resolve("usr/share").toString(),
                "XDG_CONFIG_DIRS", root.resolve("etc/xdg").toString(),
                "LAUNCHED", root.resolve("launched").toString()));
        this.directories = BaseDirectories.from(environment, home);
    }

    Path program(String name, String script) throws IOException {
        Path file = write(bin.resolve(name), "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        return file;
    }

    static Path write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    static String entry(String exec) {
        return "[Desktop Entry]\nType=Application\nName=App\nIcon=gedit\nExec=" + exec + "\n";
    }

    Path system(String relative, String text) throws IOException {
        return write(systemApps.resolve(relative), text);
    }

    Path user(String relative, String text) throws IOException {
        return write(userApps.resolve(relative), text);
    }

    ScannedApps apps() {
        return new ScannedApps(directories, environment, launcher);
    }

    MenuEntries menus() {
        return new MenuEntries(directories, environment, launcher);
    }

    InstalledApp app(String id) {
        return find(id).orElseThrow();
    }

    Optional<InstalledApp> find(String id) {
        return apps().find(new AppId(id));
    }

    /** Runs a program in this desktop until its output ends, which is when all it started has ended. */
    String run(List<String> command) throws IOException, InterruptedException {
        // Java stops listening when the program ends; cat listens until the last of its children has ended.
        List<String> piped = new ArrayList<>(List.of("sh", "-c", "\"$@\" 2>&1 | cat", "sh"));
        piped.addAll(command);
        ProcessBuilder builder = new ProcessBuilder(piped).redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().putAll(environment);
        Process process = builder.start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(20, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IOException("did not end: " + command);
        }
        return output;
    }

    /** Everything below a folder: kind, permissions, content. */
    static Map<String, String> tree(Path folder) throws IOException {
        Map<String, String> tree = new TreeMap<>();
        try (Stream<Path> paths = Files.walk(folder)) {
            paths.forEach(path -> tree.put(folder.relativize(path).toString(), describe(path)));
        }
        return tree;
    }

    private static String describe(Path path) {
        try {
            if (Files.isSymbolicLink(path)) {
                return "link to " + Files.readSymbolicLink(path);
            }
            String rights =
                    PosixFilePermissions.toString(Files.getPosixFilePermissions(path, LinkOption.NOFOLLOW_LINKS));
            return rights + " "
                    + (Files.isDirectory(path) ? "folder" : HexFormat.of().formatHex(Files.readAllBytes(path)));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
