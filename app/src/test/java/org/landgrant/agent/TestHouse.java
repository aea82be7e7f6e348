package org.landgrant.agent;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.function.Consumer;
import org.landgrant.desktop.InstalledApps;
import org.landgrant.grants.AppId;
import org.landgrant.grants.Event;
import org.landgrant.grants.Gatekeeper;
import org.landgrant.grants.GrantBook;
import org.landgrant.grants.History;
import org.landgrant.profiles.MemoryGrantBook;
import org.landgrant.prompts.LiveGround;
import org.landgrant.prompts.UserPlaces;
import org.landgrant.prompts.Words;

/** A keeper with everything it keeps, for tests of other rooms. */
public final class TestHouse {
    public static final AppId EDITOR = House.EDITOR;

    private final MemoryGrantBook book = new MemoryGrantBook();
    private final GrantKeeper keeper;
    private final Clock clock;
    private final House.Entries entries = new House.Entries();
    private final Chronicle history;

    public TestHouse(Path folder, Clock clock) {
        this.clock = clock;
        try {
            PolicyFiles files = PolicyFiles.in(folder.resolve("policies"));
            keeper = new GrantKeeper(book, files, House::template, House::policy, entries, clock, "log-in");
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        keeper.witness(event -> book.note(List.of(event)));
        history = new Chronicle(
                book, Runnable::run, new ScheduledThreadPoolExecutor(0), clock, () -> Duration.ofDays(30));
    }

    /** Every change the keeper makes is in it at once. */
    public History history() {
        return history;
    }

    /** As if it happened now. */
    public void happens(Event event) {
        history.note(event);
    }

    public Gatekeeper.Watch follow(Consumer<Event> follower) {
        keeper.witness(follower);
        return history.follow(follower);
    }

    /** The apps whose menu entries start them confined. */
    public Set<AppId> entries() {
        return entries.confined();
    }

    /** From now on that app's menu entry cannot be written. */
    public void refuse(AppId app) {
        entries.refused.add(app);
    }

    public GrantBook book() {
        return book;
    }

    public GrantKeeper keeper() {
        return keeper;
    }

    /** The keeper as the command line uses it. */
    public Gatekeeper typed() {
        return keeper.by(Event.Who.COMMAND_LINE);
    }

    /** By what questions are judged; there are no sessions here. */
    public LiveGround ground(AppId app, UserPlaces places) {
        return LiveDesk.ground(
                app, new LiveDesk.Sources(keeper, null, AppId::value, () -> places, new Words(Locale.ENGLISH), clock));
    }

    public InstalledApps apps() {
        return House.apps();
    }
}
