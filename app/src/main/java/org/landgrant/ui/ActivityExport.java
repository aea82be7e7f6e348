package org.landgrant.ui;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Locale;
import org.landgrant.grants.Event;
import org.landgrant.grants.EventText;
import org.landgrant.grants.RefusedException;
import org.landgrant.prompts.OneLine;
import org.landgrant.prompts.Words;

/** Writes a piece of the history into a file that only this person can read. Blocks. */
final class ActivityExport {
    private ActivityExport() {}

    /**
     * Writes JSON where the name ends in {@code .json}, else comma-separated values; a file that is there is
     * replaced as a whole or not at all.
     *
     * @throws RefusedException when it cannot be written
     */
    static void write(Path file, List<Event> events, Words words) {
        boolean json = file.toString().toLowerCase(Locale.ROOT).endsWith(".json");
        String text = json ? EventText.json(events) : EventText.csv(events);
        try {
            Path folder = file.toAbsolutePath().getParent();
            if (folder == null) {
                throw new IOException("a folder is no file");
            }
            Path beside = Files.createTempFile(
                    folder,
                    ".landgrant",
                    ".part",
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            try {
                Files.writeString(beside, text);
                Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(beside);
            }
        } catch (IOException | IllegalArgumentException failure) {
            throw new RefusedException(
                    words.say("activity.export.failed", OneLine.clean(String.valueOf(file.getFileName()), 40)),
                    failure);
        }
    }
}
