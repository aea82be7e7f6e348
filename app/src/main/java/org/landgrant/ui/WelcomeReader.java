package org.landgrant.ui;

import java.text.Collator;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.landgrant.desktop.InstalledApp;
import org.landgrant.prompts.UserPlaces;
import org.landgrant.prompts.Words;

/** Reads what the first page shows. Blocks. */
final class WelcomeReader {
    private static final int NAMES = 4;

    /** The template of apps nobody wrote one for. */
    private static final String ANY = "base";

    /** Categories of apps that open what strangers send. Source: Desktop Menu Specification 1.1, appendix A. */
    private static final Set<String> EXPOSED = Set.of(
            "WebBrowser",
            "Email",
            "InstantMessaging",
            "Chat",
            "IRCClient",
            "Telephony",
            "VideoConference",
            "P2P",
            "FileTransfer");

    private final UiServices services;
    private final Words words;

    WelcomeReader(UiServices services, Words words) {
        this.services = services;
        this.words = words;
    }

    /**
     * The apps to choose from, those worth it first, each part by name; empty when the page has no business
     * any more, since it was answered, an app is confined, or there is none to confine.
     */
    Optional<List<WelcomeEntry>> read() {
        if (services.preferences().now().welcomed()) {
            return Optional.empty();
        }
        List<InstalledApp> all = services.apps().all();
        if (all.stream()
                .anyMatch(app -> services.gatekeeper().settings(app.id()).confined())) {
            // Whoever found the switch needs no first page, also not after switching it off again.
            services.preferences().put(services.preferences().now().withWelcomed());
            return Optional.empty();
        }
        UserPlaces places = Places.now(services);
        List<WelcomeEntry> entries = all.stream()
                .filter(app -> app.shown() && app.notOurs().isEmpty())
                .map(app -> entry(app, places))
                .sorted(order())
                .toList();
        return entries.isEmpty() ? Optional.empty() : Optional.of(entries);
    }

    private WelcomeEntry entry(InstalledApp app, UserPlaces places) {
        String start = Reach.words(services.gatekeeper().effective(app.id()), places, words, NAMES);
        boolean written = !services.gatekeeper().template(app.id()).name().equals(ANY);
        return new WelcomeEntry(app, start, written || exposed(app.categories()));
    }

    /** Viewers of documents are, viewers of what a camera made are not. */
    static boolean exposed(List<String> categories) {
        return categories.stream().anyMatch(EXPOSED::contains)
                || (categories.contains("Viewer") && categories.contains("Office"));
    }

    private Comparator<WelcomeEntry> order() {
        Collator collator = Collator.getInstance(words.locale());
        return Comparator.comparing((WelcomeEntry entry) -> !entry.suggested())
                .thenComparing(entry -> entry.app().name(), collator)
                .thenComparing(entry -> entry.app().id());
    }
}
