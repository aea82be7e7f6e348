package org.landgrant;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A home folder of its own with the real, built Landgrant in it, and nothing running yet. */
final class World implements AutoCloseable {
    /** What a command printed and how it ended. */
    record Outcome(int status, String out, String err) {}

    private static final Path TREE = Path.of("target/landgrant").toAbsolutePath();

    final Path home;
    private final Map<String, String> environment = new HashMap<>();
    private final List<WaitingShell> shells = new ArrayList<>();
    private FileChannel agentLock;

    World(Path folder) throws IOException {
        home = Files.createDirectory(folder.resolve("home"));
        for (String name : List.of("Documents", "Downloads", ".config", ".local/share/applications")) {
            Files.createDirectories(home.resolve(name));
        }
        Files.writeString(
                home.resolve(".config/user-dirs.dirs"),
                "XDG_DOCUMENTS_DIR=\"$HOME/Documents\"\nXDG_DOWNLOAD_DIR=\"$HOME/Downloads\"\n");
        environment.put("HOME", home.toString());
        environment.put("PATH", "/usr/bin:/bin");
        environment.put("LANG", "C.UTF-8");
        environment.put(
                "LANDGRANT_JAVA",
                Path.of(System.getProperty("java.home"), "bin/java").toString());
        environment.put(
                "XDG_RUNTIME_DIR", Files.createDirectory(folder.resolve("run")).toString());
    }

    /** Changes the environment of later commands; an empty value takes the variable out. */
    void environment(String name, String value) {
        if (value.isEmpty()) {
            environment.remove(name);
        } else {
            environment.put(name, value);
        }
    }

    /** Until {@link #letAgentIn} no agent can begin, whoever starts one: somebody else counts as the one there is. */
    void lockAgentOut() throws IOException {
        Path lock = Path.of(environment.get("XDG_RUNTIME_DIR")).resolve("landgrant/agent.lock");
        agentLock = FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (agentLock.tryLock() == null) {
            throw new IOException("an agent runs");
        }
    }

    void letAgentIn() throws IOException {
        if (agentLock != null) {
            agentLock.close();
        }
    }

    /** Gives another program this world's environment and home folder. */
    void dress(ProcessBuilder builder) {
        builder.directory(home.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
    }

    /** Installs an app whose command line is exactly that. */
    void install(String id, String exec) throws IOException {
        Files.writeString(
                home.resolve(".local/share/applications").resolve(id),
                "[Desktop Entry]\nType=Application\nName=" + id + "\nExec=" + exec + "\n");
    }

    Path data(String name) {
        return home.resolve(".local/share/landgrant").resolve(name);
    }

    /** Runs {@code landgrant} with these words to its end. */
    Outcome landgrant(String... words) throws IOException, InterruptedException {
        Path out = Files.createTempFile(home.getParent(), "out", "");
        Path err = Files.createTempFile(home.getParent(), "err", "");
        Process process = builder(words)
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("landgrant " + String.join(" ", words) + " never ended");
        }
        return new Outcome(
                process.exitValue(),
                Files.readString(out, StandardCharsets.UTF_8),
                Files.readString(err, StandardCharsets.UTF_8));
    }

    /** Starts {@code landgrant} with these words and leaves it running. */
    Process start(String... words) throws IOException {
        return builder(words).redirectErrorStream(true).start();
    }

    /** The lines of what a command says that hold the word, as soon as there are so many. */
    List<String> until(String command, int many, String word) throws IOException, InterruptedException {
        for (long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60); ; TimeUnit.MILLISECONDS.sleep(20)) {
            Outcome said = landgrant(command);
            List<String> lines =
                    said.out().lines().filter(line -> line.contains(word)).toList();
            if (lines.size() == many) {
                return lines;
            }
            if (System.nanoTime() > end) {
                throw new AssertionError("landgrant " + command + " still says " + said);
            }
        }
    }

    /** Answers the app's one prompt as soon as it is there; returns the prompt's line. */
    String answer(String app, String answer) throws IOException, InterruptedException {
        String prompt = until("prompts", 1, app).getFirst();
        Outcome outcome = landgrant("answer", prompt.strip().split(" ", 2)[0], answer);
        if (outcome.status() != 0) {
            throw new AssertionError(outcome.err());
        }
        return prompt;
    }

    /** Launches an app that is a shell, and leaves it running. */
    WaitingShell shell(String id) throws IOException {
        WaitingShell shell =
                new WaitingShell(builder("launch", id).redirectErrorStream(true).start());
        shells.add(shell);
        return shell;
    }

    private ProcessBuilder builder(String... words) {
        List<String> command =
                new ArrayList<>(List.of(TREE.resolve("bin/landgrant").toString()));
        command.addAll(List.of(words));
        ProcessBuilder builder = new ProcessBuilder(command);
        dress(builder);
        return builder;
    }

    /** The agent of this world, if one runs. */
    List<ProcessHandle> agents() {
        return ProcessHandle.allProcesses()
                .filter(process -> process.info().command().orElse("").endsWith("/java"))
                .filter(process -> environmentOf(process).contains("HOME=" + home + "\0"))
                .toList();
    }

    /** Kills the agent as a power cut would. */
    void killAgent() {
        for (ProcessHandle agent : agents()) {
            agent.destroyForcibly();
            agent.onExit().join();
        }
    }

    private static String environmentOf(ProcessHandle process) {
        try {
            return Files.readString(
                    Path.of("/proc", String.valueOf(process.pid()), "environ"), StandardCharsets.ISO_8859_1);
        } catch (IOException ended) {
            return "";
        }
    }

    @Override
    public void close() {
        shells.forEach(WaitingShell::close);
        killAgent();
    }
}
