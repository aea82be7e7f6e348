package org.landgrant.launch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Somebody who reads and types in a terminal. */
final class Typist {
    private final Process terminal;
    private final StringBuilder printed = new StringBuilder();

    Typist(Process terminal) {
        this.terminal = terminal;
    }

    void type(String keys) throws IOException {
        terminal.getOutputStream().write(keys.getBytes(UTF_8));
        terminal.getOutputStream().flush();
    }

    /** Reads on until this was printed. */
    void until(String text) throws IOException {
        while (printed.indexOf(text) < 0) {
            int next = terminal.getInputStream().read();
            assertFalse(next < 0, () -> "ended after: " + printed);
            printed.append((char) next);
        }
        printed.delete(0, printed.indexOf(text) + text.length());
    }

    /** Types again what was thrown away, because it came before the question was wholly there. */
    void typeUntil(String keys, String text) throws IOException {
        while (printed.indexOf(text) < 0) {
            type(keys);
            long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(400);
            while (!unread().contains(text) && System.nanoTime() < end) {
                LockSupport.parkNanos(1_000_000);
            }
            assertTrue(terminal.isAlive(), () -> "ended after: " + printed);
        }
        until(text);
    }

    /** What was printed by now that nobody read. */
    String unread() throws IOException {
        while (terminal.getInputStream().available() > 0) {
            printed.append((char) terminal.getInputStream().read());
        }
        return printed.toString();
    }

    /** What is printed from here to the end. */
    String rest() throws IOException {
        return printed + new String(terminal.getInputStream().readAllBytes(), UTF_8);
    }

    /** What is typed before is too soon, by definition. */
    static void aSecondGoesBy() throws InterruptedException {
        TimeUnit.MILLISECONDS.sleep(1_100);
    }

    int ends() throws InterruptedException {
        return terminal.waitFor();
    }

    void leaves() {
        terminal.destroyForcibly();
    }
}
