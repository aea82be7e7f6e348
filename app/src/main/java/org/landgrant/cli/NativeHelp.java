package org.landgrant.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One of the launcher's own commands, as its help has it.
 *
 * @param command its name
 * @param text the whole help
 * @param options each option with whether a value follows
 */
record NativeHelp(String command, String text, Map<String, Boolean> options) {
    /** An option at the beginning of a line or behind a gap, and the word in capitals behind it. */
    private static final Pattern OPTION =
            Pattern.compile("(?m)(?:^ +|  )(?:-\\w, )?(--[a-z][a-z0-9-]*)([ =]\\[?[A-Z][A-Z-]*)?");

    static NativeHelp read(String command, String text) {
        Map<String, Boolean> options = new LinkedHashMap<>();
        Matcher matcher = OPTION.matcher(command.equals("run") ? text : "");
        while (matcher.find()) {
            options.putIfAbsent(matcher.group(1), matcher.group(2) != null);
        }
        options.keySet().removeAll(java.util.Set.of("--version", "--all", "--json", "--follow"));
        options.putIfAbsent("--help", false);
        return new NativeHelp(command, text, options);
    }

    /** What it does, in a line. */
    String summary() {
        return switch (command) {
            case "run" -> "starts a command that reaches exactly what is named";
            case "launch" -> "starts an app with its grants";
            case "ask" -> "asks in a terminal what apps wait for, one question after the other";
            default -> "the resident agent, which starts by itself";
        };
    }
}
