package org.landgrant.prompts;

import java.text.MessageFormat;
import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.ResourceBundle.Control;
import org.landgrant.grants.Preferences;

/** Every word a person reads, in the person's language. Safe for many threads. */
public final class Words {
    private static final String SENTENCES = "org.landgrant.ui.messages";
    private static final Control NO_FALLBACK = Control.getNoFallbackControl(Control.FORMAT_PROPERTIES);

    private record Voice(Locale locale, ResourceBundle bundle, Told told) {
        /** What the sentences themselves are in. */
        Locale language() {
            return bundle.getLocale().equals(Locale.ROOT) ? Locale.ENGLISH : bundle.getLocale();
        }
    }

    private volatile Voice voice;

    public Words(Locale locale) {
        this.voice = voice(locale);
    }

    /** What a person chose, as a language. */
    public static Locale locale(Preferences.Language chosen) {
        return switch (chosen) {
            case DESKTOP -> Locale.getDefault();
            case ENGLISH -> Locale.ENGLISH;
            case JAPANESE -> Locale.JAPANESE;
        };
    }

    /** From now on everything is said in that language; what was said stays. */
    public void speak(Locale locale) {
        voice = voice(locale);
    }

    private static Voice voice(Locale locale) {
        // A language that is asked for is never replaced by the desktop's: what has no words of its own is English.
        ResourceBundle bundle = ResourceBundle.getBundle(SENTENCES, locale, NO_FALLBACK);
        boolean english = bundle.getLocale().equals(Locale.ROOT);
        Told told = english
                ? Told.NOTHING
                : Told.of(ResourceBundle.getBundle(SENTENCES, Locale.ROOT, NO_FALLBACK), bundle, locale);
        return new Voice(locale, bundle, told);
    }

    /**
     * The sentence of that name.
     *
     * @param values fill {@code {0}}, {@code {1}}…, and choose the form where it depends on a number; numbers that
     *     are names (ports) are given as text
     */
    public String say(String name, Object... values) {
        Voice now = voice;
        String pattern = Plurals.chosen(now.bundle().getString(name), now.language(), now.locale(), values);
        return new MessageFormat(pattern, now.locale()).format(values);
    }

    /**
     * A sentence that another room said in English, for a window: why an app is left alone, why something failed.
     * One that nobody translated stays as it is.
     */
    public String told(String english) {
        return voice.told().say(english);
    }

    /** Several words or names after one another. */
    public String list(List<String> items) {
        return String.join(say("list.between"), items);
    }

    /** The language these words are in. */
    public Locale locale() {
        return voice.locale();
    }
}
