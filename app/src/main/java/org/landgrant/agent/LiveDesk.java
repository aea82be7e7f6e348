package org.landgrant.agent;

import java.util.List;
import java.util.function.Consumer;
import org.landgrant.grants.AppId;
import org.landgrant.grants.Gatekeeper.Watch;
import org.landgrant.grants.RefusedException;
import org.landgrant.prompts.LiveAnswer;
import org.landgrant.prompts.LivePrompt;
import org.landgrant.prompts.LiveQuestions;

/** Where questions of launchers become prompts, and answers grants. */
final class LiveDesk implements LiveQuestions {
    @Override
    public List<LivePrompt> open() {
        return List.of();
    }

    @Override
    public List<LivePrompt> all() {
        return List.of();
    }

    @Override
    public void answer(long id, LiveAnswer answer) {
        throw new RefusedException("Nobody waits for that any more.");
    }

    @Override
    public Watch watch(Consumer<AppId> listener) {
        return () -> {};
    }
}
