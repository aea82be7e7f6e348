package org.landgrant.desktop;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** What GLib would start for a menu entry, asked of the real {@code gio}, which starts nothing here. */
final class Glib {
    private final Path preload;

    /** @throws IOException when there is no C compiler */
    Glib(Path folder) throws IOException, InterruptedException {
        preload = folder.resolve("spawned.so");
        run(new ProcessBuilder("cc", "-shared", "-fPIC", "-o", preload.toString(), "src/test/c/spawned.c"));
    }

    /** The command lines for those files or URIs, one a process; empty when GLib cannot read the entry. */
    List<List<String>> launch(Path entry, List<String> files) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("gio", "launch", entry.toString()));
        command.addAll(files);
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().clear();
        builder.environment().put("LD_PRELOAD", preload.toString());
        builder.environment().put("PATH", "/usr/bin:/bin");
        Iterator<String> said = Arrays.asList(run(builder).split("\0", -1)).iterator();
        List<List<String>> started = new ArrayList<>();
        for (String count = said.next(); !count.isEmpty(); count = said.next()) {
            List<String> words = new ArrayList<>();
            for (int i = Integer.parseInt(count); i > 0; i--) {
                words.add(said.next());
            }
            started.add(withoutHelper(words));
        }
        return started;
    }

    /** GLib starts apps through a helper that only sets a variable. */
    private static List<String> withoutHelper(List<String> words) {
        return words.getFirst().endsWith("/gio-launch-desktop") ? words.subList(1, words.size()) : words;
    }

    static String run(ProcessBuilder builder) throws IOException, InterruptedException {
        Process process = builder.redirectError(ProcessBuilder.Redirect.DISCARD).start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(20, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IOException("did not end: " + builder.command());
        }
        return said;
    }
}
