package org.landgrant.policy;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.landgrant.grants.Access;
import org.landgrant.grants.Resource;

/**
 * What a grant gives only because it names it: protected places, and names on the session bus. Asked before grants
 * that somebody else wrote down are taken over. Works on the text of paths.
 */
public final class NamedPlaces {
    private NamedPlaces() {}

    /** Why to think twice before an app gets that, as half a sentence; empty when there is no reason. */
    public static Optional<String> reason(Resource resource, Set<Access> access, Home home) {
        return switch (resource) {
            case Resource.Place(String path) -> place(Places.expand(path, home), access, home);
            case Resource.BusName _ -> Optional.of("a name on the session bus, behind which other programs act for it");
            default -> Optional.empty();
        };
    }

    private static Optional<String> place(String path, Set<Access> access, Home home) {
        List<String> own = home.protectedPlaces();
        return ProtectedPlaces.of(home).stream()
                .filter(place -> Places.covers(place.path(), path))
                .filter(place -> access.stream().anyMatch(one -> place.rights().contains(right(one))))
                .findFirst()
                .map(place -> own.contains(place.path())
                        ? "which belongs to Landgrant itself"
                        : place.rights().equals(EnumSet.allOf(Right.class))
                                ? "a protected place: keys, passwords or other programs' data"
                                : "a protected place: what lies there starts other programs");
    }

    private static Right right(Access access) {
        return switch (access) {
            case WRITE -> Right.WRITE;
            case EXECUTE -> Right.EXECUTE;
            default -> Right.READ;
        };
    }
}
