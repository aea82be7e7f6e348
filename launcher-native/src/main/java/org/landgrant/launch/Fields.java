package org.landgrant.launch;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.landgrant.grants.AppId;
import org.landgrant.launch.Message.Answer;
import org.landgrant.launch.Message.Ask;
import org.landgrant.launch.Message.Brings;
import org.landgrant.launch.Message.Command;
import org.landgrant.launch.Message.Denied;
import org.landgrant.launch.Message.End;
import org.landgrant.launch.Message.Exited;
import org.landgrant.launch.Message.HandOn;
import org.landgrant.launch.Message.HandedOn;
import org.landgrant.launch.Message.Hello;
import org.landgrant.launch.Message.Helper;
import org.landgrant.launch.Message.Holds;
import org.landgrant.launch.Message.Launch;
import org.landgrant.launch.Message.Live;
import org.landgrant.launch.Message.Mark;
import org.landgrant.launch.Message.Marked;
import org.landgrant.launch.Message.Output;
import org.landgrant.launch.Message.Policy;
import org.landgrant.launch.Message.Refused;
import org.landgrant.launch.Message.Started;
import org.landgrant.launch.Message.Status;
import org.landgrant.launch.Message.Taken;
import org.landgrant.launch.Message.Waiting;
import org.landgrant.launch.Message.Welcome;
import org.landgrant.launch.Message.Withdrawn;
import org.landgrant.policy.Right;

/** What each message says in its fields: one row per type. Source: {@code PROTOCOL.md} §2. */
final class Fields {
    private static final int FIELDS_OF_A_REFUSAL = 6;
    private static final int FIELDS_OF_A_GRANT = 3;

    /** What stands for the rights of a port. */
    private static final String NO_RIGHTS = "-";

    /** What stands for no app. */
    private static final String NOBODY = "-";

    private Fields() {}

    /** The number of the message's type. */
    static byte type(Message message) {
        return (byte)
                switch (message) {
                    case Hello hello -> 1;
                    case Launch launch -> 2;
                    case Policy policy -> 3;
                    case Started started -> 4;
                    case Denied denied -> 5;
                    case Exited exited -> 6;
                    case End end -> 7;
                    case Command command -> 8;
                    case Output output -> 9;
                    case Status status -> 10;
                    case Refused refused -> 11;
                    case Welcome welcome -> 12;
                    case Ask ask -> 13;
                    case Answer answer -> 14;
                    case Withdrawn withdrawn -> 15;
                    case Live live -> 16;
                    case Holds holds -> 17;
                    case Waiting waiting -> 30;
                    case Helper helper -> 31;
                    case HandOn handOn -> 18;
                    case HandedOn handedOn -> 19;
                    case Brings brings -> 20;
                    case Taken taken -> 21;
                    case Mark mark -> 22;
                    case Marked marked -> 23;
                };
    }

    /** The message's fields in their order. */
    static List<String> of(Message message) {
        return switch (message) {
            case Hello(int protocol, String secret, String program) ->
                List.of(String.valueOf(protocol), secret, program);
            case Launch(AppId app) -> List.of(app.value());
            case Policy(String text) -> List.of(text);
            case Started(AppId app, long pid, Instant started, Path folder, List<String> arguments) ->
                joined(
                        List.of(
                                app.value(),
                                String.valueOf(pid),
                                String.valueOf(started.toEpochMilli()),
                                folder.toString()),
                        arguments);
            case Denied(List<Refusal> refusals) ->
                refusals.stream().flatMap(refusal -> fields(refusal).stream()).toList();
            case Exited(Exited.How how, int number) -> List.of(word(how), String.valueOf(number));
            case End(End.Way way) -> List.of(word(way));
            case Command(int width, List<String> words) -> joined(List.of(String.valueOf(width)), words);
            case Output(Output.To to, String text) -> List.of(word(to), text);
            case Status(int status) -> List.of(String.valueOf(status));
            case Refused(String sentence) -> List.of(sentence);
            case Waiting(String sentence) -> List.of(sentence);
            case Helper(long pid) -> List.of(String.valueOf(pid));
            case Welcome(String version) -> List.of(version);
            case Ask(long number, Refusal.Kind kind, Refusal.Wanted access, String target, String program) ->
                List.of(String.valueOf(number), word(kind), word(access), target, program);
            case Answer(long number, Answer.Word word) -> List.of(String.valueOf(number), word(word));
            case Withdrawn(List<Long> numbers) ->
                numbers.stream().map(String::valueOf).toList();
            case Live(Live.Change change, LiveGrant grant) -> joined(List.of(word(change)), fields(grant));
            case Holds(List<LiveGrant> grants) ->
                grants.stream().flatMap(grant -> fields(grant).stream()).toList();
            case HandOn(
                    long number,
                    HandOn.Kind kind,
                    String text,
                    Set<Right> rights,
                    String identity,
                    Optional<AppId> by) ->
                List.of(
                        String.valueOf(number),
                        word(kind),
                        text,
                        rights(rights),
                        identity,
                        by.map(AppId::value).orElse(NOBODY));
            case HandedOn(long number, HandedOn.Outcome outcome, String sentence) ->
                List.of(String.valueOf(number), word(outcome), sentence);
            case Brings(List<LiveGrant> files) ->
                files.stream()
                        .flatMap(file -> Stream.of(rights(file.rights()), file.target()))
                        .toList();
            case Taken(int sessions) -> List.of(String.valueOf(sessions));
            case Mark(long number) -> List.of(String.valueOf(number));
            case Marked(long number) -> List.of(String.valueOf(number));
        };
    }

