package org.landgrant.ui;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.landgrant.grants.Access;
import org.landgrant.grants.Decision;
import org.landgrant.grants.Denial;
import org.landgrant.grants.DesktopService;
import org.landgrant.grants.EffectiveGrant;
import org.landgrant.grants.Resource;

/**
 * One line of the card “Desktop services”.
 *
 * @param on whether any of its names is given
 * @param changed whether somebody decided otherwise than the template
 * @param refused how often it was refused, as far as that is remembered
 */
record ServiceRow(DesktopService service, boolean on, boolean changed, long refused) {
    static List<ServiceRow> of(List<EffectiveGrant> effective, Collection<Denial> denials) {
        return Stream.of(DesktopService.values())
                .map(service -> of(service, effective, denials))
                .toList();
    }

    private static ServiceRow of(DesktopService service, List<EffectiveGrant> effective, Collection<Denial> denials) {
        List<EffectiveGrant> about = about(service, effective);
        return new ServiceRow(
                service,
                about.stream().anyMatch(grant -> gives(grant, service)),
                about.stream().anyMatch(EffectiveGrant::changed),
                denials.stream()
                        .filter(denial -> denial.access() == service.access())
                        .filter(denial -> denial.resource() instanceof Resource.BusName name
                                && service.nameFor(name).isPresent())
                        .mapToLong(Denial::count)
                        .sum());
    }

    /** What is granted or refused of its names, one by one or all of them. */
    static List<EffectiveGrant> about(DesktopService service, List<EffectiveGrant> effective) {
        return effective.stream()
                .filter(grant -> grant.resource() instanceof Resource.BusName name
                        && service.nameFor(name).isPresent())
                .toList();
    }

    private static boolean gives(EffectiveGrant grant, DesktopService service) {
        // Having a name includes talking to it.
        Set<Access> enough = service.access() == Access.USE ? Set.of(Access.USE, Access.LISTEN) : Set.of(Access.LISTEN);
        return grant.decision() == Decision.ALLOW && grant.access().stream().anyMatch(enough::contains);
    }

    /** What its line says beside its hint; empty when there is nothing. */
    Optional<Long> tried() {
        return on || refused == 0 ? Optional.empty() : Optional.of(refused);
    }
}
