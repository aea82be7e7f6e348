package org.landgrant;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A confined shell that does what a test types; what it waits for, the test does not. */
final class WaitingShell implements AutoCloseable {
    private static final String DONE = "= ";
    private static final long PATIENCE_S = 60;

    private final Process process;
    private final Writer in;
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

    WaitingShell(Process process) {
        this.process = process;
        in = process.outputWriter();
        Thread.ofVirtual().start(this::read);
    }

    private void read() {
        try (BufferedReader out = process.inputReader()) {
            out.lines().forEach(lines::add);
        } catch (IOException ended) {
            lines.add(DONE + "ended");
        }
    }

    /** Types a command; the shell begins with it and the test goes on. */
    void type(String command) throws IOException {
        in.write(command + "; echo \"" + DONE + "$?\"\n");
        in.flush();
    }

    /** What the command typed last said, its exit status in the last line. */
    List<String> said() throws InterruptedException {
        List<String> said = new ArrayList<>();
        do {
            String line = lines.poll(PATIENCE_S, TimeUnit.SECONDS);
            if (line == null) {
                throw new AssertionError("the app still waits; until now it said " + said);
            }
            said.add(line);
        } while (!said.getLast().startsWith(DONE));
        return said;
    }

    /** Types a command and waits for its end. */
    List<String> run(String command) throws IOException, InterruptedException {
        type(command);
        return said();
    }

    /** Whether the command typed last has said nothing yet. */
    boolean isSilent() {
        return lines.isEmpty();
    }

    /** Ends the shell as a person would. */
    int end() throws IOException, InterruptedException {
        in.close();
        if (!process.waitFor(PATIENCE_S, TimeUnit.SECONDS)) {
            throw new AssertionError("the app did not end");
        }
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
