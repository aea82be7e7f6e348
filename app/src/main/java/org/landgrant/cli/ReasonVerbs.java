package org.landgrant.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.landgrant.cli.Explanation.Answer;
import org.landgrant.cli.Explanation.May;
import org.landgrant.grants.Access;
import org.landgrant.grants.AppId;
import org.landgrant.grants.Denial;
import org.landgrant.grants.EffectiveGrant;
import org.landgrant.grants.Resource;
import org.landgrant.policy.PolicySyntaxException;
import org.landgrant.policy.Protection;
import org.landgrant.prompts.LiveGround;
import org.landgrant.prompts.LiveQuestion;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** Why an app may reach what it may, and what it was refused. */
final class ReasonVerbs {
    private static final int MOST_DENIALS = 200;

    private ReasonVerbs() {}

    @Command(
            name = "policy",
            description = "Prints an app's policy as the launcher reads it.",
            footer = {"", "Example:", "  landgrant policy firefox-esr"})
    static final class PolicyText extends Verb {
        @Parameters(paramLabel = "APP", description = "the app")
        private AppId app;

        @Override
        void run() {
            String text = ports().policy().apply(app);
            if (manner().json()) {
                json(Shapes.of("app", app.value(), "policy", text));
                return;
            }
            out().print(text);
        }
    }

    @Command(
            name = "denials",
            description = "Shows what an app was refused, newest first.",
            footer = {"", "Examples:", "  landgrant denials firefox-esr", "  landgrant denials firefox-esr --json"})
    static final class Denials extends Verb {
        @Parameters(paramLabel = "APP", description = "the app")
        private AppId app;

        @Override
        void run() {
            List<Denial> denials = ports().gatekeeper().denials(app, MOST_DENIALS);
            if (manner().json()) {
                json(denials.stream().map(Shapes::denial).toList());
                return;
            }
            table(
                    List.of("LAST", "COUNT", "ACCESS", "RESOURCE", "PROGRAM"),
                    denials.stream().map(this::row).toList());
            if (denials.isEmpty()) {
                none("Nothing was refused to " + app + ".");
            }
        }

        private List<String> row(Denial denial) {
            return List.of(
                    moment(denial.last()),
                    denial.count() + "×",
                    Typed.words(EnumSet.of(denial.access())),
                    denial.resource().text(),
                    denial.program());
        }
    }

    @Command(
            name = "explain",
            description = "Says whether an app may reach something, why, and what would change it.",
            footer = {
                "",
                "It holds for the app's next start; what an app that runs was given beside that is said, too.",
                "Examples:",
                "  landgrant explain firefox-esr ~/Documents/taxes.pdf",
                "  landgrant explain firefox-esr tcp:8080 connect",
                "Exit status: 0 when it may all of that, 1 when not, or only after it was asked about.",
            })
    static final class Explain extends Verb {
        @Parameters(paramLabel = "APP", index = "0", description = "the app")
        private AppId app;

        @Parameters(paramLabel = "RESOURCE", index = "1", description = "a path or another resource")
        private Resource resource;

        @Parameters(
                paramLabel = "ACCESS",
                index = "2",
                arity = "0..1",
                description =
                        "one or more of read, write, execute, connect, listen, use; all that there are unless told")
        private Commands.@Nullable ExactAccess wanted;

        @Option(names = "--no-links", description = "the path itself, not where it leads by symbolic links")
        private boolean noLinks;

        @Override
        public Integer call() {
            installed(app);
            Set<Access> possible = Typed.possible(resource);
            Set<Access> accesses = wanted == null ? possible : wanted.access();
            if (!possible.containsAll(accesses)) {
                throw new ParameterException(
                        line(), "For " + resource.text() + " there is only " + Typed.words(possible) + ".");
            }
            List<EffectiveGrant> grants = ports().gatekeeper().effective(app);
            Explanation explanation = new Explanation(parsed(), grants, this::foresee);
            Optional<String> path = ports().places().get().pathOf(resource).map(this::really);
            List<Answer> answers = accesses.stream()
                    .sorted()
                    .map(access -> answer(explanation, path, access))
                    .toList();
            boolean confined = ports().gatekeeper().settings(app).confined();
            boolean all = !confined || answers.stream().allMatch(answer -> answer.may() == May.YES);
            if (manner().json()) {
                json(shape(path, confined, answers));
            } else if (!manner().quiet()) {
                tell(path, confined, answers, explanation);
            }
            return all ? Commands.OK : Commands.REFUSED;
        }

        private LiveGround.Foresight foresee(Resource question, Access access) {
            return ports().ground()
                    .apply(app)
                    .foresee(new LiveQuestion(
                            0, 0, app, question, access, "", ports().clock().instant()));
        }

        private org.landgrant.policy.Policy parsed() {
            try {
                return org.landgrant.policy.PolicyText.parse(ports().policy().apply(app));
            } catch (PolicySyntaxException ours) {
                throw new IllegalStateException(ours);
            }
        }

