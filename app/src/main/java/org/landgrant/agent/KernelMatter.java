package org.landgrant.agent;

import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.landgrant.grants.Access;
import org.landgrant.grants.AppId;
import org.landgrant.grants.Denial;
import org.landgrant.grants.Event;
import org.landgrant.grants.Event.Kind;
import org.landgrant.grants.Event.Who;
import org.landgrant.grants.Resource;
import org.landgrant.kernel.KernelRefusal;

/**
 * A refusal of the kernel in the words of the history.
 *
 * @param resource empty for what is about other programs, or about the computer as a whole
 * @param inside whether it is about something in that folder, whose name the kernel does not tell
 */
record KernelMatter(Kind kind, Optional<Resource> resource, Set<Access> access, boolean inside) {
    KernelMatter {
        access = Set.copyOf(access);
    }

    /** Empty when there are no words for it. */
    static Optional<KernelMatter> of(KernelRefusal refusal) {
        Set<Access> access = EnumSet.noneOf(Access.class);
        boolean inside = false;
        for (String right : refusal.rights()) {
            switch (right) {
                case "scope.signal" -> {
                    return other(Kind.SIGNAL_REFUSED);
                }
                case "ptrace" -> {
                    return other(Kind.TRACE_REFUSED);
                }
                case "scope.abstract_unix_socket" -> {
                    return other(Kind.SOCKET_REFUSED);
                }
                case "fs.change_topology" -> {
                    return other(Kind.MOUNT_REFUSED);
                }
                case "net.connect_tcp" -> {
                    return port(refusal, Access.CONNECT);
                }
                case "net.bind_tcp" -> {
                    return port(refusal, Access.LISTEN);
                }
                case "net.bind_udp", "net.connect_send_udp" -> {
                    return about(new Resource.AnyUdpPort(), Set.of(Access.CONNECT), false);
                }
                case "fs.execute" -> access.add(Access.EXECUTE);
                case "fs.read_file", "fs.read_dir" -> access.add(Access.READ);
                case "fs.ioctl_dev" -> access.add(Access.USE);
                case "fs.write_file", "fs.truncate", "fs.resolve_unix" -> access.add(Access.WRITE);
                default -> {
                    if (right.startsWith("fs.make_") || right.startsWith("fs.remove_") || right.equals("fs.refer")) {
                        access.add(Access.WRITE);
                        inside = true;
                    }
                }
            }
        }
        boolean of = inside;
        return access.isEmpty()
                ? Optional.empty()
                : refusal.path().flatMap(KernelMatter::place).flatMap(place -> about(place, access, of));
    }

    /** Whether a supervisor has told this of the app: any of the accesses, since it names one of them. */
    boolean isTold(AppId app, Set<Denial.Key> told, Set<Denial.Key> toldOfFolders) {
        return resource.isPresent()
                && access.stream()
                        .map(one -> new Denial.Key(app, resource.get(), one))
                        .anyMatch(key -> told.contains(key) || (inside && toldOfFolders.contains(key)));
    }

    Event event(AppId app, Instant first, Instant last, long count) {
        return new Event(
                0, kind, app, resource, access, first, last, count, Who.KERNEL, Optional.empty(), Optional.empty());
    }

    private static Optional<KernelMatter> other(Kind kind) {
        return Optional.of(new KernelMatter(kind, Optional.empty(), Set.of(), false));
    }

    private static Optional<KernelMatter> about(Resource resource, Set<Access> access, boolean inside) {
        return Optional.of(new KernelMatter(Kind.REFUSED, Optional.of(resource), access, inside));
    }

    private static Optional<KernelMatter> port(KernelRefusal refusal, Access access) {
        return refusal.port().flatMap(port -> about(new Resource.TcpPort(port), Set.of(access), false));
    }

    private static Optional<Resource> place(String path) {
        try {
            return Optional.of(new Resource.Place(path));
        } catch (IllegalArgumentException noPlace) {
            return Optional.empty();
        }
    }
}
