package org.landgrant.grants;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The folders every person has, wherever they lie and whatever their localised name is.
 *
 * <p>Source: xdg-user-dirs, {@code user-dirs.dirs(5)}.
 */
public enum UserFolder {
    DESKTOP,
    DOWNLOAD,
    DOCUMENTS,
    PICTURES,
    MUSIC,
    VIDEOS,
    TEMPLATES,
    PUBLICSHARE;

    /** The variable of {@code user-dirs.dirs}, for instance {@code XDG_DOCUMENTS_DIR}. */
    public String variable() {
        return "XDG_" + name() + "_DIR";
    }

    /** The word used in files and on the command line, for instance {@code documents}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** All words, with commas between, for sentences about mistakes. */
    static String words() {
        return Arrays.stream(values()).map(UserFolder::word).collect(Collectors.joining(", "));
    }

    /** The folder with that {@link #word()}. */
    public static Optional<UserFolder> ofWord(String word) {
        return Arrays.stream(values())
                .filter(folder -> folder.word().equals(word))
                .findFirst();
    }
}
