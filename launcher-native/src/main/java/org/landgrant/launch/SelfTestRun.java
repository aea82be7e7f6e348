package org.landgrant.launch;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.landgrant.kernel.Trial;
import org.landgrant.kernel.TrialProgram;

/** One real run of the shipped launcher, around a Java that tries everything. */
record SelfTestRun(Path launcher, Duration patience) {
    /** What a Java needs to start; what is not there is left out. */
    private static final List<String> SYSTEM = List.of(
            "/usr", "/bin", "/lib", "/lib32", "/lib64", "/nix/store", "/gnu/store", "/run/current-system", "/opt");

    private static final int LONGEST_SENTENCE = 300;

    /**
     * Runs it to its end.
     *
     * @param seen told of each trial as it ends, on this thread
     * @return what the launcher said, when it did not start the program; else empty
     * @throws IOException when the launcher cannot be started
     */
    String run(SelfTestGround ground, BiConsumer<Trial, Integer> seen) throws IOException {
        if (!Files.isExecutable(launcher)) {
            return "There is no launcher at " + launcher + ".";
        }
        ProcessBuilder builder = new ProcessBuilder(command(ground))
                .directory(ground.stage().folder().toFile())
                .redirectInput(Redirect.from(new File("/dev/null")))
                .redirectError(ground.said().toFile());
        // They would change what is started here, and only its start is wanted.
        builder.environment().keySet().removeAll(List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS"));
        Process process = builder.start();
        // The launcher takes the confined program with it.
        CompletableFuture.delayedExecutor(patience.toMillis(), TimeUnit.MILLISECONDS)
                .execute(process::destroyForcibly);
        try (BufferedReader answers = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = answers.readLine(); line != null; line = answers.readLine()) {
                TrialProgram.read(line)
                        .ifPresent((Map.Entry<Trial, Integer> end) -> seen.accept(end.getKey(), end.getValue()));
            }
        } finally {
            process.destroyForcibly();
        }
        return Files.readString(ground.said()).lines().findFirst().stream()
                .map(line -> line.substring(0, Math.min(line.length(), LONGEST_SENTENCE)))
                .findFirst()
                .orElse("");
    }

    private List<String> command(SelfTestGround ground) {
        Path java = Path.of(System.getProperty("java.home"));
        List<String> classPath = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !entry.isEmpty())
                .map(entry -> Path.of(entry).toAbsolutePath().toString())
                .toList();
        List<String> words = new ArrayList<>(List.of(launcher.toString(), "run", "--quiet", "--best-effort"));
        SYSTEM.stream()
                .filter(path -> Files.exists(Path.of(path)))
                .forEach(path -> words.addAll(List.of("--rox", path)));
        words.addAll(List.of("--ro", "/etc", "--rw", "/dev/null", "--ro", "/dev/urandom", "--rox", java.toString()));
        classPath.stream()
                .filter(entry -> Files.exists(Path.of(entry)))
                .forEach(entry -> words.addAll(List.of("--ro", entry)));
        words.addAll(List.of(
                "--ro",
                ground.stage().granted().toString(),
                "--rwx",
                ground.scratch().toString(),
                "--"));
        words.addAll(List.of(
                java.resolve("bin/java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:-UsePerfData",
                "-Xshare:auto",
                "-Xmx48m",
                "-Djnr.ffi.asm.enabled=false",
                "-Djava.io.tmpdir=" + ground.scratch(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                String.join(File.pathSeparator, classPath),
                TrialProgram.class.getName()));
        words.addAll(ground.stage().words());
        return words;
    }
}
