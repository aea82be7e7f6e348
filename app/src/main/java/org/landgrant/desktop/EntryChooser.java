package org.landgrant.desktop;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.landgrant.grants.AppId;
import org.landgrant.grants.RefusedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides which of the files that claim an ID the desktop would use, and reads the app from it: the
 * first that loads; one whose program or {@code TryExec} is missing does not, and makes room for the
 * next; {@code Hidden} ends the search.
 */
final class EntryChooser {
    private static final Logger LOG = LoggerFactory.getLogger(EntryChooser.class);

    /** The entry in use and the app it describes. */
    @SuppressWarnings("ArrayRecordComponent")
    record Chosen(EntrySource source, byte[] bytes, DesktopEntry entry, InstalledApp app, boolean loads) {}

    private final Programs programs;
    private final Languages languages;
    private final Set<String> desktops;
    private final LeftAlone leftAlone;

    EntryChooser(Map<String, String> environment, Path launcher) {
        this.programs = new Programs(environment);
        this.languages = Languages.from(environment);
        this.desktops = Set.of(Arrays.stream(
                        environment.getOrDefault("XDG_CURRENT_DESKTOP", "").split(":"))
                .distinct()
                .toArray(String[]::new));
        this.leftAlone = new LeftAlone(launcher);
    }

    /** The first that loads, else the first that can at least be read. */
    Optional<Chosen> choose(Collection<EntrySource> sources) {
        Chosen broken = null;
        for (EntrySource source : sources) {
            Optional<Chosen> read = read(source);
            if (read.isPresent() && read.get().loads()) {
                return read;
            }
            if (broken == null && read.isPresent()) {
                broken = read.get();
            }
        }
        return Optional.ofNullable(broken);
    }

    private Optional<Chosen> read(EntrySource source) {
        byte[] bytes;
        DesktopEntry entry;
        try {
            bytes = EntryFiles.read(source.file());
            entry = DesktopEntry.parse(bytes);
        } catch (IOException | RefusedException unreadable) {
            LOG.debug("A desktop file could not be read", unreadable);
            return Optional.empty();
        }
        if (entry.flag("Hidden")) {
            InstalledApp app = app(source, entry, List.of(), false, "It was removed from the menus.");
            return Optional.of(new Chosen(source, bytes, entry, app, true));
        }
        boolean application = entry.text("Type").filter("Application"::equals).isPresent();
        boolean wanted = entry.text("TryExec")
                .filter(program -> !program.isEmpty() && programs.find(program).isEmpty())
                .isEmpty();
        if (!application || !wanted) {
            return Optional.empty();
        }
        return Optional.of(readCommand(source, bytes, entry));
    }

    private Chosen readCommand(EntrySource source, byte[] bytes, DesktopEntry entry) {
        boolean shown = !entry.flag("NoDisplay") && belongsHere(entry);
        Optional<String> exec = entry.text("Exec").filter(value -> !value.isBlank());
        if (exec.isEmpty()) {
            String why = entry.has("Exec")
                    ? "Its command line is empty or is not text."
                    : "It is started by other programs and has no command line of its own.";
            return new Chosen(
                    source, bytes, entry, app(source, entry, List.of(), shown, why), entry.flag("DBusActivatable"));
        }
        List<String> command;
        try {
            command = ExecLine.words(exec.get(), facts(source, entry));
        } catch (RefusedException unclear) {
            String why = "Its command line " + unclear.getMessage() + ".";
            return new Chosen(source, bytes, entry, app(source, entry, List.of(), shown, why), true);
        }
        // Words carry a literal percent sign doubled, programs do not.
        String program = command.getFirst().replace("%%", "%");
        Optional<Path> file = programs.find(program);
        String why = file.isEmpty()
                ? "Its program is not installed."
                : leftAlone.reason(entry, source.place(), command, file.get()).orElse("");
        return new Chosen(source, bytes, entry, app(source, entry, command, shown, why), file.isPresent());
    }

    private ExecLine.Facts facts(EntrySource source, DesktopEntry entry) {
        return new ExecLine.Facts(
                entry.localised("Icon", languages).filter(icon -> !icon.isEmpty()),
                entry.localised("Name", languages).orElse(""),
                source.place().toString());
    }

    private InstalledApp app(
            EntrySource source, DesktopEntry entry, List<String> command, boolean shown, String notOurs) {
        AppId id = source.id();
        String plainId = id.value().substring(0, id.value().length() - ".desktop".length());
        String name = entry.localised("Name", languages)
                .map(DisplayText::clean)
                .filter(text -> !text.isEmpty())
                .orElseGet(() -> DisplayText.clean(plainId));
        String description = entry.localised("Comment", languages)
                .or(() -> entry.localised("GenericName", languages))
                .map(DisplayText::clean)
                .orElse("");
        return new InstalledApp(
                id,
                name,
                description,
                entry.localised("Icon", languages).orElse(""),
                entry.list("Categories"),
                command.isEmpty() ? List.of(plainId) : command,
                source.file(),
                shown,
                notOurs.isEmpty() ? Optional.empty() : Optional.of(notOurs));
    }

    private boolean belongsHere(DesktopEntry entry) {
        if (entry.list("NotShowIn").stream().anyMatch(desktops::contains)) {
            return false;
        }
        return !entry.has("OnlyShowIn") || entry.list("OnlyShowIn").stream().anyMatch(desktops::contains);
    }

    /** Whether every command line of the file, actions included, can be read with certainty. */
    static void requireClear(DesktopEntry entry) {
        for (KeyFile.Line line : entry.file().lines()) {
            if (line.baseKey().equals("Exec")) {
                String value = line.value()
                        .map(DesktopEntry::unescape)
                        .orElseThrow(() -> new RefusedException("One of its command lines is not text."));
                try {
                    ExecLine.requireClear(value);
                } catch (RefusedException unclear) {
                    throw new RefusedException("One of its command lines " + unclear.getMessage() + ".", unclear);
                }
            }
        }
    }
}
