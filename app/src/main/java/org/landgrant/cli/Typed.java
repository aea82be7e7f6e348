package org.landgrant.cli;

import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.landgrant.grants.Access;
import org.landgrant.grants.Resource;
import org.landgrant.prompts.LiveAnswer;
import picocli.CommandLine.TypeConversionException;

/** What people type for apps, resources and accesses. Mistakes become one sentence. */
final class Typed {
    private Typed() {}

    /** A number from 0. */
    static long number(String word) {
        if (!word.matches("[0-9]{1,18}")) {
            throw new TypeConversionException("that is a number");
        }
        return Long.parseLong(word);
    }

    /** A resource as {@link Resource#parse} reads it, or just a path beginning with / or ~. */
    static Resource resource(String word) {
        boolean path = word.startsWith("/") || word.equals("~") || word.startsWith("~/");
        try {
            return path ? new Resource.Place(withoutFinalSlash(word)) : Resource.parse(word);
        } catch (IllegalArgumentException mistake) {
            throw new TypeConversionException(
                    mistake.getMessage() + "; it may be a path, too, which begins with / or ~/");
        }
    }

    /** Accesses with commas between; whoever may write may read. */
    static Set<Access> access(String words) {
        Set<Access> access = exactly(words);
        if (access.contains(Access.WRITE)) {
            access.add(Access.READ);
        }
        return access;
    }

    /** The same accesses and no more. */
    static Set<Access> exactly(String words) {
        Set<Access> access = EnumSet.noneOf(Access.class);
        for (String word : words.split(",", -1)) {
            access.add(Arrays.stream(Access.values())
                    .filter(value -> word(value).equals(word))
                    .findFirst()
                    .orElseThrow(() -> new TypeConversionException("there is no access called \"" + word
                            + "\"; it is one or more of read, write, execute, connect, listen, use")));
        }
        return access;
    }

    /** An answer to a prompt. */
    static LiveAnswer.Choice choice(String word) {
        return switch (word) {
            case "allow" -> LiveAnswer.Choice.ALLOW;
            case "once" -> LiveAnswer.Choice.ONCE;
            case "deny" -> LiveAnswer.Choice.DENY;
            case "later" -> LiveAnswer.Choice.LATER;
            default -> throw new TypeConversionException("an answer is allow, once, deny or later");
        };
    }

    /** A length of time: a number and m, h, d or w. */
    static Duration duration(String word) {
        if (!word.matches("[0-9]{1,5}[mhdw]")) {
            throw new TypeConversionException("a length of time is a number and m, h, d or w, for instance 90m or 7d");
        }
        int number = Integer.parseInt(word.substring(0, word.length() - 1));
        return switch (word.charAt(word.length() - 1)) {
            case 'm' -> Duration.ofMinutes(number);
            case 'h' -> Duration.ofHours(number);
            case 'd' -> Duration.ofDays(number);
            default -> Duration.ofDays(7L * number);
        };
    }

    /** Every access that makes sense for a resource. */
    static Set<Access> possible(Resource resource) {
        return switch (resource) {
            case Resource.Folder folder -> EnumSet.of(Access.READ, Access.WRITE, Access.EXECUTE);
            case Resource.Place place -> EnumSet.of(Access.READ, Access.WRITE, Access.EXECUTE);
            case Resource.TcpPort port -> EnumSet.of(Access.CONNECT, Access.LISTEN);
            case Resource.AnyTcpPort port -> EnumSet.of(Access.CONNECT, Access.LISTEN);
            case Resource.AnyUdpPort udp -> EnumSet.of(Access.CONNECT);
            case Resource.BusName name -> EnumSet.of(Access.USE, Access.LISTEN);
            case Resource.OfDevice device -> EnumSet.of(Access.USE);
            case Resource.OfService service -> EnumSet.of(Access.USE);
        };
    }

    /** The accesses as they are typed, in their order. */
    static String words(Set<Access> access) {
        return access.stream().sorted().map(Typed::word).collect(Collectors.joining(","));
    }

    /** A word as a shell reads it back. */
    static String shell(String word) {
        return word.matches("~?[A-Za-z0-9_./:,+@%-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
    }

    private static String word(Access access) {
        return access.name().toLowerCase(Locale.ROOT);
    }

    private static String withoutFinalSlash(String path) {
        return path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }
}
