package org.landgrant.launch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.landgrant.launch.SelfTestRow.Reason;
import org.landgrant.launch.SelfTestRow.Subject;
import org.landgrant.launch.SelfTestRow.Verdict;

/**
 * Looks around on this computer; changes nothing.
 *
 * @param abi Landlock's version, 0 without
 * @param errata the mistakes of the kernel's walls that are mended, one bit each from the lowest
 * @param root {@code /}, or what stands for it in tests
 * @param helper reads the kernel's own records
 */
record SelfTestFacts(Map<String, String> environment, int abi, int errata, Path root, AuditHelper helper) {
    /** The first version of Landlock that tells the audit what it refused. */
    private static final int AUDITS = 7;

    /** Where the launcher looks for the bus's filter (bus.c). */
    private static final List<String> FILTERS = List.of(
            "usr/bin/xdg-dbus-proxy",
            "usr/local/bin/xdg-dbus-proxy",
            "run/current-system/sw/bin/xdg-dbus-proxy",
            "run/current-system/profile/bin/xdg-dbus-proxy");

    private static final String BUS_PATH = "unix:path=";

    boolean filter() {
        return FILTERS.stream().map(root::resolve).anyMatch(Files::isExecutable);
    }

    /** The path of the session bus's socket; empty when there is none. */
    String bus() {
        for (String address : value("DBUS_SESSION_BUS_ADDRESS").split(";", -1)) {
            if (address.startsWith(BUS_PATH)) {
                String path = address.substring(BUS_PATH.length()).split(",", 2)[0];
                // Escapes are rare; what cannot be taken by its letters is not tried.
                return path.contains("%") ? "" : path;
            }
        }
        Path usual = runtime().resolve("bus");
        return value("XDG_RUNTIME_DIR").isEmpty() || !Files.exists(usual) ? "" : usual.toString();
    }

    SelfTestRow display() {
        Reason reason = displayReason();
        Verdict verdict = switch (reason) {
            case WAYLAND -> Verdict.DESKTOP;
            case NO_DISPLAY -> Verdict.ABSENT;
            default -> Verdict.NOBODY;
        };
        return new SelfTestRow(Subject.DISPLAY, verdict, reason, "");
    }

    /** Without having tried anything. */
    List<SelfTestFact> all() {
        return all(Optional.empty());
    }

    /** @param heard whether the kernel's own records came when something was refused; empty when that was not tried */
    List<SelfTestFact> all(Optional<Boolean> heard) {
        return List.of(
                new SelfTestFact("linux", "version", System.getProperty("os.version", "?")),
                new SelfTestFact("landlock", abi > 0 ? "version" : "none", String.valueOf(abi)),
                mended(),
                modules(),
                new SelfTestFact("display", displayReason().word(), ""),
                new SelfTestFact("bus", bus().isEmpty() ? "none" : "found", ""),
                new SelfTestFact("filter", filter() ? "found" : "missing", ""),
                new SelfTestFact("namespaces", namespaces(), ""),
                new SelfTestFact("tracing", tracing(), ""),
                new SelfTestFact("audit", audit(heard), helper.program().toString()),
                new SelfTestFact("manager", Files.exists(runtime().resolve("systemd/private")) ? "runs" : "none", ""));
    }

    private SelfTestFact mended() {
        String numbers = IntStream.range(0, Integer.SIZE)
                .filter(bit -> (errata & 1 << bit) != 0)
                .mapToObj(bit -> String.valueOf(bit + 1))
                .collect(Collectors.joining(", "));
        return new SelfTestFact("errata", numbers.isEmpty() ? "none" : "mended", numbers);
    }

    private SelfTestFact modules() {
        return read("sys/kernel/security/lsm")
                .map(list -> new SelfTestFact("modules", "listed", list.replace(",", ", ")))
                .orElse(new SelfTestFact("modules", "unknown", ""));
    }

    /** Whether what the kernel refused by itself can be read. */
    private String audit(Optional<Boolean> heard) {
        if (abi < AUDITS) {
            return "old";
        }
        return switch (helper.state()) {
            case READABLE -> heard.map(came -> came ? "heard" : "silent").orElse("readable");
            case SWITCHED_OFF -> "unreadable";
            case NONE -> "none";
        };
    }

    private Reason displayReason() {
        boolean wayland = !value("WAYLAND_DISPLAY").isEmpty();
        boolean x11 = !value("DISPLAY").isEmpty();
        return wayland ? (x11 ? Reason.XWAYLAND : Reason.WAYLAND) : x11 ? Reason.X11 : Reason.NO_DISPLAY;
    }

    private String namespaces() {
        if (!Files.exists(root.resolve("proc/self/ns/user"))
                || read("proc/sys/user/max_user_namespaces").filter("0"::equals).isPresent()
                || read("proc/sys/kernel/unprivileged_userns_clone")
                        .filter("0"::equals)
                        .isPresent()) {
            return "off";
        }
        boolean limited = read("proc/sys/kernel/apparmor_restrict_unprivileged_userns")
                .filter("1"::equals)
                .isPresent();
        return limited ? "apparmor" : "allowed";
    }

    private String tracing() {
        return read("proc/sys/kernel/yama/ptrace_scope")
                .map(scope -> switch (scope) {
                    case "0" -> "all";
                    case "1" -> "own";
                    case "2" -> "root";
                    case "3" -> "none";
                    default -> "unknown";
                })
                .orElse("all");
    }

    private Path runtime() {
        return root.resolve(value("XDG_RUNTIME_DIR"));
    }

    private String value(String name) {
        return environment.getOrDefault(name, "");
    }

    private Optional<String> read(String file) {
        try {
            return Optional.of(Files.readString(root.resolve(file)).strip());
        } catch (IOException notThere) {
            return Optional.empty();
        }
    }
}
