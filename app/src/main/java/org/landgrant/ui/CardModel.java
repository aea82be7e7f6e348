package org.landgrant.ui;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import org.landgrant.grants.AppId;
import org.landgrant.grants.Resource;
import org.landgrant.grants.Span;
import org.landgrant.launch.Session;
import org.landgrant.launch.Sessions;
import org.landgrant.prompts.CardAnswers.Button;
import org.landgrant.prompts.Row;

/** One card, from the first question to the moment the app is open again. */
final class CardModel {
    /** After this long of closing, ending the app by force is offered. */
    static final Duration SLOW = Duration.ofSeconds(8);

    /** After this long without any session, the app counts as not started. */
    static final Duration LOST = Duration.ofSeconds(30);

    /** An unanswered card whose app ended this long ago goes. */
    static final Duration STALE = Duration.ofMinutes(10);

    /** What the card is about at the moment. */
    enum Phase {
        ASKING,
        WORKING,
        CLOSING,
        CLOSING_LONG,
        NOT_STARTED,
        DONE
    }

    private final CardDesk desk;
    private final Sessions sessions;
    private final Tasks tasks;
    private final InstantSource clock;
    private final ReadOnlyObjectWrapper<CardContent> content;
    private final ReadOnlyObjectWrapper<Phase> phase = new ReadOnlyObjectWrapper<>(Phase.ASKING);
    private final ReadOnlyStringWrapper banner = new ReadOnlyStringWrapper("");
    private final ReadOnlyBooleanWrapper anyOn = new ReadOnlyBooleanWrapper();
    private final ObjectProperty<Span> span;
    private final Map<Resource, BooleanProperty> switches = new HashMap<>();
    private Consumer<Note> noted = note -> {};
    private List<Session> ending = List.of();
    private Instant phaseBegan;
    private Optional<Instant> endedAt = Optional.empty();

    CardModel(CardDesk desk, Sessions sessions, Tasks tasks, InstantSource clock, CardContent first) {
        this.desk = desk;
        this.sessions = sessions;
        this.tasks = tasks;
        this.clock = clock;
        this.content = new ReadOnlyObjectWrapper<>(first);
        this.span = new SimpleObjectProperty<>(first.habit().span());
        this.phaseBegan = clock.instant();
        addSwitches(first);
    }

    AppId app() {
        return content.get().card().app();
    }

    ReadOnlyObjectProperty<CardContent> content() {
        return content.getReadOnlyProperty();
    }

    ReadOnlyObjectProperty<Phase> phase() {
        return phase.getReadOnlyProperty();
    }

    /** What went wrong, as a sentence; empty when nothing did. */
    ReadOnlyStringProperty banner() {
        return banner.getReadOnlyProperty();
    }

    /** Whether any switch is on, so that allowing means something. */
    ReadOnlyBooleanProperty anyOn() {
        return anyOn.getReadOnlyProperty();
    }

    /** Who hears of every answer. */
    void onNoted(Consumer<Note> listener) {
        noted = listener;
    }

    /** How long what is allowed will hold. */
    ObjectProperty<Span> span() {
        return span;
    }

    BooleanProperty switchOf(Row row) {
        return switches.computeIfAbsent(row.resource(), none -> {
            BooleanProperty on = new SimpleBooleanProperty(!row.risky());
            on.addListener((property, before, now) -> countSwitches());
            return on;
        });
    }

    /** The card as it is now; empty when nothing is left to ask. */
    void update(Optional<CardContent> now) {
        if (phase.get() != Phase.ASKING) {
            return;
        }
        if (now.isEmpty()) {
            enter(Phase.DONE);
        } else if (!now.get().equals(content.get())) {
            addSwitches(now.get());
            content.set(now.get());
        }
    }

    /** A button was pressed. */
    void answer(Button button) {
        if (phase.get() != Phase.ASKING || (button != Button.DONT_ALLOW && !anyOn.get())) {
            return;
        }
        CardContent asked = content.get();
        Set<Resource> on = asked.card().rows().stream()
                .filter(row -> switchOf(row).get())
                .map(Row::resource)
                .collect(Collectors.toCollection(HashSet::new));
        Span wanted = span.get();
        banner.set("");
        enter(Phase.WORKING);
        tasks.run(
                () -> desk.answer(asked, button, on, wanted),
                answered -> {
                    ending = answered.reopened();
                    noted.accept(answered.note());
                    enter(button == Button.ALLOW_AND_REOPEN ? Phase.CLOSING : Phase.DONE);
                    look();
                },
                sentence -> {
                    banner.set(sentence);
                    enter(Phase.ASKING);
                });
    }

    /** The window was closed: not now. */
    void dismiss() {
        leave(true);
    }

    private void leave(boolean closed) {
        if (phase.get() == Phase.ASKING) {
            CardContent asked = content.get();
            tasks.run(() -> desk.dismiss(asked.card(), closed), banner::set);
        }
        enter(Phase.DONE);
    }

    /** Ends what is left of the old sessions without asking them. */
    void kill() {
        List<Session> left = ending;
        tasks.run(
                () -> sessions.running(app()).stream()
                        .filter(session -> isOld(session, left))
                        .forEach(sessions::kill),
                banner::set);
    }

    /** Sessions began or ended, or time went by. */
    void look() {
        if (phase.get() != Phase.DONE && phase.get() != Phase.WORKING) {
            AppId app = app();
            tasks.run(() -> sessions.running(app), this::judge, banner::set);
        }
    }

    private void judge(List<Session> running) {
        Instant now = clock.instant();
        if (!running.isEmpty()) {
            endedAt = Optional.empty();
        } else if (endedAt.isEmpty()) {
            endedAt = Optional.of(now);
        }
        Duration gone = endedAt.map(end -> Duration.between(end, now)).orElse(Duration.ZERO);
        boolean oldRuns = running.stream().anyMatch(session -> isOld(session, ending));
        boolean newRuns = running.stream().anyMatch(session -> !isOld(session, ending));
        switch (phase.get()) {
            case ASKING -> {
                if (gone.compareTo(STALE) > 0) {
                    leave(false);
                }
            }
            case CLOSING, CLOSING_LONG, NOT_STARTED -> {
                if (newRuns && !oldRuns) {
                    enter(Phase.DONE);
                } else if (phase.get() == Phase.CLOSING
                        && oldRuns
                        && inPhase(now).compareTo(SLOW) >= 0) {
                    enter(Phase.CLOSING_LONG);
                } else if (phase.get() != Phase.NOT_STARTED && gone.compareTo(LOST) >= 0) {
                    enter(Phase.NOT_STARTED);
                }
            }
            case WORKING, DONE -> {}
        }
    }

    private Duration inPhase(Instant now) {
        return Duration.between(phaseBegan, now);
    }

    private static boolean isOld(Session session, List<Session> old) {
        return old.stream().anyMatch(one -> one.id() == session.id());
    }

    private void enter(Phase next) {
        if (phase.get() != next) {
            phaseBegan = clock.instant();
            phase.set(next);
        }
    }

    private void addSwitches(CardContent now) {
        now.card().rows().forEach(this::switchOf);
        Set<Resource> asked = now.card().rows().stream().map(Row::resource).collect(Collectors.toSet());
        switches.keySet().retainAll(asked);
        countSwitches();
    }

    private void countSwitches() {
        anyOn.set(switches.values().stream().anyMatch(BooleanProperty::get));
    }
}
