package org.landgrant.icons;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** The pictures we drew ourselves, kept as SVG and rendered when wanted. */
public enum ProductIcon {
    /** Landgrant itself: a parcel of land with a keyhole. */
    LANDGRANT("landgrant.svg"),
    /** Any app that has no picture of its own. */
    APPLICATION("application.svg");

    private final String resource;

    ProductIcon(String resource) {
        this.resource = resource;
    }

    /** The picture at that width in pixels, 1 to {@link IconRenderer#MAX_SIDE}. */
    public IconPixels picture(int size) {
        IconRenderer.requireSide(size);
        return new IconRenderer()
                .render(svg(), true, size)
                .orElseThrow(() -> new IllegalStateException(resource + " is not a drawing: our own bug"));
    }

    /** The drawing itself, for instance to install it into an icon theme. */
    public byte[] svg() {
        try (InputStream in = ProductIcon.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException(resource + " is not in the program: our own bug");
            }
            return in.readAllBytes();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
