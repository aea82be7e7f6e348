package org.landgrant.launch;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.landgrant.grants.AppId;

/** Who may hold a launch up until a person has decided. */
@FunctionalInterface
public interface Doorkeeper {
    /**
     * A launch that comes.
     *
     * @param sentence what it waits for, for people; said only when the answer is not there yet
     * @param answer nothing when the launch goes on, else the sentence why not; cancelled when nobody waits for it
     */
    record Admission(String sentence, CompletableFuture<Optional<String>> answer) {
        /** It goes on at once. */
        public static final Admission FREE = new Admission("", CompletableFuture.completedFuture(Optional.empty()));

        /** It does not go on. */
        public static Admission refused(String sentence) {
            return new Admission(sentence, CompletableFuture.completedFuture(Optional.of(sentence)));
        }
    }

    /** Called for each launch, on a thread that may block for a moment. */
    Admission admit(AppId app);
}
