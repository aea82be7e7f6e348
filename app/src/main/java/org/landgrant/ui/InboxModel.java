package org.landgrant.ui;

import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import org.landgrant.desktop.InstalledApp;
import org.landgrant.grants.AppId;
import org.landgrant.grants.Gatekeeper;
import org.landgrant.grants.Origin;
import org.landgrant.grants.Unanswered;
import org.landgrant.prompts.CardAnswers;
import org.landgrant.prompts.CardAnswers.Button;
import org.landgrant.prompts.Coalescer;
import org.landgrant.prompts.OneLine;
import org.landgrant.prompts.Row;
import org.landgrant.prompts.Standing;
import org.landgrant.prompts.UserPlaces;
import org.landgrant.prompts.Words;

/** What nobody answered, newest first. What is allowed here holds from the app's next start at the latest. */
final class InboxModel {
    private static final int SENTENCE = 240;

    private final UiServices services;
    private final Tasks tasks;
    private final Words words;
    private final InstantSource clock;
    private final ZoneId zone;
    private final ReadOnlyObjectWrapper<List<InboxItem>> items = new ReadOnlyObjectWrapper<>(List.of());
    private final ReadOnlyStringWrapper banner = new ReadOnlyStringWrapper("");

    InboxModel(UiServices services, Tasks tasks, Words words, InstantSource clock, ZoneId zone) {
        this.services = services;
        this.tasks = tasks;
        this.words = words;
        this.clock = clock;
        this.zone = zone;
    }

    ReadOnlyObjectProperty<List<InboxItem>> items() {
        return items.getReadOnlyProperty();
    }

    /** What went wrong, as a sentence; empty when nothing did. */
    ReadOnlyStringProperty banner() {
        return banner.getReadOnlyProperty();
    }

    /** Reads it again. */
    void refresh() {
        tasks.run(this::read, items::set, banner::set);
    }

    void allow(InboxItem item) {
        change(() -> answer(item, Button.ALLOW_NEXT_TIME));
    }

    void deny(InboxItem item) {
        change(() -> answer(item, Button.DONT_ALLOW));
    }

    /** It goes without an answer. */
    void dismiss(InboxItem item) {
        change(() -> services.gatekeeper().putAside(item.row().app(), item.row().resource()));
    }

    private void change(Runnable change) {
        banner.set("");
        tasks.run(change, banner::set);
        refresh();
    }

    private void answer(InboxItem item, Button button) {
        Unanswered asked = item.row();
        AppId app = asked.app();
        Gatekeeper gatekeeper = services.gatekeeper();
        Row row = new Row(asked.resource(), asked.access(), "", List.of(), false);
        Standing standing = new Standing(Places.now(services), gatekeeper.effective(app));
        for (CardAnswers.Answer answer : CardAnswers.of(button, List.of(row), Set.of(asked.resource()), standing)) {
            gatekeeper.decide(app, answer.resource(), answer.access(), answer.decision(), Origin.PROMPT);
        }
        gatekeeper.putAside(app, asked.resource());
    }

    private List<InboxItem> read() {
        UserPlaces places = Places.now(services);
        Coalescer coalescer = new Coalescer(places, words, Places::look);
        List<InboxItem> read = new ArrayList<>();
        for (Unanswered row : services.gatekeeper().unanswered()) {
            Standing standing = new Standing(places, services.gatekeeper().effective(row.app()));
            boolean open = row.waiting()
                    && !standing.allows(row.resource(), row.access())
                    && !standing.refusedForGood(row.resource());
            if (open) {
                services.apps()
                        .find(row.app())
                        .map(app -> item(row, app, coalescer))
                        .ifPresent(read::add);
            }
        }
        read.sort(Comparator.comparing((InboxItem item) -> item.row().last()).reversed());
        return List.copyOf(read);
    }

    private InboxItem item(Unanswered row, InstalledApp app, Coalescer coalescer) {
        String sentence = words.say("card.one", app.name(), coalescer.sentence(row.resource(), row.access()));
        String ago = Ago.say(row.last(), clock.instant(), zone, words);
        return new InboxItem(row, app, OneLine.clean(sentence, SENTENCE), words.say("inbox.asked", ago));
    }
}
