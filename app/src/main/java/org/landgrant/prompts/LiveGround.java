package org.landgrant.prompts;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.landgrant.grants.Access;
import org.landgrant.grants.Decision;
import org.landgrant.grants.EffectiveGrant;
import org.landgrant.grants.Resource;
import org.landgrant.grants.Unanswered;

/** What is known about one app when one of its calls waits: where things lie and what was decided. */
public final class LiveGround {
    /** What to do with a question. */
    public enum Verdict {
        ASK,
        /** It is allowed already; only the running session does not have it yet. */
        ALLOW,
        DENY
    }

    /** What a verdict follows from. */
    public enum Because {
        /** Somebody decided about it. */
        DECIDED,
        /** Nobody did. */
        UNDECIDED,
        /** Whoever waits is never asked whether something may run. */
        RUN,
        /** It is {@link Sensitive}. */
        SENSITIVE,
        /** Its prompt was closed too often. */
        SILENT,
        /** Nobody is asked about such things. */
        UNWORTHY
    }

    /**
     * What would become of a question.
     *
     * @param grant what was decided, if that is what it follows from
     */
    public record Foresight(Verdict verdict, Because because, Optional<EffectiveGrant> grant) {}

    private final UserPlaces places;
    private final Worthiness worthiness;
    private final Standing standing;
    private final LiveScopes scopes;
    private final List<Unanswered> silent;
    private final boolean mayBeAskedAboutKeys;

    /** Where nothing is silent. */
    public LiveGround(
            UserPlaces places, Words words, List<EffectiveGrant> effective, Function<String, Coalescer.Kind> look) {
        this(places, words, effective, List.of(), false, look);
    }

    /**
     * @param effective what holds for the app
     * @param silent what it is not asked about for now, because that was closed too often
     * @param mayBeAskedAboutKeys whether a prompt about {@link Sensitive} things is answered by a person for
     *     certain; an app with the X11 display could press the button itself
     * @param look says what lies at an absolute path; may block on the disk
     */
    public LiveGround(
            UserPlaces places,
            Words words,
            List<EffectiveGrant> effective,
            List<Unanswered> silent,
            boolean mayBeAskedAboutKeys,
            Function<String, Coalescer.Kind> look) {
        this.silent = List.copyOf(silent);
        this.mayBeAskedAboutKeys = mayBeAskedAboutKeys;
        this.places = places;
        this.worthiness = new Worthiness(places);
        this.standing = new Standing(places, effective);
        this.scopes = new LiveScopes(places, words, look);
    }

    public UserPlaces places() {
        return places;
    }

    /** Whether the nearest decision about this is a no for good. */
    public boolean refuses(Resource resource, Access access) {
        return standing.nearest(resource, access).filter(Decision.DENY::equals).isPresent();
    }

    /**
     * What to do with a question. What does not deserve one is refused even where it lies in something
     * allowed: keys are never given away by a running app's asking, unless it could not press the button
     * itself and a person says yes to exactly that.
     */
    public Verdict judge(LiveQuestion question, LiveMemory memory) {
        if (question.access() == Access.EXECUTE) {
            return Verdict.DENY;
        }
        Optional<Sensitive> sensitive = scopes.sensitive(question);
        if (sensitive.isPresent()) {
            return judge(question, sensitive.get(), memory);
        }
        if (!worthiness.deservesQuestion(question.resource(), question.access())) {
            return Verdict.DENY;
        }
        Optional<Decision> decided = standing.nearest(question.resource(), question.access());
        if (decided.isPresent() && decided.get() != Decision.ASK) {
            return decided.get() == Decision.ALLOW ? Verdict.ALLOW : Verdict.DENY;
        }
        return memory.allowedOnce(places, question) ? Verdict.ALLOW : undecided(question, memory);
    }

    private Verdict judge(LiveQuestion question, Sensitive sensitive, LiveMemory memory) {
        if (!mayBeAskedAboutKeys || refuses(question.resource(), question.access())) {
            return Verdict.DENY;
        }
        boolean named = standing.within(sensitive.place())
                .nearest(question.resource(), question.access())
                .filter(Decision.ALLOW::equals)
                .isPresent();
        boolean once = memory.allowedOnce(places, question, sensitive.place());
        return named || once ? Verdict.ALLOW : undecided(question, memory);
    }

    /** What would become of the question if it were the first of a session, and why. */
    public Foresight foresee(LiveQuestion question) {
        Verdict verdict = judge(question, new LiveMemory());
        Optional<EffectiveGrant> grant = standing.ruling(question.resource(), question.access());
        Because because = because(question, verdict, grant);
        return new Foresight(verdict, because, grant.filter(any -> because == Because.DECIDED));
    }

    private Because because(LiveQuestion question, Verdict verdict, Optional<EffectiveGrant> grant) {
        if (verdict == Verdict.ALLOW || refuses(question.resource(), question.access())) {
            return Because.DECIDED;
        }
        if (scopes.sensitive(question).isPresent()) {
            return Because.SENSITIVE;
        }
        if (!worthiness.deservesQuestion(question.resource(), question.access())) {
            return Because.UNWORTHY;
        }
        if (question.access() == Access.EXECUTE) {
            return Because.RUN;
        }
        if (verdict == Verdict.DENY) {
            return isSilent(question) ? Because.SILENT : Because.UNWORTHY;
        }
        return grant.isPresent() ? Because.DECIDED : Because.UNDECIDED;
    }

    private Verdict undecided(LiveQuestion question, LiveMemory memory) {
        boolean quiet = memory.answered(places, question)
                || isSilent(question)
                || scopes.of(question).isEmpty();
        return quiet ? Verdict.DENY : Verdict.ASK;
    }

    private boolean isSilent(LiveQuestion question) {
        return silent.stream()
                .anyMatch(row ->
                        row.access().contains(question.access()) && places.covers(row.resource(), question.resource()));
    }

    /** A question with all that its prompt says. */
    public LiveQueue.Waiting waiting(LiveQuestion question, String appName) {
        String title = scopes.title(question, appName);
        return new LiveQueue.Waiting(
                question,
                places,
                title,
                scopes.detail(question),
                scopes.of(question),
                scopes.sensitive(question).map(Sensitive::kind));
    }

    /**
     * Whether a running session may be given this as a whole: it is something people are asked about, and
     * nothing in it was decided otherwise.
     */
    public boolean givesWhole(Resource resource, Access access) {
        Resource place =
                places.pathOf(resource).<Resource>map(Resource.Place::new).orElse(resource);
        return access != Access.EXECUTE
                && worthiness.deservesQuestion(place, access)
                && !standing.brokenInside(resource);
    }
}
