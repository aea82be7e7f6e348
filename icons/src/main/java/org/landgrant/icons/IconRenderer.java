package org.landgrant.icons;

import com.github.weisj.jsvg.SVGDocument;
import com.github.weisj.jsvg.parser.DocumentLimits;
import com.github.weisj.jsvg.parser.LoaderContext;
import com.github.weisj.jsvg.parser.SVGLoader;
import com.github.weisj.jsvg.parser.resources.ResourcePolicy;
import com.github.weisj.jsvg.renderer.NullPlatformSupport;
import com.github.weisj.jsvg.renderer.output.Output;
import com.github.weisj.jsvg.view.ViewBox;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Locale;
import java.util.Optional;
import java.util.logging.Level;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.MemoryCacheImageInputStream;
import javax.xml.stream.XMLInputFactory;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns PNG and SVG files into pixels.
 *
 * <p>Icons come from anyone who may write into an icon folder, so every file is hostile: at most
 * {@link #MAX_BYTES} of a regular file are read, a PNG is at most {@link #MAX_SIDE} pixels wide and
 * high, an SVG may name nothing outside itself, declare no entities, and draw only for as long as
 * {@link BoundedOutput} lets it. What breaks a rule, or is broken, is no icon. Safe for many threads.
 */
public final class IconRenderer {
    /** The largest file looked at. */
    public static final int MAX_BYTES = 1 << 20;

    /** The widest and highest picture read or made, in pixels. */
    public static final int MAX_SIDE = 1024;

    private static final Logger LOG = LoggerFactory.getLogger(IconRenderer.class);
    /** The decoder would log every broken icon with its stack; kept here so that the level stays. */
    private static final java.util.logging.Logger DECODER_LOG =
            java.util.logging.Logger.getLogger("com.github.weisj.jsvg");

    static {
        DECODER_LOG.setLevel(Level.OFF);
    }

    private static final DocumentLimits SVG_LIMITS = new DocumentLimits(30, 6, 2_000);

    /**
     * The picture in that file, scaled to fit {@code size} × {@code size} and centred; empty when the
     * file is missing, broken, too large or of another kind (XPM is not read).
     *
     * @param size pixels, 1 to {@link #MAX_SIDE}
     */
    public Optional<IconPixels> render(Path file, int size) {
        requireSide(size);
        try {
            if (!Files.isRegularFile(file) || Files.size(file) > MAX_BYTES) {
                return Optional.empty();
            }
            byte[] bytes;
            try (InputStream in = Files.newInputStream(file)) {
                bytes = in.readNBytes(MAX_BYTES + 1);
            }
            Path name = file.getFileName();
            boolean svg =
                    name != null && name.toString().toLowerCase(Locale.ROOT).endsWith(".svg");
            return bytes.length > MAX_BYTES ? Optional.empty() : render(bytes, svg, size);
        } catch (IOException unreadable) {
            LOG.debug("An icon could not be read", unreadable);
            return Optional.empty();
        }
    }

    /** The same for a picture that is already in memory. */
    Optional<IconPixels> render(byte[] bytes, boolean svg, int size) {
        try {
            BufferedImage image = svg ? drawSvg(bytes, size) : drawPng(bytes, size);
            return image == null
                    ? Optional.empty()
                    : Optional.of(new IconPixels(size, image.getRGB(0, 0, size, size, null, 0, size)));
        } catch (IOException | RuntimeException | StackOverflowError broken) {
            // The decoders answer damage with whatever exception comes first; for us it is all "no icon".
            LOG.debug("An icon is broken", broken);
            return Optional.empty();
        }
    }

    private static @Nullable BufferedImage drawPng(byte[] bytes, int size) throws IOException {
        Iterator<ImageReader> readers = ImageIO.getImageReadersByFormatName("png");
        ImageReader reader = readers.next();
        try (MemoryCacheImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(bytes))) {
            reader.setInput(in, true, true);
            int width = reader.getWidth(0);
            int height = reader.getHeight(0);
            if (width < 1 || height < 1 || width > MAX_SIDE || height > MAX_SIDE) {
                return null;
            }
            return fit(reader.read(0), size);
        } finally {
            reader.dispose();
        }
    }

    private static @Nullable BufferedImage drawSvg(byte[] bytes, int size) {
        LoaderContext context = LoaderContext.builder()
                .externalResourcePolicy(ResourcePolicy.DENY_ALL)
                .documentLimits(SVG_LIMITS)
                .build();
        SVGDocument document = new SVGLoader()
                .load(() -> xmlFactory().createXMLEventReader(new ByteArrayInputStream(bytes)), null, context);
        if (document == null) {
            return null;
        }
        float width = document.size().width;
        float height = document.size().height;
        if (!(width > 0) || !(height > 0)) {
            return null;
        }
        float scale = size / Math.max(width, height);
        ViewBox box =
                new ViewBox((size - width * scale) / 2, (size - height * scale) / 2, width * scale, height * scale);
        BufferedImage image = new BufferedImage(size, size, BufferedImage.TYPE_INT_ARGB);
        Graphics2D graphics = graphics(image);
        try {
            Output output = BoundedOutput.around(Output.createForGraphics(graphics));
            document.renderWithPlatform(NullPlatformSupport.INSTANCE, output, box);
        } finally {
            graphics.dispose();
        }
        return image;
    }

    private static XMLInputFactory xmlFactory() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        return factory;
    }

    /** Halves until the last step is less than a factor of two, so that no pixel of the source is skipped. */
    private static BufferedImage fit(BufferedImage source, int size) {
        double scale = (double) size / Math.max(source.getWidth(), source.getHeight());
        int width = Math.max(1, (int) Math.round(source.getWidth() * scale));
        int height = Math.max(1, (int) Math.round(source.getHeight() * scale));
        BufferedImage step = source;
        while (step.getWidth() >= width * 2 && step.getHeight() >= height * 2) {
            step = scaled(step, step.getWidth() / 2, step.getHeight() / 2);
        }
        step = scaled(step, width, height);
        BufferedImage image = new BufferedImage(size, size, BufferedImage.TYPE_INT_ARGB);
        Graphics2D graphics = graphics(image);
        graphics.drawImage(step, (size - width) / 2, (size - height) / 2, null);
        graphics.dispose();
        return image;
    }

    /** Premultiplied, or transparent neighbours would darken the edges. */
    private static BufferedImage scaled(BufferedImage source, int width, int height) {
        BufferedImage target = new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB_PRE);
        Graphics2D graphics = graphics(target);
        graphics.drawImage(source, 0, 0, width, height, null);
        graphics.dispose();
        return target;
    }

    private static Graphics2D graphics(BufferedImage image) {
        Graphics2D graphics = image.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        graphics.setRenderingHint(RenderingHints.KEY_RENDERING, RenderingHints.VALUE_RENDER_QUALITY);
        graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        return graphics;
    }

    static void requireSide(int size) {
        if (size < 1 || size > MAX_SIDE) {
            throw new IllegalArgumentException("an icon is 1 to " + MAX_SIDE + " pixels wide");
        }
    }
}
