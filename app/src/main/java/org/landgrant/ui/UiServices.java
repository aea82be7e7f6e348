package org.landgrant.ui;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import org.landgrant.desktop.InstalledApp;
import org.landgrant.desktop.InstalledApps;
import org.landgrant.grants.AppId;
import org.landgrant.grants.Gatekeeper;
import org.landgrant.grants.UserFolder;
import org.landgrant.launch.Sessions;
import org.landgrant.policy.Enforcement;
import org.landgrant.prompts.LiveQuestions;

/**
 * All that the windows need from the rest of the house. Everything here may block, so the windows call
 * it on {@code background} only.
 *
 * @param live what apps wait for an answer to
 * @param home the person's home folder, absolute
 * @param folders where the person's folders lie; their last part is the localised name people see
 * @param enforcement how much of an app's grants this computer really enforces
 * @param icons an app's icon as size × size ARGB pixels, row by row, not premultiplied; empty when it has
 *     none
 * @param background runs what may block; may have one thread or many
 */
public record UiServices(
        Gatekeeper gatekeeper,
        Sessions sessions,
        LiveQuestions live,
        InstalledApps apps,
        Path home,
        Supplier<Map<UserFolder, Path>> folders,
        Function<AppId, Enforcement> enforcement,
        BiFunction<InstalledApp, Integer, Optional<int[]>> icons,
        Executor background) {}
