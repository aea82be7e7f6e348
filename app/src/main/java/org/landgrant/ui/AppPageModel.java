package org.landgrant.ui;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import org.landgrant.desktop.InstalledApp;
import org.landgrant.grants.Access;
import org.landgrant.grants.AppId;
import org.landgrant.grants.Decision;
import org.landgrant.grants.DesktopService;
import org.landgrant.grants.EffectiveGrant;
import org.landgrant.grants.Gatekeeper;
import org.landgrant.grants.Origin;
import org.landgrant.grants.RefusedException;
import org.landgrant.grants.Resource;
import org.landgrant.grants.Service;
import org.landgrant.launch.Session;
import org.landgrant.prompts.Row;
import org.landgrant.prompts.Words;

/**
 * The page of one app. Every change is put through the gatekeeper at once; afterwards, and also when it
 * failed, the page is read again, so that what is shown is what holds.
 */
final class AppPageModel {
    private final UiServices services;
    private final PageReader reader;
    private final Tasks tasks;
    private final Words words;
    private final ReadOnlyObjectWrapper<Optional<AppPage>> page = new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyStringWrapper banner = new ReadOnlyStringWrapper("");
    private final ReadOnlyObjectWrapper<Optional<Preview>> preview = new ReadOnlyObjectWrapper<>(Optional.empty());
    private Optional<InstalledApp> app = Optional.empty();
    private Consumer<AppPage> shown = page -> {};
    private Consumer<Note> noted = note -> {};
    private boolean takenBack;

    AppPageModel(UiServices services, PageReader reader, Tasks tasks, Words words) {
        this.services = services;
        this.reader = reader;
        this.tasks = tasks;
        this.words = words;
    }

    /** What is shown; empty when no app is chosen or it was not read yet. */
    ReadOnlyObjectProperty<Optional<AppPage>> page() {
        return page.getReadOnlyProperty();
    }

    /** A change that is only thought about, because the pointer or the keyboard is on its switch. */
    record Preview(String name, String path, Level level) {}

    /** The change thought about at this moment. */
    ReadOnlyObjectProperty<Optional<Preview>> preview() {
        return preview.getReadOnlyProperty();
    }

    /** Somebody thinks about setting a folder so, or about nothing any more. */
    void think(FolderRow row, Optional<Level> level) {
        preview.set(
                level.filter(other -> other != row.level()).map(other -> new Preview(row.name(), row.place(), other)));
    }

    /** What went wrong, as a sentence; empty when nothing did. */
    ReadOnlyStringProperty banner() {
        return banner.getReadOnlyProperty();
    }

    /** The page was read; called even when nothing in it is new, because a switch may have to go back. */
    void onShown(Consumer<AppPage> listener) {
        shown = listener;
    }

    /** Who hears of what can be undone right after it was done. */
    void onNoted(Consumer<Note> listener) {
        noted = listener;
    }

    void dismissBanner() {
        banner.set("");
    }

    /** Chooses the app to show. */
    void choose(Optional<InstalledApp> chosen) {
        if (!chosen.equals(app)) {
            boolean sameApp = chosen.map(InstalledApp::id).equals(app.map(InstalledApp::id));
            app = chosen;
            if (!sameApp) {
                takenBack = false;
                banner.set("");
                page.set(Optional.empty());
            }
            refresh();
        }
    }

    /** Reads the page again. */
    void refresh() {
        app.ifPresent(wanted -> tasks.run(() -> reader.page(wanted), this::show, banner::set));
    }

    void confine(boolean on) {
        change((gatekeeper, id) -> {
            if (on) {
                gatekeeper.confine(id);
            } else {
                gatekeeper.release(id);
            }
        });
    }

    void acceptPartial(boolean accepted) {
        change((gatekeeper, id) -> gatekeeper.acceptPartial(id, accepted));
    }

    /** Sets a folder; where the template says the same, it speaks again. */
    void set(FolderRow row, Level level) {
        change((gatekeeper, id) -> LevelChange.set(gatekeeper, id, row.resource(), level));
    }

    /** Takes an added folder off the list, which can be undone right afterwards. */
    void remove(FolderRow added) {
        app.ifPresent(target -> {
            banner.set("");
            tasks.run(
                    () -> new Note(
                            words.say("files.removed", added.name(), target.name()),
                            Beginning.of(services.gatekeeper(), target.id(), added.resource(), Instant.now())),
                    noted,
                    banner::set);
            refresh();
        });
    }

    /** Back to what the template says; an added folder goes off the list. */
    void reset(Resource resource) {
        change((gatekeeper, id) -> gatekeeper.reset(id, resource));
    }

    /** All that was decided about the app is forgotten; what the template says holds. */
    void resetAll() {
        app.ifPresent(target -> {
            banner.set("");
            tasks.run(
                    () -> new Note(
                            words.say("beginning.done", target.name()),
                            Beginning.of(services.gatekeeper(), target.id(), Instant.now())),
                    noted,
                    banner::set);
            refresh();
        });
    }

    /** Where choosing a folder begins. */
    Path home() {
        return services.home();
    }

