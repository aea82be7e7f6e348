package org.landgrant.cli;

import java.io.PrintWriter;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
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

    final CommandLine line() {
        if (spec == null) {
            throw new IllegalStateException("picocli gives every command its specification");
        }
        return spec.commandLine();
    }

    final PrintWriter out() {
        return line().getOut();
    }

    final void table(List<List<String>> rows) {
        out().print(Table.of(rows));
    }

    final void say(String sentence) {
        out().println(Table.plain(sentence));
    }

    /** In the person's zone. */
    final String moment(Instant instant) {
        return MOMENT.format(instant.atZone(ports().clock().getZone()));
    }

    /** @throws RefusedException when there is no such app */
    final void installed(AppId app) {
        if (ports().apps().find(app).isEmpty()) {
            throw new RefusedException("There is no app " + app + "; \"landgrant apps\" lists those there are.");
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
