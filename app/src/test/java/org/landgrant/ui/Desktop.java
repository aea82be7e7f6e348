package org.landgrant.ui;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the desktop around the windows says, asked as any other program would. */
final class Desktop {
    private Desktop() {}

    /** The title of the window that has the keyboard; empty when none has it. */
    static String inFront() {
        return said("xdotool", "getactivewindow", "getwindowname");
    }

    /** Whether a window of that title may be given the keyboard; one that just came may not. */
    static boolean takesKeyboard(String title) {
        return said("xprop", "-name", title, "WM_HINTS").contains("input focus: True");
    }

    /** Gives a window the keyboard without a click, as a task bar does and the key that goes from window to window. */
    static void turnTo(String title) {
        said("xdotool", "search", "--onlyvisible", "--name", "^" + title + "$", "windowactivate");
    }

    /** Leaves a picture of the whole screen; says where. */
    static Path picture(String name) {
        Path file = Path.of("target", "journeys", name + ".png").toAbsolutePath();
        try {
            Files.createDirectories(file.getParent());
        } catch (IOException none) {
            return Path.of("none: " + none.getMessage());
        }
        said("import", "-window", "root", file.toString());
        return file;
    }

    private static String said(String... command) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException missing) {
            throw new AssertionError(command[0] + " is needed", missing);
        }
    }
}
