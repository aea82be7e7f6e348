package org.landgrant.kernel;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Something the kernel's own rules refused, as {@code landgrant-audit} tells it ({@code audit/sieve.h}).
 *
 * @param process who tried it, 0 when the kernel did not say
 * @param parent that one's parent then, 0 likewise
 * @param maker the process that made the rules, 0 when it is not known any more
 * @param program the short name of who tried it; empty when not known
 * @param rights the rights that were missing, in the kernel's words, such as {@code fs.read_file}
 * @param object what it was about; values as they were written
 */
public record KernelRefusal(
        Instant when,
        long process,
        long parent,
        long maker,
        String program,
        Set<String> rights,
        Map<String, String> object) {
    /** Longer lines are none; source: {@code sieve.c}. */
    public static final int MOST_CHARACTERS = 9_300;

    private static final Pattern LINE = Pattern.compile(
            "denied ([0-9]{1,11})\\.([0-9]{3}) ([0-9]{1,10}) ([0-9]{1,10}) ([0-9]{1,10}) ([!-~]+) blockers=([a-z_.,]+)((?: [ -~]*)?)");

    private static final int HEX = 16;

    public KernelRefusal {
        rights = Set.copyOf(rights);
        object = Map.copyOf(object);
    }

    /** Reads one line; empty when it is none. */
    public static Optional<KernelRefusal> read(String line) {
        Matcher parts = LINE.matcher(line);
        if (line.length() > MOST_CHARACTERS || !parts.matches()) {
            return Optional.empty();
        }
        Map<String, String> object = new HashMap<>();
        for (String word : parts.group(8).strip().split(" +", -1)) {
            int equals = word.indexOf('=');
            if (equals > 0) {
                // The first is the kernel's; values hold no spaces.
                object.putIfAbsent(word.substring(0, equals), word.substring(equals + 1));
            }
        }
        return Optional.of(new KernelRefusal(
                Instant.ofEpochSecond(Long.parseLong(parts.group(1))).plusMillis(Long.parseLong(parts.group(2))),
                Long.parseLong(parts.group(3)),
                Long.parseLong(parts.group(4)),
                Long.parseLong(parts.group(5)),
                text(parts.group(6)).orElse(""),
                Set.copyOf(List.of(parts.group(7).split(","))),
                object));
    }

    /** The absolute path of the file it was about; for what was to be made or removed that of the folder. */
    public Optional<String> path() {
        return Optional.ofNullable(object.get("path"))
                .flatMap(KernelRefusal::text)
                .filter(path -> path.startsWith("/") && path.indexOf('\0') < 0);
    }

    /** The port it was about: where to connect to, or to listen. */
    public Optional<Integer> port() {
        return Optional.ofNullable(object.getOrDefault("dest", object.get("src")))
                .filter(port -> port.matches("[0-9]{1,5}"))
                .map(Integer::valueOf)
                .filter(port -> port <= 0xffff);
    }

    /** In quotes, or in hexadecimal digits; empty when it is neither, or no UTF-8. */
    private static Optional<String> text(String written) {
        if (written.length() >= 2 && written.startsWith("\"") && written.endsWith("\"")) {
            return Optional.of(written.substring(1, written.length() - 1));
        }
        if (written.isEmpty() || written.length() % 2 != 0) {
            return Optional.empty();
        }
        byte[] bytes = new byte[written.length() / 2];
        for (int at = 0; at < bytes.length; at++) {
            int high = Character.digit(written.charAt(2 * at), HEX);
            int low = Character.digit(written.charAt(2 * at + 1), HEX);
            if (high < 0 || low < 0) {
                return Optional.empty();
            }
            bytes[at] = (byte) (high << 4 | low);
        }
        try {
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString());
        } catch (CharacterCodingException noText) {
            return Optional.empty();
        }
    }
}
