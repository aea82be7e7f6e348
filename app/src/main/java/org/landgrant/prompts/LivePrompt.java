package org.landgrant.prompts;

import java.util.List;
import java.util.Optional;
import org.landgrant.grants.AppId;
import org.landgrant.grants.Width;

/**
 * What one live prompt asks: an app's first open question, and later ones of the same thing joined to it.
 *
 * @param id that of the first question; while it is the same, only {@code questions} changes
 * @param questions all that an answer with the widest scope answers, the first one first; at least one
 * @param title the whole sentence, with the app's name
 * @param detail the grey second line: what exactly was tried, without the time
 * @param scopes narrowest first; at least one, exactly one of them preselected
 * @param sensitive why to think twice, if there is a reason
 */
public record LivePrompt(
        long id,
        AppId app,
        List<LiveQuestion> questions,
        String title,
        String detail,
        List<Scope> scopes,
        Optional<Sensitive.Kind> sensitive) {
    /** An ordinary one. */
    public LivePrompt(
            long id, AppId app, List<LiveQuestion> questions, String title, String detail, List<Scope> scopes) {
        this(id, app, questions, title, detail, scopes, Optional.empty());
    }

    public LivePrompt {
        questions = List.copyOf(questions);
        scopes = List.copyOf(scopes);
        if (questions.isEmpty() || scopes.stream().filter(Scope::preselected).count() != 1) {
            throw new IllegalArgumentException("a prompt asks something and has one scope preselected");
        }
    }

    /** The question that opened it. */
    public LiveQuestion first() {
        return questions.getFirst();
    }

    /** The scope that is sensible when nobody chooses. */
    public Scope preselected() {
        return scopes.stream().filter(Scope::preselected).findFirst().orElseThrow();
    }

    /** How much of what is offered a scope is. */
    public Width width(Scope scope) {
        return scope.equals(scopes.getLast())
                ? Width.WHOLE
                : scope.word().equals(Scope.FILE) ? Width.ITEM : Width.FOLDER;
    }

    /** The scope of that width; the sensible one when there is none. */
    public Scope scope(Width width) {
        return scopes.stream()
                .filter(scope -> width(scope) == width)
                .findFirst()
                .orElseGet(this::preselected);
    }
}
