package org.landgrant.policy;

/** A text that is no policy; one line of it and one sentence why. */
public final class PolicySyntaxException extends Exception {
    private final int line;
    private final String sentence;

    public PolicySyntaxException(int line, String sentence) {
        super("line " + line + ": " + sentence);
        this.line = line;
        this.sentence = sentence;
    }

    /** The line, from 1. */
    public int line() {
        return line;
    }

    public String sentence() {
        return sentence;
    }
}
