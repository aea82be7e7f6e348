package org.landgrant.ui;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.landgrant.grants.Event;
import org.landgrant.prompts.Words;
import org.landgrant.ui.ActivityFilter.Period;

/** Counts what was refused and what was allowed, by the hour for one day, by the day for more. */
final class ActivityBars {
    private static final int HOURS = 24;

    private final Period period;
    private final ZoneId zone;
    private final Words words;
    private final LocalDate first;
    private final int[] refused;
    private final int[] allowed;
    private int things;
    private int permissions;
    private long times;

    ActivityBars(ActivityFilter filter, Instant now, ZoneId zone, Words words) {
        this.period = filter.period();
        this.zone = zone;
        this.words = words;
        this.first = period.firstDay(now, zone);
        int bars = period == Period.TODAY ? HOURS : period.days();
        this.refused = new int[bars];
        this.allowed = new int[bars];
    }

    /** Counts an event; one from outside the period is passed over. */
    void add(Event event) {
        LocalDateTime moment = event.last().atZone(zone).toLocalDateTime();
        long days = ChronoUnit.DAYS.between(first, moment.toLocalDate());
        long at = period == Period.TODAY && days == 0 ? moment.getHour() : days;
        if (days < 0 || days >= period.days()) {
            return;
        }
        if (event.kind().refuses()) {
            refused[(int) at]++;
            things++;
            times += Math.min(event.count(), Integer.MAX_VALUE);
        } else if (ActivityWords.allows(event)) {
            allowed[(int) at]++;
            permissions++;
        }
    }

    List<ActivityPage.Bar> bars() {
        List<ActivityPage.Bar> bars = new ArrayList<>();
        for (int at = 0; at < refused.length; at++) {
            String spoken =
                    words.say("activity.bar", name(at), things(refused[at], refused[at]), permissions(allowed[at]));
            bars.add(new ActivityPage.Bar(label(at), spoken, refused[at], allowed[at]));
        }
        return bars;
    }

    /** All bars together, in words. */
    String summary() {
        return words.say("activity.sum." + period.word(), things(things, times), permissions(permissions));
    }

    private String things(int number, long often) {
        return words.say(number == often ? "activity.sum.refused" : "activity.sum.refused.often", number, often);
    }

    private String permissions(int number) {
        return words.say("activity.sum.allowed", number);
    }

    private String label(int at) {
        return switch (period) {
            case TODAY -> at % 6 == 0 ? hour(at) : "";
            case WEEK -> DateTimeFormatter.ofPattern("EEE", words.locale()).format(first.plusDays(at));
            case MONTH ->
                (period.days() - 1 - at) % 7 == 0
                        ? DateTimeFormatter.ofLocalizedPattern("MMMd")
                                .withLocale(words.locale())
                                .format(first.plusDays(at))
                        : "";
        };
    }

    private String name(int at) {
        return period == Period.TODAY
                ? hour(at)
                : DateTimeFormatter.ofLocalizedPattern("MMMMEEEEd")
                        .withLocale(words.locale())
                        .format(first.plusDays(at));
    }

    private String hour(int at) {
        return ActivityWords.plain(DateTimeFormatter.ofLocalizedTime(FormatStyle.SHORT)
                .withLocale(words.locale())
                .format(first.atTime(at, 0)));
    }
}
