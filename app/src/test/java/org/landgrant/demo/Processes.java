package org.landgrant.demo;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What the kernel says of the processes of an app. */
final class Processes {
    private Processes() {}

    /** The processes of this user whose command line begins with one of the programs of an app. */
    static List<ProcessHandle> of(String program) {
        return ProcessHandle.allProcesses()
                .filter(process ->
                        arguments(process).stream().findFirst().orElse("").contains(program))
                .filter(process -> !status(process, "NoNewPrivs").isEmpty())
                .toList();
    }

    /** Whether all of them carry the mark that confinement leaves, and there is at least one. */
    static boolean confined(String program) {
        List<ProcessHandle> all = of(program);
        return !all.isEmpty()
                && all.stream()
                        .allMatch(process -> status(process, "NoNewPrivs").equals("1")
                                && status(process, "Seccomp").equals("2"));
    }

    /**
     * Whether the app still builds its own inner sandbox: some of its processes have more filters than
     * the app was started with, some live in a user namespace of their own, none was told not to.
     */
    static boolean keepsItsOwnSandbox(String program) {
        List<ProcessHandle> all = of(program);
        Set<String> filters =
                all.stream().map(process -> status(process, "Seccomp_filters")).collect(Collectors.toSet());
        boolean namespaces = all.stream()
                .map(process -> link(process, "ns/user"))
                .anyMatch(name -> !name.isEmpty() && !name.equals(link(ProcessHandle.current(), "ns/user")));
        boolean told = all.stream()
                .flatMap(process -> arguments(process).stream())
                .anyMatch(argument -> argument.equals("--no-sandbox"));
        return filters.size() > 1 && namespaces && !told;
    }

    private static List<String> arguments(ProcessHandle process) {
        return read(process, "cmdline")
                .map(text -> List.of(text.split("[\0 ]", -1)))
                .orElse(List.of());
    }

    private static String status(ProcessHandle process, String field) {
        return read(process, "status").stream()
                .flatMap(String::lines)
                .filter(line -> line.startsWith(field + ":"))
                .map(line -> line.substring(field.length() + 1).strip())
                .findFirst()
                .orElse("");
    }

    private static Optional<String> read(ProcessHandle process, String file) {
        try {
            return Optional.of(Files.readString(
                    Path.of("/proc", String.valueOf(process.pid()), file), StandardCharsets.ISO_8859_1));
        } catch (IOException ended) {
            return Optional.empty();
        }
    }

    private static String link(ProcessHandle process, String file) {
        try {
            return Files.readSymbolicLink(Path.of("/proc", String.valueOf(process.pid()), file))
                    .toString();
        } catch (IOException notOurs) {
            return "";
        }
    }
}
