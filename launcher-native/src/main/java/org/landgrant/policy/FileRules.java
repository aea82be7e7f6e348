package org.landgrant.policy;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.landgrant.grants.Access;
import org.landgrant.grants.Decision;
import org.landgrant.grants.EffectiveGrant;
import org.landgrant.grants.Resource;
import org.landgrant.grants.Service;

/**
 * The file rules of a policy, and what is taken out of them again: whatever below a rule's path is denied, or
 * protected and not named by a grant of its own. The nearest grant decides; of two about the same path the
 * denying one. What cannot be given is said, never silently narrowed or widened.
 *
 * <p>Paths are compared as text. Where one leads through a symbolic link, the launcher, which sees the
 * disk, holds protected places once more.
 */
final class FileRules {
    /** Rights that somebody refused for a path and all below it, unless something there is allowed by name. */
    private record Closed(String path, Set<Right> rights, String reference) {
        /** Whether a policy can say it. */
        boolean expressible() {
            try {
                PolicyLine line = new PolicyLine.Except(rights, reference, path);
                return PolicyEscapes.bytes(line.print()) <= PolicyText.LONGEST_LINE;
            } catch (IllegalArgumentException notOne) {
                return false;
            }
        }
    }

    private static final Set<Right> ALL = EnumSet.allOf(Right.class);
    private static final int LONGEST_QUOTE = 200;

    private final Home home;
    private final List<Closed> closed;
    private final List<PolicyLine> folders = new ArrayList<>();
    private final List<PolicyLine> rules = new ArrayList<>();
    private final List<PolicyLine> refused = new ArrayList<>();

    FileRules(List<EffectiveGrant> grants, Home home) {
        this.home = home;
        this.closed = grants.stream()
                .filter(grant -> grant.decision() != Decision.ALLOW)
                .flatMap(grant -> closed(grant, home))
                .filter(place -> !place.rights().isEmpty())
                .toList();
    }

    /** Folders to make before the rules, in the order of the grants. */
    List<PolicyLine> folders() {
        return folders;
    }

    /** The rules, in the order of the grants, and behind them what is taken out of them. */
    List<PolicyLine> rules() {
        List<PolicyLine> all = new ArrayList<>(rules);
        closed.stream().filter(Closed::expressible).forEach(place -> except(place, all));
        ProtectedPlaces.of(home).forEach(place -> except(new Closed(place.path(), place.rights(), "-"), all));
        return all;
    }

    /** Takes out what some rule above the place gives; for no other rule it is needed. */
    private void except(Closed place, List<PolicyLine> all) {
        EnumSet<Right> rights = EnumSet.noneOf(Right.class);
        for (PolicyLine line : rules) {
            if (line instanceof PolicyLine.File file
                    && Places.covers(file.path(), place.path())
                    && !file.path().equals(place.path())) {
                rights.addAll(file.rights());
            }
        }
        rights.retainAll(place.rights());
        if (!rights.isEmpty()) {
            all.add(new PolicyLine.Except(rights, place.reference(), place.path()));
        }
    }

    /** What could not be expressed. */
    List<PolicyLine> refused() {
        return refused;
    }

    /** Adds what an allowed grant gives, if it is about files, devices or the display. */
    void add(EffectiveGrant grant) {
        switch (grant.resource()) {
            case Resource.Folder folder ->
                Optional.ofNullable(home.userFolders().get(folder.folder()))
                        .ifPresentOrElse(
                                path -> place(grant, path),
                                () -> refuse(
                                        grant.reference(),
                                        "There is no folder for "
                                                + folder.folder().word() + " on this computer."));
            case Resource.Place place -> place(grant, Places.expand(place.path(), home));
            case Resource.OfDevice device -> {
                if (used(grant)) {
                    for (String path : DevicePaths.of(device.device())) {
                        open(grant.reference(), path, DevicePaths.rights(device.device()));
                    }
                }
            }
            case Resource.OfService service -> {
                if (used(grant) && service.service() == Service.X11) {
                    rules.add(new PolicyLine.FileFrom(Set.of(Right.READ), grant.reference(), "XAUTHORITY"));
                    open(grant.reference(), Places.join(home.home(), "/.Xauthority"), EnumSet.of(Right.READ));
                }
            }
            case Resource.TcpPort _, Resource.AnyTcpPort _, Resource.AnyUdpPort _, Resource.BusName _ -> {
                // Not about files.
            }
        }
    }

    /** Adds a folder for settings of the app's own. */
    void addSettings(String path, String template) {
        String reference = template + "/settings";
        if (open(reference, path, EnumSet.of(Right.READ, Right.WRITE))) {
            folders.add(new PolicyLine.Create(reference, path));
        }
    }

    /** Adds a temporary folder of the app's own. */
    void addTemporary(String path) {
        if (problem(path).isEmpty()) {
            folders.add(new PolicyLine.PrivateTemporary(path));
        }
    }

