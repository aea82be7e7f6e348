package org.landgrant.ui;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.landgrant.desktop.HandOff;
import org.landgrant.grants.Access;
import org.landgrant.grants.AppId;
import org.landgrant.grants.Decision;
import org.landgrant.grants.Denial;
import org.landgrant.grants.Origin;
import org.landgrant.grants.Resource;
import org.landgrant.grants.UserFolder;

/** The screens that ask, and what is said after an answer. */
final class LookQuestions {
    private static final Duration NOW = Duration.ofSeconds(1);

    private LookQuestions() {}

    static List<LookScreen> all() {
        return List.of(
                new LookScreen("prompt", prompt(sample -> asks(sample, "~/Documents/", Access.READ))),
                new LookScreen("prompt-arming", LookQuestions::arming),
                new LookScreen("prompt-details", LookQuestions::details),
                new LookScreen("prompt-save", prompt(sample -> asks(sample, "~/Pictures/", Access.WRITE))),
                new LookScreen(
                        "prompt-run",
                        prompt(sample -> sample.asks(Sample.FIREFOX, "~/Downloads/setup.bin", Access.EXECUTE, NOW))),
                new LookScreen("prompt-port", prompt(sample -> port(sample, Access.CONNECT))),
                new LookScreen("prompt-listen", prompt(sample -> port(sample, Access.LISTEN))),
                new LookScreen(
                        "prompt-key",
                        prompt(sample -> sample.asks(Sample.FIREFOX, "~/.ssh/id_ed25519", Access.READ, NOW))),
                new LookScreen(
                        "prompt-start-up",
                        prompt(sample -> sample.asks(Sample.FIREFOX, "~/.bashrc", Access.WRITE, NOW))),
                new LookScreen("prompt-again", prompt(LookQuestions::again)),
                new LookScreen("prompt-long", prompt(LookQuestions::longNames)),
                new LookScreen("prompt-hostile", prompt(LookQuestions::hostile)),
                new LookScreen("prompt-not-kept", LookQuestions::notKept),
                new LookScreen(
                        "card-one", card(sample -> LookPages.denials(sample).subList(0, 1))),
                new LookScreen("card-five", card(LookPages::denials)),
                new LookScreen("card-closing", LookQuestions::closing),
                new LookScreen("hand-off", LookQuestions::handOff),
                new LookScreen("hand-off-closing", LookQuestions::handOffCloses),
                new LookScreen("toast", LookQuestions::toast),
                new LookScreen("toast-settings", LookQuestions::toastInSettings));
    }

    private static Consumer<LookHand> prompt(Consumer<Sample> asks) {
        return hand -> {
            hand.sample.gatekeeper.confine(Sample.FIREFOX);
            hand.sample.sessions.begin(Sample.FIREFOX, List.of());
            asks.accept(hand.sample);
            armed(hand, "#prompt-sentence", "#prompt-deny");
        };
    }

    private static void handOff(LookHand hand) {
        hand.sample.gatekeeper.confine(Sample.FIREFOX);
        hand.windows.ask(new HandOff() {
            @Override
            public AppId app() {
                return Sample.FIREFOX;
            }

            @Override
            public void close() {}

            @Override
            public void refuse() {}

            @Override
            public CompletableFuture<Void> over() {
                return new CompletableFuture<>();
            }
        });
        armed(hand, "#handoff", "#handoff-no");
    }

    private static void handOffCloses(LookHand hand) {
        handOff(hand);
        hand.press("#handoff-yes");
        hand.until("#handoff-stop");
    }

    private static void armed(LookHand hand, String sentence, String button) {
        hand.click(sentence);
        hand.until(button, node -> !node.isDisabled());
    }

    private static void asks(Sample sample, String folder, Access access) {
        String file = access == Access.WRITE
                ? sample.either("holiday.jpg", "夏休み.jpg")
                : sample.either("2025/taxes.pdf", "2025/確定申告書.pdf");
        sample.asks(Sample.FIREFOX, folder + file, access, NOW);
    }

    private static void port(Sample sample, Access access) {
        sample.asks(Sample.FIREFOX, new Resource.TcpPort(8080), access, NOW);
    }

    private static void arming(LookHand hand) {
        hand.sample.sessions.begin(Sample.FIREFOX, List.of());
        hand.windows.showSettings(Optional.empty());
        hand.until("#page-empty");
        asks(hand.sample, "~/Documents/", Access.READ);
        hand.until("#prompt-sentence");
        hand.click("#section-apps");
    }

    private static void details(LookHand hand) {
        prompt(sample -> asks(sample, "~/Documents/", Access.READ)).accept(hand);
        hand.press("#prompt-details");
        hand.until("#prompt-deny", node -> !node.isDisabled());
    }

    private static void again(Sample sample) {
        sample.gatekeeper.decide(
                Sample.FIREFOX,
                new Resource.Folder(UserFolder.DOCUMENTS),
                Set.of(Access.READ),
                Decision.ASK,
                Origin.PROMPT);
        asks(sample, "~/Documents/", Access.READ);
    }

    private static void longNames(Sample sample) {
        String path = sample.either(
                "a very long folder name that goes on and on/".repeat(3)
                        + "and a file name of the kind that scanners give ".repeat(4),
                "とても長い名前のフォルダがどこまでも続いていきます/".repeat(3) + "令和七年分の所得税及び復興特別所得税の確定申告書".repeat(3));
        long id = sample.asks(Sample.GIMP, "~/Documents/" + path + ".pdf", Access.WRITE, Duration.ofMinutes(3));
        for (int more = 0; more < 12; more++) {
            sample.live.join(id);
        }
    }

    private static void hostile(Sample sample) {
        sample.asks(Sample.FIREFOX, "~/Documents/עברית/חשבונית\u202Egpj.exe 2025.pdf", Access.READ, NOW);
    }

    private static void notKept(LookHand hand) {
        prompt(sample -> asks(sample, "~/Documents/", Access.READ)).accept(hand);
        hand.sample.live.breakWith(LookPages.FULL);
        hand.press("#prompt-allow");
        hand.until("#prompt-banner");
    }

    private static Consumer<LookHand> card(java.util.function.Function<Sample, List<Denial>> refused) {
        return hand -> {
            hand.sample.gatekeeper.confine(Sample.FIREFOX);
            hand.sample.sessions.begin(Sample.FIREFOX, List.of());
            hand.windows.denied(refused.apply(hand.sample));
            armed(hand, "#card-sentence", "#card-deny");
        };
    }

    private static void closing(LookHand hand) {
        card(LookPages::denials).accept(hand);
        hand.press("#card-allow-reopen");
        hand.until("#card-kill");
    }

    private static void toast(LookHand hand) {
        prompt(sample -> asks(sample, "~/Documents/", Access.READ)).accept(hand);
        hand.press("#prompt-allow");
        hand.until("#toast");
    }

    private static void toastInSettings(LookHand hand) {
        LookPages.fill(hand);
        hand.windows.showSettings(Optional.of(Sample.FIREFOX));
        hand.until("#files-card");
        asks(hand.sample, "~/Documents/", Access.READ);
        armed(hand, "#prompt-sentence", "#prompt-deny");
        hand.press("#prompt-once");
        hand.until("#toast");
    }
}
