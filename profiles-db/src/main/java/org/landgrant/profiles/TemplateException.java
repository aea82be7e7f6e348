package org.landgrant.profiles;

/** A template cannot be understood; the message names the file and the line and says why. */
public final class TemplateException extends RuntimeException {
    TemplateException(String file, int line, String sentence) {
        super(file + ", line " + line + ": " + sentence);
    }
}
