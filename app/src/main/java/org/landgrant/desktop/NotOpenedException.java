package org.landgrant.desktop;

/**
 * Something is not opened for a confined app. The message goes to the program that asked, which writes it to its own
 * terminal, in English like the launcher's; no window shows it.
 */
public final class NotOpenedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public NotOpenedException(String reason) {
        super(reason);
    }

    public NotOpenedException(String reason, Throwable cause) {
        super(reason, cause);
    }
}
