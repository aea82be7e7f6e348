package org.landgrant.launch;

import java.nio.file.Path;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.landgrant.grants.AppId;
import org.landgrant.grants.Resource;
import org.landgrant.policy.Right;

/**
 * What is said on the agent's socket. Source: {@code PROTOCOL.md} §2; {@link Frames} writes and
 * reads them. A message that exists is one that may be sent: constructors refuse the others.
 */
public sealed interface Message {
    /** The version of the protocol spoken here. */
    int PROTOCOL = 1;

    /** How many fields the repeating part of a message may have. */
    int MOST_FIELDS = 4_096;

    /** A client introduces itself: protocol version, the {@link Secret} in hex, its own version. */
    record Hello(int protocol, String secret, String program) implements Message {
        @Override
        public String toString() {
            return "Hello[protocol=" + protocol + ", program=" + program + "]";
        }
    }

    /** A launcher asks for an app's policy. */
    record Launch(AppId app) implements Message {}

    /** The agent's answer to {@link Launch}. */
    record Policy(String text) implements Message {}

    /**
     * A launcher has started the app.
     *
     * @param pid the launcher's own process ID
     * @param started with millisecond precision
     * @param arguments what followed the app's ID on the launcher's command line
     */
    record Started(AppId app, long pid, Instant started, Path workingFolder, List<String> arguments)
            implements Message {
        public Started {
            arguments = List.copyOf(arguments);
            require(pid >= 1 && pid <= Integer.MAX_VALUE, "a process ID is a positive number");
            require(workingFolder.isAbsolute(), "the working folder is an absolute path");
            require(arguments.size() <= MOST_FIELDS, "there are at most 4,096 arguments");
        }
    }

    /** What the app was refused since the last of these messages. */
    record Denied(List<Refusal> refusals) implements Message {
        /** How many refusals one message holds. */
        public static final int MOST = 256;

        public Denied {
            refusals = List.copyOf(refusals);
            require(!refusals.isEmpty() && refusals.size() <= MOST, "one to 256 refusals are told at once");
        }
    }

    /** The app's last process has ended. */
    record Exited(How how, int number) implements Message {
        /** Whether the number is an exit status or that of a signal. */
        public enum How {
            EXIT,
            SIGNAL
        }

        public Exited {
            require(number >= 0 && number <= 255, "an exit status is a number from 0 to 255");
        }
    }

    /** The agent asks a launcher to end its session. */
    record End(Way way) implements Message {
        /** How the session ends. */
        public enum Way {
            /** SIGTERM to every process. */
            END,
            /** SIGKILL to every process. */
            KILL,
            /** As {@link #END}, then the same command line once more. */
            REOPEN
        }
    }

    /**
     * A person typed a command.
     *
     * @param width columns of the terminal, 0 when there is none
     * @param words what followed {@code landgrant}
     */
    record Command(int width, List<String> words) implements Message {
        public Command {
            words = List.copyOf(words);
            require(width >= 0 && width <= 65_535, "a terminal has at most 65,535 columns");
            require(words.size() <= MOST_FIELDS, "a command has at most 4,096 words");
        }
    }

    /** A part of what a command has to say. */
    record Output(To to, String text) implements Message {
        /** Which of the client's two streams. */
        public enum To {
            OUT,
            ERR
        }
    }

    /** A command is over. */
    record Status(int status) implements Message {
        public Status {
            require(status >= 0 && status <= 255, "an exit status is a number from 0 to 255");
        }
    }

    /** The agent refuses what was asked last. */
    record Refused(String sentence) implements Message {}

    /** The {@link Policy} comes when a person has decided; the sentence says about what. */
    record Waiting(String sentence) implements Message {}

    /** The agent accepts a {@link Hello}. */
    record Welcome(String version) implements Message {}

    /**
     * Calls of the app wait for something; shall they be refused?
     *
     * @param number from 1, unique in the session
     * @param access what is wanted of a file; for ports it says nothing
     */
    record Ask(long number, Refusal.Kind kind, Refusal.Wanted access, String target, String program)
            implements Message {
        public Ask {
            require(number >= 1, "questions are numbered from 1");
            require(kind != Refusal.Kind.BUS, "nobody waits for a name on the bus");
        }
    }

    /** The agent answers an {@link Ask}; what is allowed was granted by a {@link Live} before. */
    record Answer(long number, Word word) implements Message {
        /** Whether the waiting calls are tried once more or refused. */
        public enum Word {
            ALLOW,
            DENY
        }

        public Answer {
            require(number >= 1, "questions are numbered from 1");
        }
    }