        private Answer answer(Explanation explanation, Optional<String> path, Access access) {
            if (path.isPresent()) {
                return explanation.file(path.get(), access);
            }
            return switch (resource) {
                case Resource.TcpPort(int port) -> explanation.port(port, access);
                case Resource.AnyTcpPort any ->
                    explanation.kind(
                            access == Access.CONNECT ? Protection.CONNECT_TCP : Protection.LISTEN_TCP, access, any);
                case Resource.AnyUdpPort udp -> explanation.kind(Protection.UDP, access, udp);
                default -> explanation.thing(resource, access);
            };
        }

        /** Paths are compared as they really lie; what does not exist yet lies in what does. */
        private String really(String path) {
            if (noLinks) {
                return path;
            }
            try {
                Path rest = Path.of(path);
                Path there = rest;
                while (there.getParent() != null && !Files.exists(there, LinkOption.NOFOLLOW_LINKS)) {
                    there = there.getParent();
                }
                String real = there.toRealPath()
                        .resolve(there.relativize(rest).toString())
                        .toString();
                return real.length() > 1 && real.endsWith("/") ? real.substring(0, real.length() - 1) : real;
            } catch (IOException | InvalidPathException unknown) {
                return path;
            }
        }

        private Map<String, Object> shape(Optional<String> path, boolean confined, List<Answer> answers) {
            return Shapes.of(
                    "app", app.value(),
                    "resource", resource.text(),
                    "path", path,
                    "confined", confined,
                    "running", ports().sessions().running(app).size(),
                    "answers",
                            answers.stream()
                                    .map(answer -> Shapes.of(
                                            "access", Shapes.word(answer.access()),
                                            "may", Shapes.word(answer.may()),
                                            "why", Shapes.word(answer.why()).replace('_', '-'),
                                            "grant", answer.grant().map(Shapes::grant),
                                            "change", changes(answer)))
                                    .toList());
        }

        private void tell(Optional<String> path, boolean confined, List<Answer> answers, Explanation explanation) {
            path.filter(real -> !resource.text().equals("place:" + real))
                    .ifPresent(real -> say(resource.text() + " is " + real + "."));
            if (!confined) {
                say(app + " is not confined, so nothing is kept from it. If it were (\"landgrant confine " + app
                        + "\"):");
            }
            table(
                    List.of("MAY", "ACCESS", "WHY"),
                    answers.stream()
                            .map(answer ->
                                    List.of(Shapes.word(answer.may()), Shapes.word(answer.access()), why(answer)))
                            .toList());
            answers.stream()
                    .flatMap(answer -> explanation.unexpressed(answer).stream())
                    .distinct()
                    .forEach(this::say);
            live(path);
            String lines = answers.stream()
                    .flatMap(answer -> changes(answer).stream())
                    .distinct()
                    .map(command -> "  " + command)
                    .collect(Collectors.joining("\n"));
            if (!lines.isEmpty()) {
                say("To change it:");
                lines.lines().forEach(this::say);
            }
        }

        private void live(Optional<String> path) {
            ports().sessions()
                    .running(app)
                    .forEach(session -> ports().sessions().liveGrants(session).stream()
                            .filter(grant -> path.map(real ->
                                            real.equals(grant.target()) || real.startsWith(grant.target() + "/"))
                                    .orElseGet(() -> resource.text().equals("tcp:" + grant.target())))
                            .forEach(grant -> say("The one that runs (process " + session.pid() + ") was given "
                                    + grant.target() + " until it ends.")));
        }

        private static String why(Answer answer) {
            String by = answer.grant()
                    .map(grant -> Shapes.origin(grant) + ": " + Shapes.word(grant.decision()) + " "
                            + Typed.words(grant.access()) + " "
                            + grant.resource().text())
                    .orElse("");
            return switch (answer.why()) {
                case GRANTED, DENIED, TO_BE_ASKED -> by;
                case OPEN -> by + " (no limit of this kind)";
                case UNENFORCED -> "this kernel cannot keep it from an app";
                case PROTECTED -> "it is protected: only a grant that names it gives it";
                case RUN -> "nobody decided yet; running it is refused, and offered to you afterwards";
                case SENSITIVE ->
                    answer.may() == May.ASKS
                            ? "it is protected; you are asked, with a warning"
                            : "it is protected, and an app with the X11 display is not asked about it";
                case SILENT -> "you closed the question too often; it is refused without one for a week";
                case NOBODY -> answer.may() == May.ASKS ? "nobody decided yet; you are asked" : "nobody granted it";
            };
        }

        /** Commands that would make it otherwise. */
        private List<String> changes(Answer answer) {
            String what = resource instanceof Resource.Place(String place) ? Typed.shell(place) : resource.text();
            String end = " " + app + " " + what;
            String access = answer.access() == Access.WRITE ? "read,write" : Shapes.word(answer.access());
            return switch (answer.may()) {
                case YES -> answer.why() == Explanation.Why.UNENFORCED ? List.of() : List.of("landgrant deny" + end);
                case NO, ASKS -> List.of("landgrant grant" + end + " " + access);
            };
        }
    }
}
