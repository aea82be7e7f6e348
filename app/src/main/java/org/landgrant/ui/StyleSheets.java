package org.landgrant.ui;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

/** Our style sheet for a size of text. Sizes stand in it in pixels, so others are computed. */
final class StyleSheets {
    /** What grows with the text: the text, icons in it, and what is as high as a line or holds words. */
    private static final Pattern SIZE =
            Pattern.compile("(-fx-(?:font-size|icon-size|(?:min|pref|max)-(?:width|height)|cell-size)): (\\d+)px");

    private static final String STILL =
            ".toggle-switch { -fx-thumb-move-animation-time: 0; }\n.arming { visibility: hidden; }\n";

    private StyleSheets() {}

    /**
     * Their addresses.
     *
     * @param percent size of text
     * @param still whether nothing may move
     */
    static List<String> of(int percent, boolean still) {
        URL roles = Objects.requireNonNull(StyleSheets.class.getResource("landgrant.css"));
        List<String> sheets = new ArrayList<>();
        sheets.add(percent == 100 ? roles.toExternalForm() : address(scaled(text(roles), percent)));
        if (still) {
            sheets.add(address(STILL));
        }
        return List.copyOf(sheets);
    }

    static String scaled(String sheet, int percent) {
        return SIZE.matcher(sheet)
                .replaceAll(size ->
                        size.group(1) + ": " + Math.round(Integer.parseInt(size.group(2)) * percent / 100.0) + "px");
    }

    private static String text(URL sheet) {
        try (InputStream stream = sheet.openStream()) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static String address(String sheet) {
        return "data:text/css;base64," + Base64.getEncoder().encodeToString(sheet.getBytes(StandardCharsets.UTF_8));
    }
}
