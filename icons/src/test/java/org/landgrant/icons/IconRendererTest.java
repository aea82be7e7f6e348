package org.landgrant.icons;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class IconRendererTest {
    private static final String SVG =
            "<svg xmlns='http://www.w3.org/2000/svg' xmlns:xlink='http://www.w3.org/1999/xlink'";

    @TempDir
    Path folder;

    private final IconRenderer renderer = new IconRenderer();

    private Optional<IconPixels> svg(String text) {
        return renderer.render(text.getBytes(StandardCharsets.UTF_8), true, 32);
    }

    private Path png(int width, int height) throws IOException {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setColor(Color.RED);
        graphics.fillRect(0, 0, width, height);
        graphics.dispose();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageIO.write(image, "png", bytes);
        return Files.write(folder.resolve(width + "x" + height + ".png"), bytes.toByteArray());
    }

    private static int pixel(IconPixels picture, int x, int y) {
        return picture.argb()[y * picture.size() + x];
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 16, 64, 200})
    void aPngFillsTheSquareAtEverySize(int size) throws IOException {
        IconPixels picture = renderer.render(png(64, 64), size).orElseThrow();
        assertEquals(size, picture.size());
        assertTrue(IntStream.of(picture.argb()).allMatch(argb -> argb == 0xFFFF0000));
    }

    @Test
    void aWidePngIsCentredWithClearBands() throws IOException {
        IconPixels picture = renderer.render(png(64, 32), 32).orElseThrow();
        assertEquals(0, pixel(picture, 16, 2));
        assertEquals(0xFFFF0000, pixel(picture, 16, 16));
        assertEquals(0, pixel(picture, 16, 30));
    }

    @Test
    void anSvgIsDrawnInItsProportions() {
        IconPixels picture = svg(SVG + " width='20' height='10'><rect width='20' height='10' fill='#00f'/></svg>")
                .orElseThrow();
        assertEquals(0, pixel(picture, 16, 4));
        assertEquals(0xFF0000FF, pixel(picture, 16, 16));
        assertEquals(0, pixel(picture, 16, 28));
    }

    @Test
    void aPngOverTheSideLimitIsNoIcon() throws IOException {
        assertTrue(renderer.render(png(1024, 1), 16).isPresent());
        assertTrue(renderer.render(png(1025, 1), 16).isEmpty());
    }

    @Test
    void aFileOverOneMebibyteIsNoIcon() throws IOException {
        String head = SVG + " width='8' height='8'><rect width='8' height='8'/><!--";
        String tail = "--></svg>";
        Path fits = folder.resolve("fits.svg");
        Files.writeString(fits, head + "x".repeat(IconRenderer.MAX_BYTES - head.length() - tail.length()) + tail);
        assertTrue(renderer.render(fits, 16).isPresent());
        Files.writeString(fits, head + "x".repeat(IconRenderer.MAX_BYTES) + tail);
        assertTrue(renderer.render(fits, 16).isEmpty());
    }

    @Test
    void brokenMissingAndOddFilesAreNoIcons() throws IOException {
        byte[] whole = Files.readAllBytes(png(64, 64));
        for (int length : List.of(0, 7, 20, whole.length / 2)) {
            Path cut = Files.write(folder.resolve("cut.png"), java.util.Arrays.copyOf(whole, length));
            assertTrue(renderer.render(cut, 16).isEmpty(), "cut to " + length);
        }
        assertTrue(renderer.render(folder.resolve("missing.png"), 16).isEmpty());
        assertTrue(renderer.render(folder, 16).isEmpty());
        for (String text :
                List.of("", "<svg", "<html/>", SVG + " width='0' height='0'/>", "\0\0\0", "<a>".repeat(9_999))) {
            assertTrue(svg(text).isEmpty(), text);
        }
    }

    @Test
    void anSvgCannotReadOtherFiles() throws IOException {
        Path secret = png(8, 8);
        String empty = SVG + " width='8' height='8'/>";
        String image =
                SVG + " width='8' height='8'><image width='8' height='8' xlink:href='" + secret.toUri() + "'/></svg>";
        String entity = "<!DOCTYPE svg [<!ENTITY x SYSTEM '" + secret.toUri() + "'>]>" + SVG
                + " width='8' height='8'><text>&x;</text></svg>";
        assertEquals(svg(empty), svg(image));
        assertTrue(svg(entity).isEmpty() || svg(entity).equals(svg(empty)));
    }

    @Test
    void anEntityBombIsNotExpanded() {
        StringBuilder bomb = new StringBuilder("<!DOCTYPE svg [<!ENTITY a0 'aaaaaaaaaa'>");
        for (int level = 1; level < 12; level++) {
            bomb.append("<!ENTITY a")
                    .append(level)
                    .append(" '")
                    .append(("&a" + (level - 1) + ";").repeat(10))
                    .append("'>");
        }
        bomb.append("]>").append(SVG).append(" width='8' height='8'><text>&a11;</text></svg>");
        assertTimeout(Duration.ofSeconds(5), () -> svg(bomb.toString()));
    }

    @Test
    void shapesMultipliedByReferencesAreCutOff() {
        StringBuilder bomb =
                new StringBuilder(SVG + " width='8' height='8'><g id='g0'><rect width='8' height='8'/></g>");
        for (int level = 1; level < 7; level++) {
            bomb.append("<g id='g")
                    .append(level)
                    .append("'>")
                    .append(("<use xlink:href='#g" + (level - 1) + "'/>").repeat(60))
                    .append("</g>");
        }
        bomb.append("</svg>");
        assertTimeout(
                Duration.ofSeconds(10), () -> assertTrue(svg(bomb.toString()).isEmpty()));
    }

    @Test
    void aSizeOutsideTheLimitsIsOurOwnBug() {
        assertThrows(IllegalArgumentException.class, () -> renderer.render(folder, 0));
        assertThrows(IllegalArgumentException.class, () -> renderer.render(folder, 1025));
    }

    @ParameterizedTest
    @EnumSource(ProductIcon.class)
    void ourOwnPicturesShowAtEveryUsualSize(ProductIcon icon) {
        for (int size : List.of(16, 22, 24, 32, 48, 64, 128, 256, 512)) {
            IconPixels picture = icon.picture(size);
            long painted = IntStream.of(picture.argb())
                    .filter(argb -> argb >>> 24 > 128)
                    .count();
            assertTrue(painted > (long) size * size / 2, icon + " at " + size);
            assertEquals(0, picture.argb()[0], "the corner is clear");
        }
    }

    @Test
    void theKeyholeIsStillThereAt16Pixels() {
        IconPixels picture = ProductIcon.LANDGRANT.picture(16);
        assertTrue(IntStream.of(picture.argb()).anyMatch(argb -> (argb >> 16 & 0xFF) < 0x60 && argb >>> 24 == 0xFF));
    }

    @Test
    void anAppWithoutAPictureGetsTheGenericOne() throws IOException {
        IconTheme theme = new IconTheme(folder, folder, folder, List.of(folder));
        AppIcons icons = new AppIcons(theme, renderer);
        assertEquals(ProductIcon.APPLICATION.picture(32), icons.picture("", 16, 2));
        assertEquals(ProductIcon.APPLICATION.picture(16), icons.picture("nothing-like-it", 16, 1));
        IconPixels own = icons.picture(png(16, 16).toString(), 16, 1);
        assertNotEquals(ProductIcon.APPLICATION.picture(16), own);
        Files.delete(folder.resolve("16x16.png"));
        assertEquals(own, icons.picture(folder.resolve("16x16.png").toString(), 16, 1));
        icons.forget();
        assertEquals(
                ProductIcon.APPLICATION.picture(16),
                icons.picture(folder.resolve("16x16.png").toString(), 16, 1));
    }
}
