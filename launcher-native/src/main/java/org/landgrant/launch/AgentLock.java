package org.landgrant.launch;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;
import org.landgrant.grants.RefusedException;

/**
 * Being the one agent of this user session. The kernel gives the lock back however the agent ends,
 * so it decides, not the socket.
 */
public final class AgentLock implements AutoCloseable {
    private final FileChannel file;

    private AgentLock(FileChannel file) {
        this.file = file;
    }

    /**
     * Takes the lock; empty when another agent has it.
     *
     * @throws RefusedException when the file cannot be opened
     */
    public static Optional<AgentLock> take(Path path) {
        try {
            FileChannel file = FileChannel.open(
                    path,
                    Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            try {
                if (file.tryLock() != null) {
                    return Optional.of(new AgentLock(file));
                }
            } catch (OverlappingFileLockException heldInThisProcess) {
                // The same answer as from another process.
            }
            file.close();
            return Optional.empty();
        } catch (IOException failure) {
            throw new RefusedException("The lock " + path + " cannot be used: " + Reasons.of(failure), failure);
        }
    }

    @Override
    public void close() {
        try {
            file.close();
        } catch (IOException failure) {
            throw new RefusedException("The agent's lock cannot be given back: " + Reasons.of(failure), failure);
        }
    }
}
