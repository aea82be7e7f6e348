package org.landgrant.ui;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.landgrant.desktop.FreeRuns;
import org.landgrant.desktop.InstalledApp;
import org.landgrant.desktop.InstalledApps;
import org.landgrant.desktop.Notifier;
import org.landgrant.desktop.OpenOutside;
import org.landgrant.desktop.Terminals;
import org.landgrant.grants.AppId;
import org.landgrant.grants.Gatekeeper;
import org.landgrant.grants.History;
import org.landgrant.grants.PreferenceBook;
import org.landgrant.launch.SelfTest;
import org.landgrant.launch.Sessions;
import org.landgrant.policy.Policy;
import org.landgrant.prompts.LiveQuestions;
import org.landgrant.prompts.OneLine;
import org.landgrant.prompts.UserPlaces;
import org.landgrant.prompts.Words;

/**
 * All that the windows need from the rest of the house. Everything here may block, so the windows call
 * it on {@code background} only.
 *
 * @param free starts an app once without its limits
 * @param live what apps wait for an answer to
 * @param history what happened
 * @param home the person's home folder, absolute
 * @param places where the person's things really lie
 * @param policy what an app's grants come to on this computer: how much is really enforced, what cannot be given
 * @param selfTest finds out what this computer enforces; takes seconds
 * @param preferences how the person wants Landgrant itself to be
 * @param words what is said to people; its language follows the preferences
 * @param notifier the desktop's notifications; closed with the windows
 * @param icons an app's icon as size × size ARGB pixels, row by row, not premultiplied; empty when it has
 *     none
 * @param background runs what may block; may have one thread or many
 * @param outside confined apps that run without limits all the same
 * @param terminals how terminals start apps
 * @param environment the value of a variable, empty when it is not set
 */
public record UiServices(
        Gatekeeper gatekeeper,
        Sessions sessions,
        FreeRuns free,
        LiveQuestions live,
        History history,
        InstalledApps apps,
        Path home,
        Supplier<UserPlaces> places,
        Function<AppId, Policy> policy,
        SelfTest selfTest,
        About about,
        PreferenceBook preferences,
        Words words,
        Notifier notifier,
        BiFunction<InstalledApp, Integer, Optional<int[]>> icons,
        Executor background,
        OpenOutside outside,
        Terminals terminals,
        UnaryOperator<String> environment) {
    /**
     * What Landgrant can say about itself.
     *
     * @param data the folder it keeps everything in
     */
    public record About(String version, Path data) {
        private static final int LONGEST = 64;

        /** The folder as a person reads it. */
        String shownData(Path home) {
            String shown = data.startsWith(home) ? "~/" + home.relativize(data) : data.toString();
            return OneLine.clean(shown, LONGEST);
        }
    }
}
