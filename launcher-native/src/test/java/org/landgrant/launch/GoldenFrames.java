package org.landgrant.launch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.landgrant.grants.AppId;
import org.landgrant.policy.Right;

/** The frames in {@code golden/frames}, which the C tests read too, and the messages they hold. */
final class GoldenFrames {
    static final Path FOLDER = Path.of("golden", "frames");
    static final Map<String, Message> MESSAGES = messages();

    private GoldenFrames() {}

    /** The bytes of a golden file, the length in front included. */
    static byte[] bytes(Path file) throws IOException {
        return HexFormat.of().parseHex(Files.readString(file).replaceAll("\\s", ""));
    }

    static List<Path> malformed() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.filter(file -> file.getFileName().toString().matches("bad-.*\\.hex"))
                    .sorted()
                    .toList();
        }
    }

    private static Map<String, Message> messages() {
        Instant may = Instant.ofEpochMilli(1_777_636_800_123L);
        Map<String, Message> all = new LinkedHashMap<>();
        all.put("01-hello", new Message.Hello(1, "0123456789abcdef".repeat(4), "0.1.0"));
        all.put("02-launch", new Message.Launch(new AppId("firefox-esr.desktop")));
        all.put(
                "03-policy",
                new Message.Policy(
                        "landgrant-policy 1\napp firefox-esr.desktop\nfile r browser/1 /home/zo\u00eb/Downloads\n"));
        all.put(
                "04-started",
                new Message.Started(
                        new AppId("firefox-esr.desktop"),
                        4_711,
                        may,
                        Path.of("/home/ada"),
                        List.of("--", "firefox-esr", "file:///home/ada/a b.html", "")));
        all.put(
                "04-started-without-arguments",
                new Message.Started(new AppId("a.desktop"), 1, Instant.EPOCH, Path.of("/"), List.of()));
        all.put(
                "05-denied",
                new Message.Denied(List.of(
                        new Refusal(
                                Refusal.Kind.FILE,
                                Refusal.Wanted.R,
                                "/home/ada/Documents/\u4e66.txt",
                                "Web Content",
                                12,
                                may),
                        new Refusal(Refusal.Kind.CONNECT_TCP, Refusal.Wanted.W, "8080", "curl", 1, may),
                        new Refusal(Refusal.Kind.LISTEN_TCP, Refusal.Wanted.W, "22", "sshd", 3, may),
                        new Refusal(Refusal.Kind.BUS, Refusal.Wanted.R, "org.freedesktop.secrets", "", 2, may))));
        all.put("06-exited", new Message.Exited(Message.Exited.How.EXIT, 7));
        all.put("06-exited-by-signal", new Message.Exited(Message.Exited.How.SIGNAL, 15));
        all.put("07-end", new Message.End(Message.End.Way.END));
        all.put("07-end-kill", new Message.End(Message.End.Way.KILL));
        all.put("07-end-reopen", new Message.End(Message.End.Way.REOPEN));
        all.put("08-command", new Message.Command(80, List.of("grant", "a.desktop", "folder:documents", "read")));
        all.put("08-command-without-words", new Message.Command(0, List.of()));
        all.put("09-output", new Message.Output(Message.Output.To.OUT, "one line\n"));
        all.put("09-output-err", new Message.Output(Message.Output.To.ERR, "a sentence\n"));
        all.put("10-status", new Message.Status(0));
        all.put("11-refused", new Message.Refused("Nobody knows that app."));
        all.put("12-welcome", new Message.Welcome("0.1.0"));
        all.put(
                "13-ask",
                new Message.Ask(
                        1, Refusal.Kind.FILE, Refusal.Wanted.R, "/home/ada/Documents/\u4e66.txt", "Web Content"));
        all.put("13-ask-port", new Message.Ask(2, Refusal.Kind.CONNECT_TCP, Refusal.Wanted.R, "8080", "curl"));
        all.put("14-answer", new Message.Answer(1, Message.Answer.Word.ALLOW));
        all.put("14-answer-deny", new Message.Answer(1_844_674_407, Message.Answer.Word.DENY));
        all.put("15-withdrawn", new Message.Withdrawn(List.of(1L, 3L)));
        LiveGrant folder = new LiveGrant(Refusal.Kind.FILE, Right.parse("rw"), "/home/ada/Documents/\u4e66");
        LiveGrant web = new LiveGrant(Refusal.Kind.CONNECT_TCP, Set.of(), "443");
        all.put("16-live", new Message.Live(Message.Live.Change.GRANT, folder));
        all.put("16-live-port", new Message.Live(Message.Live.Change.GRANT, web));
        all.put(
                "16-live-revoke",
                new Message.Live(
                        Message.Live.Change.REVOKE, new LiveGrant(Refusal.Kind.FILE, Right.parse("r"), "/home/ada")));
        all.put(
                "16-live-revoke-port",
                new Message.Live(Message.Live.Change.REVOKE, new LiveGrant(Refusal.Kind.LISTEN_TCP, Set.of(), "8080")));
        all.put("17-holds", new Message.Holds(List.of(folder, web)));
        all.put("17-holds-nothing", new Message.Holds(List.of()));
        all.put("31-helper", new Message.Helper(4711));
        all.put("30-waiting", new Message.Waiting("\u201cEditor\u201d is open without limits."));
        Set<Right> both = Right.parse("rw");
        all.put(
                "18-hand-on",
                new Message.HandOn(
                        1, Message.HandOn.Kind.LINK, "https://example.org/a?b=c", Set.of(), "-", Optional.empty()));
        all.put(
                "18-hand-on-file",
                new Message.HandOn(
                        2,
                        Message.HandOn.Kind.FILE,
                        "/home/ada/Downloads/\u4e66.pdf",
                        both,
                        "2049:131",
                        Optional.of(new AppId("org.gnome.Evince.desktop"))));
        all.put(
                "18-hand-on-copy",
                new Message.HandOn(
                        3,
                        Message.HandOn.Kind.COPY,
                        "/tmp/landgrant-1000/a.desktop/0123456789abcdef/shown-3/a.png",
                        Right.parse("r"),
                        "2049:132",
                        Optional.empty()));
        all.put("19-handed-on", new Message.HandedOn(1, Message.HandedOn.Outcome.DONE, ""));
        all.put("19-handed-on-copy", new Message.HandedOn(2, Message.HandedOn.Outcome.COPY, ""));
        all.put(
                "19-handed-on-refused",
                new Message.HandedOn(3, Message.HandedOn.Outcome.REFUSED, "Nobody opens that."));
        all.put(
                "20-brings",
                new Message.Brings(List.of(
                        new LiveGrant(Refusal.Kind.FILE, both, "/home/ada/Documents/a.txt"),
                        new LiveGrant(Refusal.Kind.FILE, Right.parse("r"), "/home/ada/Downloads/\u4e66.pdf"))));
        all.put("21-taken", new Message.Taken(1));
        all.put("22-mark", new Message.Mark(7));
        all.put("23-marked", new Message.Marked(7));
        return all;
    }
}