    /**
     * The message of a type with these fields.
     *
     * @throws IllegalArgumentException when a field is out of its bounds
     * @throws DateTimeException when a field is no moment
     */
    static Message message(byte type, List<String> fields) throws MalformedFrameException {
        return switch (type) {
            case 1 -> {
                exactly(3, fields);
                yield new Hello(number(fields.get(0)), fields.get(1), fields.get(2));
            }
            case 2 -> new Launch(new AppId(only(fields)));
            case 3 -> new Policy(only(fields));
            case 4 -> {
                between(4, 4 + Message.MOST_FIELDS, fields);
                yield new Started(
                        new AppId(fields.get(0)),
                        longNumber(fields.get(1)),
                        moment(fields.get(2)),
                        path(fields.get(3)),
                        fields.subList(4, fields.size()));
            }
            case 5 -> new Denied(refusals(fields));
            case 6 -> {
                exactly(2, fields);
                yield new Exited(constant(Exited.How.class, fields.get(0)), number(fields.get(1)));
            }
            case 7 -> new End(constant(End.Way.class, only(fields)));
            case 8 -> {
                between(1, 1 + Message.MOST_FIELDS, fields);
                yield new Command(number(fields.get(0)), fields.subList(1, fields.size()));
            }
            case 9 -> {
                exactly(2, fields);
                yield new Output(constant(Output.To.class, fields.get(0)), fields.get(1));
            }
            case 10 -> new Status(number(only(fields)));
            case 11 -> new Refused(only(fields));
            case 12 -> new Welcome(only(fields));
            case 30 -> new Waiting(only(fields));
            case 31 -> new Helper(longNumber(only(fields)));
            case 13 -> {
                exactly(5, fields);
                yield new Ask(
                        longNumber(fields.get(0)),
                        constant(Refusal.Kind.class, fields.get(1)),
                        constant(Refusal.Wanted.class, fields.get(2)),
                        fields.get(3),
                        fields.get(4));
            }
            case 14 -> {
                exactly(2, fields);
                yield new Answer(longNumber(fields.get(0)), constant(Answer.Word.class, fields.get(1)));
            }
            case 15 -> new Withdrawn(fields.stream().map(Fields::longNumber).toList());
            case 16 -> {
                exactly(4, fields);
                yield new Live(constant(Live.Change.class, fields.get(0)), grant(fields.subList(1, 4)));
            }
            case 17 -> new Holds(grants(fields));
            case 18 -> {
                exactly(6, fields);
                yield new HandOn(
                        longNumber(fields.get(0)),
                        constant(HandOn.Kind.class, fields.get(1)),
                        fields.get(2),
                        rights(fields.get(3)),
                        fields.get(4),
                        fields.get(5).equals(NOBODY) ? Optional.empty() : Optional.of(new AppId(fields.get(5))));
            }
            case 19 -> {
                exactly(3, fields);
                yield new HandedOn(
                        longNumber(fields.get(0)), constant(HandedOn.Outcome.class, fields.get(1)), fields.get(2));
            }
            case 20 -> new Brings(files(fields));
            case 21 -> new Taken(number(only(fields)));
            case 22 -> new Mark(longNumber(only(fields)));
            case 23 -> new Marked(longNumber(only(fields)));
            default -> throw new MalformedFrameException("there is no message of that type");
        };
    }

