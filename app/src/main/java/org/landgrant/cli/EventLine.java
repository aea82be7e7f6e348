package org.landgrant.cli;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.landgrant.grants.Event;
import org.landgrant.grants.Resource;
import org.landgrant.prompts.Words;

/** One event of the history for people. */
final class EventLine {
    private static final Words WORDS = new Words(Locale.ENGLISH);

    private EventLine() {}

    /** When, which app, what, what was decided, how, about what. */
    static List<String> of(Verb verb, Event event) {
        String what = Shapes.word(event.kind()).replace('_', ' ');
        String often = event.count() == 1 ? what : what + " " + event.count() + "×";
        return List.of(
                verb.moment(event.last()),
                event.app().value(),
                event.who() == Event.Who.KERNEL ? often + " (" + WORDS.say("activity.who.kernel") + ")" : often,
                event.after().map(ruling -> Shapes.word(ruling.decision())).orElse(event.decides() ? "template" : ""),
                Typed.words(event.access()),
                event.resource().map(Resource::text).orElse(""));
    }

    /** What a person could type about it. */
    static Optional<String> hint(Verb verb, Event event) {
        return switch (event.kind()) {
            case ASKED ->
                verb.ports().live().all().stream()
                        .filter(prompt -> prompt.app().equals(event.app()))
                        .findFirst()
                        .map(prompt -> "landgrant answer " + prompt.id() + " allow|once|deny");
            case REFUSED ->
                event.resource().map(resource -> "landgrant explain " + event.app() + " " + typed(resource));
            default -> Optional.empty();
        };
    }

    private static String typed(Resource resource) {
        return resource instanceof Resource.Place(String path) ? Typed.shell(path) : resource.text();
    }
}