    /** Adds a folder for reading. */
    void add(Path folder) {
        change((gatekeeper, id) -> {
            if (!Files.isDirectory(folder)) {
                throw new RefusedException(words.say("files.drop.not"));
            }
            Path place = folder.toAbsolutePath().normalize();
            if (services.home().startsWith(place)) {
                throw new RefusedException(words.say("files.home"));
            }
            Resource resource = Places.now(services).byMeaning(new Resource.Place(place.toString()));
            gatekeeper.decide(id, resource, Level.READ.access(), Decision.ALLOW, Origin.USER);
        });
    }

    /** Only these ports may be connected to; none means no connections and no questions about them. */
    void connectTo(Set<Integer> ports) {
        change((gatekeeper, id) ->
                NetworkChange.to(ports, false, gatekeeper.effective(id)).apply(id, gatekeeper));
    }

    void connectEverywhere() {
        change((gatekeeper, id) ->
                NetworkChange.to(Set.of(), true, gatekeeper.effective(id)).apply(id, gatekeeper));
    }

    /** All network grants back to what the template says. */
    void resetNetwork() {
        change((gatekeeper, id) -> gatekeeper.effective(id).stream()
                .filter(grant -> grant.origin() != Origin.TEMPLATE)
                .map(EffectiveGrant::resource)
                .filter(NetworkState::speaksOf)
                .forEach(resource -> gatekeeper.reset(id, resource)));
    }

    /** Switches a service of the desktop; where the template says the same, it speaks again. */
    void service(DesktopService service, boolean on) {
        change((gatekeeper, id) -> ServiceChange.set(gatekeeper, id, service, on));
    }

    /** Back to what the template says. */
    void resetService(DesktopService service) {
        change((gatekeeper, id) -> ServiceChange.reset(gatekeeper, id, service));
    }

    /** The app may no longer accept connections there. */
    void stopListening(Resource port) {
        change((gatekeeper, id) -> {
            boolean connects = gatekeeper.effective(id).stream()
                    .anyMatch(grant ->
                            grant.resource().equals(port) && grant.access().contains(Access.CONNECT));
            if (connects) {
                gatekeeper.decide(id, port, Set.of(Access.CONNECT), Decision.ALLOW, Origin.USER);
            } else {
                gatekeeper.reset(id, port);
            }
        });
    }

    /** Allows what was refused; what is allowed about it already stays so. */
    void allow(Row row) {
        change((gatekeeper, id) -> {
            EnumSet<Access> access = EnumSet.copyOf(row.access());
            gatekeeper.effective(id).stream()
                    .filter(grant -> grant.resource().equals(row.resource()) && grant.decision() == Decision.ALLOW)
                    .forEach(grant -> access.addAll(grant.access()));
            gatekeeper.decide(id, row.resource(), access, Decision.ALLOW, Origin.USER);
        });
    }

    void clearRefusals() {
        change(Gatekeeper::forgetDenials);
    }

    /** Takes back what the app had until it is closed. */
    void takeBack(OnceRow row) {
        takenBack = true;
        change((gatekeeper, id) -> services.live().takeBack(id, row.resource(), row.access()));
    }

    /** Whether something was taken back since this app is shown. */
    boolean takenBack() {
        return takenBack;
    }

    void launch() {
        change((gatekeeper, id) -> services.sessions().launch(id, List.of()));
    }

    /** Starts it once without its limits. */
    void runFree() {
        app.ifPresent(target -> change((gatekeeper, id) -> services.free().start(target)));
    }

    /** Closes what is open without limits, then starts the app with them. */
    void closeOutside() {
        change((gatekeeper, id) -> {
            services.outside().close(id);
            services.sessions().launch(id, List.of());
        });
    }

    /** Lets it use the X11 display as its template says, or only Wayland. */
    void useX11(boolean on) {
        Resource display = new Resource.OfService(Service.X11);
        change((gatekeeper, id) -> {
            if (on) {
                gatekeeper.reset(id, display);
            } else {
                gatekeeper.decide(id, display, Set.of(Access.USE), Decision.DENY, Origin.USER);
            }
        });
    }

    /** From now on terminals start the app confined, too, or as before. */
    void coverTerminal(boolean covered) {
        app.ifPresent(known -> change((gatekeeper, id) -> {
            if (covered) {
                services.terminals().cover(known);
            } else {
                services.terminals().uncover(id);
            }
        }));
    }

    void reopen() {
        change((gatekeeper, id) -> {
            for (Session session : services.sessions().running(id)) {
                services.sessions().reopen(session);
            }
        });
    }

    private interface Change {
        void make(Gatekeeper gatekeeper, AppId id);
    }

    private void change(Change change) {
        app.ifPresent(target -> {
            banner.set("");
            tasks.run(() -> change.make(services.gatekeeper(), target.id()), banner::set);
            refresh();
        });
    }

    private void show(AppPage read) {
        if (app.filter(read.app()::equals).isPresent()) {
            // What was taken back from a run is over when the run is.
            takenBack &= read.running();
            page.set(Optional.of(read));
            shown.accept(read);
        }
    }
}
