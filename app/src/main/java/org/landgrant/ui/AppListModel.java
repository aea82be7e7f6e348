package org.landgrant.ui;

import java.text.Collator;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.landgrant.desktop.InstalledApp;
import org.landgrant.grants.AppId;
import org.landgrant.prompts.Words;

/** The list of apps: what it shows for a search, and which app is chosen. */
final class AppListModel {
    private final PageReader reader;
    private final Tasks tasks;
    private final Words words;
    private final Comparator<AppEntry> byName;
    private final ObservableList<ListItem> items = FXCollections.observableArrayList();
    private final StringProperty query = new SimpleStringProperty("");
    private final ObjectProperty<Optional<AppId>> selected = new SimpleObjectProperty<>(Optional.empty());
    private final ReadOnlyBooleanWrapper loaded = new ReadOnlyBooleanWrapper();
    private final ReadOnlyStringWrapper failure = new ReadOnlyStringWrapper("");
    private List<AppEntry> entries = List.of();

    AppListModel(PageReader reader, Tasks tasks, Words words) {
        this.reader = reader;
        this.tasks = tasks;
        this.words = words;
        Collator collator = Collator.getInstance(words.locale());
        this.byName = Comparator.comparing((AppEntry entry) -> entry.app().name(), collator)
                .thenComparing(entry -> entry.app().id());
        query.addListener((property, before, now) -> arrange());
    }

    /** What the list shows now. */
    ObservableList<ListItem> items() {
        return items;
    }

    StringProperty query() {
        return query;
    }

    ObjectProperty<Optional<AppId>> selected() {
        return selected;
    }

    /** Whether the apps were read at least once. */
    ReadOnlyBooleanProperty loaded() {
        return loaded.getReadOnlyProperty();
    }

    /** Why the apps could not be read; empty when they could. */
    ReadOnlyStringProperty failure() {
        return failure.getReadOnlyProperty();
    }

    /** The chosen app, once it was read. */
    Optional<InstalledApp> selectedApp() {
        return selected.get()
                .flatMap(id -> entries.stream()
                        .map(AppEntry::app)
                        .filter(app -> app.id().equals(id))
                        .findFirst());
    }

    /** Reads everything again. */
    void refresh() {
        tasks.run(reader::entries, this::show, failure::set);
    }

    private void show(List<AppEntry> read) {
        entries = read.stream().sorted(byName).toList();
        failure.set("");
        arrange();
        loaded.set(true);
    }

    private void arrange() {
        List<AppEntry> found =
                entries.stream().filter(matches(query.get(), words.locale())).toList();
        List<ListItem> lines = new ArrayList<>();
        section(lines, "list.confined", found, AppEntry::confined);
        section(lines, "list.others", found, entry -> !entry.confined() && !entry.leftAlone());
        section(lines, "list.notours", found, AppEntry::leftAlone);
        boolean sameShape = lines.size() == items.size();
        for (int i = 0; sameShape && i < lines.size(); i++) {
            sameShape = key(lines.get(i)).equals(key(items.get(i)));
        }
        if (!sameShape) {
            items.setAll(lines);
            return;
        }
        // Only what changed is replaced, so that the list keeps its place.
        for (int i = 0; i < lines.size(); i++) {
            if (!lines.get(i).equals(items.get(i))) {
                items.set(i, lines.get(i));
            }
        }
    }

    private void section(List<ListItem> lines, String title, List<AppEntry> found, Predicate<AppEntry> belongs) {
        List<AppEntry> members = found.stream().filter(belongs).toList();
        if (!members.isEmpty()) {
            lines.add(new ListItem.Heading(words.say(title)));
            members.forEach(entry -> lines.add(new ListItem.Entry(entry)));
        }
    }

    private static String key(ListItem item) {
        return switch (item) {
            case ListItem.Heading(String text) -> "/" + text;
            case ListItem.Entry(AppEntry entry) -> entry.app().id().value();
        };
    }

    private static Predicate<AppEntry> matches(String query, Locale locale) {
        String[] wanted = query.strip().toLowerCase(locale).split("\\s+", -1);
        return entry -> {
            InstalledApp app = entry.app();
            String program = app.command().getFirst();
            String text = String.join(
                            "\n",
                            app.name(),
                            app.description(),
                            app.id().value(),
                            program.substring(program.lastIndexOf('/') + 1))
                    .toLowerCase(locale);
            for (String word : wanted) {
                if (!text.contains(word)) {
                    return false;
                }
            }
            return true;
        };
    }
}
