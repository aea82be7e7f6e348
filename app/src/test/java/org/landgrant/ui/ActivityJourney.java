package org.landgrant.ui;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.landgrant.ui.Sample.FIREFOX;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javafx.scene.Node;
import javafx.scene.control.Labeled;
import javafx.scene.control.ListView;
import javafx.stage.Window;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;
import org.landgrant.grants.Access;
import org.landgrant.grants.Decision;
import org.landgrant.grants.Event;
import org.landgrant.grants.Resource;
import org.landgrant.grants.UserFolder;
import org.testfx.api.FxRobot;
import org.testfx.util.WaitForAsyncUtils;

/** The time-line in a real window, driven by a robot; needs a display with a window manager. */
@Tag("journey")
@EnabledIfEnvironmentVariable(
        named = "DISPLAY",
        matches = ".+",
        disabledReason = "Windows need a display: run this under Xvfb with a window manager.")
class ActivityJourney {
    private final FxRobot robot = new FxRobot();
    private final ExecutorService background = Executors.newFixedThreadPool(2);
    private Sample sample;
    private UiWindows windows;

    @BeforeEach
    void build(@TempDir Path folder) throws IOException {
        sample = new Sample(folder.resolve("anna"));
        sample.gatekeeper.confine(FIREFOX);
        windows = new UiWindows(sample.services(background));
    }

    @AfterEach
    void hideAll() throws InterruptedException {
        robot.interact(() -> List.copyOf(Window.getWindows()).forEach(Window::hide));
        background.shutdown();
        assertTrue(background.awaitTermination(10, TimeUnit.SECONDS));
    }

    private static void until(Callable<Boolean> condition) throws TimeoutException {
        WaitForAsyncUtils.waitFor(20, TimeUnit.SECONDS, condition);
        WaitForAsyncUtils.waitForFxEvents();
    }

    private boolean visible(String id) {
        return robot.lookup(id).tryQuery().filter(Node::isVisible).isPresent();
    }

    private boolean reads() {
        return sample.gatekeeper.effective(FIREFOX).stream()
                .anyMatch(grant -> grant.resource().equals(new Resource.Folder(UserFolder.DOCUMENTS))
                        && grant.decision() == Decision.ALLOW);
    }

    private int lines() {
        return robot.lookup("#activity-list").queryAs(ListView.class).getItems().size();
    }

    @Test
    void aRefusalAppearsIsAllowedUndoneFilteredAndForgotten() throws TimeoutException {
        windows.showSettings(Optional.empty());
        until(() -> visible("#section-activity"));
        robot.clickOn("#section-activity");
        until(() -> visible("#activity-empty"));
        sample.history.note(
                Event.refused(sample.denial(FIREFOX, "~/Documents/taxes.pdf", Access.READ, 3, Duration.ofSeconds(9))));
        until(() -> visible("#activity-allow-1"));
        robot.clickOn("#activity-allow-1");
        until(() -> reads() && visible("#activity-undo-2"));
        robot.clickOn("#activity-undo-2");
        until(() -> !reads() && visible("#activity-undo-3") && !visible("#activity-undo-2"));
        until(() -> lines() == 4);
        robot.clickOn("#activity-show-refused");
        until(() -> lines() == 2);
        robot.clickOn("#activity-show-all");
        robot.clickOn("#activity-list");
        robot.write("nothing like it");
        until(() -> lines() == 0 && visible("#activity-empty"));
        robot.interact(
                () -> robot.lookup("#activity-search").queryTextInputControl().clear());
        until(() -> lines() == 4);
        robot.clickOn("#activity-app-1");
        until(() -> visible("#confine") && !visible("#activity-list"));
        robot.clickOn("#section-activity");
        until(() -> visible("#activity-clear"));
        robot.clickOn("#activity-clear");
        until(() -> visible("#activity-clear-sure"));
        robot.clickOn("#activity-clear-yes");
        until(() -> lines() == 0 && visible("#activity-empty") && !visible("#activity-clear-sure"));
        assertTrue(robot.lookup("#activity-summary")
                .queryAs(Labeled.class)
                .getText()
                .contains("nothing refused"));
    }
}
