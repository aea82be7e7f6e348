package org.landgrant.ui;

import atlantafx.base.theme.CupertinoDark;
import atlantafx.base.theme.CupertinoLight;
import java.net.URL;
import java.util.Objects;
import javafx.application.Application;
import javafx.application.ColorScheme;
import javafx.application.Platform;
import javafx.scene.Scene;
import org.jspecify.annotations.Nullable;

/**
 * The look: AtlantaFX Cupertino, light or dark as the desktop is, or as {@code LANDGRANT_THEME} ({@code
 * light} or {@code dark}) says.
 */
final class Theme {
    private static final String VARIABLE = "LANDGRANT_THEME";

    private Theme() {}

    /** Once, on the toolkit's thread: applies the look and follows the desktop. */
    static void follow() {
        Platform.getPreferences().colorSchemeProperty().addListener((property, before, now) -> apply(now));
        apply(Platform.getPreferences().getColorScheme());
    }

    /** Adds our colour roles to a new scene. */
    static void dress(Scene scene) {
        URL roles = Objects.requireNonNull(Theme.class.getResource("landgrant.css"));
        scene.getStylesheets().add(roles.toExternalForm());
    }

    private static void apply(ColorScheme desktop) {
        Application.setUserAgentStylesheet(
                dark(System.getenv(VARIABLE), desktop)
                        ? new CupertinoDark().getUserAgentStylesheet()
                        : new CupertinoLight().getUserAgentStylesheet());
    }

    static boolean dark(@Nullable String wish, ColorScheme desktop) {
        return "dark".equals(wish) || (!"light".equals(wish) && desktop == ColorScheme.DARK);
    }
}
