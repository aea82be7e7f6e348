package org.landgrant.cli;

import java.io.PrintWriter;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.landgrant.grants.AppId;
import org.landgrant.grants.AppSettings;
import org.landgrant.grants.RefusedException;
import org.landgrant.grants.Resource;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** What every command has at hand. */
abstract class Verb implements Callable<Integer> {
    private static final DateTimeFormatter MOMENT = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);

    @Spec
    private @Nullable CommandSpec spec;

    @ParentCommand
    private @Nullable Root root;

    @Mixin
    private Manner manner = new Manner();

    private final List<String> remarks = new ArrayList<>();

    /** Carries it out; commands with a status of their own have {@link #call} instead. */
    void run() {}

    @Override
    public Integer call() {
        run();
        return Commands.OK;
    }

    final Root root() {
        if (root == null) {
            throw new IllegalStateException("picocli gives every command its parent");
        }
        return root;
    }

    final Commands.Ports ports() {
        return root().ports();
    }

    final Manner manner() {
        return manner;
    }

    final CommandLine line() {
        if (spec == null) {
            throw new IllegalStateException("picocli gives every command its specification");
        }
        return spec.commandLine();
    }

    final PrintWriter out() {
        return line().getOut();
    }

    /** Prints a value for programs. */
    final void json(Object value) {
        out().print(Json.text(value));
    }

    /** Prints rows for a person; the headings where one sits before a terminal. */
    final void table(List<String> headings, List<List<String>> rows) {
        if (!root().terminal() || manner.quiet()) {
            out().print(Table.of(rows, root().paint()));
        } else {
            out().print(Table.of(headings, rows, root().paint(), root().colour()));
        }
    }

    /** A table of nothing, which a person should not have to guess. */
    final void none(String sentence) {
        if (root().terminal()) {
            say(sentence);
        }
    }

    /** A remark: a line for people, a member for programs. */
    final void say(String sentence) {
        remarks.add(sentence);
        if (!manner.json() && !manner.quiet()) {
            out().println(Table.plain(sentence));
        }
    }

    /** Ends a command that changed something: programs get what was changed, and the remarks. */
    final void changed(List<Map<String, Object>> changes) {
        if (manner.json()) {
            json(Shapes.of("changes", changes, "remarks", List.copyOf(remarks)));
        }
    }

    /** In the person's zone. */
    final String moment(Instant instant) {
        return MOMENT.format(instant.atZone(ports().clock().getZone()));
    }

    /**
     * Fails for an app that is not there.
     *
     * @throws RefusedException when there is no such app
     */
    final void installed(AppId app) {
        if (ports().apps().find(app).isEmpty()) {
            throw new RefusedException(AppWord.missing(app, ports()));
        }
    }

    /**
     * The same, but an app that is gone is there as long as something was decided about it or its entries are ours.
     *
     * @throws RefusedException when there is and was no such app
     */
    final void known(AppId app) {
        if (!AppWord.isKnown(app, ports()) && !ports().entries().get().contains(app)) {
            throw new RefusedException(AppWord.missing(app, ports()));
        }
    }

    final Set<AppId> confined() {
        return ports().chosen().get().stream()
                .filter(AppSettings::confined)
                .map(AppSettings::app)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The path of one of the person's folders is that folder, so that nothing is decided about twice. */
    final Resource byMeaning(Resource resource) {
        return ports().places().get().byMeaning(resource);
    }
}
