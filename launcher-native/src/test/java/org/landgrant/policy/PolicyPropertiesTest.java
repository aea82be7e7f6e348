package org.landgrant.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.landgrant.grants.Access;
import org.landgrant.grants.Decision;
import org.landgrant.grants.EffectiveGrant;
import org.landgrant.grants.Origin;
import org.landgrant.grants.Resource;
import org.landgrant.grants.UserFolder;
import org.landgrant.kernel.KernelFacts;

/** What holds whatever the grants are. */
final class PolicyPropertiesTest {
    private static final Home HOME = Samples.home();
    private static final List<ProtectedPlaces.Place> PROTECTED = ProtectedPlaces.of(HOME);

    /** Paths somebody may try, above, at, below and beside what is granted. */
    private static final List<String> PROBES = List.of(
            "/",
            "/srv",
            "/srv/a",
            "/srv/a/b",
            "/srv/a/b/c",
            "/srv/ab",
            "/home/ada",
            "/home/ada/Documents",
            "/home/ada/Documents/x",
            "/home/ada/Music",
            "/home/ada/.local/share",
            "/home/ada/.local/share/landgrant",
            "/home/ada/.local/share/landgrant/secret",
            "/run/user/1000/landgrant/agent",
            "/run/user/1000/bus",
            "/home/ada/.ssh",
            "/home/ada/.ssh/id",
            "/home/ada/.bashrc",
            "/home/ada/.config",
            "/home/ada/.config/app",
            "/home/ada/.config/autostart/entry",
            "/home/ada/.mozilla/profile");

    @Provide
    Arbitrary<List<EffectiveGrant>> grants() {
        Arbitrary<Resource> places = Arbitraries.of(PROBES).map(Resource.Place::new);
        Arbitrary<Resource> folders = Arbitraries.of(UserFolder.DOCUMENTS, UserFolder.MUSIC, UserFolder.PUBLICSHARE)
                .map(Resource.Folder::new);
        Arbitrary<Resource> ports = Arbitraries.of(
                        "tcp:25",
                        "tcp:443",
                        "tcp:any",
                        "device:gpu",
                        "service:x11",
                        "udp:any",
                        "bus:org.example.Player")
                .map(Resource::parse);
        Arbitrary<Set<Access>> access = Arbitraries.of(Access.class).set().ofMinSize(1);
        return Combinators.combine(
                        Arbitraries.oneOf(places, places, folders, ports),
                        access,
                        Arbitraries.of(Decision.class),
                        Arbitraries.of(true, false))
                .as((resource, accesses, decision, create) ->
                        new EffectiveGrant("x", resource, accesses, decision, Origin.USER, create, Optional.empty()))
                .list()
                .ofMaxSize(12)
                .map(PolicyPropertiesTest::numbered);
    }

    @Provide
    Arbitrary<KernelFacts> kernels() {
        return Arbitraries.integers().between(0, 11).map(abi -> new KernelFacts(abi, 0));
    }

    @Provide
    Arbitrary<String> hostilePaths() {
        return Arbitraries.strings()
                .withChars(" \\\n\t\r\"'#%*$\u0001\u001b\u007f\u202e\u2028\u00e9\ud83d\udd10aZ/")
                .ofMaxLength(40)
                .map(text -> "/x"
                        + text.replaceAll("/+", "/x")
                                .replaceAll(
                                        "[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]", ""));
    }

    @Property
    void everyRuleComesFromAnAllowedGrant(
            @ForAll("grants") List<EffectiveGrant> grants, @ForAll("kernels") KernelFacts kernel) {
        Map<String, EffectiveGrant> byReference =
                grants.stream().collect(Collectors.toMap(EffectiveGrant::reference, grant -> grant));
        for (PolicyLine line : compile(grants, kernel).lines()) {
            String reference = switch (line) {
                case PolicyLine.File file -> file.reference();
                case PolicyLine.FileFrom file -> file.reference();
                case PolicyLine.Create create -> create.reference();
                case PolicyLine.Connect connect -> connect.reference();
                case PolicyLine.Listen listen -> listen.reference();
                case PolicyLine.Open open -> open.reference();
                case PolicyLine.Bus bus -> bus.reference();
                case PolicyLine.DisplayX11 display -> display.reference();
                default -> "";
            };
            if (!reference.isEmpty()) {
                assertEquals(Decision.ALLOW, byReference.get(reference).decision());
            }
        }
    }

    /** Also: whatever the nearest grant allows is reached; nothing is left out needlessly. */
    @Property(tries = 300)
    void onlyWhatTheNearestGrantAllowsIsReached(@ForAll("grants") List<EffectiveGrant> grants) {
        Policy policy = compile(grants, Samples.ABI_7);
        for (String probe : PROBES) {
            boolean never = probe.equals("/run/user/1000/bus")
                    || HOME.protectedPlaces().stream().anyMatch(own -> Places.covers(own, probe));
            for (Access access : List.of(Access.READ, Access.WRITE, Access.EXECUTE)) {
                assertEquals(
                        !never && allowed(grants, probe, access),
                        reached(policy, probe, access),
                        () -> probe + " " + access + " in " + policy.text());
            }
        }
        for (int port : List.of(25, 443, 80)) {
            assertTrue(!connects(policy, port) || mayConnect(grants, port), () -> port + " in " + policy.text());
        }
    }

