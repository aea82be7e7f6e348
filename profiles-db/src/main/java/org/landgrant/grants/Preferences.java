package org.landgrant.grants;

import java.time.Duration;

/**
 * How a person wants Landgrant itself to be; nothing here is about an app.
 *
 * @param textPercent size of text, {@link #SMALLEST_TEXT} to {@link #LARGEST_TEXT}
 * @param welcomed whether the first page was answered, so that it never comes again
 */
public record Preferences(
        Appearance appearance,
        int textPercent,
        Motion motion,
        Language language,
        Asking asking,
        Keeping keeping,
        boolean welcomed) {
    public static final int SMALLEST_TEXT = 100;
    public static final int LARGEST_TEXT = 200;

    /** What holds as long as nobody chose anything. */
    public static final Preferences USUAL = new Preferences(
            Appearance.DESKTOP, SMALLEST_TEXT, Motion.DESKTOP, Language.DESKTOP, Asking.WINDOW, Keeping.MONTH, false);

    public Preferences {
        if (textPercent < SMALLEST_TEXT || textPercent > LARGEST_TEXT) {
            throw new IllegalArgumentException("text is 100 to 200 percent large");
        }
    }

    /** Light or dark. */
    public enum Appearance {
        DESKTOP,
        LIGHT,
        DARK
    }

    /** Whether things may move. */
    public enum Motion {
        DESKTOP,
        REDUCED
    }

    /** The language of windows. */
    public enum Language {
        DESKTOP,
        ENGLISH,
        JAPANESE
    }

    /** What happens when an app waits for an answer. */
    public enum Asking {
        /** A window opens. */
        WINDOW,
        /** The desktop shows a notification; a window opens from it, or where there is none. */
        NOTIFICATION,
        /** Nothing opens; questions wait in the list. */
        LIST
    }

    /** How long the history is kept. */
    public enum Keeping {
        WEEK(7),
        MONTH(30),
        QUARTER(90),
        YEAR(365);

        private final Duration time;

        Keeping(int days) {
            this.time = Duration.ofDays(days);
        }

        public Duration time() {
            return time;
        }
    }

    public Preferences withAppearance(Appearance chosen) {
        return new Preferences(chosen, textPercent, motion, language, asking, keeping, welcomed);
    }

    public Preferences withTextPercent(int chosen) {
        return new Preferences(appearance, chosen, motion, language, asking, keeping, welcomed);
    }

    public Preferences withMotion(Motion chosen) {
        return new Preferences(appearance, textPercent, chosen, language, asking, keeping, welcomed);
    }

    public Preferences withLanguage(Language chosen) {
        return new Preferences(appearance, textPercent, motion, chosen, asking, keeping, welcomed);
    }

    public Preferences withAsking(Asking chosen) {
        return new Preferences(appearance, textPercent, motion, language, chosen, keeping, welcomed);
    }

    public Preferences withKeeping(Keeping chosen) {
        return new Preferences(appearance, textPercent, motion, language, asking, chosen, welcomed);
    }

    public Preferences withWelcomed() {
        return new Preferences(appearance, textPercent, motion, language, asking, keeping, true);
    }
}
