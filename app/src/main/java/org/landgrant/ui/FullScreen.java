package org.landgrant.ui;

import java.util.Optional;
import jnr.ffi.LibraryLoader;
import jnr.ffi.Pointer;
import jnr.ffi.byref.IntByReference;
import jnr.ffi.byref.PointerByReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether the window in front fills the screen: a film, a game, a talk, over which no question should come up. Known
 * of X11 windows; Wayland tells nobody about the windows of others.
 *
 * <p>Source: {@code _NET_ACTIVE_WINDOW} and {@code _NET_WM_STATE} of the Extended Window Manager Hints;
 * {@code gdk_screen_get_active_window} and {@code gdk_property_get} of GDK 3.
 */
final class FullScreen {
    private static final Logger LOG = LoggerFactory.getLogger(FullScreen.class);
    /** Bytes of the property that are looked at; far more than there are states. */
    private static final long LONGEST = 1_024;

    private static final Optional<Gdk> GDK = load();

    /** The few functions needed; public because jnr-ffi implements it. All belong to the toolkit's thread. */
    public interface Gdk {
        Pointer gdk_screen_get_default();

        /** A reference of its own; null where the desktop does not say. */
        Pointer gdk_screen_get_active_window(Pointer screen);

        Pointer gdk_atom_intern(String name, int onlyIfThere);

        int gdk_property_get(
                Pointer window,
                Pointer property,
                Pointer type,
                long offset,
                long length,
                int delete,
                PointerByReference actualType,
                IntByReference actualFormat,
                IntByReference actualLength,
                PointerByReference data);

        /** Until the next is called, a window that is gone by now is no mistake. */
        void gdk_error_trap_push();

        int gdk_error_trap_pop();

        void g_object_unref(Pointer object);

        void g_free(Pointer memory);
    }

    private FullScreen() {}

    /** On the toolkit's thread. */
    static boolean now() {
        return GDK.map(FullScreen::ask).orElse(false);
    }

    private static boolean ask(Gdk gdk) {
        Pointer screen = gdk.gdk_screen_get_default();
        if (screen == null) {
            return false;
        }
        gdk.gdk_error_trap_push();
        try {
            Pointer front = gdk.gdk_screen_get_active_window(screen);
            if (front == null) {
                return false;
            }
            boolean fills = fills(gdk, front);
            gdk.g_object_unref(front);
            return fills;
        } finally {
            gdk.gdk_error_trap_pop();
        }
    }

    private static boolean fills(Gdk gdk, Pointer window) {
        Pointer wanted = gdk.gdk_atom_intern("_NET_WM_STATE_FULLSCREEN", 0);
        PointerByReference data = new PointerByReference();
        IntByReference length = new IntByReference();
        int read = gdk.gdk_property_get(
                window,
                gdk.gdk_atom_intern("_NET_WM_STATE", 0),
                gdk.gdk_atom_intern("ATOM", 0),
                0,
                LONGEST,
                0,
                new PointerByReference(),
                new IntByReference(),
                length,
                data);
        Pointer states = data.getValue();
        if (read == 0 || states == null) {
            return false;
        }
        boolean found = false;
        for (long at = 0; at + Long.BYTES <= length.getValue(); at += Long.BYTES) {
            found |= states.getLong(at) == wanted.address();
        }
        gdk.g_free(states);
        return found;
    }

    private static Optional<Gdk> load() {
        try {
            return Optional.of(LibraryLoader.create(Gdk.class).failImmediately().load("libgdk-3.so.0"));
        } catch (UnsatisfiedLinkError absent) {
            LOG.info("Questions may come over what fills the screen: {}", absent.getMessage());
            return Optional.empty();
        }
    }
}
