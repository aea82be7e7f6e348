package org.landgrant.grants;

/** The book of grants cannot be read or written; the message is one sentence for people. */
public final class BookException extends RuntimeException {
    public BookException(String sentence) {
        super(sentence);
    }

    public BookException(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
