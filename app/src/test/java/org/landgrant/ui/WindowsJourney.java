package org.landgrant.ui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
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
import javafx.application.Application;
import javafx.application.Platform;
import javafx.scene.Node;
import javafx.scene.control.Labeled;
import javafx.scene.control.ToggleButton;
import javafx.scene.input.KeyCode;
import javafx.stage.Window;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;
import org.landgrant.grants.Access;
import org.landgrant.grants.Decision;
import org.landgrant.grants.Preferences;
import org.landgrant.grants.Preferences.Appearance;
import org.landgrant.grants.Resource;
import org.landgrant.grants.UserFolder;
import org.landgrant.launch.LiveGrant;
import org.landgrant.launch.Session;
import org.landgrant.policy.Right;
import org.landgrant.prompts.LiveAnswer;
import org.landgrant.prompts.LiveAnswer.Choice;
import org.testfx.api.FxRobot;
import org.testfx.util.WaitForAsyncUtils;

/** Real windows, driven by a robot; needs a display with a window manager. */
@Tag("journey")
@EnabledIfEnvironmentVariable(
        named = "DISPLAY",
        matches = ".+",
        disabledReason = "Windows need a display: run this under Xvfb with a window manager.")
class WindowsJourney {
    private static final Resource DOCUMENTS = new Resource.Folder(UserFolder.DOCUMENTS);

    private final FxRobot robot = new FxRobot();
    private final ExecutorService background = Executors.newFixedThreadPool(2);
    private Sample sample;
    private UiWindows windows;

