package org.landgrant.desktop;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The names under which a translated value may stand, best first: {@code lang_COUNTRY@MODIFIER}, {@code
 * lang_COUNTRY}, {@code lang@MODIFIER}, {@code lang}.
 *
 * <p>Source: Desktop Entry Specification 1.5, "Localized values for keys".
 */
public record Languages(List<String> names) {
    private static final Pattern LOCALE =
            Pattern.compile("([A-Za-z]{1,8})(?:_([A-Za-z0-9]{1,8}))?(?:\\.[^@]*)?(?:@([A-Za-z0-9]{1,16}))?");

    public Languages {
        names = List.copyOf(names);
    }

    /** From {@code LC_ALL}, {@code LC_MESSAGES} or {@code LANG}; {@code LANGUAGE} goes before, but not in {@code C}. */
    public static Languages from(Map<String, String> environment) {
        String locale = List.of("LC_ALL", "LC_MESSAGES", "LANG").stream()
                .map(name -> environment.getOrDefault(name, ""))
                .filter(value -> !value.isEmpty())
                .findFirst()
                .orElse("C");
        if (locale.equals("C") || locale.equals("POSIX") || locale.startsWith("C.")) {
            return new Languages(List.of());
        }
        Set<String> names = new LinkedHashSet<>();
        for (String wanted : environment.getOrDefault("LANGUAGE", "").split(":", 16)) {
            add(wanted, names);
        }
        add(locale, names);
        return new Languages(List.copyOf(names));
    }

    private static void add(String locale, Set<String> names) {
        Matcher parts = LOCALE.matcher(locale);
        if (!parts.matches()) {
            return;
        }
        String language = parts.group(1);
        String country = parts.group(2) == null ? "" : "_" + parts.group(2);
        String modifier = parts.group(3) == null ? "" : "@" + parts.group(3);
        names.add(language + country + modifier);
        names.add(language + country);
        names.add(language + modifier);
        names.add(language);
    }
}
