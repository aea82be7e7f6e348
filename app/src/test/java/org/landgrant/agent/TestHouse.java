package org.landgrant.agent;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import org.landgrant.desktop.InstalledApps;
import org.landgrant.grants.AppId;
import org.landgrant.grants.GrantBook;
import org.landgrant.profiles.MemoryGrantBook;

/** A keeper with everything it keeps, for tests of other rooms. */
public final class TestHouse {
    public static final AppId EDITOR = House.EDITOR;

    private final MemoryGrantBook book = new MemoryGrantBook();
    private final GrantKeeper keeper;

    public TestHouse(Path folder, Clock clock) {
        try {
            PolicyFiles files = PolicyFiles.in(folder.resolve("policies"));
            keeper = new GrantKeeper(book, files, House::template, House::policy, new House.Entries(), clock, "log-in");
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    public GrantBook book() {
        return book;
    }

    public GrantKeeper keeper() {
        return keeper;
    }

    public InstalledApps apps() {
        return House.apps();
    }
}
