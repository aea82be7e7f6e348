package org.landgrant.cli;

import java.util.ArrayList;
import java.util.List;
import org.landgrant.prompts.LivePrompt;
import org.landgrant.prompts.OneLine;
import org.landgrant.prompts.Scope;
import org.landgrant.prompts.Words;

/**
 * A prompt as {@code landgrant ask} gets it: a first line for the program (ID, number of scopes, the sensible
 * one of them counted from 1, {@code plain} or {@code sensitive}), and then what a person reads.
 */
final class Asked {
    /** Characters of one line; what is longer loses its middle. */
    private static final int LINE = 240;

    private Asked() {}

    static String text(LivePrompt prompt, Words words) {
        List<Scope> scopes = prompt.scopes();
        List<String> lines = new ArrayList<>();
        lines.add(prompt.id() + " " + scopes.size() + " " + (scopes.indexOf(prompt.preselected()) + 1) + " "
                + (prompt.sensitive().isPresent() ? "sensitive" : "plain"));
        lines.add(line(prompt.title()));
        lines.add(line(prompt.detail()) + "  (" + prompt.app() + ")");
        int more = prompt.questions().size() - 1;
        if (more > 0) {
            lines.add(words.say("prompt.joined", more));
        }
        prompt.sensitive().ifPresent(kind -> lines.add(words.say("warn." + kind.word())));
        if (scopes.size() > 1) {
            for (Scope scope : scopes) {
                lines.add(
                        (scope.preselected() ? "* " : "  ") + (scopes.indexOf(scope) + 1) + "  " + line(scope.label()));
            }
        }
        return String.join("\n", lines) + "\n";
    }

    private static String line(String text) {
        return Table.plain(OneLine.clean(text, LINE));
    }
}
