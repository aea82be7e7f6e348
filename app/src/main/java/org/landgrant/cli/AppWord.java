package org.landgrant.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.landgrant.desktop.InstalledApp;
import org.landgrant.grants.AppId;
import org.landgrant.grants.AppSettings;
import picocli.CommandLine.TypeConversionException;

/**
 * What people type for an app. An ID means that app and no other, with its ending or, where there is such an app or
 * something was ever decided about one, without. Other words mean an app by the last part of its ID, its program or
 * its name, if that is one app only; so nothing is ever done about an app that was not meant.
 */
final class AppWord {
    private static final String ENDING = ".desktop";
    private static final int MOST_NAMED = 8;
    private static final int MOST_NEAR = 3;

    private AppWord() {}

    /** @throws TypeConversionException when it can be no app, or several */
    static AppId app(String word, Commands.Ports ports) {
        return app(word, ports.apps().all(), id -> isKnown(id, ports));
    }

    /**
     * The same, of these apps.
     *
     * @param known whether there is an app of that ID, or something was ever decided about one
     */
    static AppId app(String word, List<InstalledApp> apps, Predicate<AppId> known) {
        if (word.endsWith(ENDING)) {
            return id(word);
        }
        if (isId(word + ENDING) && known.test(id(word + ENDING))) {
            return id(word + ENDING);
        }
        List<InstalledApp> meant = meant(word, apps);
        if (meant.size() > 1) {
            throw new TypeConversionException(meant.size() + " apps are called that; name one by its ID: "
                    + meant.stream()
                            .limit(MOST_NAMED)
                            .map(app -> app.id().value())
                            .collect(Collectors.joining(", ", "", meant.size() > MOST_NAMED ? ", …" : "")));
        }
        return meant.isEmpty() ? id(word + ENDING) : meant.getFirst().id();
    }

    /** The sentence for an app that is not there. */
    static String missing(AppId app, Commands.Ports ports) {
        String word = withoutEnding(app.value());
        String near = ports.apps().all().stream()
                .filter(InstalledApp::shown)
                .filter(one -> isNear(word, words(one)))
                .limit(MOST_NEAR)
                .map(one -> withoutEnding(one.id().value()))
                .collect(Collectors.joining(", or "));
        return "There is no app " + app
                + (near.isEmpty() ? "; \"landgrant apps\" lists those there are." : "; did you mean " + near + "?");
    }

    private static boolean isNear(String word, List<String> words) {
        String small = word.toLowerCase(Locale.ROOT);
        return !Near.to(word, words).isEmpty()
                || (small.length() > 2
                        && words.stream()
                                .anyMatch(one -> one.toLowerCase(Locale.ROOT).contains(small)));
    }

    /** Whether it is installed, or something was ever decided about it. */
    static boolean isKnown(AppId app, Commands.Ports ports) {
        return ports.apps().find(app).isPresent()
                || ports.decided().get().contains(app)
                || ports.chosen().get().stream().map(AppSettings::app).anyMatch(app::equals);
    }

    /** Of those that menus show, if there are any, else of the others. */
    private static List<InstalledApp> meant(String word, List<InstalledApp> apps) {
        List<InstalledApp> all =
                apps.stream().filter(app -> isCalled(app, word)).toList();
        List<InstalledApp> shown = new ArrayList<>(all);
        shown.removeIf(app -> !app.shown());
        return shown.isEmpty() ? all : shown;
    }

    private static boolean isCalled(InstalledApp app, String word) {
        return words(app).stream().anyMatch(word::equalsIgnoreCase);
    }

    /** What an app is called: its ID, the last part of that, its name, its program. */
    private static List<String> words(InstalledApp app) {
        String id = withoutEnding(app.id().value());
        String program = app.command().isEmpty() ? "" : app.command().getFirst();
        return Stream.of(
                        id,
                        id.substring(id.lastIndexOf('.') + 1),
                        app.name(),
                        program.substring(program.lastIndexOf('/') + 1))
                .filter(word -> !word.isEmpty())
                .toList();
    }

    private static String withoutEnding(String id) {
        return id.endsWith(ENDING) ? id.substring(0, id.length() - ENDING.length()) : id;
    }

    private static boolean isId(String text) {
        try {
            return !new AppId(text).value().isEmpty();
        } catch (IllegalArgumentException noId) {
            return false;
        }
    }

    private static AppId id(String text) {
        try {
            return new AppId(text);
        } catch (IllegalArgumentException mistake) {
            throw new TypeConversionException(mistake.getMessage());
        }
    }
}
