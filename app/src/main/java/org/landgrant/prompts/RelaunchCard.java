package org.landgrant.prompts;

import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.landgrant.grants.AppId;
import org.landgrant.grants.Denial;
import org.landgrant.grants.Resource;

/**
 * What one card asks: several denials of one app, as rows with switches.
 *
 * @param rows at least one
 * @param count how often the app was refused any of it
 * @param newest when it was refused last
 */
public record RelaunchCard(AppId app, List<Row> rows, long count, Instant newest) {
    /** Rows shown at once; the others are folded away. */
    public static final int VISIBLE_ROWS = 5;

    public RelaunchCard {
        rows = List.copyOf(rows);
        if (rows.isEmpty()) {
            throw new IllegalArgumentException("a card asks about something");
        }
    }

    /** The card for those denials of the app that deserve a question and are still open, if there are any. */
    public static Optional<RelaunchCard> of(
            AppId app, Collection<Denial> denials, Worthiness worthiness, Standing standing, Coalescer coalescer) {
        List<Denial> open = denials.stream()
                .filter(denial -> denial.app().equals(app))
                .filter(worthiness::deservesQuestion)
                .filter(standing::open)
                .filter(denial -> coalescer
                        .scope(denial)
                        .filter(scope -> !standing.refusedForGood(scope))
                        .isPresent())
                .toList();
        List<Row> rows = coalescer.rows(open);
        if (rows.isEmpty()) {
            return Optional.empty();
        }
        long count = open.stream().mapToLong(Denial::count).sum();
        Instant newest =
                open.stream().map(Denial::last).max(Comparator.naturalOrder()).orElseThrow();
        return Optional.of(new RelaunchCard(app, rows, count, newest));
    }

    /** The card without the rows of these resources; empty when nothing is left to ask. */
    public Optional<RelaunchCard> without(Collection<Resource> resources) {
        List<Row> left =
                rows.stream().filter(row -> !resources.contains(row.resource())).toList();
        return left.isEmpty() ? Optional.empty() : Optional.of(new RelaunchCard(app, left, count, newest));
    }
}
