package org.landgrant.desktop;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.landgrant.grants.AppId;
import org.landgrant.grants.RefusedException;

/**
 * Writes the text of an override: the source byte for byte, but every command line starts with the
 * launcher and keeps its own words behind it exactly as they are. Re-writing words is where others
 * broke programs; a prefix cannot.
 */
final class OverrideText {
    private static final String BUS_GROUP = "D-BUS Service";

    private final Path launcher;

    OverrideText(Path launcher) {
        this.launcher = launcher;
    }

    /**
     * The override of a menu entry. It has no {@code TryExec}: where that names a program that an update moved, GLib
     * would pass over the override and start the system's entry.
     *
     * @param source the entry it hides; its {@code place} stands for {@code %k}
     * @throws RefusedException when a command line cannot be kept
     */
    byte[] menuEntry(EntrySource source, byte[] bytes) {
        return override(source, bytes, false);
    }

    /** The override of what starts at log-in, where a missing program only means that nothing starts. */
    byte[] autostart(EntrySource source, byte[] bytes) {
        return override(source, bytes, true);
    }

    /** What keeps the place of an app that is not installed: in no menu, but the entry of that ID if one comes. */
    byte[] placeholder(AppId app) {
        String name = app.value().substring(0, app.value().length() - ".desktop".length());
        return utf8("[" + DesktopEntry.MAIN + "]\n" + Overrides.MARK + "=true\nX-Landgrant-Version=1\n"
                + "Type=Application\nName=" + DesktopEntry.escape(name) + "\nNoDisplay=true\nExec="
                + prefix(app).replaceAll(" -- $", "") + "\n");
    }

    private byte[] override(EntrySource source, byte[] bytes, boolean withTryExec) {
        DesktopEntry entry = DesktopEntry.parse(bytes);
        EntryChooser.requireClear(entry);
        byte[] prefix = utf8(prefix(source.id()));
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        boolean marked = false;
        for (KeyFile.Line line : entry.file().lines()) {
            if (line.baseKey().equals("Exec")) {
                // Every group: some desktops have actions in groups of other names.
                String value = line.value().orElseThrow();
                String kept = ExecLine.withLocation(value, source.place().toString());
                text.writeBytes(line.withValue(join(prefix, utf8(kept))));
            } else if (line.baseKey().equals("DBusActivatable")
                    && line.value()
                            .filter(value -> value.equals("true") || value.equals("1"))
                            .isPresent()) {
                text.writeBytes(line.withValue(utf8("false")));
            } else if (withTryExec || !line.baseKey().equals("TryExec")) {
                text.writeBytes(line.bytes());
            }
            if (!marked && line.header() && line.group().equals(DesktopEntry.MAIN)) {
                text.writeBytes(marks(source.file(), bytes));
                marked = true;
            }
        }
        return text.toByteArray();
    }

    private String prefix(AppId app) {
        return ExecLine.quoteIfNeeded(launcher.toString()) + " launch " + ExecLine.quoteIfNeeded(app.value()) + " -- ";
    }

    /** The app that an override of a menu entry starts; empty when it is none. */
    Optional<AppId> app(byte[] override) {
        try {
            List<String> words = DesktopEntry.parse(override)
                    .text("Exec")
                    .map(exec -> ExecLine.words(exec, ExecLine.Facts.NONE))
                    .orElse(List.of());
            boolean ours = words.size() > 3
                    && words.get(1).equals("launch")
                    && words.get(3).equals("--");
            return ours ? Optional.of(new AppId(words.get(2).replace("%%", "%"))) : Optional.empty();
        } catch (RefusedException | IllegalArgumentException unclear) {
            return Optional.empty();
        }
    }

    /** An override of a menu entry without our marks and without the launcher. */
    byte[] without(byte[] override) {
        String prefix = app(override).map(this::prefix).orElse("");
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        for (KeyFile.Line line : DesktopEntry.parse(override).file().lines()) {
            Optional<String> value = line.value().filter(exec -> exec.startsWith(prefix));
            if (line.baseKey().equals("Exec") && value.isPresent()) {
                text.writeBytes(line.withValue(utf8(value.get().substring(prefix.length()))));
            } else if (!line.baseKey().startsWith("X-Landgrant-")) {
                text.writeBytes(line.bytes());
            }
        }
        return text.toByteArray();
    }

    /**
     * The override of a D-Bus service: without {@code SystemdService}, which would go before {@code
     * Exec}. Its words are quoted as in a shell and there are no field codes.
     */
    byte[] busService(AppId app, Path file, byte[] bytes) {
        KeyFile service = KeyFile.parse(bytes);
        String prefix =
                DesktopEntry.escape(shellQuoted(launcher.toString()) + " launch " + shellQuoted(app.value()) + " -- ");
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        boolean marked = false;
        for (KeyFile.Line line : service.lines()) {
            if (line.baseKey().equals("Exec")) {
                String value = line.value()
                        .orElseThrow(() -> new RefusedException("The command line of its D-Bus service is not text."));
                text.writeBytes(line.withValue(utf8(prefix + value)));
            } else if (!line.baseKey().equals("SystemdService")) {
                text.writeBytes(line.bytes());
            }
            if (!marked && line.header() && line.group().equals(BUS_GROUP)) {
                text.writeBytes(marks(file, bytes));
                marked = true;
            }
        }
        return text.toByteArray();
    }

    private static byte[] marks(Path source, byte[] bytes) {
        return utf8(Overrides.MARK + "=true\nX-Landgrant-Source=" + DesktopEntry.escape(source.toString())
                + "\nX-Landgrant-SourceHash=" + sha256(bytes) + "\nX-Landgrant-Version=1\n");
    }

    private static String shellQuoted(String word) {
        return word.matches("[A-Za-z0-9_./:@+,-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }

    private static byte[] join(byte[] first, byte[] second) {
        byte[] joined = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, joined, first.length, second.length);
        return joined;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
