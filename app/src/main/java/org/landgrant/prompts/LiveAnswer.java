package org.landgrant.prompts;

import org.landgrant.grants.Span;

/**
 * What a person said to a live prompt.
 *
 * @param scope one of the prompt's
 * @param span how long {@link Choice#ALLOW} is meant; has no meaning for the others
 */
public record LiveAnswer(Choice choice, Scope scope, Span span) {
    /** An answer that is meant for always. */
    public LiveAnswer(Choice choice, Scope scope) {
        this(choice, scope, Span.ALWAYS);
    }

    /** The three buttons, and closing the window. */
    public enum Choice {
        /** Now, and for as long as was chosen. */
        ALLOW,
        /** Until the app's session ends. */
        ONCE,
        /** Not now, and not in this session; for good when it was said before. */
        DENY,
        /** Closed without an answer: not in this session, and nothing is stored. */
        LATER
    }
}
