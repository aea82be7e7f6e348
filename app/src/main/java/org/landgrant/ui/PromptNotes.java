package org.landgrant.ui;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import org.landgrant.desktop.Notifier;
import org.landgrant.grants.AppId;
import org.landgrant.grants.BookException;
import org.landgrant.grants.RefusedException;
import org.landgrant.prompts.LiveAnswer;
import org.landgrant.prompts.LiveAnswer.Choice;
import org.landgrant.prompts.LivePrompt;
import org.landgrant.prompts.OneLine;
import org.landgrant.prompts.Scope;
import org.landgrant.prompts.Words;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Live prompts as notifications, one for each app that waits. A notification gives little: no for now or
 * once; all else, and everything sensitive, is in the window it opens. Apps may talk to the notification
 * service too and put their words in the place of ours, so every button has a key that nobody can guess.
 */
final class PromptNotes implements Notifier.Listener {
    private static final Logger LOG = LoggerFactory.getLogger(PromptNotes.class);
    private static final int SENTENCE = 240;

    /** How often one prompt is shown again before it opens a window instead. */
    private static final int MOST_TIMES = 4;

    /** Where prompts are in windows. */
    interface Windows {
        /** Whether the app's prompts are in a window, or about to be. */
        boolean has(AppId app);

        /** Opens the app's prompt in a window. */
        void show(AppId app);
    }

    /**
     * A prompt that was shown.
     *
     * @param number of its notification
     * @param secret what its keys begin with
     * @param since when, in nanoseconds of the clock
     * @param times how often by now
     */
    private record Shown(PromptContent content, long number, String secret, long since, int times) {
        long id() {
            return content.prompt().id();
        }
    }

    private final PromptDesk desk;
    private final Notifier notifier;
    private final Windows windows;
    private final Words words;
    private final LongSupplier clock;
    private final Tasks tasks;
    private final SecureRandom random = new SecureRandom();
    private volatile boolean on;
    /** Those whose questions are notifications now although others open windows. */
    private final Set<AppId> instead = ConcurrentHashMap.newKeySet();
    /** Belongs to the tasks, which come one after the other. */
    private final Map<AppId, Shown> shown = new HashMap<>();

    /** @param clock nanoseconds, as {@link System#nanoTime()} */
    PromptNotes(
            PromptDesk desk, Notifier notifier, Windows windows, Words words, Executor background, LongSupplier clock) {
        this.desk = desk;
        this.notifier = notifier;
        this.windows = windows;
        this.words = words;
        this.clock = clock;
        // A queue of its own: a service that hangs keeps no window waiting.
        this.tasks = new Tasks(background, Runnable::run, words);
        notifier.listen(this);
    }

    /** Whether questions come as notifications; when not, those that are shown go. */
    void notifies(boolean notifications) {
        on = notifications;
        instead.clear();
        run(() -> {
            if (!on) {
                List.copyOf(shown.keySet()).forEach(this::forget);
            }
        });
    }

    /** What these apps wait for may have changed; from any thread. */
    void changed(Set<AppId> apps) {
        if (on || !instead.isEmpty()) {
            run(() -> apps.forEach(this::look));
        }
    }

    /** Whether the app's question of this moment is a notification although others open windows; from any thread. */
    void instead(AppId app, boolean notification) {
        boolean changed = notification ? instead.add(app) : instead.remove(app);
        if (changed) {
            run(() -> look(app));
        }
    }

    @Override
    public void pressed(long number, String key) {
        run(() -> find(number).ifPresent(asked -> {
            AppId app = asked.content().prompt().app();
            Optional<Choice> choice = choice(asked, key);
            if (tooSoon(asked) || (choice.isEmpty() && !key.equals(asked.secret() + "show"))) {
                again(app, asked);
            } else if (choice.isPresent()) {
                answer(app, asked.content(), choice.get(), asked.content().preselected());
            } else {
                open(app);
            }
        }));
    }

    @Override
    public void gone(long number, boolean byThePerson) {
        run(() -> find(number).ifPresent(asked -> {
            AppId app = asked.content().prompt().app();
            // Apps may close it, too, and would leave a question that nobody sees.
            if (!byThePerson || tooSoon(asked)) {
                again(app, asked);
            } else {
                LivePrompt prompt = asked.content().prompt();
                answer(app, asked.content(), Choice.LATER, prompt.preselected());
            }
        }));
    }

