package org.landgrant.grants;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What names on the session bus are for, as far as a person could say: what is shown in words, switched and, for some,
 * asked about. Every other name is granted and refused by itself.
 *
 * <p>Sources: the interfaces' own specifications at freedesktop.org; Flatpak's documentation on D-Bus access.
 */
public enum DesktopService {
    /** Asks the person for files, links and the like on its own; safe for every app. */
    PORTALS(Access.USE, Care.NONE, "org.freedesktop.portal.*"),
    NOTIFICATIONS(Access.USE, Care.NONE, "org.freedesktop.Notifications"),
    /** The icon beside the clock. */
    TRAY(Access.USE, Care.NONE, "org.kde.StatusNotifierWatcher"),
    /** Having a name there is being told of the keyboard's play and pause, and telling what plays. */
    MEDIA_KEYS(Access.LISTEN, Care.NONE, "org.mpris.MediaPlayer2.*"),
    SCREEN_SAVER(Access.USE, Care.NONE, "org.freedesktop.ScreenSaver"),
    SCREEN_READER(Access.USE, Care.NONE, "org.a11y.Bus"),
    /** Shows where a file lies, in a window of the file manager's own, which has no limits. */
    FILE_MANAGER(Access.USE, Care.ASKED, "org.freedesktop.FileManager1"),
    ADDRESSES(Access.USE, Care.ASKED, "org.gnome.evolution.dataserver.*"),
    ACCOUNTS(Access.USE, Care.GRAVE, "org.gnome.OnlineAccounts"),
    /** Every password that is kept there, of every app. */
    PASSWORDS(
            Access.USE,
            Care.GRAVE,
            "org.freedesktop.secrets",
            "org.kde.kwalletd5",
            "org.kde.kwalletd6",
            "org.gnome.keyring.*"),
    /** Whoever changes them can have any command run by a key. Many apps try, to keep a size of a window. */
    SETTINGS(Access.USE, Care.SILENT, "ca.desrt.dconf"),
    /** It opens files of this computer, too, for whoever asks. Many apps look for it. */
    REMOTE_FOLDERS(Access.USE, Care.SILENT, "org.gtk.vfs.*");

    private enum Care {
        NONE,
        ASKED,
        GRAVE,
        SILENT
    }

    private final Access access;
    private final Care care;

    /** With spaces between them. */
    private final String names;

    DesktopService(Access access, Care care, String... names) {
        this.access = access;
        this.care = care;
        this.names = String.join(" ", names);
    }

    /** As part of the names of sentences, and in the window. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace("_", "");
    }

    /** What stands for it on the bus. */
    public List<Resource.BusName> names() {
        return Arrays.stream(names.split(" ", -1)).map(Resource.BusName::new).toList();
    }

    /** {@link Access#USE} for being talked to, {@link Access#LISTEN} for having a name. */
    public Access access() {
        return access;
    }

    /** Whether a person is asked when it was refused. */
    public boolean isAsked() {
        return care == Care.ASKED || care == Care.GRAVE;
    }

    /** Whether granting it gives much more than one may think, so that it takes two steps. */
    public boolean isGrave() {
        return care == Care.GRAVE || care == Care.SILENT;
    }

    /** The one a name belongs to. */
    public static Optional<DesktopService> of(Resource.BusName name) {
        return Arrays.stream(values())
                .filter(service -> service.nameFor(name).isPresent())
                .findFirst();
    }

    /** Which of its names stands for that one. */
    public Optional<Resource.BusName> nameFor(Resource.BusName name) {
        return names().stream().filter(own -> own.covers(name)).findFirst();
    }
}
