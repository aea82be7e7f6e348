package org.landgrant.ui;

import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import org.landgrant.grants.Lifetime;
import org.landgrant.grants.Span;
import org.landgrant.grants.Unanswered;
import org.landgrant.prompts.Words;

/** When grants end, as people say it. */
final class Ends {
    private final Words words;
    private final InstantSource clock;
    private final ZoneId zone;

    Ends(Words words, InstantSource clock, ZoneId zone) {
        this.words = words;
        this.clock = clock;
        this.zone = zone;
    }

    /** What “Allow” would mean. */
    String means(Span span) {
        return switch (span) {
            case ALWAYS -> words.say("prompt.allow.means");
            case MONTH ->
                words.say(
                        "prompt.allow.until",
                        span.from(clock.instant(), "").until().map(this::day).orElseThrow());
            case LOGIN -> words.say("prompt.allow.login");
        };
    }

    /** When it ends, for a row; for one that does. */
    String row(Lifetime lifetime) {
        return lifetime.until().map(end -> words.say("row.until", day(end))).orElseGet(() -> words.say("row.login"));
    }

    /** Until when nobody asks about it, for a row. */
    String silence(Unanswered silent) {
        return words.say("row.silent", silent.closed(), day(silent.last().plus(Unanswered.SILENCE)));
    }

    private String day(Instant end) {
        ZonedDateTime then = end.atZone(zone);
        boolean thisYear = then.getYear() == clock.instant().atZone(zone).getYear();
        return DateTimeFormatter.ofLocalizedPattern(thisYear ? "MMMMd" : "yMMMMd")
                .withLocale(words.locale())
                .format(then);
    }
}
