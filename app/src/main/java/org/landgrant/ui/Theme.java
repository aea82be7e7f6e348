package org.landgrant.ui;

import atlantafx.base.theme.CupertinoDark;
import atlantafx.base.theme.CupertinoLight;
import java.util.List;
import javafx.application.Application;
import javafx.application.ColorScheme;
import javafx.application.Platform;
import javafx.beans.property.DoubleProperty;
import javafx.beans.property.ReadOnlyDoubleWrapper;
import javafx.scene.Scene;
import javafx.stage.Screen;
import javafx.stage.Window;
import org.jspecify.annotations.Nullable;
import org.landgrant.grants.Preferences;
import org.landgrant.grants.Preferences.Appearance;
import org.landgrant.grants.Preferences.Motion;

/**
 * The look: AtlantaFX Cupertino, light or dark as {@code LANDGRANT_THEME} ({@code light} or {@code dark}) says,
 * else as the person chose, else as the desktop is. Belongs to the toolkit's thread, as the toolkit's own
 * look does, which is one for the whole process.
 */
final class Theme {
    private static final String VARIABLE = "LANDGRANT_THEME";

    /** Left for a window's own frame. */
    static final double FRAME = 48;

    private static Preferences chosen = Preferences.USUAL;
    private static final ReadOnlyDoubleWrapper FACTOR = new ReadOnlyDoubleWrapper(1);
    private static List<String> sheets = StyleSheets.of(Preferences.SMALLEST_TEXT, false);

    private Theme() {}

    /** Once: applies the look and follows the desktop. */
    static void follow() {
        Platform.getPreferences().colorSchemeProperty().addListener((property, before, now) -> apply());
        Platform.getPreferences().reducedMotionProperty().addListener((property, before, now) -> apply());
        apply();
    }

    /** What the person chose holds at once, also in windows that are open. */
    static void prefer(Preferences preferences) {
        chosen = preferences;
        FACTOR.set(preferences.textPercent() / 100.0);
        apply();
    }

    /** Adds our colour roles and sizes to a new scene. */
    static void dress(Scene scene) {
        scene.getStylesheets().addAll(sheets);
    }

    /** Lets a length hold the same words at every size of text, also when that changes. */
    static void scale(DoubleProperty length, double usual) {
        length.bind(FACTOR.multiply(usual));
    }

    /** A length that holds the same words at the size of text there is now. */
    static double scaled(double usual) {
        return usual * FACTOR.get();
    }

    /** A width of a window that holds the same words at every size of text, as far as the screen goes. */
    static double width(double usual) {
        return Math.min(scaled(usual), Screen.getPrimary().getVisualBounds().getWidth() - FRAME);
    }

    private static void apply() {
        Platform.Preferences desktop = Platform.getPreferences();
        Application.setUserAgentStylesheet(
                dark(System.getenv(VARIABLE), chosen.appearance(), desktop.getColorScheme())
                        ? new CupertinoDark().getUserAgentStylesheet()
                        : new CupertinoLight().getUserAgentStylesheet());
        List<String> before = sheets;
        boolean still = chosen.motion() == Motion.REDUCED || desktop.isReducedMotion();
        sheets = StyleSheets.of(chosen.textPercent(), still);
        if (!before.equals(sheets)) {
            for (Window window : List.copyOf(Window.getWindows())) {
                Scene scene = window.getScene();
                if (scene != null && scene.getStylesheets().removeAll(before)) {
                    dress(scene);
                }
            }
        }
    }

    static boolean dark(@Nullable String forced, Appearance wish, ColorScheme desktop) {
        if ("dark".equals(forced) || "light".equals(forced)) {
            return "dark".equals(forced);
        }
        return switch (wish) {
            case DARK -> true;
            case LIGHT -> false;
            case DESKTOP -> desktop == ColorScheme.DARK;
        };
    }
}
