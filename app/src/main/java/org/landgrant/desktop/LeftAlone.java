package org.landgrant.desktop;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Which apps Landgrant leaves alone, and why, in one sentence for people. They would break when
 * confined, are confined by somebody else, or are the tools one needs to repair things.
 */
final class LeftAlone {
    private static final Set<String> BECOMES_ROOT = Set.of(
            "sudo",
            "pkexec",
            "gksu",
            "gksudo",
            "kdesu",
            "kdesudo",
            "lxqt-sudo",
            "lxsudo",
            "doas",
            "su",
            "run0",
            "beesu",
            "su-to-root");
    private static final Set<String> CONFINES =
            Set.of("firejail", "bwrap", "bubblejail", "bubblejail-wrapper", "landrun", "island", "nsjail", "minijail0");
    private static final Set<String> PRIVILEGED_HELPERS = Set.of(
            "steam", "steam-runtime", "virtualbox", "virtualboxvm", "virt-manager", "vmware", "vmplayer", "waydroid");
    private static final Set<String> TERMINALS = Set.of(
            "gnome-terminal",
            "kgx",
            "konsole",
            "xterm",
            "uxterm",
            "alacritty",
            "kitty",
            "foot",
            "xfce4-terminal",
            "ptyxis",
            "tilix",
            "terminator",
            "wezterm",
            "ghostty");
    private static final Set<String> FILE_MANAGERS = Set.of(
            "nautilus",
            "dolphin",
            "thunar",
            "nemo",
            "caja",
            "pcmanfm",
            "pcmanfm-qt",
            "cosmic-files",
            "io.elementary.files");
    private static final Set<String> SETTINGS = Set.of(
            "gnome-control-center",
            "systemsettings",
            "systemsettings5",
            "xfce4-settings-manager",
            "cinnamon-settings",
            "mate-control-center",
            "lxqt-config",
            "cosmic-settings",
            "gnome-tweaks",
            "dconf-editor");
    private static final Set<String> SOFTWARE_CENTRES = Set.of(
            "gnome-software",
            "plasma-discover",
            "synaptic",
            "apper",
            "muon",
            "pamac-manager",
            "update-manager",
            "software-properties-gtk",
            "snap-store",
            "mintinstall");
    private static final Set<String> DESKTOP_SHELLS = Set.of(
            "gnome-shell",
            "plasmashell",
            "kwin_x11",
            "kwin_wayland",
            "mutter",
            "xfce4-panel",
            "xfce4-session",
            "xfwm4",
            "cinnamon",
            "openbox",
            "gnome-session",
            "lxqt-session",
            "lxqt-panel",
            "mate-panel",
            "mate-session");
    private static final Pattern SHELL_WORDS = Pattern.compile("[\\s;&|()\"'`$]+");

    private final Path launcher;

    LeftAlone(Path launcher) {
        this.launcher = launcher;
    }

    /**
     * The reason, if there is one.
     *
     * @param entry the app's own entry
     * @param source where it was read from
     * @param command its words
     * @param program the file of its first word
     */
    Optional<String> reason(DesktopEntry entry, Path source, List<String> command, Path program) {
        return byOrigin(entry, source, command)
                .or(() -> byCommand(entry, command))
                .or(() -> byKind(entry, command))
                .or(() -> Programs.gainsPrivileges(program)
                        ? Optional.of("Its program needs special rights from the system, which it would lose.")
                        : Optional.empty());
    }

    private Optional<String> byOrigin(DesktopEntry entry, Path source, List<String> command) {
        String program = command.getFirst();
        if (entry.has("X-Flatpak")
                || name(program).equals("flatpak")
                || source.toString().contains("/flatpak/exports/")) {
            return Optional.of("It is a Flatpak, and Flatpak manages what it may reach.");
        }
        if (entry.has("X-SnapInstanceName")
                || source.toString().contains("/snapd/desktop/")
                || command.stream().anyMatch(word -> word.startsWith("/snap/bin/") || word.startsWith("/snap/"))) {
            return Optional.of("It is a snap, and snapd manages what it may reach.");
        }
        if (entry.file().lines().stream().anyMatch(line -> line.baseKey().startsWith("X-AppImage-"))
                || command.stream()
                        .anyMatch(word -> word.toLowerCase(Locale.ROOT).endsWith(".appimage"))) {
            return Optional.of("It is an AppImage, which needs special rights from the system to start.");
        }
        return Optional.empty();
    }

    private Optional<String> byCommand(DesktopEntry entry, List<String> command) {
        if (command.getFirst().equals(launcher.toString())
                || name(command.getFirst()).equals("landgrant")) {
            return Optional.of(
                    command.contains("launch")
                            ? "Its menu entry already starts it through Landgrant."
                            : "It is Landgrant itself.");
        }
        List<String> words = command.stream()
                .flatMap(word -> SHELL_WORDS.splitAsStream(word))
                .map(LeftAlone::name)
                .toList();
        if (words.stream().anyMatch(CONFINES::contains) || words.contains("landgrant")) {
            return Optional.of("Its menu entry already starts it confined by another program.");
        }
        if (words.stream().anyMatch(BECOMES_ROOT::contains) || entry.flag("X-KDE-SubstituteUID")) {
            return Optional.of("It runs as another user, usually the administrator.");
        }
        if (words.contains("flatpak") || words.contains("snap")) {
            return Optional.of("It starts a Flatpak or a snap, which manage themselves what they may reach.");
        }
        return Optional.empty();
    }

    private static Optional<String> byKind(DesktopEntry entry, List<String> command) {
        List<String> categories = entry.list("Categories");
        Set<String> names = Set.copyOf(command.stream()
                .map(LeftAlone::name)
                .map(name -> name.toLowerCase(Locale.ROOT))
                .limit(4)
                .toList());
        if (entry.has("X-KDE-Wayland-Interfaces") || entry.has("X-KDE-DBUS-Restricted-Interfaces")) {
            return Optional.of("The desktop gives its program rights that it would lose.");
        }
        if (entry.has("X-GNOME-WMName")
                || entry.has("X-GNOME-Provides")
                || entry.has("X-GNOME-Autostart-Phase")
                || anyOf(DESKTOP_SHELLS, names)) {
            return Optional.of("It is a part of the desktop itself.");
        }
        if (categories.contains("TerminalEmulator") || anyOf(TERMINALS, names)) {
            return Optional.of("It is a terminal: what you start in it is meant to reach everything.");
        }
        if (categories.contains("FileManager") || anyOf(FILE_MANAGERS, names)) {
            return Optional.of("It is a file manager: it is meant to reach all your files.");
        }
        if (categories.contains("PackageManager") || anyOf(SOFTWARE_CENTRES, names)) {
            return Optional.of("It installs software, which it could no longer do.");
        }
        if (categories.contains("Settings") || anyOf(SETTINGS, names)) {
            return Optional.of("It changes the settings of your system.");
        }
        if (anyOf(PRIVILEGED_HELPERS, names)) {
            return Optional.of("It relies on helpers with special rights, which it would lose.");
        }
        return Optional.empty();
    }

    private static boolean anyOf(Set<String> known, Set<String> names) {
        return names.stream().anyMatch(known::contains);
    }

    /** The last part of a path. */
    private static String name(String word) {
        return word.substring(word.lastIndexOf('/') + 1);
    }
}
