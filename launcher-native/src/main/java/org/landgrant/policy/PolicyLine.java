package org.landgrant.policy;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.landgrant.grants.BusNames;

/**
 * One directive of a policy; meaning and form of each: PROTOCOL.md, section 1. Their constructors
 * throw {@link IllegalArgumentException}, with a sentence, for what a policy cannot hold.
 */
public sealed interface PolicyLine {

    /** The line as it stands in a policy, without the line feed. */
    String print();

    /** Must be enforced. */
    record Protect(Protection what) implements PolicyLine {
        @Override
        public String print() {
            return "protect " + what.word();
        }
    }

    /** Deliberately not enforced, because a grant says so. */
    record Open(Protection what, String reference) implements PolicyLine {
        public Open {
            Check.notFiles(what);
            Check.reference(reference);
        }

        @Override
        public String print() {
            return "open " + what.word() + " " + reference;
        }
    }

    /** This kernel cannot enforce it. */
    record Missing(Protection what, String reason) implements PolicyLine {
        public Missing {
            if (!what.canBeMissing()) {
                throw new IllegalArgumentException("no kernel misses " + what.word());
            }
            PolicyEscapes.requireText(reason);
        }

        @Override
        public String print() {
            return "missing " + what.word() + " " + PolicyEscapes.escape(reason);
        }
    }

    /** The user accepts what is missing. */
    record AcceptPartial() implements PolicyLine {
        @Override
        public String print() {
            return "accept-partial";
        }
    }

    /** Rights for a path and all below it. */
    record File(Set<Right> rights, String reference, String path) implements PolicyLine {
        public File {
            rights = Set.copyOf(rights);
            Check.rights(rights);
            Check.reference(reference);
            PolicyEscapes.requirePath(path);
        }

        @Override
        public String print() {
            return "file " + Right.print(rights) + " " + reference + " " + PolicyEscapes.escape(path);
        }
    }

    /** Rights for the path in an environment variable. */
    record FileFrom(Set<Right> rights, String reference, String name) implements PolicyLine {
        public FileFrom {
            rights = Set.copyOf(rights);
            Check.rights(rights);
            Check.reference(reference);
            Check.name(name);
        }

        @Override
        public String print() {
            return "file-from " + Right.print(rights) + " " + reference + " " + name;
        }
    }

    /**
     * Rights that no file line above the path gives, for the path and all below it; a file line at or
     * below it holds. Listing and reading go together.
     */
    record Except(Set<Right> rights, String reference, String path) implements PolicyLine {
        public Except {
            rights = Set.copyOf(rights);
            Check.rights(rights);
            Check.reference(reference);
            PolicyEscapes.requirePath(path);
        }

        @Override
        public String print() {
            return "except " + Right.print(rights) + " " + reference + " " + PolicyEscapes.escape(path);
        }
    }

    /** What is refused at or below the path is asked about. */
    record AskFile(String path) implements PolicyLine {
        public AskFile {
            PolicyEscapes.requirePath(path);
        }

        @Override
        public String print() {
            return "ask file " + PolicyEscapes.escape(path);
        }
    }

    /** Refused ports are asked about: those connected to, or those listened on. */
    record AskPort(Protection what) implements PolicyLine {
        public AskPort {
            if (what != Protection.CONNECT_TCP && what != Protection.LISTEN_TCP) {
                throw new IllegalArgumentException("asked about are file, connect-tcp or listen-tcp");
            }
        }

        @Override
        public String print() {
            return "ask " + what.word();
        }
    }

    /** What an app may do with a name on the session bus. */
    enum BusUse {
        /** Call it and hear it. */
        TALK,
        /** Be it. */
        OWN,
        /** See whether it is there. */
        SEE;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * A name on the session bus.
     *
     * @param name see {@link BusNames}
     */
    record Bus(BusUse use, String reference, String name) implements PolicyLine {
        public Bus {
            Check.reference(reference);
            BusNames.require(name);
        }

        @Override
        public String print() {
            return "bus " + use.word() + " " + reference + " " + name;
        }
    }

    /** The X11 display of {@code $DISPLAY} may be reached. */
    record DisplayX11(String reference) implements PolicyLine {
        public DisplayX11 {
            Check.reference(reference);
        }

