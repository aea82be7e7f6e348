package org.landgrant.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.landgrant.desktop.InstalledApps;
import org.landgrant.desktop.OpenOutside;
import org.landgrant.desktop.Terminals;
import org.landgrant.grants.Access;
import org.landgrant.grants.AppId;
import org.landgrant.grants.AppSettings;
import org.landgrant.grants.BookException;
import org.landgrant.grants.Event;
import org.landgrant.grants.Gatekeeper;
import org.landgrant.grants.History;
import org.landgrant.grants.RefusedException;
import org.landgrant.grants.Resource;
import org.landgrant.launch.SelfTest;
import org.landgrant.launch.Sessions;
import org.landgrant.prompts.LiveAnswer;
import org.landgrant.prompts.LiveGround;
import org.landgrant.prompts.LiveQuestions;
import org.landgrant.prompts.UserPlaces;
import org.landgrant.prompts.Words;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.ParameterException;

/**
 * The commands that the agent answers. They run inside the agent, so what they say is gathered and
 * sent back, never printed here. Safe for many threads.
 */
public final class Commands implements AutoCloseable {
    /** Done. */
    public static final int OK = 0;

    /** Refused; the sentence is on the error stream. */
    public static final int REFUSED = 1;

    /** The words make no sense; the sentence is on the error stream. */
    public static final int MISUSED = 2;

    private static final Logger LOG = LoggerFactory.getLogger(Commands.class);
    private static final int USUAL_WIDTH = 80;
    private static final int LEAST_WIDTH = 55;
    private static final int MOST_WIDTH = 120;

    /**
     * What the commands act on.
     *
     * @param chosen what was chosen about every app somebody chose something about
     * @param live what apps wait for an answer to
     * @param history what happened
     * @param feed calls somebody with every event as it is noted; they neither wait nor fail
     * @param places where the person's things lie; may block on the disk
     * @param policy the text of an app's policy of this moment
     * @param ground by what the questions of an app's next start are judged; may block on the disk
     * @param guarded why to think twice before an app gets that, if there is a reason; see {@link Guarded}
     * @param decided the apps about which something was decided
     * @param entries the apps whose menu entries start them confined now
     * @param showSettings shows the settings window, on that app's page when one is named
     * @param selfTest finds out what this computer enforces
     * @param words what prompts are said in
     * @param outside confined apps that run without limits all the same
     * @param terminals how terminals start apps
     * @param clock in the zone in which moments are shown
     */
    public record Ports(
            Gatekeeper gatekeeper,
            Supplier<List<AppSettings>> chosen,
            InstalledApps apps,
            Sessions sessions,
            LiveQuestions live,
            History history,
            Function<Consumer<Event>, Gatekeeper.Watch> feed,
            Supplier<UserPlaces> places,
            Function<AppId, String> policy,
            Function<AppId, LiveGround> ground,
            Guarded guarded,
            Supplier<Set<AppId>> decided,
            Supplier<Set<AppId>> entries,
            Consumer<Optional<AppId>> showSettings,
            SelfTest selfTest,
            Words words,
            OpenOutside outside,
            Terminals terminals,
            Clock clock) {}

    /** What is guarded from a grant that names something wider. */
    @FunctionalInterface
    public interface Guarded {
        /** Why to think twice before an app gets that, as half a sentence after its name; empty for no reason. */
        Optional<String> reason(Resource resource, Set<Access> access);
    }

    /** What a command had to say. */
    public record Outcome(int status, String out, String err) {}

    private final Ports ports;
    private final NextPrompt next;
    private final Set<Presence> present = ConcurrentHashMap.newKeySet();

    public Commands(Ports ports) {
        this.ports = ports;
        this.next = new NextPrompt(ports.live());
    }

    /** Commands that wait for something end without it. */
    @Override
    public void close() {
        next.close();
        present.forEach(Presence::leave);
    }

    /**
     * Carries out a command that ends by itself; returns when what it says is true.
     *
     * @param width columns of the terminal, 0 when there is none
     * @param words what followed {@code landgrant}
     */
    public Outcome run(int width, List<String> words) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int status = run(width, words, out, err, new Presence());
        return new Outcome(status, out.toString(), err.toString());
    }

    /**
     * Carries out any command, which may go on until {@code presence} leaves.
     *
     * @param out takes what it says as it comes; flushed when a reader should see it
     * @return the exit status
     */
    public int run(int width, List<String> words, Writer out, Writer err, Presence presence) {
        present.add(presence);
        try {
            CommandLine line = line(new Root(ports, next, width > 0, presence), width)
                    .setOut(new PrintWriter(out))
                    .setErr(new PrintWriter(err));
            int status = line.execute(words.toArray(String[]::new));
            line.getOut().flush();
            line.getErr().flush();
            return status;
        } finally {
            present.remove(presence);
        }
    }

    /** How everything that is typed is read; the texts for people come from it, too. */
    static CommandLine line(Root root, int width) {
        CommandLine line = new CommandLine(root);
        HelpText.join(line);
        return line.registerConverter(AppId.class, word -> AppWord.app(word, root.ports()))
                .registerConverter(Long.class, Typed::number)
                .registerConverter(long.class, Typed::number)
                .registerConverter(Integer.class, word -> (int) Math.min(Typed.number(word), Integer.MAX_VALUE))
                .registerConverter(Resource.class, Typed::resource)
                .registerConverter(LiveAnswer.Choice.class, Typed::choice)
                .registerConverter(Duration.class, Typed::duration)
                .registerConverter(AccessSet.class, words -> new AccessSet(Typed.access(words)))
                .registerConverter(ExactAccess.class, words -> new ExactAccess(Typed.exactly(words)))
                .setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.OFF))
                .setExpandAtFiles(false)
                .setUsageHelpWidth(Math.clamp(width == 0 ? USUAL_WIDTH : width, LEAST_WIDTH, MOST_WIDTH))
                .setParameterExceptionHandler(Commands::misused)
                .setExecutionExceptionHandler(Commands::failed);
    }

    /** A set of accesses as one typed word, to ask about, so that writing does not mean reading, too. */
    record ExactAccess(Set<Access> access) {}

    /** A set of accesses as one typed word. */
    record AccessSet(Set<Access> access) {}

    private static int misused(ParameterException mistake, String[] words) {
        CommandLine line = mistake.getCommandLine();
        line.getErr().println("landgrant: " + Table.plain(HelpText.of(mistake)));
        line.getErr().println("Try \"" + line.getCommandSpec().qualifiedName() + " --help\".");
        return MISUSED;
    }

    private static int failed(Exception failure, CommandLine line, CommandLine.ParseResult words) {
        if (failure instanceof RefusedException || failure instanceof BookException) {
            line.getErr().println("landgrant: " + Table.plain(String.valueOf(failure.getMessage())));
        } else {
            LOG.error("A command failed because of a mistake in Landgrant", failure);
            line.getErr()
                    .println("landgrant: Landgrant made a mistake ("
                            + failure.getClass().getSimpleName() + "); nothing more was done.");
        }
        return REFUSED;
    }
}
