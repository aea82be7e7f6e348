package org.landgrant.launch;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.landgrant.grants.RefusedException;

/**
 * Where Landgrant keeps what is its own. No policy grants these folders. Source: {@code PROTOCOL.md}.
 *
 * @param data database, secret and policies: {@code $XDG_DATA_HOME/landgrant}
 * @param runtime socket and lock: {@code $XDG_RUNTIME_DIR/landgrant}, or a folder in {@code data}
 */
public record OwnFolders(Path data, Path runtime) {
    private static final String NAME = "landgrant";

    /**
     * Where they lie for that user; nothing is made yet. Relative paths in the environment are
     * ignored, as the Base Directory Specification demands.
     *
     * @throws RefusedException when the environment names no home
     */
    public static OwnFolders of(Map<String, String> environment) {
        Path data = absolute(environment, "XDG_DATA_HOME");
        if (data == null) {
            Path home = absolute(environment, "HOME");
            if (home == null) {
                throw new RefusedException("HOME is not set, so there is no place to keep grants.");
            }
            data = home.resolve(".local/share");
        }
        Path runtime = absolute(environment, "XDG_RUNTIME_DIR");
        return new OwnFolders(
                data.resolve(NAME), runtime == null ? data.resolve(NAME).resolve("runtime") : runtime.resolve(NAME));
    }

    /**
     * Makes both folders where they are missing, mode 0700.
     *
     * @throws RefusedException when one is not a real folder of this user
     */
    public OwnFolders make() {
        try {
            Files.createDirectories(data.toAbsolutePath().getParent());
            own(data);
            own(runtime);
        } catch (IOException failure) {
            throw new RefusedException(
                    "Landgrant cannot make its folders " + data + " and " + runtime + ": " + Reasons.of(failure),
                    failure);
        }
        return this;
    }

    /** The agent's socket. */
    public Path socket() {
        return runtime.resolve("agent");
    }

    /** Whoever holds this file's lock is the one agent. */
    public Path lock() {
        return runtime.resolve("agent.lock");
    }

    /** The file of the {@link Secret}. */
    public Path secret() {
        return data.resolve("secret");
    }

    /** The folder of written policies. */
    public Path policies() {
        return data.resolve("policies");
    }

    /** The number of the user this process runs as. */
    public static int userId() {
        try {
            return (int) Files.getAttribute(Path.of("/proc/self"), "unix:uid");
        } catch (IOException failure) {
            throw new RefusedException("The user's number cannot be read from /proc: " + Reasons.of(failure), failure);
        }
    }

    private static void own(Path folder) throws IOException {
        var mode = PosixFilePermissions.fromString("rwx------");
        try {
            Files.createDirectory(folder, PosixFilePermissions.asFileAttribute(mode));
        } catch (FileAlreadyExistsException there) {
            if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)
                    || (int) Files.getAttribute(folder, "unix:uid", LinkOption.NOFOLLOW_LINKS) != userId()) {
                throw new RefusedException(folder + " is not a folder of yours; Landgrant does not use it.", there);
            }
            Files.setPosixFilePermissions(folder, mode);
        }
    }

    private static @Nullable Path absolute(Map<String, String> environment, String name) {
        String value = environment.getOrDefault(name, "");
        return value.startsWith("/") ? Path.of(value) : null;
    }
}
