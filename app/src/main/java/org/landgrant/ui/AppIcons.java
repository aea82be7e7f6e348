package org.landgrant.ui;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.BiFunction;
import javafx.scene.image.Image;
import javafx.scene.image.ImageView;
import javafx.scene.image.PixelFormat;
import javafx.scene.image.WritableImage;
import javafx.scene.layout.StackPane;
import javafx.stage.Screen;
import org.landgrant.desktop.InstalledApp;
import org.landgrant.grants.AppId;

/**
 * Icons of apps, read once each away from the toolkit. Until one is there, and for apps that have none, a
 * tile with the first letter of the name stands in its place.
 */
final class AppIcons {
    private static final int COLOURS = 8;

    private record Key(AppId app, String icon, int pixels) {}

    private final BiFunction<InstalledApp, Integer, Optional<int[]>> source;
    private final Executor background;
    private final Executor toolkit;
    private final Map<Key, Optional<Image>> known = new HashMap<>();

    AppIcons(BiFunction<InstalledApp, Integer, Optional<int[]>> source, Executor background, Executor toolkit) {
        this.source = source;
        this.background = background;
        this.toolkit = toolkit;
    }

    /** An empty place for an icon of that many logical pixels; {@link #show} fills it. */
    static StackPane place(int size) {
        StackPane place = new StackPane();
        place.setMinSize(size, size);
        place.setPrefSize(size, size);
        place.setMaxSize(size, size);
        return place;
    }

    /** Shows the app's icon in the place; on the toolkit's thread. */
    void show(InstalledApp app, StackPane place) {
        int size = (int) place.getPrefWidth();
        int pixels = (int) Math.ceil(size * scale());
        Key key = new Key(app.id(), app.icon(), pixels);
        if (key.equals(place.getUserData())) {
            return;
        }
        place.setUserData(key);
        Optional<Image> image = known.get(key);
        if (image == null) {
            tile(app, place, size);
            load(app, key, place, size);
        } else {
            image.ifPresentOrElse(there -> put(there, place, size), () -> tile(app, place, size));
        }
    }

    private void load(InstalledApp app, Key key, StackPane place, int size) {
        background.execute(() -> {
            Optional<int[]> argb =
                    source.apply(app, key.pixels()).filter(all -> all.length == key.pixels() * key.pixels());
            toolkit.execute(() -> {
                Optional<Image> image = argb.map(pixels -> image(pixels, key.pixels()));
                known.put(key, image);
                // The place may belong to another app by now.
                if (key.equals(place.getUserData())) {
                    image.ifPresent(there -> put(there, place, size));
                }
            });
        });
    }

    private static Image image(int[] argb, int pixels) {
        WritableImage image = new WritableImage(pixels, pixels);
        image.getPixelWriter().setPixels(0, 0, pixels, pixels, PixelFormat.getIntArgbInstance(), argb, 0, pixels);
        return image;
    }

    private static void put(Image image, StackPane place, int size) {
        ImageView view = new ImageView(image);
        view.setFitWidth(size);
        view.setFitHeight(size);
        place.getChildren().setAll(view);
    }

    private static void tile(InstalledApp app, StackPane place, int size) {
        String name = app.name();
        String letter = name.isEmpty() ? "?" : name.substring(0, name.offsetByCodePoints(0, 1));
        StackPane tile = new StackPane(Parts.label(letter.toUpperCase(Locale.ROOT), "tile-letter"));
        tile.getStyleClass()
                .addAll("tile", "tile-" + Math.floorMod(app.id().value().hashCode(), COLOURS));
        double inner = Math.round(size * 0.86);
        tile.setMaxSize(inner, inner);
        tile.setStyle("-fx-font-size: " + Math.round(size * 0.42) + "px; -fx-background-radius: "
                + Math.round(size * 0.22) + "px;");
        place.getChildren().setAll(tile);
    }

    private static double scale() {
        return Screen.getScreens().stream()
                .mapToDouble(Screen::getOutputScaleX)
                .max()
                .orElse(1);
    }
}
