package org.landgrant.cli;

import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.landgrant.grants.AppId;
import org.landgrant.grants.Decision;
import org.landgrant.grants.RefusedException;
import org.landgrant.prompts.LiveAnswer;
import org.landgrant.prompts.LivePrompt;
import org.landgrant.prompts.Scope;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** What apps wait for an answer to. */
final class PromptVerbs {
    /** Shorter than anything on the way takes a line for dead. */
    private static final Duration PATIENCE = Duration.ofSeconds(25);

    private PromptVerbs() {}

    private static String scopes(LivePrompt prompt) {
        return prompt.scopes().stream().map(Scope::word).collect(Collectors.joining(", "));
    }

    @Command(
            name = "prompts",
            description = "Lists what apps wait for an answer to: ID, app, what it would like, since when, scopes.",
            footer = {
                "",
                "SCOPES says how much an answer may be about; the last is meant when none is named.",
                "\"landgrant ask\" shows each as it comes and reads the answer. Examples:",
                "  landgrant prompts",
                "  landgrant prompts --json",
            })
    static final class Prompts extends Verb {
        @Option(
                names = "--next",
                paramLabel = "ID",
                description = "for programs: waits until this prompt is gone, or until there is one (0), "
                        + "25 seconds at most; prints the next, 0 when there is none, nothing when nothing changed")
        private @Nullable Long shown;

        @Override
        void run() {
            if (shown != null) {
                NextPrompt.Turn turn = root().next().after(shown, PATIENCE);
                out().print(
                                turn.changed()
                                        ? turn.prompt()
                                                .map(prompt -> Asked.text(prompt, ports().words()))
                                                .orElse("0\n")
                                        : "");
                return;
            }
            List<LivePrompt> prompts = ports().live().all();
            if (manner().json()) {
                json(prompts.stream().map(Shapes::prompt).toList());
                return;
            }
            table(
                    List.of("ID", "APP", "QUESTION", "SINCE", "SCOPES"),
                    prompts.stream().map(this::row).toList());
            if (prompts.isEmpty()) {
                say("No app waits for an answer.");
            }
        }

        private List<String> row(LivePrompt prompt) {
            return List.of(
                    String.valueOf(prompt.id()),
                    prompt.app().value(),
                    prompt.title() + " " + prompt.detail(),
                    moment(prompt.first().asked()),
                    scopes(prompt));
        }
    }

    @Command(
            name = "answer",
            description = "Answers a prompt; the app that waits goes on at once.",
            footer = {
                "",
                "The answers:",
                "  allow  now and always",
                "  once   now and until the app is closed",
                "  deny   not now; after the second no, never again",
                "  later  not now, as long as the app is open; nothing is decided",
                "An answer is about the scope that \"landgrant prompts\" lists last, unless another is named. A",
                "question that nobody waits for any more cannot be answered. \"landgrant ask\" shows each question as",
                "it comes and reads the answer in the terminal. Examples:",
                "  landgrant answer 3 once",
                "  landgrant answer 3 allow --scope documents",
                "  landgrant answer 3 deny --scope file",
                "Exit status: 0 answered, 1 there is no such prompt (any more), 2 the words make no sense, 125 no agent.",
            })
    static final class Answer extends Verb {
        private static final String FIRST_NO = ", until it is closed; after that you are asked once more.";

        @Parameters(paramLabel = "ID", index = "0", description = "the prompt, as \"landgrant prompts\" lists it")
        private long id;

        @Parameters(paramLabel = "ANSWER", index = "1", description = "allow, once, deny or later")
        private LiveAnswer.Choice choice;

        @Option(
                names = "--scope",
                paramLabel = "SCOPE",
                description = "how much: file, folder, or a name that \"landgrant prompts\" lists")
        private @Nullable String word;

        @Option(names = "--nth", paramLabel = "N", description = "the same by its place among them, from 1")
        private @Nullable Integer nth;

        @Override
        void run() {
            if (word != null && nth != null) {
                throw new ParameterException(line(), "Name either --scope or --nth.");
            }
            LivePrompt prompt = ports().live().all().stream()
                    .filter(one -> one.id() == id)
                    .findFirst()
                    .orElseThrow(() -> new RefusedException(
                            "There is no prompt " + id + "; \"landgrant prompts\" lists those there are."));
            Scope scope = nth != null ? nth(prompt, nth) : word == null ? prompt.preselected() : scope(prompt, word);
            ports().live().answer(id, new LiveAnswer(choice, scope));
            String what = " reach " + scope.resource().text() + ": " + Typed.words(scope.access());
            say(prompt.app()
                    + switch (choice) {
                        case ALLOW -> " may" + what + ".";
                        case ONCE -> " may" + what + ", until it ends.";
                        case DENY -> " may not" + what + (forGood(prompt.app(), scope) ? ", from now on." : FIRST_NO);
                        case LATER -> " may not" + what + ", as long as it is open. Nothing was decided.";
                    });
            changed(List.of(Shapes.change(
                    prompt.app().value(), "answered-" + Shapes.word(choice), scope.resource(), scope.access())));
        }

        /** The first no is none for good. */
        private boolean forGood(AppId app, Scope scope) {
            return ports().gatekeeper()
                    .decided(app, scope.resource())
                    .filter(grant -> grant.decision() == Decision.DENY)
                    .isPresent();
        }

        private Scope scope(LivePrompt prompt, String name) {
            return prompt.scopes().stream()
                    .filter(scope -> scope.word().equals(name))
                    .findFirst()
                    .orElseThrow(() -> new ParameterException(
                            line(), "Prompt " + prompt.id() + " has no such scope; it has: " + scopes(prompt) + "."));
        }

        private Scope nth(LivePrompt prompt, int number) {
            if (number < 1 || number > prompt.scopes().size()) {
                throw new ParameterException(
                        line(),
                        "Prompt " + prompt.id() + " has " + prompt.scopes().size() + " scopes.");
            }
            return prompt.scopes().get(number - 1);
        }
    }
}
