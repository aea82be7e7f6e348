package org.landgrant.ui;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.landgrant.grants.Access;
import org.landgrant.grants.AppId;
import org.landgrant.grants.BookException;
import org.landgrant.grants.Gatekeeper.Watch;
import org.landgrant.grants.RefusedException;
import org.landgrant.grants.Resource;
import org.landgrant.prompts.LiveAnswer;
import org.landgrant.prompts.LivePrompt;
import org.landgrant.prompts.LiveQuestion;
import org.landgrant.prompts.LiveQuestions;
import org.landgrant.prompts.LiveScopes;
import org.landgrant.prompts.Sensitive;
import org.landgrant.prompts.Undo;

/** Questions that are asked, joined and withdrawn when they are told to be. */
final class MapQuestions implements LiveQuestions {
    private final Map<Long, LivePrompt> prompts = new LinkedHashMap<>();
    private final List<LiveAnswer> answers = new CopyOnWriteArrayList<>();
    private final List<LiveAnswer> undone = new CopyOnWriteArrayList<>();
    private final List<Consumer<AppId>> listeners = new CopyOnWriteArrayList<>();
    private final List<Resource> takenBack = new CopyOnWriteArrayList<>();
    private Optional<String> broken = Optional.empty();
    private long numbers;

    /** The app's call begins to wait; the number of the new prompt. */
    long ask(AppId app, String name, LiveScopes scopes, Resource resource, Access access, Duration ago) {
        LivePrompt prompt;
        synchronized (this) {
            long id = ++numbers;
            LiveQuestion first = new LiveQuestion(
                    id, 1, app, resource, access, "Web Content", Instant.now().minus(ago));
            String title = scopes.title(first, name);
            prompt = new LivePrompt(
                    id,
                    app,
                    List.of(first),
                    title,
                    scopes.detail(first),
                    scopes.of(first),
                    scopes.sensitive(first).map(Sensitive::kind));
            prompts.put(id, prompt);
        }
        tell(app);
        return prompt.id();
    }

    /** One more call waits for the same answer. */
    void join(long id) {
        AppId app;
        synchronized (this) {
            LivePrompt before = prompts.get(id);
            app = before.app();
            List<LiveQuestion> more = Stream.concat(before.questions().stream(), Stream.of(before.first()))
                    .toList();
            prompts.put(
                    id,
                    new LivePrompt(
                            id, app, more, before.title(), before.detail(), before.scopes(), before.sensitive()));
        }
        tell(app);
    }

    /** Nobody waits for it any more. */
    void withdraw(long id) {
        AppId app;
        synchronized (this) {
            app = prompts.remove(id).app();
        }
        tell(app);
    }

    /** From now on no answer can be kept, and that sentence says why. */
    synchronized void breakWith(String sentence) {
        broken = Optional.of(sentence);
    }

    /** What was answered, oldest first. */
    List<LiveAnswer> answers() {
        return new ArrayList<>(answers);
    }

    @Override
    public synchronized List<LivePrompt> open() {
        Map<AppId, LivePrompt> first = new LinkedHashMap<>();
        prompts.values().forEach(prompt -> first.putIfAbsent(prompt.app(), prompt));
        return List.copyOf(first.values());
    }

    @Override
    public synchronized List<LivePrompt> all() {
        return List.copyOf(prompts.values());
    }

    @Override
    public Undo answer(long id, LiveAnswer answer) {
        AppId app;
        synchronized (this) {
            broken.ifPresent(sentence -> {
                throw new BookException(sentence);
            });
            LivePrompt prompt = prompts.remove(id);
            if (prompt == null) {
                throw new RefusedException("Nobody waits for that any more.");
            }
            app = prompt.app();
            answers.add(answer);
        }
        tell(app);
        return () -> undone.add(answer);
    }

    /** What was undone, oldest first. */
    List<LiveAnswer> undone() {
        return new ArrayList<>(undone);
    }

    /** What was taken back, oldest first. */
    List<Resource> takenBack() {
        return new ArrayList<>(takenBack);
    }

    @Override
    public void takeBack(AppId app, Resource resource, Set<Access> access) {
        takenBack.add(resource);
        tell(app);
    }

    @Override
    public Watch watch(Consumer<AppId> listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    private void tell(AppId app) {
        listeners.forEach(listener -> listener.accept(app));
    }
}
