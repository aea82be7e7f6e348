package org.landgrant.agent;

import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.landgrant.desktop.HandOff;
import org.landgrant.grants.AppId;
import org.landgrant.grants.RefusedException;
import org.landgrant.launch.LaunchedSessions;
import org.landgrant.ui.UiServices;
import org.landgrant.ui.UiWindows;

/** The windows on this person's display. */
final class DesktopWindows implements Windows {
    private final UiWindows windows;

    private DesktopWindows(UiWindows windows) {
        this.windows = windows;
    }

    /** The windows; where there is no display, some that can only say so. */
    static Windows of(
            Map<String, String> environment, LaunchedSessions sessions, LiveDesk live, Supplier<UiServices> services) {
        if (environment.getOrDefault("WAYLAND_DISPLAY", "").isEmpty()
                && environment.getOrDefault("DISPLAY", "").isEmpty()) {
            return new NoDisplay();
        }
        UiWindows windows = new UiWindows(services.get());
        // What was asked about while the app waited is not asked once more by a card.
        sessions.watchDenials(refused -> windows.denied(
                refused.stream().filter(denial -> !live.answered(denial)).toList()));
        return new DesktopWindows(windows);
    }

    @Override
    public void showSettings(Optional<AppId> app) {
        windows.showSettings(app);
    }

    @Override
    public boolean ask(HandOff handOff) {
        try {
            windows.ask(handOff);
            return true;
        } catch (RefusedException noDisplay) {
            return false;
        }
    }

    @Override
    public void close() {
        windows.close();
    }

    /** An agent without a face; grants are still served and kept. */
    private record NoDisplay() implements Windows {
        @Override
        public void showSettings(Optional<AppId> app) {
            throw new RefusedException("There is no display to show the settings on: the agent was started without one."
                    + " Where there is one, \"landgrant agent stop\" and then \"landgrant show\".");
        }

        @Override
        public void close() {}
    }
}
