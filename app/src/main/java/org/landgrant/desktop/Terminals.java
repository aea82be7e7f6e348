package org.landgrant.desktop;

import org.landgrant.grants.AppId;

/** How terminals start apps. Methods may block on the disk. */
public interface Terminals {
    /** How a terminal finds an app. */
    enum State {
        /** Confined. */
        COVERED,
        /** Confined from the next log-in on: {@code PATH} does not lead there yet. */
        COVERED_LATER,
        /** As the system has it. */
        OPEN,
        /** There is nothing to type: the app has no command of its own in {@code PATH}. */
        NO_COMMAND;

        /** Whether somebody switched it on. */
        public boolean isCovered() {
            return this == COVERED || this == COVERED_LATER;
        }
    }

    /** Nothing can be typed. */
    Terminals NONE = new Terminals() {
        @Override
        public State state(InstalledApp app) {
            return State.NO_COMMAND;
        }

        @Override
        public void cover(InstalledApp app) {}

        @Override
        public void uncover(AppId app) {}
    };

    /** How a terminal finds that app now. */
    State state(InstalledApp app);

    /**
     * From now on what is typed in a terminal starts the app through the launcher. Doing it twice changes nothing.
     *
     * @throws org.landgrant.grants.RefusedException when there is nothing to type, somebody's own file is in the way,
     *     or it cannot be written
     */
    void cover(InstalledApp app);

    /** Takes what is ours of that app away. */
    void uncover(AppId app);
}
