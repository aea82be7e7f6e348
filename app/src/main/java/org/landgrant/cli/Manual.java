package org.landgrant.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/**
 * Writes the manual and the completions of shells, when Landgrant is built: {@code Manual FOLDER LAUNCHER}. The
 * agent's commands are read from where they are carried out, the launcher's own from its help, so neither is
 * written down twice.
 */
public final class Manual {
    /** The launcher's own commands, in the order of the manual. */
    static final List<String> NATIVE = List.of("run", "launch", "ask", "agent");

    private static final long PATIENCE = 20;

    private Manual() {}

    /** Exits with 1 and a sentence when something cannot be written. */
    public static void main(String[] words) throws InterruptedException {
        PrintStream errors = System.err;
        try {
            if (words.length != 2) {
                throw new IOException("usage: Manual FOLDER LAUNCHER");
            }
            write(Path.of(words[0]), natives(Path.of(words[1])));
        } catch (IOException failure) {
            errors.println("The manual cannot be written: " + failure.getMessage());
            System.exit(1);
        }
    }

    /** Everything below {@code share}. */
    static void write(Path share, List<NativeHelp> natives) throws IOException {
        List<CommandSpec> commands = commands();
        Path pages = Files.createDirectories(share.resolve("man/man1"));
        file(pages.resolve("landgrant.1"), ManPage.overview(commands, natives));
        for (CommandSpec command : commands) {
            file(pages.resolve("landgrant-" + command.name() + ".1"), ManPage.of(command));
        }
        for (NativeHelp help : natives) {
            file(pages.resolve("landgrant-" + help.command() + ".1"), ManPage.of(help));
        }
        file(
                Files.createDirectories(share.resolve("bash-completion/completions"))
                        .resolve("landgrant"),
                Completions.bash(commands, natives));
        file(
                Files.createDirectories(share.resolve("zsh/site-functions")).resolve("_landgrant"),
                Completions.zsh(commands, natives));
        file(
                Files.createDirectories(share.resolve("fish/vendor_completions.d"))
                        .resolve("landgrant.fish"),
                Completions.fish(commands, natives));
    }

    /** The agent's commands, in their order, each once. */
    static List<CommandSpec> commands() {
        CommandLine line = Commands.line(Root.forItsWords(), 0);
        return line.getSubcommands().values().stream()
                .map(CommandLine::getCommandSpec)
                .distinct()
                .toList();
    }

    /** What the launcher says about its own commands. */
    static List<NativeHelp> natives(Path launcher) throws IOException, InterruptedException {
        List<NativeHelp> natives = new ArrayList<>();
        for (String command : NATIVE) {
            natives.add(NativeHelp.read(command, said(launcher, command)));
        }
        return natives;
    }

    private static String said(Path launcher, String command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(launcher.toString(), command, "--help")
                .redirectErrorStream(true)
                .start();
        process.getOutputStream().close();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(PATIENCE, TimeUnit.SECONDS) || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new IOException(launcher + " " + command + " --help failed");
        }
        return text;
    }

    private static void file(Path path, String text) throws IOException {
        Files.writeString(path, text);
    }
}
