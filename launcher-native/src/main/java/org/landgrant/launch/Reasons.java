package org.landgrant.launch;

import java.io.IOException;
import java.nio.file.FileSystemException;

/** Why the disk or a socket said no, in words. */
public final class Reasons {
    private Reasons() {}

    /** The end of a sentence, its full stop included. */
    public static String of(IOException failure) {
        String reason = failure instanceof FileSystemException onFile ? onFile.getReason() : failure.getMessage();
        if (reason == null || reason.isBlank()) {
            reason = switch (failure) {
                case java.nio.file.AccessDeniedException denied -> "permission denied";
                case java.nio.file.NoSuchFileException missing -> "there is no such file or folder";
                case java.nio.file.FileAlreadyExistsException there -> "something of that name is there already";
                case java.nio.file.DirectoryNotEmptyException full -> "the folder is not empty";
                default -> failure.getClass().getSimpleName();
            };
        }
        return reason + ".";
    }
}