    @BeforeEach
    void build(@TempDir Path folder) throws IOException {
        sample = new Sample(folder.resolve("anna"));
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

    private boolean enabled(String id) {
        return robot.lookup(id).tryQuery().filter(node -> !node.isDisabled()).isPresent();
    }

    private boolean decided(Decision decision) {
        return sample.gatekeeper.effective(FIREFOX).stream()
                .anyMatch(grant -> grant.resource().equals(DOCUMENTS) && grant.decision() == decision);
    }

    private void ask() throws TimeoutException {
        windows.denied(List.of(sample.denial(FIREFOX, "~/Documents/taxes.pdf", Access.READ, 1, Duration.ofSeconds(3))));
        until(() -> visible("#card"));
    }

    @Test
    void anAppIsFoundConfinedAndGivenAFolder() throws TimeoutException {
        windows.showSettings(Optional.empty());
        until(() ->
                visible("#page-empty") && robot.lookup(".app-cell").tryQuery().isPresent());
        robot.write("firefox");
        until(() ->
                "firefox".equals(robot.lookup("#search").queryTextInputControl().getText()));
        robot.push(KeyCode.DOWN);
        until(() -> visible("#confine"));
        robot.clickOn("#confine");
        until(() -> sample.gatekeeper.settings(FIREFOX).confined() && visible("#folder-documents-read"));
        robot.clickOn("#folder-documents-read");
        until(() -> decided(Decision.ALLOW) && visible("#folder-documents-reset"));
        robot.clickOn("#folder-documents-off");
        until(() -> decided(Decision.DENY));
        robot.clickOn("#launch");
        until(() -> visible("#running"));
        assertEquals(1, sample.sessions.running(FIREFOX).size());
    }

    @Test
    void whatCannotBeSavedIsSaidAndTheSwitchGoesBack() throws TimeoutException {
        sample.gatekeeper.confine(FIREFOX);
        windows.showSettings(Optional.of(FIREFOX));
        until(() -> visible("#folder-documents-write"));
        sample.gatekeeper.breakWith("The disk is full.");
        robot.clickOn("#folder-documents-write");
        until(() -> visible("#banner"));
        assertTrue(robot.lookup("#folder-documents-off")
                .queryAs(ToggleButton.class)
                .isSelected());
    }

    @Test
    void theCardAnswersOnlyAfterASecondInFrontAndWaitsForTheApp() throws TimeoutException {
        Session session = sample.sessions.begin(FIREFOX, List.of("file:///a"));
        long asked = System.nanoTime();
        ask();
        until(() -> enabled("#card-allow-reopen"));
        assertTrue(System.nanoTime() - asked >= Arming.DELAY.toNanos());
        robot.clickOn("#card-allow-reopen");
        until(() -> sample.sessions.asked().equals(List.of(session)));
        assertTrue(decided(Decision.ALLOW));
        assertTrue(visible("#card"));
        sample.sessions.end(session);
        sample.sessions.begin(FIREFOX, session.arguments());
        until(() -> !visible("#card"));
    }

    @Test
    void keysMeantForSomethingElseAnswerNothing() throws TimeoutException {
        ask();
        until(() -> enabled("#card-deny"));
        robot.interact(() -> robot.lookup("#card-deny").query().requestFocus());
        robot.push(KeyCode.ENTER).push(KeyCode.SPACE);
        WaitForAsyncUtils.waitForFxEvents();
        assertTrue(visible("#card"));
        robot.push(KeyCode.ESCAPE);
        until(() -> !visible("#card"));
        assertFalse(decided(Decision.ASK) || decided(Decision.ALLOW) || decided(Decision.DENY));
    }

    @Test
    void moreRefusalsJoinTheOpenCardAndDisarmIt() throws TimeoutException {
        ask();
        until(() -> enabled("#card-deny"));
        windows.denied(List.of(sample.denial(FIREFOX, "~/Music/a.ogg", Access.READ, 1, Duration.ZERO)));
        until(() -> visible("#card-row-1"));
        String sentence = robot.lookup("#card-sentence").queryAs(Labeled.class).getText();
        assertEquals("“Firefox ESR” was stopped twice.", sentence);
        until(() -> enabled("#card-deny"));
        robot.push(KeyCode.TAB);
        robot.clickOn("#card-deny");
        until(() -> decided(Decision.ASK));
        until(() -> !visible("#card"));
    }

    private void waitsFor(String path) throws TimeoutException {
        sample.asks(FIREFOX, path, Access.READ, Duration.ofSeconds(3));
        until(() -> visible("#prompt"));
    }

    private boolean answered(Choice choice, String scope) {
        return sample.live.answers().stream()
                .anyMatch(answer ->
                        answer.choice() == choice && answer.scope().word().equals(scope));
    }

    private String text(String id) {
        return robot.lookup(id).queryAs(Labeled.class).getText();
    }

    @Test
    void aWaitingAppIsAnsweredByEachButton() throws TimeoutException {
        for (String button : List.of("#prompt-deny", "#prompt-once", "#prompt-allow")) {
            long asked = System.nanoTime();
            waitsFor("~/Documents/2025/taxes.pdf");
            assertEquals("“Firefox ESR” would like to see files in your Documents folder.", text("#prompt-sentence"));
            until(() -> enabled(button));
            assertTrue(System.nanoTime() - asked >= Arming.DELAY.toNanos());
            robot.clickOn(button);
            until(() -> !visible("#prompt"));
        }
        assertEquals(
                List.of(Choice.DENY, Choice.ONCE, Choice.ALLOW),
                sample.live.answers().stream().map(LiveAnswer::choice).toList());
    }

    @Test
    void theAnswerIsAboutTheScopeThatWasChosen() throws TimeoutException {
        waitsFor("~/Documents/2025/taxes.pdf");
        robot.clickOn("#prompt-scope-1");
        until(() -> enabled("#prompt-once"));
        robot.clickOn("#prompt-once");
        until(() -> answered(Choice.ONCE, "folder"));
    }

    @Test
    void theNextPromptIsArmedAnew() throws TimeoutException {
        waitsFor("~/Documents/taxes.pdf");
        sample.asks(FIREFOX, "~/Music/a.ogg", Access.READ, Duration.ZERO);
        until(() -> enabled("#prompt-allow"));
        robot.clickOn("#prompt-allow");
        until(() -> text("#prompt-tried").contains("a.ogg"));
        long shown = System.nanoTime();
        until(() -> enabled("#prompt-deny"));
        // It was shown a little before it was seen here.
        assertTrue(System.nanoTime() - shown >= Arming.DELAY.toNanos() / 2);
        robot.clickOn("#prompt-deny");
        until(() -> answered(Choice.DENY, "music") && !visible("#prompt"));
        assertTrue(answered(Choice.ALLOW, "documents"));
    }

    @Test
    void joinedQuestionsAreCountedAndDisarm() throws TimeoutException {
        waitsFor("~/Documents/taxes.pdf");
        assertFalse(visible("#prompt-joined"));
        until(() -> enabled("#prompt-allow"));
        sample.live.join(1);
        until(() -> visible("#prompt-joined") && !enabled("#prompt-allow"));
        assertEquals("1 more request waits for the same answer.", text("#prompt-joined"));
        until(() -> enabled("#prompt-allow"));
    }

    @Test
    void aPromptNobodyWaitsForAnyMoreCloses() throws TimeoutException {
        waitsFor("~/Documents/taxes.pdf");
        sample.live.withdraw(1);
        until(() -> !visible("#prompt"));
        assertEquals(List.of(), sample.live.answers());
    }

    @Test
    void keysMeantForTheAppAnswerNoPrompt() throws TimeoutException {
        waitsFor("~/Documents/taxes.pdf");
        until(() -> enabled("#prompt-allow"));
        robot.interact(() -> robot.lookup("#prompt-allow").query().requestFocus());
        robot.push(KeyCode.ENTER).push(KeyCode.SPACE);
        WaitForAsyncUtils.waitForFxEvents();
        assertTrue(visible("#prompt"));
        robot.push(KeyCode.ESCAPE);
        until(() -> answered(Choice.LATER, "documents") && !visible("#prompt"));
    }

    @Test
    void detailsUnfoldAndDisarm() throws TimeoutException {
        waitsFor("~/Documents/taxes.pdf");
        until(() -> enabled("#prompt-allow"));
        assertFalse(visible("#prompt-details-lines"));
        robot.clickOn("#prompt-details");
        until(() -> visible("#prompt-details-lines"));
        until(() -> enabled("#prompt-allow"));
    }

    @Test
    void whatWasAllowedOnceIsTakenBackOnTheAppsPage() throws TimeoutException {
        sample.gatekeeper.confine(FIREFOX);
        Session session = sample.sessions.begin(FIREFOX, List.of());
        LiveGrant music = Sample.live(sample.folder(UserFolder.MUSIC), Right.READ);
        sample.sessions.give(session, music);
        windows.showSettings(Optional.of(FIREFOX));
        until(() -> visible("#once-back-0"));
        robot.clickOn("#once-back-0");
        until(() -> sample.live.takenBack().equals(List.of(new Resource.Folder(UserFolder.MUSIC))));
        sample.sessions.take(session, music);
        until(() -> visible("#once-note") && !visible("#once-0"));
    }

    @Test
    void aPermissionIsGivenFromItsOwnSideAndLeadsToTheApp() throws TimeoutException {
        sample.gatekeeper.confine(FIREFOX);
        windows.showSettings(Optional.empty());
        until(() -> visible("#section-permissions"));
        robot.clickOn("#section-permissions");
        until(() -> visible("#permission-firefox-esr_desktop-read"));
        robot.write("docum");
        until(() -> robot.lookup("#permissions .app-cell").queryAll().size() == 1);
        robot.push(KeyCode.DOWN).push(KeyCode.DOWN);
        until(() -> text("#permission-name").equals("Documents"));
        robot.clickOn("#permission-firefox-esr_desktop-read");
        until(() -> decided(Decision.ALLOW));
        robot.clickOn("#permission-firefox-esr_desktop-open");
        until(() -> visible("#folder-documents-read") && text("#app-name").equals("Firefox ESR"));
    }

    @Test
    void protectionIsTriedOutWhenItIsLookedAt() throws TimeoutException {
        windows.showSettings(Optional.empty());
        until(() -> visible("#section-protection"));
        robot.clickOn("#section-protection");
        until(() -> text("#verdict-files").startsWith("Enforced by"));
        until(() -> enabled("#protect-again"));
        assertFalse(text("#protect-summary").isEmpty());
        robot.clickOn("#protect-again");
        until(() -> enabled("#protect-again") && text("#verdict-permissions").equals("Enforced by Landgrant"));
    }

    @Test
    void theFirstPageConfinesWhatIsChosenAndNeverComesAgain() throws TimeoutException {
        sample.preferences.put(Preferences.USUAL);
        windows.showSettings(Optional.empty());
        until(() -> visible("#welcome-confine"));
        assertEquals("Confine 5 apps", text("#welcome-confine"));
        robot.clickOn("#welcome-chromium").clickOn("#welcome-org-kde-okular");
        until(() -> text("#welcome-confine").equals("Confine 3 apps"));
        robot.clickOn("#welcome-confine");
        until(() -> visible("#section-apps") && visible("#apps"));
        assertTrue(sample.gatekeeper.settings(FIREFOX).confined());
        assertFalse(sample.gatekeeper.settings(Sample.CHROMIUM).confined());
        robot.interact(() -> List.copyOf(Window.getWindows()).forEach(Window::hide));
        UiWindows again = new UiWindows(sample.services(background));
        again.showSettings(Optional.empty());
        until(() -> visible("#section-apps"));
        assertFalse(visible("#welcome"));
    }

    @Test
    void appearanceChangesAtOnceAndAllAppsAreReleased() throws TimeoutException {
        sample.gatekeeper.confine(FIREFOX);
        windows.showSettings(Optional.empty());
        until(() -> visible("#section-settings"));
        robot.clickOn("#section-settings");
        until(() -> visible("#appearance-dark"));
        robot.clickOn("#appearance-dark");
        until(() -> Application.getUserAgentStylesheet().contains("dark"));
        robot.clickOn("#appearance-light");
        until(() -> Application.getUserAgentStylesheet().contains("light"));
        robot.clickOn("#text-150");
        until(() -> sample.preferences.now().textPercent() == 150);
        robot.clickOn("#text-100");
        robot.clickOn("#language-english");
        until(() -> sample.preferences.now().language() == Preferences.Language.ENGLISH && visible("#release-all"));
        robot.interact(() -> robot.lookup("#release-all").queryButton().fire());
        until(() -> visible("#release-all-question"));
        assertTrue(text("#release-all-question").startsWith("Release 1 confined app?"));
        assertTrue(sample.gatekeeper.settings(FIREFOX).confined());
        robot.interact(() -> robot.lookup("#release-all-yes").queryButton().fire());
        until(() -> visible("#release-all-done"));
        assertFalse(sample.gatekeeper.settings(FIREFOX).confined());
        assertEquals(Appearance.LIGHT, sample.preferences.now().appearance());
    }

    @Test
    void theAgentGoesOnWhenTheLastWindowWasClosed() throws TimeoutException {
        windows.showSettings(Optional.of(FIREFOX));
        until(() -> visible("#confine"));
        robot.interact(() -> List.copyOf(Window.getWindows()).forEach(Window::hide));
        assertFalse(Platform.isImplicitExit());
        windows.showSettings(Optional.of(FIREFOX));
        until(() -> visible("#confine"));
    }
}
