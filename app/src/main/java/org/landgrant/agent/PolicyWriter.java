package org.landgrant.agent;

import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.landgrant.grants.AppId;
import org.landgrant.grants.BookException;
import org.landgrant.grants.EffectiveGrant;
import org.landgrant.grants.Grant;
import org.landgrant.grants.GrantBook;
import org.landgrant.grants.RefusedException;
import org.landgrant.grants.Template;
import org.landgrant.launch.Reasons;

/**
 * Keeps book and written policies saying the same. When a policy file cannot be written, the change is taken
 * back; when even that fails, the file goes: an app without a policy does not start, an app with a stale one
 * might reach what was taken away from it.
 *
 * <p>What ends by itself is never in the file, since nobody may be there to take it out in time: a launch
 * gets it from the agent only.
 */
final class PolicyWriter {
    private final GrantBook book;
    private final PolicyFiles files;
    private final Function<AppId, Template> templates;
    private final Compiler compiler;
    private final Clock clock;
    private final String login;

    /** @param login the name of this log-in */
    PolicyWriter(
            GrantBook book,
            PolicyFiles files,
            Function<AppId, Template> templates,
            Compiler compiler,
            Clock clock,
            String login) {
        this.book = book;
        this.files = files;
        this.templates = templates;
        this.compiler = compiler;
        this.clock = clock;
        this.login = login;
    }

    Template template(AppId app) {
        return templates.apply(app);
    }

    /** Whether a decision of the book has not ended. */
    boolean holds(Grant grant) {
        return grant.lifetime().holdsIn(login) && grant.lifetime().holdsAt(clock.instant());
    }

    /** What holds for an app now, template and decisions together. */
    List<EffectiveGrant> effective(AppId app) {
        return EffectiveGrant.lay(template(app), holding(app), clock.instant());
    }

    /** The text of the app's policy of this moment; nothing is written. */
    String policy(AppId app) {
        return compiler.policy(
                app, template(app), effective(app), book.settings(app).partialAccepted());
    }

    /** The text of the policy that holds also when no agent is there to end anything. */
    private String lasting(AppId app) {
        List<Grant> grants =
                holding(app).stream().filter(grant -> !grant.isTemporary()).toList();
        return compiler.policy(
                app,
                template(app),
                EffectiveGrant.lay(template(app), grants, clock.instant()),
                book.settings(app).partialAccepted());
    }

    private List<Grant> holding(AppId app) {
        return book.grants(app).stream().filter(this::holds).toList();
    }

    /**
     * Changes the book, then the written policy; on failure both are as before.
     *
     * @param undo puts the book back
     */
    <T> T change(AppId app, Supplier<T> change, Runnable undo) {
        T result = change.get();
        try {
            settleOrRefuse(app);
            return result;
        } catch (RefusedException | BookException failure) {
            try {
                undo.run();
            } catch (BookException worse) {
                failure.addSuppressed(worse);
                throw settle(app)
                        .map(noPolicy -> new RefusedException(
                                "The change is kept for " + app
                                        + ", but not written for launches, so it does not start: "
                                        + failure.getMessage(),
                                failure))
                        .orElseThrow(() -> failure);
            }
            settle(app);
            throw failure;
        }
    }

    /** Writes the app's policy where the written one differs. */
    void settleOrRefuse(AppId app) {
        String text = lasting(app);
        try {
            if (!files.read(app).equals(Optional.of(text))) {
                files.write(app, text);
            }
        } catch (IOException failure) {
            throw new RefusedException(
                    "What " + app + " may reach could not be written: " + Reasons.of(failure), failure);
        }
    }

    /**
     * Afterwards the written policy is that of the book, or there is none.
     *
     * @return why there is none
     * @throws RefusedException when a stale one could not be taken away
     */
    Optional<RuntimeException> settle(AppId app) {
        try {
            settleOrRefuse(app);
            return Optional.empty();
        } catch (RefusedException | BookException noPolicy) {
            try {
                files.remove(app);
                return Optional.of(noPolicy);
            } catch (IOException stale) {
                throw new RefusedException(
                        "The permissions in " + files.file(app)
                                + " are out of date and cannot be removed; remove that file: " + Reasons.of(stale),
                        stale);
            }
        }
    }
}
