package org.landgrant.agent;

import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.landgrant.grants.AppId;
import org.landgrant.grants.RefusedException;

/** Makes the real windows when the first one is wanted, and only where there is a display. */
public final class WindowsWhenWanted implements Windows {
    private final boolean display;
    private final Supplier<Windows> maker;
    private @Nullable Windows made;

    /**
     * @param environment of the agent
     * @param maker starts the toolkit; called at most once
     */
    public WindowsWhenWanted(Map<String, String> environment, Supplier<Windows> maker) {
        this.display = !environment.getOrDefault("WAYLAND_DISPLAY", "").isEmpty()
                || !environment.getOrDefault("DISPLAY", "").isEmpty();
        this.maker = maker;
    }

    @Override
    public synchronized void showSettings(Optional<AppId> app) {
        if (!display) {
            throw new RefusedException("There is no display to show the settings on; try \"landgrant --help\".");
        }
        Windows windows = made;
        if (windows == null) {
            windows = maker.get();
            made = windows;
        }
        windows.showSettings(app);
    }

    @Override
    public synchronized void close() {
        if (made != null) {
            made.close();
        }
    }
}
