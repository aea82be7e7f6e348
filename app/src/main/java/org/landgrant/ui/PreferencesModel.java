package org.landgrant.ui;

import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import org.landgrant.desktop.InstalledApp;
import org.landgrant.grants.Preferences;
import org.landgrant.prompts.Words;

/** How the person wants Landgrant to be, and the way out of it. Belongs to the toolkit's thread. */
final class PreferencesModel {
    /** Where releasing every app stands. */
    record Releasing(Step step, int apps, String sentence) {
        enum Step {
            READY,
            /** Waits for a yes; {@code apps} would be released. */
            ASKING,
            WORKING,
            /** Done with {@code apps}; the sentence says what went wrong, if anything did. */
            DONE
        }
    }

    private static final Releasing READY = new Releasing(Releasing.Step.READY, 0, "");

    private final UiServices services;
    private final Tasks tasks;
    private final Words words;
    private final ReadOnlyObjectWrapper<Preferences> now;
    private final ReadOnlyObjectWrapper<Releasing> releasing = new ReadOnlyObjectWrapper<>(READY);
    private final ReadOnlyStringWrapper failure = new ReadOnlyStringWrapper("");

    /** @param now what was chosen before */
    PreferencesModel(UiServices services, Preferences now, Tasks tasks, Words words) {
        this.services = services;
        this.now = new ReadOnlyObjectWrapper<>(now);
        this.tasks = tasks;
        this.words = words;
    }

    ReadOnlyObjectProperty<Preferences> now() {
        return now.getReadOnlyProperty();
    }

    ReadOnlyObjectProperty<Releasing> releasing() {
        return releasing.getReadOnlyProperty();
    }

    /** Why the last choice could not be kept; empty when it was. */
    ReadOnlyStringProperty failure() {
        return failure.getReadOnlyProperty();
    }

    /** Holds at once, and is kept. What cannot be kept does not hold either. */
    void change(UnaryOperator<Preferences> how) {
        failure.set("");
        now.set(how.apply(now.get()));
        tasks.run(
                () -> services.preferences()
                        .put(how.apply(services.preferences().now())),
                sentence -> {
                    failure.set(sentence);
                    tasks.run(() -> services.preferences().now(), now::set, failure::set);
                });
    }

    /** Counts the confined apps, and asks. */
    void askToRelease() {
        tasks.run(
                () -> confined().size(),
                count -> releasing.set(
                        count == 0
                                ? new Releasing(Releasing.Step.DONE, 0, "")
                                : new Releasing(Releasing.Step.ASKING, count, "")),
                failure::set);
    }

    void keepThem() {
        releasing.set(READY);
    }

    /** The answer was yes. */
    void releaseAll() {
        if (releasing.get().step() != Releasing.Step.ASKING) {
            return;
        }
        releasing.set(new Releasing(Releasing.Step.WORKING, releasing.get().apps(), ""));
        tasks.run(
                this::release,
                releasing::set,
                sentence -> releasing.set(new Releasing(Releasing.Step.DONE, 0, sentence)));
    }

    /** One that fails does not keep the others. */
    private Releasing release() {
        int released = 0;
        String wrong = "";
        for (InstalledApp app : confined()) {
            try {
                services.gatekeeper().release(app.id());
                released++;
            } catch (org.landgrant.grants.BookException | org.landgrant.grants.RefusedException failed) {
                wrong = words.say(
                        "settings.release.failed", app.name(), words.told(String.valueOf(failed.getMessage())));
            }
        }
        return new Releasing(Releasing.Step.DONE, released, wrong);
    }

    private List<InstalledApp> confined() {
        return services.apps().all().stream()
                .filter(app -> services.gatekeeper().settings(app.id()).confined())
                .toList();
    }

    /** What is said when releasing is over; empty before. */
    Optional<String> released() {
        Releasing state = releasing.get();
        if (state.step() != Releasing.Step.DONE) {
            return Optional.empty();
        }
        String done = words.say("settings.release.done", state.apps());
        return Optional.of(state.sentence().isEmpty() ? done : done + " " + state.sentence());
    }
}
