package org.landgrant.cli;

import java.util.List;
import java.util.Optional;
import org.landgrant.grants.Event;
import org.landgrant.grants.Resource;

/** One event of the history for people. */
final class EventLine {
    private EventLine() {}

    /** When, which app, what, what was decided, how, about what. */
    static List<String> of(Verb verb, Event event) {
        String what = Shapes.word(event.kind()).replace('_', ' ');
        return List.of(
                verb.moment(event.last()),
                event.app().value(),
                event.count() == 1 ? what : what + " " + event.count() + "×",
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
