package org.landgrant.ui;

import java.util.List;
import java.util.Optional;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.landgrant.prompts.Words;

/** Who reaches what: the list of permissions, the chosen one, and changes to it. */
final class PermissionsModel {
    private final UiServices services;
    private final PermissionReader reader;
    private final Tasks tasks;
    private final Words words;
    private final ObservableList<Permission> items = FXCollections.observableArrayList();
    private final ReadOnlyObjectWrapper<Optional<Permission>> chosen = new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyStringWrapper banner = new ReadOnlyStringWrapper("");
    private final StringProperty query = new SimpleStringProperty("");
    private List<Permission> all = List.of();

    PermissionsModel(UiServices services, PermissionReader reader, Tasks tasks, Words words) {
        this.services = services;
        this.reader = reader;
        this.tasks = tasks;
        this.words = words;
        query.addListener((property, before, now) -> arrange());
    }

    /** Those that the search finds: by their own name, or by an app that reaches them. */
    ObservableList<Permission> items() {
        return items;
    }

    ReadOnlyObjectProperty<Optional<Permission>> chosen() {
        return chosen.getReadOnlyProperty();
    }

    /** What went wrong, as a sentence; empty when nothing did. */
    ReadOnlyStringProperty banner() {
        return banner.getReadOnlyProperty();
    }

    StringProperty query() {
        return query;
    }

    void choose(Permission permission) {
        chosen.set(Optional.of(permission));
    }

    /** Reads everything again. */
    void refresh() {
        tasks.run(reader::permissions, this::show, banner::set);
    }

    /** Sets how an app stands towards the chosen permission. */
    void set(Holder holder, Level level) {
        chosen.get().flatMap(Permission::resource).ifPresent(resource -> {
            banner.set("");
            tasks.run(() -> LevelChange.set(services.gatekeeper(), holder.app().id(), resource, level), banner::set);
            refresh();
        });
    }

    private void show(List<Permission> read) {
        all = read;
        chosen.set(chosen.get().flatMap(this::again).or(() -> all.stream().findFirst()));
        arrange();
    }

    private Optional<Permission> again(Permission before) {
        return all.stream()
                .filter(one -> one.resource().equals(before.resource())
                        && (one.resource().isPresent() || one.id().equals(before.id())))
                .findFirst();
    }

    private void arrange() {
        String wanted = query.get().strip().toLowerCase(words.locale());
        List<Permission> found =
                all.stream().filter(one -> matches(one, wanted)).toList();
        if (!found.equals(items)) {
            items.setAll(found);
        }
    }

    private boolean matches(Permission permission, String wanted) {
        return permission.name().toLowerCase(words.locale()).contains(wanted)
                || permission.holders().stream()
                        .filter(Holder::reaches)
                        .anyMatch(holder ->
                                holder.app().name().toLowerCase(words.locale()).contains(wanted));
    }
}
