package org.landgrant.policy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Policies as text; the grammar is PROTOCOL.md, section 1. What it does not say is refused. */
public final class PolicyText {
    /** Bytes of a policy. */
    public static final int LONGEST = 1 << 20;
    /** Bytes of a line without its line feed. */
    public static final int LONGEST_LINE = 16_384;
    /** Lines of a policy. */
    public static final int MOST_LINES = 16_384;

    private static final String HEADER = "landgrant-policy 1";

    private PolicyText() {}

    static String print(Policy policy, boolean comments) {
        StringBuilder text = new StringBuilder();
        text.append(HEADER).append('\n');
        text.append("app ").append(PolicyEscapes.escape(policy.app())).append('\n');
        String group = "";
        for (PolicyLine line : policy.lines()) {
            if (comments) {
                String of = group(line);
                if (!of.equals(group)) {
                    text.append("\n# ").append(of).append('\n');
                    group = of;
                }
            }
            text.append(line.print()).append('\n');
        }
        return text.toString();
    }

    private static String group(PolicyLine line) {
        return switch (line) {
            case PolicyLine.Protect _, PolicyLine.Open _, PolicyLine.Missing _, PolicyLine.AcceptPartial _ ->
                "What the kernel has to enforce";
            case PolicyLine.Create _, PolicyLine.PrivateTemporary _ -> "The app's own folders, made before it starts";
            case PolicyLine.File _, PolicyLine.FileFrom _, PolicyLine.Except _ ->
                "Files and folders: l list, r read, w write, x run, d device commands; \"except\" takes out again";
            case PolicyLine.AskFile _, PolicyLine.AskPort _ -> "What is asked about when it is refused";
            case PolicyLine.Bus _, PolicyLine.DisplayX11 _, PolicyLine.Links _ ->
                "The desktop: names on the session bus, the display, links to other apps";
            case PolicyLine.Connect _, PolicyLine.Listen _ -> "TCP ports";
            case PolicyLine.Unset _, PolicyLine.SetVariable _ -> "Environment";
            case PolicyLine.Command _ -> "How the app is started";
            case PolicyLine.Refused _ -> "Grants that have no rule, and why";
        };
    }

    /**
     * Reads a policy.
     *
     * @throws PolicySyntaxException with the first line that PROTOCOL.md does not allow; what is missing
     *     as a whole is said of the last line
     */
    public static Policy parse(byte[] text) throws PolicySyntaxException {
        return new Parser().parse(text);
    }

    /** Reads a policy; the same as of the bytes of its UTF-8. */
    public static Policy parse(String text) throws PolicySyntaxException {
        return parse(text.getBytes(StandardCharsets.UTF_8));
    }

    private static final class Parser {
        private int number;
        private @Nullable String app;
        private boolean fieldCode;
        private boolean command;
        private final Set<Protection> seen = EnumSet.noneOf(Protection.class);
        private final List<PolicyLine> lines = new ArrayList<>();

        Policy parse(byte[] text) throws PolicySyntaxException {
            try {
                if (text.length > LONGEST) {
                    throw new IllegalArgumentException("a policy has at most 1 MiB");
                }
                int from = 0;
                while (from < text.length) {
                    number++;
                    int end = from;
                    while (end < text.length && text[end] != '\n') {
                        end++;
                    }
                    if (end == text.length) {
                        throw new IllegalArgumentException("the last line ends in a line feed too");
                    }
                    if (end - from > LONGEST_LINE) {
                        throw new IllegalArgumentException("a line has at most 16,384 bytes");
                    }
                    line(PolicyEscapes.decode(text, from, end - from));
                    from = end + 1;
                }
                return finish();
            } catch (IllegalArgumentException problem) {
                throw new PolicySyntaxException(Math.max(number, 1), String.valueOf(problem.getMessage()));
            }
        }

        private Policy finish() {
            if (app == null) {
                throw new IllegalArgumentException("a policy begins with \"" + HEADER + "\" and an app line");
            }
            for (Protection protection : Protection.values()) {
                if (!seen.contains(protection)) {
                    throw new IllegalArgumentException("nothing is said about " + protection.word());
                }
            }
            if (!command) {
                throw new IllegalArgumentException("a policy has a command");
            }
            List<String> missing = lines.stream()
                    .filter(PolicyLine.Missing.class::isInstance)
                    .map(line -> ((PolicyLine.Missing) line).reason())
                    .toList();
            return new Policy(
                    app,
                    lines,
                    new Enforcement(missing.isEmpty() ? Enforcement.Level.FULL : Enforcement.Level.PARTIAL, missing));
        }

        private void line(String line) {
            if (number > MOST_LINES) {
                throw new IllegalArgumentException("a policy has at most 16,384 lines");
            }
            if (number == 1) {
                if (!line.equals(HEADER)) {
                    throw new IllegalArgumentException("a policy begins with \"" + HEADER + "\"");
                }
            } else if (!line.isEmpty() && !line.startsWith("#")) {
                directive(line);
            }
        }

