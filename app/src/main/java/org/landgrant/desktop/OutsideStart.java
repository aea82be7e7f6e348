package org.landgrant.desktop;

import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Starts apps that are not confined, as a menu does, with one link or file to open. */
public final class OutsideStart {
    private static final Path SETSID = Path.of("/usr/bin/setsid");

    private final Path home;

    /** @param home where apps are started */
    public OutsideStart(Path home) {
        this.home = home;
    }

    /**
     * Starts the app; returns at once.
     *
     * @param what a link, or the absolute path of a file; never taken for an option
     * @throws NotOpenedException when it cannot be started like that
     */
    public void open(InstalledApp app, String what) {
        try {
            if (DesktopEntry.parse(EntryFiles.read(app.source())).flag("Terminal")) {
                throw new NotOpenedException("the app for it needs a terminal");
            }
            List<String> command = new ArrayList<>();
            if (Files.isExecutable(SETSID)) {
                command.add(SETSID.toString());
            }
            command.addAll(words(app.command(), what));
            new ProcessBuilder(command)
                    .directory(home.toFile())
                    .redirectInput(Redirect.from(new File("/dev/null")))
                    .redirectOutput(Redirect.DISCARD)
                    .redirectError(Redirect.DISCARD)
                    .start();
        } catch (IOException failure) {
            throw new NotOpenedException("the app for it could not be started", failure);
        }
    }

    /** The words of a command line; where it has no place for files, they come last, as GLib has it. */
    static List<String> words(List<String> command, String what) {
        boolean path = what.startsWith("/");
        List<String> words = new ArrayList<>();
        boolean placed = false;
        for (String word : command) {
            if (word.matches("%[fFuU]")) {
                if (!path && word.matches("%[fF]")) {
                    throw new NotOpenedException("the app for it takes no links");
                }
                if (!placed) {
                    words.add(what);
                }
                placed = true;
            } else {
                words.add(word.replace("%%", "%"));
            }
        }
        if (!placed) {
            words.add(what);
        }
        return words;
    }
}
