package org.landgrant.prompts;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.landgrant.grants.AppId;

/**
 * The questions that wait for a person, by app, as prompts: an app's oldest question opens its prompt, all
 * that one of its scopes covers join it, and what is left queues behind as further prompts. Not safe for
 * several threads.
 */
public final class LiveQueue {
    /** Questions of one app that wait at a time; further ones are refused. */
    public static final int MOST = 1_024;

    private final Map<AppId, Map<Long, Waiting>> apps = new LinkedHashMap<>();

    /**
     * A question with what its prompt would say.
     *
     * @param places where things lay when it was asked
     * @param sensitive why to think twice, if there is a reason
     */
    public record Waiting(
            LiveQuestion question,
            UserPlaces places,
            String title,
            String detail,
            List<Scope> scopes,
            Optional<Sensitive.Kind> sensitive) {
        /** An ordinary one. */
        public Waiting(LiveQuestion question, UserPlaces places, String title, String detail, List<Scope> scopes) {
            this(question, places, title, detail, scopes, Optional.empty());
        }

        public Waiting {
            scopes = List.copyOf(scopes);
        }
    }

    /** Puts a question behind the others of its app, or back where its number belongs; false when there are too many. */
    public boolean add(Waiting waiting) {
        Map<Long, Waiting> ofApp = apps.computeIfAbsent(waiting.question().app(), none -> new TreeMap<>());
        if (ofApp.size() >= MOST) {
            return false;
        }
        ofApp.put(waiting.question().id(), waiting);
        return true;
    }

    /** Nobody waits for it any more, or it was answered. */
    public void remove(LiveQuestion question) {
        Map<Long, Waiting> ofApp = apps.get(question.app());
        if (ofApp != null) {
            ofApp.remove(question.id());
            if (ofApp.isEmpty()) {
                apps.remove(question.app());
            }
        }
    }

    /** The questions of one app, oldest first. */
    public List<LiveQuestion> of(AppId app) {
        return waiting(app).stream().map(Waiting::question).toList();
    }

    /** Takes out all questions of the app that the scope covers; oldest first. */
    public List<Waiting> take(AppId app, Scope scope) {
        List<Waiting> taken =
                waiting(app).stream().filter(waiting -> covers(scope, waiting)).toList();
        taken.forEach(waiting -> remove(waiting.question()));
        return taken;
    }

    /** The app's open prompt. */
    public Optional<LivePrompt> open(AppId app) {
        List<Waiting> waiting = waiting(app);
        return waiting.isEmpty() ? Optional.empty() : Optional.of(first(waiting));
    }

    /** The open prompt of every app, oldest first. */
    public List<LivePrompt> open() {
        return apps.keySet().stream()
                .flatMap(app -> open(app).stream())
                .sorted(Comparator.comparingLong(LivePrompt::id))
                .toList();
    }

    /** The open prompts and those behind them, oldest first. */
    public List<LivePrompt> all() {
        List<LivePrompt> prompts = new ArrayList<>();
        for (AppId app : apps.keySet()) {
            List<Waiting> left = new ArrayList<>(waiting(app));
            while (!left.isEmpty()) {
                LivePrompt prompt = first(left);
                prompts.add(prompt);
                left.removeIf(waiting -> prompt.questions().contains(waiting.question()));
            }
        }
        prompts.sort(Comparator.comparingLong(LivePrompt::id));
        return prompts;
    }

    private List<Waiting> waiting(AppId app) {
        return List.copyOf(apps.getOrDefault(app, Map.of()).values());
    }

    private static LivePrompt first(List<Waiting> waiting) {
        Waiting first = waiting.getFirst();
        List<LiveQuestion> joined = waiting.stream()
                .filter(other -> other.equals(first)
                        || (other.sensitive().equals(first.sensitive())
                                && first.scopes().stream().anyMatch(scope -> covers(scope, other))))
                .map(Waiting::question)
                .toList();
        LiveQuestion question = first.question();
        return new LivePrompt(
                question.id(),
                question.app(),
                joined,
                first.title(),
                first.detail(),
                first.scopes(),
                first.sensitive());
    }

    private static boolean covers(Scope scope, Waiting waiting) {
        LiveQuestion question = waiting.question();
        return scope.covers(waiting.places(), question.resource(), question.access());
    }
}