        private void directive(String line) {
            int space = line.indexOf(' ');
            String word = space < 0 ? line : line.substring(0, space);
            @Nullable String rest = space < 0 ? null : line.substring(space + 1);
            if (app == null) {
                if (!word.equals("app")) {
                    throw new IllegalArgumentException("the second directive is app");
                }
                app = text(values(word, rest, 1)[0]);
                return;
            }
            lines.add(
                    switch (word) {
                        case "protect" -> new PolicyLine.Protect(protection(values(word, rest, 1)[0]));
                        case "open" -> {
                            String[] values = values(word, rest, 2);
                            yield new PolicyLine.Open(protection(values[0]), values[1]);
                        }
                        case "missing" -> {
                            String[] values = values(word, rest, 2);
                            yield new PolicyLine.Missing(protection(values[0]), text(values[1]));
                        }
                        case "accept-partial" -> {
                            if (rest != null) {
                                throw new IllegalArgumentException("nothing follows accept-partial");
                            }
                            yield single(new PolicyLine.AcceptPartial());
                        }
                        case "file" -> {
                            String[] values = values(word, rest, 3);
                            yield new PolicyLine.File(Right.parse(values[0]), values[1], text(values[2]));
                        }
                        case "file-from" -> {
                            String[] values = values(word, rest, 3);
                            yield new PolicyLine.FileFrom(Right.parse(values[0]), values[1], values[2]);
                        }
                        case "except" -> {
                            String[] values = values(word, rest, 3);
                            yield new PolicyLine.Except(Right.parse(values[0]), values[1], text(values[2]));
                        }
                        case "ask" -> ask(rest);
                        case "bus" -> {
                            String[] values = values(word, rest, 3);
                            yield new PolicyLine.Bus(busUse(values[0]), values[1], values[2]);
                        }
                        case "display" -> {
                            String[] values = values(word, rest, 2);
                            if (!values[0].equals("x11")) {
                                throw new IllegalArgumentException("the only display is x11");
                            }
                            yield single(new PolicyLine.DisplayX11(values[1]));
                        }
                        case "links" -> single(new PolicyLine.Links(values(word, rest, 1)[0]));
                        case "connect" -> {
                            String[] values = values(word, rest, 2);
                            yield new PolicyLine.Connect(port(values[0]), values[1]);
                        }
                        case "listen" -> {
                            String[] values = values(word, rest, 2);
                            yield new PolicyLine.Listen(port(values[0]), values[1]);
                        }
                        case "create" -> {
                            String[] values = values(word, rest, 2);
                            yield new PolicyLine.Create(values[0], text(values[1]));
                        }
                        case "private-tmp" -> single(new PolicyLine.PrivateTemporary(text(values(word, rest, 1)[0])));
                        case "unset" -> new PolicyLine.Unset(values(word, rest, 1)[0]);
                        case "set" -> {
                            String[] values = values(word, rest, 2);
                            yield new PolicyLine.SetVariable(values[0], text(values[1]));
                        }
                        case "command" -> command(new PolicyLine.Command(text(values(word, rest, 1)[0])));
                        case "refused" -> {
                            String[] values = values(word, rest, 2);
                            yield new PolicyLine.Refused(values[0], text(values[1]));
                        }
                        case "app" -> throw new IllegalArgumentException("app stands here twice");
                        case "landgrant-policy" ->
                            throw new IllegalArgumentException("landgrant-policy stands here twice");
                        default -> throw new IllegalArgumentException("this directive is unknown");
                    });
        }

        private PolicyLine command(PolicyLine.Command line) {
            command = true;
            if (line.isFieldCode()) {
                if (fieldCode) {
                    throw new IllegalArgumentException("a command has at most one of %f, %F, %u and %U");
                }
                fieldCode = true;
            }
            return line;
        }

        private PolicyLine ask(@Nullable String rest) {
            if (rest != null && (rest.equals("file") || rest.startsWith("file "))) {
                return new PolicyLine.AskFile(text(values("ask", rest, 2)[1]));
            }
            String what = values("ask", rest, 1)[0];
            PolicyLine line = new PolicyLine.AskPort(Protection.ofWord(what)
                    .orElseThrow(() -> new IllegalArgumentException("there is no asking about this")));
            if (lines.contains(line)) {
                throw new IllegalArgumentException("ask " + what + " stands here twice");
            }
            return line;
        }

        private static PolicyLine.BusUse busUse(String word) {
            for (PolicyLine.BusUse use : PolicyLine.BusUse.values()) {
                if (use.word().equals(word)) {
                    return use;
                }
            }
            throw new IllegalArgumentException("a bus name is for talk, own or see");
        }

        private PolicyLine single(PolicyLine line) {
            if (lines.stream().anyMatch(other -> other.getClass().equals(line.getClass()))) {
                throw new IllegalArgumentException(line.print().split(" ", 2)[0] + " stands here twice");
            }
            return line;
        }

        private Protection protection(String word) {
            Protection protection = Protection.ofWord(word)
                    .orElseThrow(() -> new IllegalArgumentException("there is no such protection"));
            if (!seen.add(protection)) {
                throw new IllegalArgumentException(word + " stands in protect, open and missing only once");
            }
            return protection;
        }

        private static String[] values(String word, @Nullable String rest, int count) {
            String[] values = rest == null ? new String[0] : rest.split(" ", count);
            if (values.length != count) {
                throw new IllegalArgumentException(
                        word + " has " + count + (count == 1 ? " value" : " values, each after one space"));
            }
            return values;
        }

        private static String text(String escaped) {
            String text = PolicyEscapes.unescape(escaped);
            PolicyEscapes.requireText(text);
            return text;
        }

        private static int port(String digits) {
            if (!digits.matches("0|[1-9][0-9]{0,4}")) {
                throw new IllegalArgumentException("a port is a number from 0 to 65535");
            }
            return Integer.parseInt(digits);
        }
    }
}
