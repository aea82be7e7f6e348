package org.landgrant.grants;

/** What was asked for cannot or must not be done; the message is one sentence for people. */
public final class RefusedException extends RuntimeException {
    public RefusedException(String sentence) {
        super(sentence);
    }

    public RefusedException(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
