package org.landgrant.desktop;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.freedesktop.dbus.types.UInt32;
import org.freedesktop.dbus.types.Variant;
import org.landgrant.grants.AppId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives each session a unit of its own, {@code app-landgrant-ID-PID.scope}, where this user has a {@code systemd
 * --user}: portals and desktops tell apps of the system apart by it, and so do views of what uses the computer. Where
 * there is none, everything goes on without. The unit restricts nothing, and no session can reach who keeps it.
 *
 * <p>Source: "Desktop Environments" of the systemd documentation (names of units);
 * {@code systemd.unit(5)} (escaping).
 */
public final class AppScopes {
    private static final Logger LOG = LoggerFactory.getLogger(AppScopes.class);
    private static final int LONGEST_NAME = 255;
    private static final int MOST_LOOKS = 10;
    private static final long LOOK_MS = 50;

    private final SessionBus bus;

    public AppScopes(SessionBus bus) {
        this.bus = bus;
    }

    /**
     * Puts a session that has begun into a unit. Waits for answers, so it is called on a thread that nobody waits for.
     *
     * @param launcher its launcher's process ID
     * @param helper the process ID of what belongs to it but is not below its launcher, 0 while there is none
     * @return the unit's name; empty when there is none, or the desktop gave it one already
     */
    public Optional<String> enclose(AppId app, long launcher, LongSupplier helper) {
        String unit = name(app, launcher);
        if (unit.length() > LONGEST_NAME || hasOneOfTheDesktop(app, launcher)) {
            return Optional.empty();
        }
        Optional<Boolean> there = bus.ask(line -> SessionBus.driver(line).NameHasOwner(UserManager.NAME));
        if (!there.orElse(false)) {
            return Optional.empty();
        }
        List<Long> first = processes(launcher, helper.getAsLong());
        boolean isNew = !isIn(unit, launcher);
        if (isNew && !start(unit, app, first)) {
            return Optional.empty();
        }
        attachTheRest(unit, launcher, helper);
        return Optional.of(unit);
    }

    private boolean start(String unit, AppId app, List<Long> processes) {
        return bus.ask(line -> {
                    line.getRemoteObject(UserManager.NAME, UserManager.PATH, UserManager.class)
                            .StartTransientUnit(
                                    unit,
                                    "fail",
                                    List.of(
                                            new UserManager.Property(
                                                    "Description", new Variant<>(app.value() + " with its limits")),
                                            new UserManager.Property("PIDs", new Variant<>(numbers(processes), "au")),
                                            new UserManager.Property("Slice", new Variant<>("app.slice")),
                                            // So that what is started meanwhile can follow.
                                            new UserManager.Property("Delegate", new Variant<>(true)),
                                            new UserManager.Property(
                                                    "CollectMode", new Variant<>("inactive-or-failed"))),
                                    List.of());
                    return true;
                })
                .orElse(false);
    }

    /** What was started while the unit was made may be outside; what it starts now follows it. */
    private void attachTheRest(String unit, long launcher, LongSupplier helper) {
        for (int look = 0; look < MOST_LOOKS; look++) {
            try {
                TimeUnit.MILLISECONDS.sleep(LOOK_MS);
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                return;
            }
            List<Long> outside = processes(launcher, helper.getAsLong()).stream()
                    .filter(pid -> !isIn(unit, pid))
                    .toList();
            if (!outside.isEmpty()) {
                LOG.debug("{} processes follow into {}", outside.size(), unit);
                var _ = bus.ask(line -> {
                    line.getRemoteObject(UserManager.NAME, UserManager.PATH, UserManager.class)
                            .AttachProcessesToUnit(unit, "", numbers(outside));
                    return true;
                });
            }
        }
    }

    private static List<Long> processes(long launcher, long helper) {
        List<Long> all = new ArrayList<>(List.of(launcher));
        ProcessHandle.of(launcher).map(ProcessHandle::descendants).stream()
                .flatMap(below -> below.map(ProcessHandle::pid))
                .forEach(all::add);
        if (helper > 0) {
            all.add(helper);
        }
        return all;
    }

    private static List<UInt32> numbers(List<Long> processes) {
        return processes.stream().map(UInt32::new).toList();
    }

    /** GNOME and KDE put what they start into such a unit, and the launcher with it. */
    private static boolean hasOneOfTheDesktop(AppId app, long launcher) {
        String escaped = escaped(app);
        return units(launcher)
                .anyMatch(unit -> unit.startsWith("app-")
                        && !unit.startsWith("app-landgrant-")
                        && (unit.contains("-" + escaped + "-") || unit.contains("-" + escaped + "@")));
    }

    private static boolean isIn(String unit, long pid) {
        return units(pid).anyMatch(unit::equals);
    }

    private static Stream<String> units(long pid) {
        try {
            return Files.readString(Path.of("/proc", String.valueOf(pid), "cgroup"))
                    .lines()
                    .flatMap(line -> Stream.of(line.split("/")));
        } catch (IOException gone) {
            return Stream.of();
        }
    }

    /** The name of a session's unit. */
    static String name(AppId app, long launcher) {
        return "app-landgrant-" + escaped(app) + "-" + launcher + ".scope";
    }

    /** The ID without its ending; what is no plain letter is {@code \xHH}. */
    private static String escaped(AppId app) {
        String id = app.value().substring(0, app.value().length() - ".desktop".length());
        StringBuilder escaped = new StringBuilder();
        for (byte at : id.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (at & 0xff);
            boolean plain = (c < 0x80 && Character.isLetterOrDigit(c))
                    || c == ':'
                    || c == '_'
                    || (c == '.' && !escaped.isEmpty());
            escaped.append(plain ? String.valueOf(c) : String.format("\\x%02x", (int) c));
        }
        return escaped.toString();
    }
}
