package org.landgrant.prompts;

import java.text.MessageFormat;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.ResourceBundle.Control;

/** Every word a person reads, in the person's language. */
public final class Words {
    private final Locale locale;
    private final ResourceBundle bundle;

    public Words(Locale locale) {
        this.locale = locale;
        // A language that is asked for is never replaced by the desktop's: what has no words of its own is English.
        this.bundle = ResourceBundle.getBundle(
                "org.landgrant.ui.messages", locale, Control.getNoFallbackControl(Control.FORMAT_PROPERTIES));
    }

    /**
     * The sentence of that name.
     *
     * @param values fill {@code {0}}, {@code {1}}…; numbers that are names (ports) are given as text
     */
    public String say(String name, Object... values) {
        return new MessageFormat(bundle.getString(name), locale).format(values);
    }

    /** The language these words are in. */
    public Locale locale() {
        return locale;
    }
}
