package org.landgrant.ui;

import java.util.Optional;
import java.util.function.BiConsumer;
import javafx.collections.ListChangeListener;
import javafx.stage.Stage;
import javafx.stage.Window;
import jnr.ffi.LibraryLoader;
import jnr.ffi.Pointer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shows a window without giving it the keyboard, so that a question never takes what somebody is typing.
 * JavaFX has no word for that; GTK, on which it stands here, does. Without GTK the desktop decides alone.
 *
 * <p>Source: {@code gtk_window_set_focus_on_map} and {@code gdk_window_set_override_redirect} of GTK 3.
 */
final class QuietMap {
    private static final Logger LOG = LoggerFactory.getLogger(QuietMap.class);
    private static final Optional<Gtk> GTK = load();

    /** The few functions needed; public because jnr-ffi implements it. All belong to the toolkit's thread. */
    public interface Gtk {
        /** A new list of all windows: data, next, previous. */
        Pointer gtk_window_list_toplevels();

        int gtk_widget_get_mapped(Pointer window);

        void gtk_window_set_focus_on_map(Pointer window, int setting);

        /** Makes the window of the display server, which the next function needs. */
        void gtk_widget_realize(Pointer widget);

        Pointer gtk_widget_get_window(Pointer widget);

        void gdk_window_set_override_redirect(Pointer window, int setting);

        void g_list_free(Pointer list);
    }

    private QuietMap() {}

    /** Shows a window that gets the keyboard when it is clicked; on the toolkit's thread. */
    static void show(Stage stage) {
        show(stage, (gtk, widget) -> gtk.gtk_window_set_focus_on_map(widget, 0));
    }

    /**
     * Shows a window that never gets the keyboard; on the toolkit's thread. The window manager is not asked,
     * because one may give the keyboard to it, or to nobody, when the window that has it closes.
     */
    static void showForThePointer(Stage stage) {
        show(stage, (gtk, widget) -> {
            gtk.gtk_widget_realize(widget);
            gtk.gdk_window_set_override_redirect(gtk.gtk_widget_get_window(widget), 1);
        });
    }

    private static void show(Stage stage, BiConsumer<Gtk, Pointer> manner) {
        // JavaFX lists a window after it made GTK's and before it puts it on the screen.
        ListChangeListener<Window> listed = change -> GTK.ifPresent(gtk -> behave(gtk, manner));
        Window.getWindows().addListener(listed);
        try {
            stage.show();
        } finally {
            Window.getWindows().removeListener(listed);
        }
    }

    private static void behave(Gtk gtk, BiConsumer<Gtk, Pointer> manner) {
        Pointer list = gtk.gtk_window_list_toplevels();
        for (Pointer at = list; at != null; at = at.getPointer(Long.BYTES)) {
            Pointer window = at.getPointer(0);
            if (gtk.gtk_widget_get_mapped(window) == 0) {
                manner.accept(gtk, window);
            }
        }
        gtk.g_list_free(list);
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
