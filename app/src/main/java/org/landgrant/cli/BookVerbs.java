package org.landgrant.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.landgrant.cli.BookText.Entry;
import org.landgrant.grants.AppId;
import org.landgrant.grants.RefusedException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** What was decided, carried from one computer to another. */
final class BookVerbs {
    private BookVerbs() {}

    @Command(
            name = "export",
            description = "Prints what you decided about an app, or about all, as a file that import reads.",
            footer = {
                "",
                "What templates say is not in it, nor what ends when you log out. It may name files of yours.",
                "Always JSON, as docs/schema/export.schema.json describes it. Examples:",
                "  landgrant export --all > grants.json",
                "  landgrant export firefox-esr",
            })
    static final class Export extends Verb {
        @Parameters(paramLabel = "APP", arity = "0..1", description = "the app")
        private @Nullable AppId app;

        @Option(names = "--all", description = "every app about which something was decided")
        private boolean all;

        @Override
        void run() {
            if (all == (app != null)) {
                throw new ParameterException(line(), "Name either one app or --all.");
            }
            if (app != null) {
                installed(app);
            }
            Set<AppId> confined = confined();
            Set<AppId> apps = app == null ? new TreeSet<>(ports().decided().get()) : Set.of(app);
            if (app == null) {
                apps.addAll(confined);
            }
            List<Entry> entries = apps.stream()
                    .map(each -> new Entry(
                            each,
                            confined.contains(each),
                            BookText.own(ports().gatekeeper().effective(each))))
                    .filter(entry ->
                            app != null || entry.confined() || !entry.grants().isEmpty())
                    .toList();
            out().print(BookText.write(entries));
        }
    }

    @Command(
            name = "import",
            description = "Shows what a file of export would change; with --apply, changes it.",
            footer = {
                "",
                "All of it or nothing. What the file does not name stays as it is, and no app is released. A file",
                "that would give an app keys, passwords or other protected places by name is refused, unless you say",
                "--protected. FILE may be - for what comes in. Examples:",
                "  landgrant import grants.json",
                "  landgrant import grants.json --apply",
                "Exit status: 0 done, or shown; 1 refused, and nothing was changed, or --apply would be refused;",
                "2 the file makes no sense.",
            })
    static final class Import extends Verb {
        @Parameters(paramLabel = "FILE", description = "the file; - for what comes in")
        private String file;

        @Option(names = "--apply", description = "change it")
        private boolean apply;

        @Option(names = "--protected", description = "also give the protected places that it names")
        private boolean guarded;

        @Option(names = "--installed", description = "leave out apps that are not installed here")
        private boolean installedOnly;

        /** What the native program read from the file: the agent opens no files for others. */
        @Option(names = "--text", hidden = true)
        private @Nullable String text;

        @Override
        public Integer call() {
            if (text == null) {
                throw new ParameterException(line(), "The file was not sent along.");
            }
            List<Entry> entries = present(entries(text));
            ImportPlan plan = ImportPlan.of(entries, ports());
            plan.guarded().stream()
                    .filter(reason -> apply && !guarded)
                    .findFirst()
                    .ifPresent(reason -> {
                        throw new RefusedException(reason + " Nothing was changed; --protected gives it all the same.");
                    });
            if (apply) {
                plan.apply(ports().gatekeeper());
            }
            List<Map<String, Object>> changes =
                    plan.steps().stream().map(ImportPlan.Step::shape).toList();
            if (!manner().json() && !(manner().quiet() && apply)) {
                table(
                        List.of("APP", "DECISION", "ACCESS", "RESOURCE", "BEFORE"),
                        plan.steps().stream().map(ImportPlan.Step::row).toList());
            }
            plan.guarded().forEach(this::say);
            boolean kept = !apply && !guarded && !plan.guarded().isEmpty();
            say(
                    changes.isEmpty()
                            ? "All of it is so already."
                            : apply
                                    ? "Changed: " + changes.size() + "."
                                    : kept
                                            ? "\"--apply\" alone would change nothing of it; \"--apply --protected\""
                                                    + " gives that all the same."
                                            : "That would be changed; nothing is yet. \"--apply\" does it.");
            if (manner().json()) {
                json(Shapes.of("applied", apply, "changes", changes, "guarded", plan.guarded()));
            }
            return kept ? Commands.REFUSED : Commands.OK;
        }

        private List<Entry> entries(String words) {
            try {
                return BookText.read(words);
            } catch (IllegalArgumentException mistake) {
                throw new ParameterException(
                        line(), "\"" + file + "\" cannot be read: " + mistake.getMessage() + ".", mistake);
            }
        }

        private List<Entry> present(List<Entry> entries) {
            List<Entry> there = new ArrayList<>();
            for (Entry entry : entries) {
                if (!installedOnly || ports().apps().find(entry.app()).isPresent()) {
                    installed(entry.app());
                    there.add(entry);
                }
            }
            return there;
        }
    }
}
