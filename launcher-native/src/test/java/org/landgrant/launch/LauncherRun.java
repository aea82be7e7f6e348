package org.landgrant.launch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Runs the real launcher, on the real kernel, in a home of its own. */
final class LauncherRun {
    static final Path LAUNCHER = Path.of("target/native/landgrant").toAbsolutePath();

    /** What every program here needs to run at all. */
    static final List<String> SYSTEM =
            List.of("--rox", "/usr", "--ro", "/etc", "--rw", "/dev/null", "--ro", "/dev/urandom");

    final Path home;
    final Path data;
    final Path runtime;
    /** What the launcher's environment has besides the tests' own and the folders of this home. */
    final Map<String, String> environment = new HashMap<>();

    private Path program = LAUNCHER;
    private List<String> within = List.of();

    /** How a run ended; {@code status} is 128 + n for signal n. */
    record Outcome(int status, String out, String err) {}

    LauncherRun(Path folder) throws IOException {
        home = Files.createDirectories(folder.resolve("home"));
        data = folder.resolve("data");
        runtime = Files.createDirectory(
                folder.resolve("runtime"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }

    /** From now on runs a copy of the launcher that lies where it does when installed: beside {@code libexec}. */
    void install(Path place) throws IOException {
        program = Files.createDirectories(place.resolve("bin")).resolve("landgrant");
        Files.copy(LAUNCHER, program, StandardCopyOption.COPY_ATTRIBUTES);
    }

    /** From now on runs the launcher by this command, which gets it and its words as further words. */
    void within(List<String> command) {
        within = command;
    }

    /** The tests' word for: this kernel must have at least that Landlock. */
    void needsAbi(int wanted) {
        int have = abi();
        assumeTrue(have >= wanted, () -> "needs Landlock ABI " + wanted + ", this kernel has " + have);
    }

    /** What this kernel has; 0 is nothing. */
    int abi() {
        Matcher abi = Pattern.compile("Landlock ABI (\\d+)")
                .matcher(finish(start(List.of("--version"))).out());
        return abi.find() ? Integer.parseInt(abi.group(1)) : 0;
    }

    Process start(List<String> arguments) {
        List<String> command = new ArrayList<>(within);
        command.add(program.toString());
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command).directory(home.toFile());
        builder.environment().put("HOME", home.toString());
        builder.environment().put("XDG_DATA_HOME", data.toString());
        builder.environment().put("XDG_RUNTIME_DIR", runtime.toString());
        builder.environment().put("LC_ALL", "C");
        builder.environment().keySet().removeIf(name -> name.startsWith("DBUS_"));
        builder.environment().putAll(environment);
        builder.environment().put("NAMED", home.resolve("named").toString());
        try {
            return builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Outcome finish(Process process) {
        try {
            process.getOutputStream().close();
            String out = new String(process.getInputStream().readAllBytes(), UTF_8);
            String err = new String(process.getErrorStream().readAllBytes(), UTF_8);
            return new Outcome(process.waitFor(), out, err);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            process.destroyForcibly();
            throw new IllegalStateException("the launcher did not end", e);
        }
    }

    Outcome run(List<String> rules, String... command) {
        List<String> arguments = new ArrayList<>(List.of("run"));
        arguments.addAll(rules);
        arguments.add("--");
        arguments.addAll(Arrays.asList(command));
        return finish(start(arguments));
    }

    /** With {@link #SYSTEM} and these rules. */
    Outcome runWith(List<String> rules, String... command) {
        List<String> all = new ArrayList<>(SYSTEM);
        all.addAll(rules);
        return run(all, command);
    }

    Outcome launch(String... arguments) {
        List<String> all = new ArrayList<>(List.of("launch"));
        all.addAll(Arrays.asList(arguments));
        return finish(start(all));
    }

    void writePolicy(String app, String text) throws IOException {
        Path folder = Files.createDirectories(data.resolve("landgrant/policies"));
        Files.writeString(folder.resolve(app + ".policy"), text);
    }

    /** A policy with everything protected and the system readable. */
    static String policy(String app, String... lines) {
        return "landgrant-policy 1\napp " + app + "\nprotect files\nprotect connect-tcp\nprotect listen-tcp\n"
                + "protect signals\nprotect abstract-sockets\nprotect udp\nfile rx template/base /usr\nfile r template/base /etc\n"
                + "file rwd template/base /dev/null\nfile r template/base /dev/urandom\n"
                + String.join("\n", lines) + "\n";
    }
}
