package org.landgrant.prompts;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Map.Entry;
import java.util.Optional;
import java.util.Set;
import org.landgrant.grants.Access;

/**
 * The few sensitive things that an app may be asked about with a warning: it opens them on purpose, and a
 * person may have a reason to say yes. All else that is protected is refused without a question, above all
 * what apps look for by habit: whether a folder is there, what lies in it, files that hold no secret.
 *
 * @param place grants that name something outside of it never reach the item
 * @param item what an answer is about, never wider
 * @param name what a person calls it, clean
 */
public record Sensitive(Kind kind, String place, String item, String name) {
    /** What makes it sensitive; the words of a prompt follow from it. */
    public enum Kind {
        SSH_KEY,
        SECRET_KEY,
        PASSWORDS,
        PROFILE,
        STARTED_LATER;

        /** As part of the names of sentences. */
        public String word() {
            return name().toLowerCase(Locale.ROOT).replace("_", "");
        }
    }

    private static final int NAME = 40;

    /** Folders of folders, each of which is a profile with passwords and cookies. */
    private static final Map<String, String> PROFILES = Map.ofEntries(
            Map.entry(".mozilla/firefox", "Firefox"),
            Map.entry(".config/mozilla/firefox", "Firefox"),
            Map.entry(".librewolf", "LibreWolf"),
            Map.entry(".thunderbird", "Thunderbird"),
            Map.entry(".config/chromium", "Chromium"),
            Map.entry(".config/google-chrome", "Chrome"),
            Map.entry(".config/BraveSoftware/Brave-Browser", "Brave"),
            Map.entry(".config/microsoft-edge", "Edge"),
            Map.entry(".config/vivaldi", "Vivaldi"));

    /** What another app would open in a profile to take it over; not what it tries to tell whether there is one. */
    private static final Set<String> TAKEN_OVER = Set.of(
            "logins.json",
            "key4.db",
            "cookies.sqlite",
            "places.sqlite",
            "Login Data",
            "Cookies",
            "History",
            "Bookmarks");

    private static final Set<String> SHELLS = Set.of(
            ".bashrc",
            ".bash_profile",
            ".bash_login",
            ".bash_aliases",
            ".profile",
            ".zshrc",
            ".zshenv",
            ".zprofile",
            ".xprofile",
            ".xsessionrc");

    private static final List<String> STARTED = List.of(".config/autostart", ".config/systemd/user");

    /** Whether the path is one of them, for that access. */
    public static Optional<Sensitive> at(UserPlaces places, String path, Access access) {
        if (UserPlaces.nameOf(path).toLowerCase(Locale.ROOT).endsWith(".kdbx")) {
            return Optional.of(of(Kind.PASSWORDS, path, path, UserPlaces.nameOf(path)));
        }
        return UserPlaces.below(places.home(), path)
                .flatMap(rest -> access == Access.READ
                        ? read(places.home() + "/", rest)
                        : access == Access.WRITE ? changed(places.home() + "/", rest) : Optional.empty());
    }

    private static Optional<Sensitive> read(String home, String rest) {
        String name = UserPlaces.nameOf(rest);
        if (rest.equals(".ssh/" + name) && name.startsWith("id_") && !name.endsWith(".pub")) {
            return Optional.of(of(Kind.SSH_KEY, home + ".ssh", home + rest, name));
        }
        if (rest.equals(".gnupg/private-keys-v1.d/" + name) || rest.equals(".gnupg/secring.gpg")) {
            return Optional.of(of(Kind.SECRET_KEY, home + ".gnupg", home + rest, name));
        }
        if (rest.startsWith(".password-store/") && name.endsWith(".gpg")) {
            return Optional.of(of(Kind.PASSWORDS, home + ".password-store", home + rest, name));
        }
        return PROFILES.entrySet().stream()
                .flatMap(known -> profile(home, rest, known).stream())
                .findFirst();
    }

    private static Optional<Sensitive> profile(String home, String rest, Entry<String, String> known) {
        return UserPlaces.below(known.getKey(), rest)
                .filter(inside -> inside.contains("/") && TAKEN_OVER.contains(UserPlaces.nameOf(inside)))
                .map(inside -> home + known.getKey() + "/" + inside.substring(0, inside.indexOf('/')))
                .map(profile -> of(Kind.PROFILE, home + known.getKey(), profile, known.getValue()));
    }

    private static Optional<Sensitive> changed(String home, String rest) {
        boolean started = SHELLS.contains(rest)
                || STARTED.stream()
                        .anyMatch(folder -> UserPlaces.below(folder, rest).isPresent());
        return started
                ? Optional.of(of(Kind.STARTED_LATER, home + rest, home + rest, UserPlaces.nameOf(rest)))
                : Optional.empty();
    }

    private static Sensitive of(Kind kind, String place, String item, String name) {
        return new Sensitive(kind, place, item, OneLine.clean(name, NAME));
    }
}
