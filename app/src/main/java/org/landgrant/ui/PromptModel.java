package org.landgrant.ui;

import java.util.Optional;
import java.util.function.Consumer;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleObjectProperty;
import org.landgrant.grants.AppId;
import org.landgrant.grants.Span;
import org.landgrant.prompts.LiveAnswer;
import org.landgrant.prompts.LiveAnswer.Choice;
import org.landgrant.prompts.LivePrompt;
import org.landgrant.prompts.Scope;

/** The live prompts of one app, one after the other, until it waits for nothing more. */
final class PromptModel {
    /** Whether a prompt is asked, its answer is being carried out, or nothing is left to ask. */
    enum Phase {
        ASKING,
        WORKING,
        DONE
    }

    /** What came of an answer, and what is asked next. */
    private record Answered(Optional<Note> note, Optional<PromptContent> next) {}

    private final PromptDesk desk;
    private final Tasks tasks;
    private final ReadOnlyObjectWrapper<PromptContent> content;
    private final ReadOnlyObjectWrapper<Phase> phase = new ReadOnlyObjectWrapper<>(Phase.ASKING);
    private final ReadOnlyStringWrapper banner = new ReadOnlyStringWrapper("");
    private final ObjectProperty<Scope> scope;
    private final ObjectProperty<Span> span;
    private Consumer<Note> noted = note -> {};

    PromptModel(PromptDesk desk, Tasks tasks, PromptContent first) {
        this.desk = desk;
        this.tasks = tasks;
        this.content = new ReadOnlyObjectWrapper<>(first);
        this.scope = new SimpleObjectProperty<>(first.preselected());
        this.span = new SimpleObjectProperty<>(first.habit().span());
    }

    AppId app() {
        return prompt().app();
    }

    ReadOnlyObjectProperty<PromptContent> content() {
        return content.getReadOnlyProperty();
    }

    ReadOnlyObjectProperty<Phase> phase() {
        return phase.getReadOnlyProperty();
    }

    /** What went wrong, as a sentence; empty when nothing did. */
    ReadOnlyStringProperty banner() {
        return banner.getReadOnlyProperty();
    }

    /** What the answer will be about; one of the prompt's. */
    ObjectProperty<Scope> scope() {
        return scope;
    }

    /** How long “Allow” will hold. */
    ObjectProperty<Span> span() {
        return span;
    }

    /** Who hears of every answer that decided something. */
    void onNoted(Consumer<Note> listener) {
        noted = listener;
    }

    /** The app's open prompt as it is now; empty when it waits for nothing any more. */
    void update(Optional<PromptContent> now) {
        // While an answer is on its way, what it leaves to ask is read after it.
        if (phase.get() == Phase.ASKING) {
            show(now);
        }
    }

    /** A button was pressed, or the window was closed. */
    void answer(Choice choice) {
        if (phase.get() != Phase.ASKING) {
            return;
        }
        PromptContent shown = content.get();
        LivePrompt asked = shown.prompt();
        LiveAnswer answer =
                new LiveAnswer(choice, choice == Choice.LATER ? asked.preselected() : scope.get(), span.get());
        AppId app = app();
        banner.set("");
        phase.set(Phase.WORKING);
        tasks.run(
                () -> new Answered(desk.answer(shown, answer), desk.prompt(app)),
                answered -> {
                    answered.note().ifPresent(noted);
                    show(answered.next());
                },
                this::failed);
    }

    /** The prompt stays, unless nobody waits for it any more. */
    private void failed(String sentence) {
        AppId app = app();
        banner.set(sentence);
        phase.set(Phase.ASKING);
        tasks.run(() -> desk.prompt(app), this::update, banner::set);
    }

    private void show(Optional<PromptContent> now) {
        if (now.isEmpty()) {
            phase.set(Phase.DONE);
            return;
        }
        PromptContent next = now.get();
        boolean another = next.prompt().id() != prompt().id();
        if (another) {
            banner.set("");
            span.set(next.habit().span());
        }
        if (another || !next.prompt().scopes().contains(scope.get())) {
            scope.set(next.preselected());
        }
        if (!next.equals(content.get())) {
            content.set(next);
        }
        phase.set(Phase.ASKING);
    }

    private LivePrompt prompt() {
        return content.get().prompt();
    }
}
