package org.landgrant.ui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.landgrant.ui.Sample.FIREFOX;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.landgrant.desktop.BusNotifier;
import org.landgrant.desktop.NotificationBus;
import org.landgrant.desktop.NotificationBus.Peer;
import org.landgrant.desktop.NotificationBus.Shown;
import org.landgrant.grants.Access;
import org.landgrant.grants.AppId;
import org.landgrant.prompts.LiveAnswer;
import org.landgrant.prompts.LiveAnswer.Choice;
import org.landgrant.prompts.Words;

/** From a waiting call to a notification and back, on a real bus. */
@Timeout(60)
class PromptNotesTest {
    private final ExecutorService background = Executors.newSingleThreadExecutor();
    private final AtomicLong now = new AtomicLong();
    private final BlockingQueue<AppId> windows = new LinkedBlockingQueue<>();
    private Sample sample;
    private NotificationBus bus;
    private BusNotifier notifier;
    private PromptNotes notes;

    @BeforeEach
    void build(@TempDir Path folder) throws Exception {
        sample = new Sample(folder.resolve("anna"));
        bus = new NotificationBus(folder);
        notifier = new BusNotifier(Optional.of(bus.address()));
        Words words = new Words(Locale.ENGLISH);
        PromptNotes.Windows open = new PromptNotes.Windows() {
            @Override
            public boolean has(AppId app) {
                return false;
            }

            @Override
            public void show(AppId app) {
                windows.add(app);
            }
        };
        notes = new PromptNotes(
                new PromptDesk(sample.services(background), words), notifier, open, words, background, now::get);
        notes.notifies(true);
        sample.live.watch(app -> notes.changed(Set.of(app)));
    }

    @AfterEach
    void end() {
        background.shutdownNow();
        notifier.close();
        bus.close();
    }

    private long asks(String path) {
        return sample.asks(FIREFOX, path, Access.READ, Duration.ofSeconds(3));
    }

    private Shown next(Peer server) throws Exception {
        Shown shown = server.shown.poll(20, TimeUnit.SECONDS);
        assertNotNull(shown, "nothing was shown");
        settled();
        return shown;
    }

    /** What the background had to do before is done. */
    private void settled() throws Exception {
        background.submit(() -> {}).get();
    }

