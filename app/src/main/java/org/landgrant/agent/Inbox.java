package org.landgrant.agent;

import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.landgrant.grants.Access;
import org.landgrant.grants.AppId;
import org.landgrant.grants.GrantBook;
import org.landgrant.grants.Resource;
import org.landgrant.grants.Unanswered;

/** What nobody answered, on its way into the book and out of it. */
final class Inbox {
    /** Rows at a time; with one more, the oldest goes. */
    static final int MOST = 100;

    private final GrantBook book;
    private final Clock clock;

    Inbox(GrantBook book, Clock clock) {
        this.book = book;
        this.clock = clock;
    }

    /** One more prompt about it went by without an answer. After a silence, closing counts from the beginning. */
    synchronized void remember(AppId app, Resource resource, Set<Access> access, boolean closed) {
        Instant now = clock.instant();
        Optional<Unanswered> before = about(app, resource);
        EnumSet<Access> all = EnumSet.copyOf(access);
        before.filter(Unanswered::waiting).ifPresent(known -> all.addAll(known.access()));
        int times = before.filter(known -> known.closed() < Unanswered.PATIENCE || known.isSilentAt(now))
                .map(Unanswered::closed)
                .orElse(0);
        book.put(new Unanswered(app, resource, all, times + (closed ? 1 : 0), now, true));
        makeRoom();
    }

    synchronized void putAside(AppId app, Resource resource) {
        about(app, resource)
                .ifPresent(known ->
                        book.put(new Unanswered(app, resource, known.access(), known.closed(), known.last(), false)));
    }

    /** Somebody decided about it, so nothing of it is of interest any more. */
    synchronized void answered(AppId app, Resource resource) {
        if (about(app, resource).isPresent()) {
            book.answered(app, resource);
        }
    }

    private Optional<Unanswered> about(AppId app, Resource resource) {
        return book.unanswered().stream()
                .filter(row -> row.app().equals(app) && row.resource().equals(resource))
                .findFirst();
    }

    private void makeRoom() {
        if (book.unanswered().size() > MOST) {
            book.unanswered().stream()
                    .min(Comparator.comparing(Unanswered::last))
                    .ifPresent(oldest -> book.answered(oldest.app(), oldest.resource()));
        }
    }
}