        @Override
        public String print() {
            return "display x11 " + reference;
        }
    }

    /** Links and files are opened by other apps. */
    record Links(String reference) implements PolicyLine {
        public Links {
            Check.reference(reference);
        }

        @Override
        public String print() {
            return "links " + reference;
        }
    }

    /** TCP connections to a port. */
    record Connect(int port, String reference) implements PolicyLine {
        public Connect {
            Check.port(port);
            Check.reference(reference);
        }

        @Override
        public String print() {
            return "connect " + port + " " + reference;
        }
    }

    /** Listening on a TCP port. */
    record Listen(int port, String reference) implements PolicyLine {
        public Listen {
            Check.port(port);
            Check.reference(reference);
        }

        @Override
        public String print() {
            return "listen " + port + " " + reference;
        }
    }

    /** A folder made before the rules are. */
    record Create(String reference, String path) implements PolicyLine {
        public Create {
            Check.reference(reference);
            PolicyEscapes.requirePath(path);
        }

        @Override
        public String print() {
            return "create " + reference + " " + PolicyEscapes.escape(path);
        }
    }

    /** In this folder the launcher makes one for the session only, as its temporary folder. */
    record PrivateTemporary(String path) implements PolicyLine {
        public PrivateTemporary {
            PolicyEscapes.requirePath(path);
        }

        @Override
        public String print() {
            return "private-tmp " + PolicyEscapes.escape(path);
        }
    }

    /** An environment variable the app does not get; a final {@code *} matches any ending. */
    record Unset(String name) implements PolicyLine {
        public Unset {
            Check.name(name.endsWith("*") ? name.substring(0, name.length() - 1) : name);
        }

        @Override
        public String print() {
            return "unset " + name;
        }
    }

    /** An environment variable with another value. */
    record SetVariable(String name, String value) implements PolicyLine {
        public SetVariable {
            Check.name(name);
            PolicyEscapes.requireText(value);
        }

        @Override
        public String print() {
            return "set " + name + " " + PolicyEscapes.escape(value);
        }
    }

    /**
     * One word of the command line.
     *
     * @param word as in the policy: a field code, or text in which {@code %} is doubled
     */
    record Command(String word) implements PolicyLine {
        private static final Pattern CODE = Pattern.compile("%[fFuU]");

        public Command {
            PolicyEscapes.requireText(word);
            if (!CODE.matcher(word).matches() && word.replace("%%", "").indexOf('%') >= 0) {
                throw new IllegalArgumentException("in a command, % is doubled unless the word is %f, %F, %u or %U");
            }
        }

        /** Whether opened files take this word's place. */
        public boolean isFieldCode() {
            return CODE.matcher(word).matches();
        }

        @Override
        public String print() {
            return "command " + PolicyEscapes.escape(word);
        }
    }

    /** A grant that cannot be expressed, and why. */
    record Refused(String reference, String reason) implements PolicyLine {
        public Refused {
            Check.reference(reference);
            PolicyEscapes.requireText(reason);
        }

        @Override
        public String print() {
            return "refused " + reference + " " + PolicyEscapes.escape(reason);
        }
    }

    /** What several directives ask of their values. */
    final class Check {
        private static final Pattern REFERENCE = Pattern.compile("[a-z0-9\\-_./]{1,64}");
        private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_]{1,128}");

        private Check() {}

        static void reference(String text) {
            if (!REFERENCE.matcher(text).matches()) {
                throw new IllegalArgumentException("a reference is 1 to 64 characters of a-z 0-9 - _ . /");
            }
        }

        static void name(String text) {
            if (!NAME.matcher(text).matches()) {
                throw new IllegalArgumentException("a variable's name is 1 to 128 characters of A-Z a-z 0-9 _");
            }
        }

        static void port(int port) {
            if (port < 0 || port > 65_535) {
                throw new IllegalArgumentException("a port is a number from 0 to 65535");
            }
        }

        static void rights(Set<Right> rights) {
            if (rights.isEmpty()) {
                throw new IllegalArgumentException("a rule gives at least one right");
            }
        }

        static void notFiles(Protection what) {
            if (what == Protection.FILES) {
                throw new IllegalArgumentException("files are protected in every policy");
            }
        }
    }
}
