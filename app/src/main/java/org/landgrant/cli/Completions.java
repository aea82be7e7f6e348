package org.landgrant.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.landgrant.grants.Access;
import org.landgrant.grants.AppId;
import org.landgrant.grants.Device;
import org.landgrant.grants.Resource;
import org.landgrant.grants.Service;
import org.landgrant.grants.UserFolder;
import org.landgrant.prompts.LiveAnswer;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * What shells offer behind {@code landgrant}. Made when Landgrant is built; a key that is pressed starts no agent,
 * apps are found by the names of their desktop files.
 */
final class Completions {
    /**
     * One command for the shells.
     *
     * @param options every name of every option, with what it is for
     * @param values the names of those behind which a value stands, with its kind
     * @param kinds of what stands behind the command, in order; the last may come again
     */
    record Shelled(
            List<String> names,
            String about,
            Map<String, String> options,
            Map<String, String> values,
            List<String> kinds) {}

    private Completions() {}

    /** The scripts of all three shells lie beside the code, with holes for what the commands say. */
    static String bash(List<CommandSpec> commands, List<NativeHelp> natives) {
        List<Shelled> all = shelled(commands, natives);
        return Template.read("landgrant.bash")
                .fill("COMMANDS", names(all))
                .fill("RESOURCES", resources())
                .fill("ACCESS", accesses())
                .fill("CASES", all.stream().map(Completions::shellCase).collect(Collectors.joining("\n")))
                .text();
    }

    static String zsh(List<CommandSpec> commands, List<NativeHelp> natives) {
        List<Shelled> all = shelled(commands, natives);
        return Template.read("landgrant.zsh")
                .fill(
                        "COMMANDS",
                        all.stream()
                                .map(command ->
                                        "        " + quoted(command.names().getFirst() + ":" + command.about()))
                                .collect(Collectors.joining("\n")))
                .fill("RESOURCES", resources())
                .fill("ACCESS", accesses())
                .fill("CASES", all.stream().map(Completions::shellCase).collect(Collectors.joining("\n")))
                .text();
    }

    static String fish(List<CommandSpec> commands, List<NativeHelp> natives) {
        List<Shelled> all = shelled(commands, natives);
        List<String> lines = new ArrayList<>();
        for (Shelled command : all) {
            String name = command.names().getFirst();
            lines.add("complete -c landgrant -n __landgrant_first -a " + name + " -d " + quoted(command.about()));
            String in = " -n '__landgrant_in " + String.join(" ", command.names()) + "'";
            command.options().forEach((option, about) -> {
                String value = command.values().getOrDefault(option, "");
                lines.add("complete -c landgrant" + in + (option.startsWith("--") ? " -l " : " -s ")
                        + option.replaceFirst("^-+", "")
                        + (value.isEmpty() ? "" : " -x -a '(__landgrant_" + value + ")'")
                        + " -d " + quoted(about));
            });
            for (int at = 0; at < command.kinds().size(); at++) {
                boolean last = at == command.kinds().size() - 1;
                lines.add("complete -c landgrant -n '__landgrant_at " + at + (last ? " more " : " only ")
                        + String.join(" ", command.names()) + "' -a '(__landgrant_"
                        + command.kinds().get(at) + ")'");
            }
        }
        return Template.read("landgrant.fish")
                .fill("RESOURCES", resources())
                .fill("ACCESS", accesses())
                .fill(
                        "VALUES",
                        all.stream()
                                .flatMap(command -> command.values().keySet().stream())
                                .distinct()
                                .sorted()
                                .collect(Collectors.joining(" ")))
                .fill("CASES", String.join("\n", lines))
                .text();
    }

    /** {@code name|alias) options='…' values='option=kind…' kinds='…' ;;} */
    private static String shellCase(Shelled command) {
        return "        " + String.join("|", command.names()) + ") options="
                + quoted(String.join(" ", command.options().keySet())) + " values="
                + quoted(command.values().entrySet().stream()
                        .map(value -> value.getKey() + "=" + value.getValue())
                        .collect(Collectors.joining(" ")))
                + " kinds=" + quoted(String.join(" ", command.kinds())) + " ;;";
    }

    private static List<Shelled> shelled(List<CommandSpec> commands, List<NativeHelp> natives) {
        return Stream.concat(
                        natives.stream().map(Completions::shelled),
                        commands.stream().map(Completions::shelled))
                .toList();
    }

    private static Shelled shelled(NativeHelp help) {
        Map<String, String> options = help.options().keySet().stream()
                .collect(Collectors.toMap(name -> name, name -> "", (a, b) -> a, java.util.LinkedHashMap::new));
        Map<String, String> values = help.options().entrySet().stream()
                .filter(Map.Entry::getValue)
                .collect(Collectors.toMap(
                        Map.Entry::getKey, option -> "file", (a, b) -> a, java.util.LinkedHashMap::new));
        List<String> kinds = switch (help.command()) {
            case "run" -> List.of("program", "file");
            case "launch" -> List.of("app", "file");
            case "agent" -> List.of("agent");
            default -> List.of();
        };
        return new Shelled(List.of(help.command()), help.summary(), options, values, kinds);
    }

    private static Shelled shelled(CommandSpec command) {
        Map<String, String> options = new java.util.LinkedHashMap<>();
        Map<String, String> values = new java.util.LinkedHashMap<>();
        for (OptionSpec option : ManPage.options(command).toList()) {
            for (String name : option.names()) {
                options.put(name, line(option.description()));
                if (option.arity().max() > 0) {
                    values.put(name, kind(option));
                }
            }
        }
        return new Shelled(
                Stream.concat(Stream.of(command.name()), Arrays.stream(command.aliases()))
                        .toList(),
                line(command.usageMessage().description()),
                options,
                values,
                command.positionalParameters().stream().map(Completions::kind).toList());
    }

    private static String kind(ArgSpec argument) {
        Class<?> type = argument.type();
        return type == AppId.class
                ? "app"
                : type == Resource.class
                        ? "resource"
                        : type == Commands.AccessSet.class || type == Commands.ExactAccess.class
                                ? "access"
                                : type == LiveAnswer.Choice.class
                                        ? "answer"
                                        : argument.paramLabel().equals("FILE") ? "file" : "nothing";
    }

    private static String names(List<Shelled> all) {
        return all.stream().map(command -> command.names().getFirst()).collect(Collectors.joining(" "));
    }

    private static String resources() {
        Stream<String> folders = Arrays.stream(UserFolder.values()).map(folder -> "folder:" + folder.word());
        Stream<String> devices = Arrays.stream(Device.values()).map(device -> "device:" + small(device));
        Stream<String> services = Arrays.stream(Service.values()).map(service -> "service:" + small(service));
        return Stream.of(folders, Stream.of("tcp:80", "tcp:443", "tcp:any", "udp:any"), devices, services)
                .flatMap(words -> words)
                .collect(Collectors.joining(" "));
    }

    private static String accesses() {
        return Arrays.stream(Access.values()).map(Completions::small).collect(Collectors.joining(" ")) + " read,write";
    }

    private static String small(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private static String line(String... words) {
        String line = String.join(" ", words);
        return line.endsWith(".") ? line.substring(0, line.length() - 1) : line;
    }

    /** As all three shells read it. */
    private static String quoted(String words) {
        return "'" + words.replace("'", "’") + "'";
    }
}
