package org.landgrant.grants;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Starting grants for an app or a kind of app.
 *
 * @param name one lower-case word, for instance {@code browser}
 * @param title what people read, for instance {@code Web browser}
 * @param grants in the order of the file; a later one replaces an earlier one of the same resource
 * @param asks what is not granted, but may be wanted, and why; the ones of the file itself before those it
 *     extends
 * @param unset environment variables the app does not get
 * @param set environment variables the app gets with another value
 * @param privateTemporary whether the app gets a temporary folder of its own instead of {@code /tmp}
 * @param settings names of files in {@code $XDG_CONFIG_HOME} in which the app keeps its settings, replacing them at
 *     each save. Only who may write the whole folder can do that, so an app with such files gets a folder of settings
 *     of its own
 */
public record Template(
        String name,
        String title,
        List<Entry> grants,
        List<Ask> asks,
        Set<String> unset,
        Map<String, String> set,
        boolean privateTemporary,
        Set<String> settings) {

    /** An app without files of settings. */
    public Template(
            String name,
            String title,
            List<Entry> grants,
            List<Ask> asks,
            Set<String> unset,
            Map<String, String> set,
            boolean privateTemporary) {
        this(name, title, grants, asks, unset, set, privateTemporary, Set.of());
    }

    public Template {
        settings = Set.copyOf(settings);
        grants = List.copyOf(grants);
        asks = List.copyOf(asks);
        unset = Set.copyOf(unset);
        set = Map.copyOf(set);
    }

    /**
     * One starting grant.
     *
     * @param create whether the folder is made before launch when it is missing, since the kernel can
     *     only grant what exists; for the app's own data
     * @param purpose what the app needs it for, in words, if somebody wrote it down
     */
    public record Entry(Resource resource, Set<Access> access, boolean create, Optional<String> purpose) {
        public Entry {
            access = Set.copyOf(access);
        }
    }

    /**
     * What an app of this kind may want and what becomes of it without.
     *
     * @param reasons by language ({@code ja}), English always among them
     */
    public record Ask(Resource resource, Set<Access> access, Map<String, String> reasons) {
        public Ask {
            access = Set.copyOf(access);
            reasons = Map.copyOf(reasons);
        }

        private boolean meets(Resource wanted, Set<Access> wantedAccess) {
            boolean port = wanted instanceof Resource.TcpPort && resource instanceof Resource.AnyTcpPort;
            return (port || resource.equals(wanted)) && wantedAccess.stream().anyMatch(access::contains);
        }
    }

    /** This template and one grant more, which comes last. */
    public Template with(Entry entry) {
        List<Entry> more = new ArrayList<>(grants);
        more.add(entry);
        return new Template(name, title, more, asks, unset, set, privateTemporary, settings);
    }

    /** Why an app of this kind may want that, in the language where somebody wrote it down so, else in English. */
    public Optional<String> reason(Resource wanted, Set<Access> access, Locale locale) {
        return asks.stream()
                .filter(ask -> ask.meets(wanted, access))
                .findFirst()
                .map(ask -> ask.reasons()
                        .getOrDefault(locale.getLanguage(), ask.reasons().get(Locale.ENGLISH.getLanguage())));
    }
}
