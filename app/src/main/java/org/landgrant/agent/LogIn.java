package org.landgrant.agent;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.UUID;
import org.landgrant.grants.RefusedException;
import org.landgrant.launch.OwnFolders;
import org.landgrant.launch.Reasons;

/**
 * Tells one log-in from the next. The name outlives the agent, because it lies in the folder that goes when
 * the person has logged out everywhere; where that folder stays, the name ends with the computer's run.
 *
 * <p>Source: XDG Base Directory Specification on {@code XDG_RUNTIME_DIR}; {@code proc_sys_kernel(5)}.
 */
final class LogIn {
    private static final Path BOOT = Path.of("/proc/sys/kernel/random/boot_id");
    private static final int LONGEST = 64;

    private LogIn() {}

    /**
     * The name of this log-in.
     *
     * @param folders made already; no app reaches them
     * @throws RefusedException when it can be neither read nor made
     */
    static String name(OwnFolders folders) {
        Path file = folders.runtime().resolve("login");
        try {
            return Files.readString(BOOT).strip() + "/" + token(file);
        } catch (IOException failure) {
            throw new RefusedException("The log-in cannot be told from others: " + Reasons.of(failure), failure);
        }
    }

    private static String token(Path file) throws IOException {
        try {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        } catch (FileAlreadyExistsException there) {
            String token = Files.readString(file).strip();
            if (!token.isEmpty() && token.length() <= LONGEST) {
                return token;
            }
        }
        String token = UUID.randomUUID().toString();
        Files.writeString(
                file, token, StandardCharsets.US_ASCII, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING);
        return token;
    }
}
