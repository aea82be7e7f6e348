package org.landgrant.icons;

import java.util.Arrays;

/**
 * A square picture: {@code size} rows of {@code size} pixels, each {@code 0xAARRGGBB}, not
 * premultiplied.
 */
public final class IconPixels {
    private final int size;
    private final int[] argb;

    /** Takes the array over; the caller must not change it any more. */
    IconPixels(int size, int[] argb) {
        if (size < 1 || argb.length != size * size) {
            throw new IllegalArgumentException("a square picture has size × size pixels");
        }
        this.size = size;
        this.argb = argb;
    }

    /** Width and height in pixels. */
    public int size() {
        return size;
    }

    /** A copy of the pixels, row by row. */
    public int[] argb() {
        return argb.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof IconPixels pixels && size == pixels.size && Arrays.equals(argb, pixels.argb);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(argb);
    }
}
