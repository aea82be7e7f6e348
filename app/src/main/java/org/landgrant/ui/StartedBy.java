package org.landgrant.ui;

import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.landgrant.prompts.OneLine;

/** Which program started a process, by its own file and not by what it calls itself. */
final class StartedBy {
    private static final int NAME = 40;

    /** What takes the place of a parent that ended; it says nothing about who that was. */
    private static final Set<String> ADOPTERS = Set.of("systemd", "init");

    private StartedBy() {}

    /**
     * The file name of the program, “Landgrant” for this one; empty when it ended or belongs to somebody else.
     *
     * @param pid of the process that was started
     */
    static Optional<String> name(long pid) {
        return ProcessHandle.of(pid)
                .flatMap(ProcessHandle::parent)
                .filter(parent -> parent.pid() != 1)
                .flatMap(StartedBy::name);
    }

    private static Optional<String> name(ProcessHandle parent) {
        if (parent.pid() == ProcessHandle.current().pid()) {
            return Optional.of("Landgrant");
        }
        return parent.info()
                .command()
                .map(Path::of)
                .map(Path::getFileName)
                .map(file -> OneLine.clean(file.toString(), NAME))
                .filter(name -> !name.isEmpty() && !ADOPTERS.contains(name));
    }
}