    @Property
    void printedPoliciesAreReadBackWithHostilePaths(
            @ForAll("hostilePaths") String path, @ForAll("kernels") KernelFacts kernel) throws Exception {
        EffectiveGrant grant = new EffectiveGrant(
                "g1",
                new Resource.Place(path),
                Set.of(Access.READ),
                Decision.ALLOW,
                Origin.USER,
                true,
                Optional.empty());
        Policy policy = compile(List.of(grant), kernel);
        Policy read = PolicyText.parse(policy.text());
        assertEquals(policy.lines(), read.lines());
        assertEquals(policy.canonicalText(), read.canonicalText());
        assertTrue(policy.lines().contains(new PolicyLine.File(Set.of(Right.READ), "g1", path)));
    }

    @Property(tries = 200)
    void nothingAtOrBelowAProtectedPlaceIsReachedUnlessNamed(@ForAll("grants") List<EffectiveGrant> grants) {
        Policy policy = compile(grants, Samples.ABI_7);
        for (ProtectedPlaces.Place place : PROTECTED) {
            for (String path : List.of(place.path(), place.path() + "/inner")) {
                boolean named = grants.stream()
                        .anyMatch(grant -> grant.decision() == Decision.ALLOW
                                && (grant.resource() instanceof Resource.OfService // names .Xauthority
                                        ? place.path().endsWith("/.Xauthority")
                                        : place(grant) != null && Places.covers(place.path(), place(grant))));
                for (Access access : List.of(Access.READ, Access.WRITE, Access.EXECUTE)) {
                    if (!named && place.rights().contains(Right.valueOf(access.name()))) {
                        assertFalse(reached(policy, path, access), () -> path + " in " + policy.text());
                    }
                }
            }
        }
    }

    /**
     * The oracle: of the grants that speak of this access at or above the path, the nearest decide, and all agree; a
     * protected place nearer than they are closes the path.
     */
    private static boolean allowed(List<EffectiveGrant> grants, String path, Access access) {
        int nearest = -1;
        List<Decision> decisions = new ArrayList<>();
        for (EffectiveGrant grant : grants) {
            String place = place(grant);
            boolean denies = grant.decision() != Decision.ALLOW
                    && (grant.access().contains(Access.READ) || grant.access().contains(Access.USE));
            if (place != null
                    && Places.covers(place, path)
                    && (denies || grant.access().contains(access))) {
                if (place.length() > nearest) {
                    nearest = place.length();
                    decisions.clear();
                }
                if (place.length() == nearest) {
                    decisions.add(grant.decision());
                }
            }
        }
        Right right = Right.valueOf(access.name());
        int decided = nearest;
        return !decisions.isEmpty()
                && decisions.stream().allMatch(Decision.ALLOW::equals)
                && PROTECTED.stream()
                        .noneMatch(place -> place.path().length() > decided
                                && place.rights().contains(right)
                                && Places.covers(place.path(), path));
    }

    private static String place(EffectiveGrant grant) {
        return switch (grant.resource()) {
            case Resource.Place place -> place.path();
            case Resource.Folder folder -> HOME.userFolders().get(folder.folder());
            default -> null;
        };
    }

    /** PROTOCOL.md, section 1: what holds for a path and a right. */
    private static boolean reached(Policy policy, String path, Access access) {
        Right right = Right.valueOf(access.name());
        return policy.lines().stream()
                .anyMatch(line -> line instanceof PolicyLine.File file
                        && file.rights().contains(right)
                        && Places.covers(file.path(), path)
                        && policy.lines().stream().noneMatch(other -> excepts(other, file.path(), path, right)));
    }

    private static boolean excepts(PolicyLine line, String granted, String path, Right right) {
        return line instanceof PolicyLine.Except except
                && except.rights().contains(right)
                && Places.covers(except.path(), path)
                && Places.covers(granted, except.path())
                && !except.path().equals(granted);
    }

    private static boolean connects(Policy policy, int port) {
        return policy.lines().stream().anyMatch(line -> switch (line) {
            case PolicyLine.Connect connect -> connect.port() == port;
            case PolicyLine.Open open -> open.what() == Protection.CONNECT_TCP;
            default -> false;
        });
    }

    private static boolean mayConnect(List<EffectiveGrant> grants, int port) {
        Map<Resource, Decision> decisions = new HashMap<>();
        grants.stream()
                .filter(grant -> grant.access().contains(Access.CONNECT))
                .forEach(grant -> decisions.put(grant.resource(), grant.decision()));
        Decision own = decisions.get(new Resource.TcpPort(port));
        return (own == null ? decisions.get(new Resource.AnyTcpPort()) : own) == Decision.ALLOW;
    }

    private static Policy compile(List<EffectiveGrant> grants, KernelFacts kernel) {
        return PolicyCompiler.compile(Samples.APP, Samples.BARE, grants, false, Samples.COMMAND, kernel, HOME);
    }

    /** One grant per resource, as the book has it, each with a reference of its own. */
    private static List<EffectiveGrant> numbered(List<EffectiveGrant> grants) {
        Map<Resource, EffectiveGrant> one = new HashMap<>();
        for (EffectiveGrant grant : grants) {
            one.put(
                    grant.resource(),
                    new EffectiveGrant(
                            "g" + one.size() + "-" + grant.resource().text().hashCode(),
                            grant.resource(),
                            grant.access(),
                            grant.decision(),
                            grant.origin(),
                            grant.create(),
                            Optional.empty()));
        }
        return List.copyOf(one.values());
    }
}
