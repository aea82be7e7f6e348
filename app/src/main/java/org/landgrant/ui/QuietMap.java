package org.landgrant.ui;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import javafx.animation.PauseTransition;
import javafx.collections.ListChangeListener;
import javafx.stage.Stage;
import javafx.stage.Window;
import javafx.util.Duration;
import jnr.ffi.LibraryLoader;
import jnr.ffi.Pointer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shows a window without giving it the keyboard, so that a question never takes what somebody is typing.
 * JavaFX has no word for that; GTK, on which it stands here, does. Without GTK the desktop decides alone.
 *
 * <p>Some window managers hear GTK's wish that a window comes without the focus; others, such as Openbox, only hear that
 * a window takes none at all. So it takes none until it is on the screen.
 *
 * <p>Source: {@code gtk_window_set_focus_on_map}, {@code gtk_window_set_accept_focus}, {@code gtk_window_is_active}
 * and {@code gdk_window_set_override_redirect} of GTK 3.
 */
final class QuietMap {
    private static final Logger LOG = LoggerFactory.getLogger(QuietMap.class);
    /** Until then the window manager has put a window on the screen. A click that early was not meant for it. */
    private static final Duration SETTLED = Duration.millis(300);

    private static final Optional<Gtk> GTK = load();

    /** The few functions needed; public because jnr-ffi implements it. All belong to the toolkit's thread. */
    public interface Gtk {
        /** A new list of all windows: data, next, previous. */
        Pointer gtk_window_list_toplevels();

        int gtk_widget_get_mapped(Pointer window);

        int gtk_window_is_active(Pointer window);

        int gtk_window_get_accept_focus(Pointer window);

        void gtk_window_set_focus_on_map(Pointer window, int setting);

        void gtk_window_set_accept_focus(Pointer window, int setting);

        /** Makes the window of the display server, which the next two functions need. */
        void gtk_widget_realize(Pointer widget);

        Pointer gtk_widget_get_window(Pointer widget);

        void gdk_window_set_override_redirect(Pointer window, int setting);

        void g_list_free(Pointer list);
    }

    private QuietMap() {}

    /**
     * Shows the window; on the toolkit's thread.
     *
     * @return whether it has the keyboard at that moment; JavaFX believes so of every window it shows, until it loses
     *     the keyboard for the first time
     */
    static BooleanSupplier show(Stage stage) {
        Set<Long> quiet = new HashSet<>();
        show(stage, gtk -> withoutFocus(gtk, quiet));
        PauseTransition settled = new PauseTransition(SETTLED);
        settled.setOnFinished(event -> GTK.ifPresent(gtk -> withFocus(gtk, quiet)));
        settled.play();
        return () -> stage.isFocused()
                && GTK.map(gtk -> quiet.isEmpty() || active(gtk, quiet)).orElse(true);
    }

    /**
     * Shows a window for the pointer, which never gets the keyboard; on the toolkit's thread. The window manager is
     * not asked: when the window that has the keyboard closes, one may give it to this one, or to nobody.
     */
    static void showForThePointer(Stage stage) {
        show(stage, gtk -> {
            for (Pointer window : unmapped(gtk)) {
                gtk.gtk_widget_realize(window);
                gtk.gdk_window_set_override_redirect(gtk.gtk_widget_get_window(window), 1);
            }
        });
    }

    private static void show(Stage stage, Consumer<Gtk> manner) {
        // JavaFX lists a window after it made GTK's and before it puts it on the screen.
        ListChangeListener<Window> listed = change -> GTK.ifPresent(manner);
        Window.getWindows().addListener(listed);
        try {
            stage.show();
        } finally {
            Window.getWindows().removeListener(listed);
        }
    }

    private static boolean active(Gtk gtk, Set<Long> quiet) {
        return windows(gtk).stream()
                .anyMatch(window -> quiet.contains(window.address()) && gtk.gtk_window_is_active(window) != 0);
    }

    private static void withoutFocus(Gtk gtk, Set<Long> quiet) {
        for (Pointer window : unmapped(gtk)) {
            if (gtk.gtk_window_get_accept_focus(window) != 0) {
                gtk.gtk_window_set_focus_on_map(window, 0);
                gtk.gtk_window_set_accept_focus(window, 0);
                quiet.add(window.address());
            }
        }
    }

    /** Those of them that are still there may have the focus from now on. */
    private static void withFocus(Gtk gtk, Set<Long> quiet) {
        for (Pointer window : windows(gtk)) {
            if (quiet.contains(window.address())) {
                gtk.gtk_window_set_accept_focus(window, 1);
            }
        }
    }

    private static List<Pointer> unmapped(Gtk gtk) {
        return windows(gtk).stream()
                .filter(window -> gtk.gtk_widget_get_mapped(window) == 0)
                .toList();
    }

    private static List<Pointer> windows(Gtk gtk) {
        List<Pointer> windows = new ArrayList<>();
        Pointer list = gtk.gtk_window_list_toplevels();
        for (Pointer at = list; at != null; at = at.getPointer(Long.BYTES)) {
            windows.add(at.getPointer(0));
        }
        gtk.g_list_free(list);
        return windows;
    }

    private static Optional<Gtk> load() {
        try {
            return Optional.of(LibraryLoader.create(Gtk.class).failImmediately().load("libgtk-3.so.0"));
        } catch (UnsatisfiedLinkError absent) {
            LOG.info("Questions may come to the front with the keyboard: {}", absent.getMessage());
            return Optional.empty();
        }
    }
}
