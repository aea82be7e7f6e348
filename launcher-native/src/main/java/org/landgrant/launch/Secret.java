package org.landgrant.launch;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import org.landgrant.grants.RefusedException;

/**
 * What a client proves itself with: 64 hex digits from a file that no policy ever grants. Below
 * Landlock version 9 a confined app could otherwise talk to the agent.
 */
public final class Secret {
    private static final Pattern FORM = Pattern.compile("[0-9a-f]{64}");
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final String hex;

    private Secret(String hex) {
        this.hex = hex;
    }

    /**
     * The secret in that file; made first when there is none. Whoever makes it at the same time, both
     * end with the same.
     *
     * @param file in a folder of this user alone
     * @throws RefusedException when it can be neither made nor read
     */
    public static Secret in(Path file) {
        try {
            if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
                make(file);
            }
            return new Secret(read(file));
        } catch (IOException failure) {
            throw new RefusedException("The secret in " + file + " cannot be used: " + Reasons.of(failure), failure);
        }
    }

    /** What the owner sends in its hello. */
    public String hex() {
        return hex;
    }

    /** Whether that is the secret; takes the same time whatever was offered. */
    public boolean is(String offered) {
        return MessageDigest.isEqual(hex.getBytes(StandardCharsets.UTF_8), offered.getBytes(StandardCharsets.UTF_8));
    }

    /** Complete before it has its name, so that no reader sees half of it. */
    private static void make(Path file) throws IOException {
        byte[] random = new byte[32];
        new SecureRandom().nextBytes(random);
        Path draft = Files.createTempFile(
                file.toAbsolutePath().getParent(),
                ".secret",
                "",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try {
            Files.writeString(draft, HexFormat.of().formatHex(random) + "\n");
            Files.createLink(file, draft);
        } catch (FileAlreadyExistsException somebodyWasFaster) {
            // Theirs is as good.
        } finally {
            Files.delete(draft);
        }
    }

    /** Another maker may write in place: its file is waited for, shortly. */
    private static String read(Path file) throws IOException {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) || Files.size(file) > 1_024) {
            throw new RefusedException(file + " is not a secret of Landgrant; move it away and start again.");
        }
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            String text = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).strip();
            if (FORM.matcher(text).matches()) {
                return text;
            }
            if (System.nanoTime() - end > 0) {
                throw new RefusedException(file + " is not a secret of Landgrant; move it away and start again.");
            }
            LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
        }
    }

    @Override
    public String toString() {
        return "Secret";
    }
}