    private LiveAnswer answer() throws Exception {
        for (long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20); System.nanoTime() < end; ) {
            if (!sample.live.answers().isEmpty()) {
                return sample.live.answers().getLast();
            }
            Thread.onSpinWait();
        }
        throw new AssertionError("nothing was answered");
    }

    private void secondsGoBy() {
        now.addAndGet(Duration.ofSeconds(2).toNanos());
    }

    @Test
    void aQuestionHasThreeButtonsAndStaysUntilItIsAnswered() throws Exception {
        try (Peer server = bus.server("actions", "body", "body-markup")) {
            asks("~/Documents/<b>2025<b>/tax&es.pdf");
            Shown shown = next(server);
            assertEquals("“Firefox ESR” would like to see files in your Documents folder.", shown.title());
            assertEquals(
                    "It tried to open “tax&amp;es.pdf”.\nYour answer is about: The whole Documents folder",
                    shown.body());
            assertEquals(List.of("Don't Allow", "Allow Once", "Show…"), shown.labels());
            assertEquals((byte) 2, shown.hints().get("urgency").getValue());
            assertEquals(false, shown.hints().get("resident").getValue());
            secondsGoBy();
            server.press(shown.id(), shown.key("Allow Once"));
            assertEquals(Choice.ONCE, answer().choice());
            assertEquals("documents", answer().scope().word());
        }
    }

    @Test
    void overWhatFillsTheScreenAQuestionIsANotificationAlthoughOthersOpenWindows() throws Exception {
        try (Peer server = bus.server("actions")) {
            notes.notifies(false);
            asks("~/Documents/taxes.pdf");
            settled();
            assertTrue(server.shown.isEmpty());
            notes.instead(FIREFOX, true);
            Shown shown = next(server);
            secondsGoBy();
            server.press(shown.id(), shown.key("Don't Allow"));
            assertEquals(Choice.DENY, answer().choice());
            settled();
            asks("~/Music/a.ogg");
            settled();
            assertTrue(server.shown.isEmpty());
            assertTrue(windows.isEmpty());
        }
    }

    @Test
    void onlyTheServersOwnSignalsAboutOurButtonsAnswer() throws Exception {
        try (Peer server = bus.server("actions");
                Peer stranger = bus.stranger()) {
            asks("~/Documents/taxes.pdf");
            Shown shown = next(server);
            secondsGoBy();
            stranger.press(shown.id(), shown.key("Allow Once"));
            stranger.close(shown.id(), 2);
            server.press(shown.id() + 1, shown.key("Allow Once"));
            // An app put its own notification in the place of ours: it cannot know our keys.
            server.press(shown.id(), "once");
            Shown again = next(server);
            assertEquals(List.of(), sample.live.answers());
            assertNotEquals(shown.key("Allow Once"), again.key("Allow Once"));
            secondsGoBy();
            server.press(again.id(), shown.key("Allow Once"));
            Shown third = next(server);
            assertEquals(List.of(), sample.live.answers());
            secondsGoBy();
            server.press(third.id(), third.key("Don't Allow"));
            assertEquals(Choice.DENY, answer().choice());
        }
    }

    @Test
    void withinTheFirstSecondNothingAnswersAndInTheEndAWindowOpens() throws Exception {
        try (Peer server = bus.server("actions")) {
            asks("~/Documents/taxes.pdf");
            for (int i = 0; i < 4; i++) {
                Shown shown = next(server);
                if (i % 2 == 0) {
                    server.press(shown.id(), shown.key("Allow Once"));
                } else {
                    server.close(shown.id(), 2);
                }
            }
            assertEquals(FIREFOX, windows.poll(20, TimeUnit.SECONDS));
            assertEquals(List.of(), sample.live.answers());
            assertTrue(server.shown.isEmpty());
        }
    }

    @Test
    void dismissedIsNotNowAndExpiredIsShownAgain() throws Exception {
        try (Peer server = bus.server("actions")) {
            long first = asks("~/Documents/taxes.pdf");
            Shown shown = next(server);
            secondsGoBy();
            server.close(shown.id(), 1);
            next(server);
            server.press(shown.id(), shown.key("Allow Once"));
            sample.live.withdraw(first);
            asks("~/Music/<i>.ogg");
            Shown second = next(server);
            assertTrue(second.body().contains("“‹i›.ogg”"), second.body());
            assertEquals(List.of(), sample.live.answers());
            secondsGoBy();
            server.close(second.id(), 2);
            assertEquals(Choice.LATER, answer().choice());
        }
    }

    /** A confined app may close them as often as it likes. */
    @Test
    void aQuestionThatSomebodyClosesAgainAndAgainOpensAWindow() throws Exception {
        try (Peer server = bus.server("actions")) {
            asks("~/Documents/taxes.pdf");
            for (int i = 0; i < 4; i++) {
                Shown shown = next(server);
                secondsGoBy();
                server.close(shown.id(), 3);
            }
            assertEquals(FIREFOX, windows.poll(20, TimeUnit.SECONDS));
            assertEquals(List.of(), sample.live.answers());
        }
    }

    /** A confined app may fill the screen. */
    @Test
    void thatOneCannotBeShownKeepsTheOthersAnswerable() throws Exception {
        try (Peer server = bus.server("actions")) {
            asks("~/Documents/taxes.pdf");
            Shown shown = next(server);
            server.full = true;
            sample.asks(Sample.GIMP, "~/Music/a.ogg", Access.READ, Duration.ofSeconds(3));
            assertEquals(Sample.GIMP, windows.poll(20, TimeUnit.SECONDS));
            settled();
            secondsGoBy();
            server.press(shown.id(), shown.key("Allow Once"));
            assertEquals(Choice.ONCE, answer().choice());
        }
    }

    @Test
    void whenTheBusIsLostTheQuestionIsAskedElsewhere() throws Exception {
        try (Peer server = bus.server("actions")) {
            asks("~/Documents/taxes.pdf");
            next(server);
            bus.close();
            assertEquals(FIREFOX, windows.poll(20, TimeUnit.SECONDS));
            assertEquals(List.of(), sample.live.answers());
        }
    }

    @Test
    void theEndTakesItAwayAndNothingIsShownAfterIt() throws Exception {
        try (Peer server = bus.server("actions")) {
            asks("~/Documents/taxes.pdf");
            Shown shown = next(server);
            notifier.close();
            assertEquals(shown.id(), server.closed.poll(20, TimeUnit.SECONDS));
            asks("~/Music/a.ogg");
            notes.restarted();
            assertEquals(FIREFOX, windows.poll(20, TimeUnit.SECONDS));
            assertTrue(server.shown.isEmpty());
        }
    }

    @Test
    void whatNobodyWaitsForGoesFromTheScreen() throws Exception {
        try (Peer server = bus.server("actions")) {
            long id = asks("~/Documents/taxes.pdf");
            Shown shown = next(server);
            sample.live.withdraw(id);
            assertEquals(shown.id(), server.closed.poll(20, TimeUnit.SECONDS));
            asks("~/Documents/taxes.pdf");
            Shown other = next(server);
            notes.notifies(false);
            assertEquals(other.id(), server.closed.poll(20, TimeUnit.SECONDS));
        }
    }

    @Test
    void sensitiveQuestionsAreAnsweredInAWindowOnly() throws Exception {
        try (Peer server = bus.server("actions")) {
            asks("~/.ssh/id_ed25519");
            Shown shown = next(server);
            assertEquals(List.of("Show…"), shown.labels());
            assertTrue(shown.body().contains("log in to other computers as you"), shown.body());
            secondsGoBy();
            server.press(shown.id(), shown.key("Show…").replace("show", "once"));
            Shown again = next(server);
            secondsGoBy();
            server.press(again.id(), again.key("Show…"));
            assertEquals(FIREFOX, windows.poll(20, TimeUnit.SECONDS));
            assertEquals(List.of(), sample.live.answers());
        }
    }

    @Test
    void anotherServerIsToldAnewAndOneWithoutButtonsMeansAWindow() throws Exception {
        try (Peer server = bus.server("actions")) {
            asks("~/Documents/taxes.pdf");
            next(server);
        }
        assertEquals(FIREFOX, windows.poll(20, TimeUnit.SECONDS), "there is none for now");
        try (Peer plain = bus.server("body")) {
            asks("~/Music/a.ogg");
            assertEquals(FIREFOX, windows.poll(20, TimeUnit.SECONDS));
            assertTrue(plain.shown.isEmpty());
        }
    }

    @Test
    void withoutABusThereAreWindows() throws Exception {
        bus.close();
        asks("~/Documents/taxes.pdf");
        assertEquals(FIREFOX, windows.poll(20, TimeUnit.SECONDS));
        settled();
        assertEquals(List.of(), sample.live.answers());
    }
}