    private static List<String> fields(Refusal refusal) {
        return List.of(
                word(refusal.kind()),
                word(refusal.access()),
                refusal.target(),
                refusal.program(),
                String.valueOf(refusal.count()),
                String.valueOf(refusal.last().toEpochMilli()));
    }

    private static List<Refusal> refusals(List<String> fields) throws MalformedFrameException {
        if (fields.size() % FIELDS_OF_A_REFUSAL != 0) {
            throw new MalformedFrameException("a refusal has six fields");
        }
        List<Refusal> refusals = new ArrayList<>();
        for (int at = 0; at < fields.size(); at += FIELDS_OF_A_REFUSAL) {
            refusals.add(new Refusal(
                    constant(Refusal.Kind.class, fields.get(at)),
                    constant(Refusal.Wanted.class, fields.get(at + 1)),
                    fields.get(at + 2),
                    fields.get(at + 3),
                    longNumber(fields.get(at + 4)),
                    moment(fields.get(at + 5))));
        }
        return refusals;
    }

    private static List<String> fields(LiveGrant grant) {
        return List.of(word(grant.kind()), rights(grant.rights()), grant.target());
    }

    private static String rights(Set<Right> rights) {
        return rights.isEmpty() ? NO_RIGHTS : Right.print(rights);
    }

    private static Set<Right> rights(String field) {
        return field.equals(NO_RIGHTS) ? Set.of() : Right.parse(field);
    }

    private static List<LiveGrant> files(List<String> fields) throws MalformedFrameException {
        if (fields.size() % 2 != 0) {
            throw new MalformedFrameException("a file that is brought has two fields");
        }
        List<LiveGrant> files = new ArrayList<>();
        for (int at = 0; at < fields.size(); at += 2) {
            files.add(new LiveGrant(Refusal.Kind.FILE, rights(fields.get(at)), fields.get(at + 1)));
        }
        return files;
    }

    private static LiveGrant grant(List<String> fields) {
        return new LiveGrant(constant(Refusal.Kind.class, fields.get(0)), rights(fields.get(1)), fields.get(2));
    }

    private static List<LiveGrant> grants(List<String> fields) throws MalformedFrameException {
        if (fields.size() % FIELDS_OF_A_GRANT != 0) {
            throw new MalformedFrameException("a live grant has three fields");
        }
        List<LiveGrant> grants = new ArrayList<>();
        for (int at = 0; at < fields.size(); at += FIELDS_OF_A_GRANT) {
            grants.add(grant(fields.subList(at, at + FIELDS_OF_A_GRANT)));
        }
        return grants;
    }

    private static List<String> joined(List<String> first, List<String> more) {
        List<String> all = new ArrayList<>(first);
        all.addAll(more);
        return all;
    }

    private static String only(List<String> fields) throws MalformedFrameException {
        exactly(1, fields);
        return fields.getFirst();
    }

    private static void exactly(int count, List<String> fields) throws MalformedFrameException {
        between(count, count, fields);
    }

    private static void between(int least, int most, List<String> fields) throws MalformedFrameException {
        if (fields.size() < least || fields.size() > most) {
            throw new MalformedFrameException("a frame has the wrong number of fields");
        }
    }

    private static int number(String text) {
        return Math.toIntExact(inBounds(longNumber(text), Integer.MAX_VALUE));
    }

    private static long longNumber(String text) {
        if (!text.matches("0|[1-9][0-9]{0,17}")) {
            throw new IllegalArgumentException("a number is decimal text");
        }
        return Long.parseLong(text);
    }

    /** Until the year 9999. */
    private static Instant moment(String text) {
        return Instant.ofEpochMilli(inBounds(longNumber(text), 253_402_300_799_999L));
    }

    private static long inBounds(long value, long most) {
        if (value > most) {
            throw new IllegalArgumentException("a number is too large");
        }
        return value;
    }

    private static Path path(String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException refused) {
            throw new IllegalArgumentException("a path cannot be one", refused);
        }
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static <E extends Enum<E>> E constant(Class<E> kind, String word) {
        for (E value : kind.getEnumConstants()) {
            if (word(value).equals(word)) {
                return value;
            }
        }
        throw new IllegalArgumentException("an unknown word");
    }
}
