package org.landgrant.ui;

import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.landgrant.grants.Access;
import org.landgrant.grants.AppId;
import org.landgrant.grants.Decision;
import org.landgrant.grants.Denial;
import org.landgrant.grants.Event;
import org.landgrant.grants.Gatekeeper;
import org.landgrant.grants.Origin;
import org.landgrant.grants.RefusedException;
import org.landgrant.grants.Resource;
import org.landgrant.prompts.CardAnswers;
import org.landgrant.prompts.Coalescer;
import org.landgrant.prompts.OneLine;
import org.landgrant.prompts.Row;
import org.landgrant.prompts.Standing;
import org.landgrant.prompts.UserPlaces;
import org.landgrant.prompts.Words;
import org.landgrant.ui.ActivityItem.Line;

/** The time-line: what it shows for a filter, and what can be done about a line. Changes are made at once. */
final class ActivityModel {
    private final UiServices services;
    private final ActivityReader reader;
    private final Tasks tasks;
    private final Words words;
    private final ObservableList<ActivityItem> items = FXCollections.observableArrayList();
    private final ReadOnlyObjectWrapper<Optional<ActivityPage>> page = new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyObjectWrapper<ActivityFilter> filter = new ReadOnlyObjectWrapper<>(ActivityFilter.BEGINNING);
    private final ReadOnlyStringWrapper banner = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper notice = new ReadOnlyStringWrapper("");
    private boolean reading;
    private boolean again;

    ActivityModel(UiServices services, ActivityReader reader, Tasks tasks, Words words) {
        this.services = services;
        this.reader = reader;
        this.tasks = tasks;
        this.words = words;
    }

    /** What the list shows now. */
    ObservableList<ActivityItem> items() {
        return items;
    }

    /** All that is shown; empty before it was read. */
    ReadOnlyObjectProperty<Optional<ActivityPage>> page() {
        return page.getReadOnlyProperty();
    }

    ReadOnlyObjectProperty<ActivityFilter> filter() {
        return filter.getReadOnlyProperty();
    }

    /** What went wrong, as a sentence; empty when nothing did. */
    ReadOnlyStringProperty banner() {
        return banner.getReadOnlyProperty();
    }

    /** What was done, where the list does not show it; empty when nothing was. */
    ReadOnlyStringProperty notice() {
        return notice.getReadOnlyProperty();
    }

    void dismiss() {
        banner.set("");
        notice.set("");
    }

    /** Shows another part of the history. */
    void choose(UnaryOperator<ActivityFilter> change) {
        ActivityFilter now = change.apply(filter.get());
        if (!now.equals(filter.get())) {
            filter.set(now);
            refresh();
        }
    }

    /** Reads it again; while it is being read, once more afterwards, however often this is called. */
    void refresh() {
        if (reading) {
            again = true;
            return;
        }
        reading = true;
        ActivityFilter wanted = filter.get();
        tasks.run(() -> reader.read(wanted), this::show, this::failed);
    }

    private void show(ActivityPage read) {
        arrange(read.items());
        page.set(Optional.of(read));
        read.trouble().ifPresent(banner::set);
        next();
    }

    private void failed(String sentence) {
        banner.set(sentence);
        next();
    }

    private void next() {
        reading = false;
        if (again) {
            again = false;
            refresh();
        }
    }

    /** Only what changed is replaced, so that the list keeps its place: mostly, some lines came at the top. */
    private void arrange(List<ActivityItem> now) {
        int same = 0;
        while (same < Math.min(now.size(), items.size())
                && now.get(now.size() - 1 - same).equals(items.get(items.size() - 1 - same))) {
            same++;
        }
        List<ActivityItem> changed = now.subList(0, now.size() - same);
        int before = items.size() - same;
        if (changed.size() == before) {
            for (int at = 0; at < before; at++) {
                if (!changed.get(at).equals(items.get(at))) {
                    items.set(at, changed.get(at));
                }
            }
        } else if (same == 0) {
            items.setAll(now);
        } else {
            items.remove(0, before);
            items.addAll(0, changed);
        }
    }

    /** Allows what was refused, as far as the app's page would; what is allowed about it stays so. */
    void allow(Line line) {
        change(gatekeeper -> {
            AppId app = line.event().app();
            UserPlaces places = Places.now(services);
            Row row = row(line, places);
            Standing standing = new Standing(places, gatekeeper.effective(app));
            for (CardAnswers.Answer answer : CardAnswers.of(
                    CardAnswers.Button.ALLOW_NEXT_TIME, List.of(row), Set.of(row.resource()), standing)) {
                gatekeeper.decide(app, answer.resource(), answer.access(), answer.decision(), Origin.USER);
            }
        });
    }

    /** Refuses it for good, as switching it off does; nobody is asked about it any more. */
    void deny(Line line) {
        change(gatekeeper -> {
            Row row = row(line, Places.now(services));
            EnumSet<Access> access = EnumSet.copyOf(row.access());
            switch (row.resource()) {
                case Resource.Folder _, Resource.Place _ -> access.addAll(Level.READ_WRITE.access());
                case Resource.BusName _ -> access.add(Access.USE);
                default -> {}
            }
            gatekeeper.decide(line.event().app(), row.resource(), access, Decision.DENY, Origin.USER);
        });
    }

    /** Puts back what was before. */
    void undo(Line line) {
        Event event = line.event();
        change(gatekeeper -> {
            if (event.kind() == Event.Kind.ALLOWED_ONCE) {
                services.live().takeBack(event.app(), event.resource().orElseThrow(), event.access());
            } else {
                gatekeeper.putBack(event);
            }
        });
    }

    /** Forgets the whole history; what was decided stays. */
    void clear() {
        change(gatekeeper -> services.history().clear());
    }

    /** Writes what is shown into a file. */
    void export(Path file) {
        List<Event> events = page.get().map(ActivityPage::events).orElse(List.of());
        dismiss();
        tasks.run(
                () -> {
                    ActivityExport.write(file, events, words);
                    return words.say(
                            "activity.export.done",
                            events.size(),
                            OneLine.clean(String.valueOf(file.getFileName()), 40));
                },
                notice::set,
                banner::set);
    }

    private Row row(Line line, UserPlaces places) {
        Denial denial =
                ActivityRemedies.denial(line.event(), line.event().resource().orElseThrow());
        return new Coalescer(places, words, Places::look)
                .rows(List.of(denial)).stream()
                        .findFirst()
                        .orElseThrow(() -> new RefusedException(words.say("activity.gone")));
    }

    private void change(Consumer<Gatekeeper> change) {
        dismiss();
        tasks.run(() -> change.accept(services.gatekeeper()), banner::set);
        refresh();
    }
}
