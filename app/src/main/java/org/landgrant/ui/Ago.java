package org.landgrant.ui;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.time.temporal.ChronoUnit;
import org.landgrant.prompts.Words;

/** How long ago something was, as people say it. */
final class Ago {
    private Ago() {}

    static String say(Instant then, Instant now, ZoneId zone, Words words) {
        long seconds = Math.max(0, Duration.between(then, now).toSeconds());
        if (seconds < 3) {
            return words.say("ago.now");
        } else if (seconds < 60) {
            return words.say("ago.seconds", seconds);
        } else if (seconds < 3600) {
            return words.say("ago.minutes", seconds / 60);
        }
        LocalDate day = then.atZone(zone).toLocalDate();
        long days = ChronoUnit.DAYS.between(day, now.atZone(zone).toLocalDate());
        if (days < 1) {
            return words.say("ago.hours", seconds / 3600);
        } else if (days == 1) {
            return words.say("ago.yesterday");
        } else if (days < 7) {
            return words.say("ago.days", days);
        }
        return DateTimeFormatter.ofLocalizedDate(FormatStyle.MEDIUM)
                .withLocale(words.locale())
                .format(day);
    }
}