    @Override
    public void restarted() {
        run(() -> {
            List<AppId> apps = List.copyOf(shown.keySet());
            apps.forEach(this::forget);
            apps.forEach(this::look);
        });
    }

    private void look(AppId app) {
        if (!(on || instead.contains(app)) || windows.has(app)) {
            forget(app);
            return;
        }
        Optional<PromptContent> now = desk.prompt(app);
        Shown before = shown.get(app);
        if (now.isPresent()
                && before != null
                && before.id() == now.get().prompt().id()) {
            return;
        }
        forget(app);
        now.ifPresentOrElse(content -> show(app, content, 1), () -> instead.remove(app));
    }

    private void show(AppId app, PromptContent content, int times) {
        byte[] bytes = new byte[16];
        random.nextBytes(bytes);
        String secret = HexFormat.of().formatHex(bytes) + "-";
        OptionalLong number = times > MOST_TIMES
                ? OptionalLong.empty()
                : notifier.show(
                        OneLine.clean(content.prompt().title(), SENTENCE), body(content), buttons(content, secret));
        if (number.isPresent()) {
            shown.put(app, new Shown(content, number.getAsLong(), secret, clock.getAsLong(), times));
        } else {
            open(app);
        }
    }

    /** What was tried; what the answer is about, where that is not plain; why to think twice. */
    private String body(PromptContent content) {
        LivePrompt prompt = content.prompt();
        List<String> lines = new ArrayList<>();
        lines.add(OneLine.clean(prompt.detail(), SENTENCE));
        if (prompt.sensitive().isPresent()) {
            lines.add(words.say("warn." + prompt.sensitive().get().word()));
        } else if (prompt.scopes().size() > 1) {
            lines.add(words.say(
                    "notice.about", OneLine.clean(content.preselected().label(), SENTENCE)));
        }
        return String.join("\n", lines);
    }

    private List<Notifier.Button> buttons(PromptContent content, String secret) {
        Notifier.Button show = new Notifier.Button(secret + "show", words.say("notice.show"));
        if (content.prompt().sensitive().isPresent()) {
            return List.of(show);
        }
        return List.of(
                new Notifier.Button(secret + "deny", words.say("card.deny")),
                new Notifier.Button(secret + "once", words.say("prompt.once")),
                show);
    }

    private static Optional<Choice> choice(Shown asked, String key) {
        if (asked.content().prompt().sensitive().isPresent() || !key.startsWith(asked.secret())) {
            return Optional.empty();
        }
        return switch (key.substring(asked.secret().length())) {
            case "deny" -> Optional.of(Choice.DENY);
            case "once" -> Optional.of(Choice.ONCE);
            default -> Optional.empty();
        };
    }

    /** Nobody can have read it yet, so whatever that was, it was meant for something else. */
    private boolean tooSoon(Shown asked) {
        return clock.getAsLong() - asked.since() < Arming.DELAY.toNanos();
    }

    private void again(AppId app, Shown asked) {
        shown.remove(app);
        Optional<PromptContent> now = desk.prompt(app);
        now.ifPresent(content -> show(app, content, content.prompt().id() == asked.id() ? asked.times() + 1 : 1));
    }

    private void answer(AppId app, PromptContent content, Choice choice, Scope scope) {
        shown.remove(app);
        try {
            var _ = desk.answer(content, new LiveAnswer(choice, scope));
        } catch (RefusedException gone) {
            LOG.debug("An answer came too late: {}", gone.getMessage());
        } catch (BookException failure) {
            LOG.warn("An answer could not be kept, so it is asked again: {}", failure.getMessage());
            open(app);
        }
        look(app);
    }

    private void open(AppId app) {
        shown.remove(app);
        windows.show(app);
    }

    private Optional<Shown> find(long number) {
        return shown.values().stream().filter(one -> one.number() == number).findFirst();
    }

    private void forget(AppId app) {
        Shown before = shown.remove(app);
        if (before != null) {
            notifier.withdraw(before.number());
        }
    }

    private void run(Runnable work) {
        tasks.run(work, sentence -> LOG.warn("A question could not be shown: {}", sentence));
    }
}
