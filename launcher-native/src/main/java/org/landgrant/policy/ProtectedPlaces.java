package org.landgrant.policy;

import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What a wider grant never reaches, so that “my home” can be granted. Keys, password stores and the profiles
 * of browsers and mailers are closed; what the desktop or a shell will run later can be read but not changed.
 * A grant that names such a place itself, or something in it, holds.
 *
 * <p>Sources: the lists of firejail ({@code disable-common.inc}) and the programs' own documentation.
 */
final class ProtectedPlaces {
    /** What does not hold at a place and below, unless a grant names it. */
    record Place(String path, Set<Right> rights) {}

    private static final List<String> KEYS = List.of(
            "~/.ssh",
            "~/.gnupg",
            "~/.pki",
            "~/.netrc",
            "~/.authinfo",
            "~/.git-credentials",
            "~/.aws",
            "~/.kube",
            "~/.azure",
            "~/.docker",
            "~/.password-store",
            "~/.npmrc",
            "~/.pypirc",
            "~/.pgpass",
            "~/.my.cnf",
            "~/.vault-token",
            "~/.cargo/credentials",
            "~/.cargo/credentials.toml",
            "~/.Xauthority",
            "~/.ICEauthority",
            "$XDG_CONFIG_HOME/git/credentials",
            "$XDG_CONFIG_HOME/gcloud",
            "$XDG_CONFIG_HOME/gh",
            "$XDG_CONFIG_HOME/hub",
            "$XDG_CONFIG_HOME/rclone",
            "$XDG_CONFIG_HOME/op",
            "$XDG_CONFIG_HOME/sops",
            "$XDG_CONFIG_HOME/Bitwarden",
            "$XDG_CONFIG_HOME/keepassxc",
            "$XDG_DATA_HOME/keyrings",
            "$XDG_DATA_HOME/kwalletd",
            "$XDG_DATA_HOME/pki",
            "$XDG_DATA_HOME/gnupg",
            // Settings of apps that have their own folder for them.
            "$XDG_STATE_HOME/landgrant-settings",
            "$XDG_RUNTIME_DIR/bus",
            "$XDG_RUNTIME_DIR/gnupg",
            "$XDG_RUNTIME_DIR/keyring",
            "$XDG_RUNTIME_DIR/systemd",
            "$XDG_RUNTIME_DIR/containers");

    private static final List<String> PROFILES = List.of(
            "~/.mozilla",
            "~/.librewolf",
            "~/.waterfox",
            "~/.thunderbird",
            "~/.icedove",
            "~/.claws-mail",
            "~/.mutt",
            "~/.var/app",
            "~/snap",
            "$XDG_CONFIG_HOME/mozilla",
            "$XDG_CONFIG_HOME/librewolf",
            "$XDG_CONFIG_HOME/thunderbird",
            "$XDG_CONFIG_HOME/chromium",
            "$XDG_CONFIG_HOME/google-chrome",
            "$XDG_CONFIG_HOME/google-chrome-beta",
            "$XDG_CONFIG_HOME/google-chrome-unstable",
            "$XDG_CONFIG_HOME/BraveSoftware",
            "$XDG_CONFIG_HOME/microsoft-edge",
            "$XDG_CONFIG_HOME/vivaldi",
            "$XDG_CONFIG_HOME/opera",
            "$XDG_CONFIG_HOME/evolution",
            "$XDG_CONFIG_HOME/geary",
            "$XDG_CONFIG_HOME/mutt",
            "$XDG_CONFIG_HOME/neomutt",
            "$XDG_CONFIG_HOME/Signal",
            "$XDG_CONFIG_HOME/Element",
            "$XDG_DATA_HOME/torbrowser",
            "$XDG_DATA_HOME/epiphany",
            "$XDG_DATA_HOME/qutebrowser",
            "$XDG_DATA_HOME/evolution",
            "$XDG_DATA_HOME/geary",
            "$XDG_DATA_HOME/local-mail",
            "$XDG_DATA_HOME/TelegramDesktop");