    private void place(EffectiveGrant grant, String path) {
        EnumSet<Right> rights = rights(grant.access(), path);
        if (rights.isEmpty()) {
            refuse(grant.reference(), "It does not say whether to read, write or run.");
        } else if (open(grant.reference(), path, rights) && grant.create()) {
            folders.add(new PolicyLine.Create(grant.reference(), path));
        }
    }

    /** Makes the rule, as far as it may be made; whether there is one. */
    private boolean open(String reference, String path, Set<Right> wanted) {
        Optional<String> problem = problem(path);
        if (problem.isPresent()) {
            refuse(reference, problem.get());
            return false;
        }
        EnumSet<Right> rights = EnumSet.copyOf(wanted);
        for (Closed place : closed) {
            boolean same = path.equals(place.path());
            if ((same || (Places.covers(path, place.path()) && !place.expressible()))
                    && rights.removeAll(place.rights())) {
                refuse(
                        reference,
                        same
                                ? "Another grant denies " + quote(path) + "."
                                : quote(path) + " contains " + quote(place.path())
                                        + ", which is denied and has too many unusual characters to be left out;"
                                        + " grant the folders beside it one by one.");
            }
        }
        rights.removeIf(right -> right == Right.DEVICE && !rights.contains(Right.WRITE));
        if (rights.isEmpty()) {
            return false;
        }
        PolicyLine line = new PolicyLine.File(rights, reference, path);
        if (PolicyEscapes.bytes(line.print()) > PolicyText.LONGEST_LINE) {
            refuse(reference, "Its path has too many unusual characters to be written down.");
            return false;
        }
        rules.add(line);
        return true;
    }

    /** Why there can be no rule for a path at all. */
    private Optional<String> problem(String path) {
        try {
            PolicyEscapes.requirePath(path);
        } catch (IllegalArgumentException notOne) {
            return Optional.of("It has no rule, because " + notOne.getMessage() + ".");
        }
        for (String place : home.protectedPlaces()) {
            if (Places.covers(place, path)) {
                return Optional.of(quote(path) + " belongs to Landgrant itself, which no app may reach; grant a folder"
                        + " outside of " + quote(place) + ".");
            }
        }
        if (path.equals(Places.join(home.runtimeDir(), "/bus"))) {
            return Optional.of("The session bus is not reached as a whole; grant the names on it that are needed.");
        }
        return Optional.empty();
    }

    private boolean used(EffectiveGrant grant) {
        if (!grant.access().contains(Access.USE)) {
            refuse(grant.reference(), "Devices and services are used; it says something else.");
            return false;
        }
        return true;
    }

    private void refuse(String reference, String reason) {
        refused.add(new PolicyLine.Refused(reference, reason));
    }

    private static Stream<Closed> closed(EffectiveGrant grant, Home home) {
        return switch (grant.resource()) {
            case Resource.Folder folder ->
                Optional.ofNullable(home.userFolders().get(folder.folder())).stream()
                        .map(path -> new Closed(path, closedRights(grant.access()), grant.reference()));
            case Resource.Place place ->
                Stream.of(
                        new Closed(Places.expand(place.path(), home), closedRights(grant.access()), grant.reference()));
            case Resource.OfDevice device ->
                DevicePaths.of(device.device()).stream().map(path -> new Closed(path, ALL, grant.reference()));
            case Resource.OfService service ->
                service.service() == Service.X11
                        ? Stream.of(new Closed(Places.join(home.home(), "/.Xauthority"), ALL, grant.reference()))
                        : Stream.empty();
            case Resource.TcpPort _, Resource.AnyTcpPort _, Resource.AnyUdpPort _, Resource.BusName _ -> Stream.empty();
        };
    }

    /** Who may not read may do nothing; who may not write may still read. */
    private static Set<Right> closedRights(Set<Access> denied) {
        if (denied.contains(Access.READ) || denied.contains(Access.USE)) {
            return ALL;
        }
        EnumSet<Right> rights = EnumSet.noneOf(Right.class);
        if (denied.contains(Access.WRITE)) {
            rights.addAll(EnumSet.of(Right.WRITE, Right.DEVICE));
        }
        if (denied.contains(Access.EXECUTE)) {
            rights.add(Right.EXECUTE);
        }
        return rights;
    }

    private static EnumSet<Right> rights(Set<Access> access, String path) {
        EnumSet<Right> rights = EnumSet.noneOf(Right.class);
        if (access.contains(Access.READ)) {
            rights.add(Right.READ);
        }
        if (access.contains(Access.WRITE)) {
            rights.add(Right.WRITE);
            // Writing to a device is of little use without its commands: a terminal's size, a mixer's volume.
            if (Places.covers("/dev", path)) {
                rights.add(Right.DEVICE);
            }
        }
        if (access.contains(Access.EXECUTE)) {
            rights.add(Right.EXECUTE);
        }
        return rights;
    }

    /** A path inside a sentence; the sentence stays a line of reasonable length. */
    private static String quote(String path) {
        int end = path.offsetByCodePoints(0, Math.min(LONGEST_QUOTE, path.codePointCount(0, path.length())));
        return "\"" + path.substring(0, end) + (end < path.length() ? "…\"" : "\"");
    }
}
