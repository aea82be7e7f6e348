package org.landgrant.prompts;

/**
 * What a person said to a live prompt.
 *
 * @param scope one of the prompt's
 */
public record LiveAnswer(Choice choice, Scope scope) {
    /** The three buttons, and closing the window. */
    public enum Choice {
        /** Now and always. */
        ALLOW,
        /** Until the app's session ends. */
        ONCE,
        /** Not now, and not in this session; for good when it was said before. */
        DENY,
        /** Closed without an answer: not in this session, and nothing is stored. */
        LATER
    }
}
