package org.landgrant.launch;

import java.io.IOException;

/** The peer sent what {@code PROTOCOL.md} does not allow; its connection ends, and nothing else. */
public final class MalformedFrameException extends IOException {
    public MalformedFrameException(String sentence) {
        super(sentence);
    }
}
