package org.landgrant.launch;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.landgrant.kernel.KernelRefusal;

/**
 * The program that reads the kernel's audit records, once an administrator has given it the capability for that;
 * this process has none. It passes on only what this user's own processes were refused.
 *
 * @param program path of {@code landgrant-audit}
 */
public record AuditHelper(Path program) {
    private static final String READY = "ready";
    private static final int NOT_SWITCHED_ON = 3;

    /** How long it may take to begin. */
    private static final long PATIENCE = 5;

    /** More milliseconds than it keeps anything back; see {@code sieve.h}. */
    private static final long MOMENT = 500;

    /** The one that belongs to a launcher. */
    public static AuditHelper of(Path launcher) {
        Path real = launcher;
        try {
            real = launcher.toRealPath();
        } catch (IOException notThere) {
            // Then neither is the helper.
        }
        return new AuditHelper(real.resolveSibling("../libexec/landgrant-audit").normalize());
    }

    /** What it can do here. */
    public enum State {
        READABLE,
        /** It has no capability. */
        SWITCHED_OFF,
        /** It is not there, or this kernel has no records for it. */
        NONE
    }

    /** One that runs; the records come after it was opened. */
    public static final class Ear implements AutoCloseable {
        private final Process process;
        private final Reader lines;

        private Ear(Process process, Reader lines) {
            this.process = process;
            this.lines = lines;
        }

        /** Gives {@code each} what was refused, until it ends or is closed. */
        public void listen(Consumer<KernelRefusal> each) {
            try {
                for (Optional<String> line = next(lines); line.isPresent(); line = next(lines)) {
                    KernelRefusal.read(line.get()).ifPresent(each);
                }
            } catch (IOException ended) {
                // As by close().
            }
        }

        /** Whether something came since it was opened, or comes within a moment; stops it. */
        boolean heard() throws InterruptedException {
            process.waitFor(MOMENT, TimeUnit.MILLISECONDS);
            stop();
            AtomicBoolean any = new AtomicBoolean();
            listen(refusal -> any.set(true));
            return any.get();
        }

        /** Has {@link #listen} end with what came until now. */
        public void stop() {
            process.toHandle().destroy(); // the process itself would close what is still to be read
        }

        @Override
        public void close() {
            process.destroy();
        }
    }

    /** Starts it; empty, with nothing left running, when it cannot read here. Blocks for a moment. */
    public Optional<Ear> open() {
        return start().flatMap(started -> {
            try {
                Reader lines =
                        new BufferedReader(new InputStreamReader(started.getInputStream(), StandardCharsets.US_ASCII));
                if (next(lines).filter(READY::equals).isPresent()) {
                    return Optional.of(new Ear(started, lines));
                }
            } catch (IOException failure) {
                // It ended.
            }
            return Optional.empty();
        });
    }

    /** Tries what it can do; blocks for a moment. */
    public State state() {
        Optional<Process> started = start();
        if (started.isEmpty()) {
            return State.NONE;
        }
        Process process = started.get();
        try (Reader lines = new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII)) {
            if (next(lines).filter(READY::equals).isPresent()) {
                return State.READABLE;
            }
            return process.waitFor(PATIENCE, TimeUnit.SECONDS) && process.exitValue() == NOT_SWITCHED_ON
                    ? State.SWITCHED_OFF
                    : State.NONE;
        } catch (IOException failure) {
            return State.NONE;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return State.NONE;
        } finally {
            process.destroy();
        }
    }

    private Optional<Process> start() {
        if (!Files.isExecutable(program)) {
            return Optional.empty();
        }
        ProcessBuilder builder = new ProcessBuilder(program.toString())
                .redirectInput(Redirect.from(Path.of("/dev/null").toFile()))
                .redirectError(Redirect.DISCARD);
        builder.environment().clear();
        try {
            return Optional.of(builder.start());
        } catch (IOException failure) {
            return Optional.empty();
        }
    }

    /** The next line without its end; what is too long for one is passed over. Empty at the end. */
    private static Optional<String> next(Reader lines) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int read = lines.read(); read >= 0; read = lines.read()) {
            if (read == '\n') {
                return Optional.of(line.toString());
            }
            if (line.length() <= KernelRefusal.MOST_CHARACTERS) {
                line.append((char) read);
            }
        }
        return Optional.empty();
    }
}