    private static final List<String> STARTED_LATER = List.of(
            "~/.bashrc",
            "~/.bash_profile",
            "~/.bash_login",
            "~/.bash_logout",
            "~/.bash_aliases",
            "~/.profile",
            "~/.zshrc",
            "~/.zshenv",
            "~/.zprofile",
            "~/.zlogin",
            "~/.zlogout",
            "~/.kshrc",
            "~/.cshrc",
            "~/.tcshrc",
            "~/.login",
            "~/.inputrc",
            "~/.xinitrc",
            "~/.xprofile",
            "~/.xsession",
            "~/.xsessionrc",
            "~/.pam_environment",
            "~/.gitconfig",
            "~/.gdbinit",
            "~/.vimrc",
            "~/.vim",
            "~/.emacs",
            "~/.emacs.d",
            "~/.tmux.conf",
            "~/.screenrc",
            "~/.forward",
            "~/.procmailrc",
            "~/.local/bin",
            "~/.local/lib",
            "~/bin",
            "~/.cargo",
            "~/go/bin",
            "$XDG_CONFIG_HOME/autostart",
            "$XDG_CONFIG_HOME/autostart-scripts",
            // Autostart entries that ours hide, to be put back.
            "$XDG_CONFIG_HOME/landgrant",
            "$XDG_CONFIG_HOME/systemd",
            "$XDG_CONFIG_HOME/environment.d",
            "$XDG_CONFIG_HOME/plasma-workspace",
            "$XDG_CONFIG_HOME/sway",
            "$XDG_CONFIG_HOME/i3",
            "$XDG_CONFIG_HOME/hypr",
            "$XDG_CONFIG_HOME/openbox",
            "$XDG_CONFIG_HOME/labwc",
            "$XDG_CONFIG_HOME/xfce4",
            "$XDG_CONFIG_HOME/lxsession",
            "$XDG_CONFIG_HOME/dconf",
            "$XDG_CONFIG_HOME/kdeglobals",
            "$XDG_CONFIG_HOME/kglobalshortcutsrc",
            "$XDG_CONFIG_HOME/kwinrc",
            "$XDG_CONFIG_HOME/menus",
            "$XDG_CONFIG_HOME/mimeapps.list",
            "$XDG_CONFIG_HOME/user-dirs.dirs",
            "$XDG_CONFIG_HOME/fish",
            "$XDG_CONFIG_HOME/zsh",
            "$XDG_CONFIG_HOME/git",
            "$XDG_CONFIG_HOME/nvim",
            "$XDG_CONFIG_HOME/tmux",
            "$XDG_CONFIG_HOME/gtk-2.0",
            "$XDG_CONFIG_HOME/gtk-3.0",
            "$XDG_CONFIG_HOME/gtk-4.0",
            "$XDG_DATA_HOME/applications",
            "$XDG_DATA_HOME/desktop-directories",
            "$XDG_DATA_HOME/dbus-1",
            "$XDG_DATA_HOME/systemd",
            "$XDG_DATA_HOME/gnome-shell",
            "$XDG_DATA_HOME/kio",
            "$XDG_DATA_HOME/kservices5",
            "$XDG_DATA_HOME/kwin",
            "$XDG_DATA_HOME/plasma",
            "$XDG_DATA_HOME/nautilus",
            "$XDG_DATA_HOME/nautilus-python",
            "$XDG_DATA_HOME/nemo",
            "$XDG_DATA_HOME/thumbnailers");

    private ProtectedPlaces() {}

    /**
     * All of them for this user; among them Landgrant's own folders, which no grant can name, and the one with the
     * temporary folders of all apps, of which each has its own given anyway.
     */
    static List<Place> of(Home home) {
        return Stream.of(
                        places(home.protectedPlaces(), EnumSet.allOf(Right.class), home),
                        places(List.of(home.temporaryFolder()), EnumSet.allOf(Right.class), home),
                        places(KEYS, EnumSet.allOf(Right.class), home),
                        places(PROFILES, EnumSet.allOf(Right.class), home),
                        places(STARTED_LATER, EnumSet.of(Right.WRITE, Right.DEVICE), home))
                .flatMap(places -> places)
                .toList();
    }

    private static Stream<Place> places(Collection<String> paths, Set<Right> rights, Home home) {
        return paths.stream().map(path -> new Place(Places.expand(path, home), rights));
    }
}
