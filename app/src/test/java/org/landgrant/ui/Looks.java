package org.landgrant.ui;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import javafx.application.Platform;
import javafx.scene.image.WritableImage;
import javax.imageio.ImageIO;

/**
 * Leaves a picture of every screen in a folder, named {@code SCREEN-LANG-THEME-SCALE.png}: {@code Looks OUT [SCREEN…]}.
 * Language, theme and scale are those of the process; {@code -Dlooks.text=200} enlarges the text.
 */
final class Looks {
    private Looks() {}

    public static void main(String[] arguments) throws IOException {
        Path out = Path.of(arguments[0]);
        List<String> wanted = List.of(arguments).subList(1, arguments.length);
        int text = Integer.getInteger("looks.text", 100);
        int scale = 100 * Integer.getInteger("glass.gtk.uiScale", 1);
        String ending = "-" + Locale.getDefault().getLanguage() + "-" + System.getenv("LANDGRANT_THEME") + "-" + scale
                + (text > 100 ? "-text" + text : "") + ".png";
        Platform.startup(() -> Platform.setImplicitExit(false));
        int failed = 0;
        for (LookScreen screen : LookScreen.ALL) {
            if (wanted.isEmpty() || wanted.contains(screen.name())) {
                try {
                    keep(screen, text, out.resolve(screen.name() + ending));
                } catch (IOException | RuntimeException failure) {
                    System.err.println(screen.name() + ending + ": " + failure);
                    failed++;
                }
            }
        }
        Platform.exit();
        System.exit(failed == 0 ? 0 : 1);
    }

    private static void keep(LookScreen screen, int text, Path file) throws IOException {
        try (LookHand hand = new LookHand(text)) {
            screen.play().accept(hand);
            WritableImage picture = hand.picture();
            int width = (int) picture.getWidth();
            BufferedImage image = new BufferedImage(width, (int) picture.getHeight(), BufferedImage.TYPE_INT_RGB);
            image.setRGB(0, 0, width, image.getHeight(), LookHand.pixels(picture), 0, width);
            Path whole = Files.createTempFile(file.getParent(), "part", ".png");
            ImageIO.write(image, "png", whole.toFile());
            Files.move(whole, file, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
