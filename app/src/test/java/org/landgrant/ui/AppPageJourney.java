package org.landgrant.ui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.landgrant.ui.Sample.FIREFOX;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javafx.scene.control.ToggleButton;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.Test;
import org.landgrant.desktop.InstalledApp;
import org.landgrant.grants.Access;
import org.landgrant.grants.AppId;
import org.landgrant.grants.Decision;
import org.landgrant.grants.Resource;
import org.landgrant.grants.UserFolder;
import org.landgrant.launch.LiveGrant;
import org.landgrant.launch.Session;
import org.landgrant.policy.Right;

/** An app's page: everything that is switched there is found in the book. */
class AppPageJourney extends RealWindows {
    @Test
    void anAppIsFoundByTypingConfinedGivenAFolderAFileAndPortsAndOpened() {
        Resource song = new Resource.Place(sample.home + "/song.mp3");
        sample.gatekeeper.record(List.of(sample.denial(FIREFOX, "~/song.mp3", Access.READ, 1, Duration.ofMinutes(4))));
        windows.showSettings(Optional.empty());
        until(() -> visible("#page-empty") && visible(".app-cell") && focused("#apps"));
        type("firefox");
        until(() -> typed("#search").equals("firefox"));
        keys(KeyCode.DOWN);
        click("#confine");
        until(() -> sample.gatekeeper.settings(FIREFOX).confined() && visible("#folder-documents-read"));

        click("#folder-documents-read");
        until(() -> decided(DOCUMENTS, Decision.ALLOW, Access.READ) && visible("#folder-documents-reset"));
        assertFalse(decided(DOCUMENTS, Decision.ALLOW, Access.WRITE));
        click("#folder-documents-write");
        until(() -> decided(DOCUMENTS, Decision.ALLOW, Access.READ, Access.WRITE));
        click("#folder-documents-never");
        until(() -> decided(DOCUMENTS, Decision.DENY));
        click("#folder-documents-reset");
        until(() -> sample.gatekeeper.decided(FIREFOX, DOCUMENTS).isEmpty() && !visible("#folder-documents-reset"));

        click("#refusal-0-allow");
        until(() -> decided(song, Decision.ALLOW, Access.READ) && visible("#folder-song_mp3-write"));
        click("#folder-song_mp3-write");
        until(() -> decided(song, Decision.ALLOW, Access.READ, Access.WRITE));
        click("#folder-song_mp3-never");
        until(() -> decided(song, Decision.DENY));
        click("#folder-song_mp3-remove");
        until(() -> sample.gatekeeper.decided(FIREFOX, song).isEmpty() && !visible("#folder-song_mp3"));

        click("#network-ports");
        until(() -> focused("#network-ports-field"));
        keys(KeyCode.CONTROL, KeyCode.A);
        type("99999");
        keys(KeyCode.ENTER);
        until(() -> visible("#network-ports-wrong"));
        keys(KeyCode.CONTROL, KeyCode.A);
        type("443, 8080");
        keys(KeyCode.ENTER);
        until(() -> decided(new Resource.TcpPort(8080), Decision.ALLOW, Access.CONNECT)
                && decided(new Resource.TcpPort(443), Decision.ALLOW, Access.CONNECT)
                && !decided(new Resource.TcpPort(80), Decision.ALLOW));
        click("#network-everything");
        until(() -> decided(new Resource.AnyTcpPort(), Decision.ALLOW, Access.CONNECT));
        click("#network-off");
        until(() -> !decided(new Resource.AnyTcpPort(), Decision.ALLOW)
                && !decided(new Resource.TcpPort(443), Decision.ALLOW));

        assertTrue(text("#beginning-state").startsWith("You decided about "));
        click("#reset-all");
        until(() -> decided(new Resource.TcpPort(443), Decision.ALLOW) && !enabled("#reset-all"));
        click("#toast-undo");
        until(() -> !decided(new Resource.TcpPort(443), Decision.ALLOW) && enabled("#reset-all"));

        click("#launch");
        until(() -> visible("#running") && !enabled("#free"));
        assertEquals(1, sample.sessions.running(FIREFOX).size());
    }

    @Test
    void whatCannotBeSavedIsSaidWhatWasAllowedOnceIsTakenBackAndARunWithoutLimitsIsLoud() throws IOException {
        AppId editor = new AppId("editor.desktop");
        Path end = sample.home.resolve("end");
        runsUntil(editor, end);
        sample.gatekeeper.confine(editor);
        windows.showSettings(Optional.of(editor));
        click("#free");
        until(() -> focused("#free-no"));
        keys(KeyCode.ESCAPE);
        until(() -> !visible("#free-question"));
        click("#free");
        until(() -> focused("#free-no"));
        click("#free-yes");
        until(() -> visible("#free-loud") && visible("#free-state") && !enabled("#free"));
        assertTrue(sample.free.isOpen(editor));
        Files.createFile(end);
        until(() -> !visible("#free-loud") && enabled("#free"));

        sample.gatekeeper.confine(FIREFOX);
        Session session = sample.sessions.begin(FIREFOX, List.of());
        LiveGrant music = Sample.live(sample.folder(UserFolder.MUSIC), Right.READ);
        sample.sessions.give(session, music);
        windows.showSettings(Optional.of(FIREFOX));
        click("#once-back-0");
        until(() -> sample.live.takenBack().equals(List.of(new Resource.Folder(UserFolder.MUSIC))));
        sample.sessions.take(session, music);
        until(() -> visible("#once-note") && !visible("#once-0"));

        sample.gatekeeper.breakWith("The disk is full.");
        click("#folder-documents-write");
        until(() -> visible("#banner"));
        until(() -> about("#folder-documents-ask", ToggleButton.class, ToggleButton::isSelected)
                .orElse(false));
        assertFalse(decided(DOCUMENTS, Decision.ALLOW));
    }

    /** An app that runs until the file is there. */
    private void runsUntil(AppId id, Path end) {
        sample.add("editor", "Editor", "Write texts");
        InstalledApp made = sample.apps.removeLast();
        List<String> command = List.of("/bin/sh", "-c", "until [ -e \"$0\" ]; do sleep 0.1; done", end.toString());
        sample.apps.add(new InstalledApp(
                id, made.name(), made.description(), "", List.of(), command, made.source(), true, Optional.empty()));
    }
}
