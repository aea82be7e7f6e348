package org.landgrant.ui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.landgrant.ui.Sample.FIREFOX;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import javafx.scene.Scene;
import javafx.scene.control.Label;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;
import org.landgrant.grants.Access;
import org.landgrant.grants.Decision;
import org.landgrant.grants.Resource;
import org.landgrant.grants.UserFolder;
import org.landgrant.launch.Session;

/** An app was refused something while nobody could ask; the card asks afterwards. */
class CardJourney extends RealWindows {
    private static final Resource MUSIC = new Resource.Folder(UserFolder.MUSIC);

    private void refused(String path) {
        windows.denied(List.of(sample.denial(FIREFOX, path, Access.READ, 1, Duration.ofSeconds(3))));
        until(() -> visible("#card"));
        turnTo("#card");
    }

    @Test
    void theCardAnswersOnlyAfterASecondInFrontAndWaitsForTheApp() {
        Session session = sample.sessions.begin(FIREFOX, List.of("file:///a"));
        long asked = System.nanoTime();
        refused("~/Documents/taxes.pdf");
        until(() -> enabled("#card-allow-reopen"));
        assertTrue(System.nanoTime() - asked >= Arming.DELAY.toNanos());
        AtomicInteger disarms = disarms("#card-allow-reopen");
        refused("~/Music/a.ogg");
        until(() -> visible("#card-row-1") && disarms.get() > 0);
        assertEquals("“Firefox ESR” was stopped twice.", text("#card-sentence"));
        click("#card-allow-reopen");
        until(() -> sample.sessions.asked().equals(List.of(session)));
        assertTrue(decided(DOCUMENTS, Decision.ALLOW) && decided(MUSIC, Decision.ALLOW));
        assertTrue(visible("#card"));
        sample.sessions.end(session);
        sample.sessions.begin(FIREFOX, session.arguments());
        until(() -> !visible("#card"));
    }

    @Test
    void whatCameOverAFilmOrWasClosedWaitsInTheSettingsWindowAndIsAnsweredThere() {
        AtomicReference<Stage> film = new AtomicReference<>();
        robot.interact(() -> {
            Stage stage = new Stage();
            stage.setTitle("A film");
            stage.setScene(new Scene(new Label("A film")));
            stage.setFullScreen(true);
            stage.show();
            film.set(stage);
        });
        until(() -> now(FullScreen::now, false));
        windows.denied(List.of(sample.denial(FIREFOX, "~/Videos/a.mkv", Access.READ, 1, Duration.ofSeconds(3))));
        until(() -> sample.gatekeeper.unanswered().size() == 1);
        assertFalse(visible("#card"));
        robot.interact(() -> film.get().hide());
        until(() -> !now(FullScreen::now, true));
        sample.gatekeeper.putAside(FIREFOX, new Resource.Folder(UserFolder.VIDEOS));

        refused("~/Documents/taxes.pdf");
        until(() -> enabled("#card-deny"));
        robot.interact(() -> robot.lookup("#card-deny").query().requestFocus());
        keys(KeyCode.ENTER);
        keys(KeyCode.SPACE);
        until(() -> visible("#card"));
        keys(KeyCode.ESCAPE);
        until(() -> !visible("#card"));
        assertFalse(sample.gatekeeper.decided(FIREFOX, DOCUMENTS).isPresent());

        windows.showSettings(Optional.empty());
        until(() -> text("#badge-inbox").equals("1"));
        click("#section-inbox");
        click("#inbox-allow-0");
        until(() -> visible("#inbox-empty") && !visible("#badge-inbox"));
        assertTrue(decided(DOCUMENTS, Decision.ALLOW));

        refused("~/Music/a.ogg");
        keys(KeyCode.TAB);
        click("#card-deny");
        until(() -> decided(MUSIC, Decision.ASK) && !visible("#card"));
    }
}
