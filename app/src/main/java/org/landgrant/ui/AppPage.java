package org.landgrant.ui;

import java.util.List;
import org.landgrant.desktop.InstalledApp;
import org.landgrant.desktop.Terminals.State;
import org.landgrant.grants.AppSettings;
import org.landgrant.policy.Enforcement;

/**
 * All that the page of one app shows, read at one moment.
 *
 * @param decided how much somebody decided about it
 * @param start what the app may reach now in few words, or would when it were confined
 * @param services the services of the desktop that have names, all of them
 * @param once what it has until it is closed and no longer
 * @param refusals those that deserve an answer, newest first
 * @param quiet those that need none
 * @param notGiven why something that was allowed is not given, a sentence each
 * @param rules what its policy says about files
 * @param free whether it is open without its limits, because somebody started it so
 * @param outdated whether a running session must be opened again for what is decided now to hold
 * @param outside whether it runs without limits although it is confined
 * @param since since when it is open without limits, in words; empty when it is not
 * @param terminal how a terminal starts it
 * @param display what its windows are shown by
 */
record AppPage(
        InstalledApp app,
        AppSettings settings,
        int decided,
        String start,
        List<FolderRow> folders,
        NetworkState network,
        List<ServiceRow> services,
        List<OnceRow> once,
        List<Refusal> refusals,
        List<Refusal> quiet,
        Enforcement enforcement,
        List<String> notGiven,
        ReachRules rules,
        boolean running,
        boolean free,
        boolean outdated,
        boolean outside,
        String since,
        State terminal,
        DisplayRow.State display) {
    /** Whether what is open of it has no limits, whoever started it. */
    boolean open() {
        return !since.isEmpty();
    }

    AppPage {
        folders = List.copyOf(folders);
        services = List.copyOf(services);
        once = List.copyOf(once);
        refusals = List.copyOf(refusals);
        quiet = List.copyOf(quiet);
        notGiven = List.copyOf(notGiven);
    }
}
