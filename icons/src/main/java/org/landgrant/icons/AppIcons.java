package org.landgrant.icons;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The picture to show for an app, always one: what the theme has, else the generic app picture.
 * Remembers the last {@value #REMEMBERED}. Reading may block on the disk. Safe for many threads.
 */
public final class AppIcons {
    private static final int REMEMBERED = 512;

    private record Key(String icon, int size, int scale) {}

    private final IconTheme theme;
    private final IconRenderer renderer;
    private final Map<Key, IconPixels> remembered = new LinkedHashMap<>(64, 0.75f, true);

    public AppIcons(IconTheme theme, IconRenderer renderer) {
        this.theme = theme;
        this.renderer = renderer;
    }

    /**
     * The picture, {@code size * scale} pixels wide.
     *
     * @param icon the value of {@code Icon}; may be empty
     * @param size width in unscaled pixels
     * @param scale the screen's scale
     */
    public IconPixels picture(String icon, int size, int scale) {
        Key key = new Key(icon, size, scale);
        synchronized (remembered) {
            IconPixels known = remembered.get(key);
            if (known != null) {
                return known;
            }
        }
        int pixels = Math.min(size * scale, IconRenderer.MAX_SIDE);
        Optional<IconPixels> found = theme.find(icon, size, scale).flatMap(file -> renderer.render(file, pixels));
        IconPixels picture = found.orElseGet(() -> ProductIcon.APPLICATION.picture(pixels));
        synchronized (remembered) {
            remembered.put(key, picture);
            if (remembered.size() > REMEMBERED) {
                remembered.remove(remembered.keySet().iterator().next());
            }
        }
        return picture;
    }

    /** Forgets every picture, after apps or themes changed. */
    public void forget() {
        synchronized (remembered) {
            remembered.clear();
        }
    }
}
