package org.landgrant.launch;

/**
 * Who opens what sessions hand on: links, and files by what their launchers saw of them. Source: {@code PROTOCOL.md}
 * §2, “Handing on”. Safe for many threads.
 */
@FunctionalInterface
public interface HandsOn {
    /** What becomes of it; may take a moment. A reason is a sentence without a stop. */
    Message.HandedOn open(Session session, Message.HandOn what);
}
