package org.landgrant.launch;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.landgrant.policy.Right;

/** What one launcher asks about and what its session was granted while it runs. Safe for many threads. */
final class LiveTalk {
    private final Connection connection;
    private final Map<Long, Question> open = new LinkedHashMap<>();
    private List<LiveGrant> granted = new ArrayList<>();
    private final Map<Long, CompletableFuture<Void>> marks = new HashMap<>();
    private long lastMark;

    LiveTalk(Connection connection) {
        this.connection = connection;
    }

    /**
     * Keeps a question until it is answered or withdrawn.
     *
     * @return whether it may be asked; one too many was answered with no
     * @throws MalformedFrameException when a question of that number is open
     */
    synchronized boolean asked(Question question) throws MalformedFrameException {
        if (open.containsKey(question.number())) {
            throw new MalformedFrameException("a question is asked once");
        }
        if (open.size() >= Question.MOST) {
            connection.send(new Message.Answer(question.number(), Message.Answer.Word.DENY));
            return false;
        }
        open.put(question.number(), question);
        return true;
    }

    /** Forgets these; those of them that were open. */
    synchronized List<Question> withdraw(Collection<Long> numbers) {
        List<Question> withdrawn = new ArrayList<>();
        for (long number : numbers) {
            Question question = open.remove(number);
            if (question != null) {
                withdrawn.add(question);
            }
        }
        return withdrawn;
    }

    /** Forgets all; those that were open. */
    synchronized List<Question> withdrawAll() {
        return withdraw(List.copyOf(open.keySet()));
    }

    /** Answers a question if it is still open. */
    synchronized void answer(Question question, boolean allow) {
        if (open.remove(question.number(), question)) {
            connection.send(new Message.Answer(
                    question.number(), allow ? Message.Answer.Word.ALLOW : Message.Answer.Word.DENY));
        }
    }

    synchronized boolean isOpen(Question question) {
        return question.equals(open.get(question.number()));
    }

    /** The launcher says what its session has; after it connected again that is news. */
    synchronized void holds(List<LiveGrant> all) {
        granted = new ArrayList<>(all);
    }

    synchronized List<LiveGrant> granted() {
        return List.copyOf(granted);
    }

    /** Widens the session, unless it has that already; whether it has it now. */
    synchronized boolean grant(LiveGrant grant) {
        if (granted.stream().anyMatch(held -> held.covers(grant))) {
            return true;
        }
        if (granted.size() >= LiveGrant.MOST) {
            return false;
        }
        granted.removeIf(grant::covers);
        granted.add(grant);
        connection.send(new Message.Live(Message.Live.Change.GRANT, grant));
        return true;
    }

    /** Is completed when the launcher has done all that was sent to it until now, or is gone. */
    synchronized CompletableFuture<Void> mark() {
        CompletableFuture<Void> mark = new CompletableFuture<>();
        marks.put(++lastMark, mark);
        connection.send(new Message.Mark(lastMark));
        return mark;
    }

    synchronized void marked(long number) {
        Optional.ofNullable(marks.remove(number)).ifPresent(mark -> mark.complete(null));
    }

    /** Nobody answers marks any more. */
    synchronized void gone() {
        marks.values().forEach(mark -> mark.complete(null));
        marks.clear();
    }

    /** Takes rights at and below the path away again. */
    synchronized void revoke(LiveGrant revoked) {
        List<LiveGrant> left = new ArrayList<>();
        for (LiveGrant held : granted) {
            Set<Right> rights = revoked.holds(held) ? held.rightsWithout(revoked) : held.rights();
            if (!rights.isEmpty()) {
                left.add(new LiveGrant(held.kind(), rights, held.target()));
            } else if (!revoked.holds(held)) {
                left.add(held);
            }
        }
        granted = left;
        connection.send(new Message.Live(Message.Live.Change.REVOKE, revoked));
    }
}
