package org.landgrant.grants;

/**
 * What somebody chose last beside <em>Allow</em> for an app; the next prompt begins with it. Never the
 * answer itself.
 */
public record Habit(AppId app, Width width, Span span) {
    /** What every app begins with. */
    public static Habit unknown(AppId app) {
        return new Habit(app, Width.WHOLE, Span.ALWAYS);
    }
}