    /** Nobody waits for the answers to these any more. */
    record Withdrawn(List<Long> numbers) implements Message {
        public Withdrawn {
            numbers = List.copyOf(numbers);
            require(
                    !numbers.isEmpty() && numbers.size() <= MOST_FIELDS,
                    "one to 4,096 questions are withdrawn at once");
            require(numbers.stream().allMatch(number -> number >= 1), "questions are numbered from 1");
        }
    }

    /** The agent widens or narrows what the running session may reach. */
    record Live(Change change, LiveGrant grant) implements Message {
        /** In which direction. */
        public enum Change {
            GRANT,
            /** At or below the path; what is open stays open. */
            REVOKE
        }
    }

    /** All that the session was granted while it ran. */
    record Holds(List<LiveGrant> grants) implements Message {
        public Holds {
            grants = List.copyOf(grants);
            require(grants.size() <= MOST_FIELDS / 3, "a session holds at most 1,365 live grants");
        }
    }

    /** A process outside the launcher's tree that belongs to the session: its proxy for the session bus. */
    record Helper(long pid) implements Message {
        public Helper {
            require(pid >= 1 && pid <= Integer.MAX_VALUE, "a process ID is a positive number");
        }
    }

    /**
     * A program of the session wants a link or a file opened by another app.
     *
     * @param number from 1, unique in the session
     * @param text the link, or the canonical path; for {@link Kind#COPY} that of the copy
     * @param rights what the session itself has on the file; none for a link
     * @param identity device and inode of the file, {@code 2049:131}; {@code -} for a link
     * @param by the app the program would like best
     */
    record HandOn(long number, Kind kind, String text, Set<Right> rights, String identity, Optional<AppId> by)
            implements Message {
        /** The longest link. */
        public static final int MOST_BYTES = 8_192;

        private static final Pattern LINK =
                Pattern.compile("(?:https?://|mailto:)[\\x21-\\x7e]*", Pattern.CASE_INSENSITIVE);
        private static final Pattern IDENTITY = Pattern.compile("[0-9]{1,20}:[0-9]{1,20}");

        /** What is handed on. */
        public enum Kind {
            LINK,
            FILE,
            /** The copy of a file that {@link HandedOn} asked for. */
            COPY
        }

        public HandOn {
            rights = Set.copyOf(rights);
            require(number >= 1, "what is handed on is numbered from 1");
            if (kind == Kind.LINK) {
                require(text.length() <= MOST_BYTES && LINK.matcher(text).matches(), "a link is of the web or of mail");
                require(rights.isEmpty() && identity.equals("-"), "a link is no file");
            } else {
                require(
                        text.startsWith("/") && new Resource.Place(text).path().startsWith("/"),
                        "a file is named by its path");
                require(
                        rights.contains(Right.READ)
                                && EnumSet.of(Right.READ, Right.WRITE).containsAll(rights),
                        "a file that is handed on can be read");
                require(IDENTITY.matcher(identity).matches(), "a file has a device and a number");
            }
        }
    }

    /**
     * What became of a {@link HandOn}.
     *
     * @param sentence why it was refused; else empty
     */
    record HandedOn(long number, Outcome outcome, String sentence) implements Message {
        /** What became of it. */
        public enum Outcome {
            DONE,
            /** An app that is not confined opens it, and is to get a copy. */
            COPY,
            REFUSED
        }

        public HandedOn {
            require(number >= 1, "what is handed on is numbered from 1");
            require(sentence.length() <= 1_000, "a reason is short");
        }
    }

    /** The files that the user opens by this launch; sessions of the app that run already are to have them. */
    record Brings(List<LiveGrant> files) implements Message {
        public Brings {
            files = List.copyOf(files);
            require(!files.isEmpty() && files.size() <= MOST_FIELDS / 2, "a launch brings one file at least");
            require(
                    files.stream().allMatch(file -> file.kind() == Refusal.Kind.FILE),
                    "what a launch brings are files");
        }
    }

    /** How many sessions have now what was brought. */
    record Taken(int sessions) implements Message {
        public Taken {
            require(sessions >= 0, "sessions are counted from 0");
        }
    }

    /** A launcher answers it when it has done everything that was sent before. */
    record Mark(long number) implements Message {
        public Mark {
            require(number >= 1, "marks are numbered from 1");
        }
    }

    /** The answer to a {@link Mark}. */
    record Marked(long number) implements Message {
        public Marked {
            require(number >= 1, "marks are numbered from 1");
        }
    }

    private static void require(boolean holds, String sentence) {
        if (!holds) {
            throw new IllegalArgumentException(sentence);
        }
    }
}
