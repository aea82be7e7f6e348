package org.landgrant.ui;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.landgrant.desktop.InstalledApp;
import org.landgrant.grants.Access;
import org.landgrant.grants.AppId;
import org.landgrant.grants.Decision;
import org.landgrant.grants.Origin;
import org.landgrant.grants.Resource;
import org.landgrant.grants.Width;
import org.landgrant.launch.Session;
import org.landgrant.prompts.Coalescer;
import org.landgrant.prompts.LiveAnswer;
import org.landgrant.prompts.LivePrompt;
import org.landgrant.prompts.LiveQuestion;
import org.landgrant.prompts.LiveScopes;
import org.landgrant.prompts.OneLine;
import org.landgrant.prompts.Scope;
import org.landgrant.prompts.Undo;
import org.landgrant.prompts.UserPlaces;
import org.landgrant.prompts.Words;

/** Reads what a live prompt's window shows, and hands its answer on. Blocks. */
final class PromptDesk {
    private static final int PLACE = 72;

    private static final int NAME = 40;
    private static final int SENTENCE = 160;

    private final UiServices services;
    private final Words words;

    PromptDesk(UiServices services, Words words) {
        this.services = services;
        this.words = words;
    }

    /** The app's open prompt; empty when it waits for nothing. */
    Optional<PromptContent> prompt(AppId app) {
        return services.live().open().stream()
                .filter(open -> open.app().equals(app))
                .findFirst()
                .map(this::content);
    }

    /** Hands an answer on; when this returns, the waiting calls were let go. Empty when nothing was decided. */
    Optional<Note> answer(PromptContent content, LiveAnswer answer) {
        Undo undo = services.live().answer(content.prompt().id(), answer);
        String name = content.app().name();
        String what = OneLine.clean(wish(content.prompt(), answer.scope()), SENTENCE);
        return switch (answer.choice()) {
            case ALLOW -> Optional.of(new Note(words.say("toast.allowed", name, what), undo));
            case ONCE -> Optional.of(new Note(words.say("toast.once", name, what), undo));
            case DENY -> Optional.of(new Note(words.say("toast.denied", name, what), undo));
            case LATER -> Optional.empty();
        };
    }

    /** What it may do or not do now, to go after “may”. */
    private String wish(LivePrompt prompt, Scope scope) {
        UserPlaces places = Places.now(services);
        if (scope.equals(prompt.scopes().getLast())) {
            return new LiveScopes(places, words, Places::look).sentence(prompt.first());
        }
        if (prompt.width(scope) == Width.ITEM) {
            String name =
                    places.pathOf(scope.resource()).map(UserPlaces::nameOf).orElse("");
            boolean change = scope.access().contains(Access.WRITE);
            return words.say(change ? "toast.file.change" : "toast.file.see", OneLine.clean(name, NAME));
        }
        return new Coalescer(places, words, Places::look).sentence(scope.resource(), scope.access());
    }

    private PromptContent content(LivePrompt prompt) {
        LiveQuestion first = prompt.first();
        Optional<Session> session = services.sessions().running(prompt.app()).stream()
                .filter(running -> running.id() == first.session())
                .findFirst();
        InstalledApp app = services.apps().find(prompt.app()).orElseGet(() -> gone(prompt.app()));
        return new PromptContent(
                prompt,
                app,
                place(first.resource()),
                reason(prompt),
                services.gatekeeper().habit(prompt.app()),
                refused(prompt),
                session.map(Session::started),
                session.flatMap(waiting -> StartedBy.name(waiting.pid())));
    }

    /** None for what is sensitive, where it would make the warning weaker. */
    private Optional<String> reason(LivePrompt prompt) {
        Scope widest = prompt.scopes().getLast();
        return prompt.sensitive().isPresent()
                ? Optional.empty()
                : services.gatekeeper()
                        .template(prompt.app())
                        .reason(widest.resource(), widest.access(), words.locale());
    }

    private Set<Resource> refused(LivePrompt prompt) {
        return prompt.scopes().stream()
                .map(Scope::resource)
                .filter(resource -> services.gatekeeper()
                        .decided(prompt.app(), resource)
                        .filter(grant -> grant.decision() == Decision.ASK && grant.origin() == Origin.PROMPT)
                        .isPresent())
                .collect(Collectors.toSet());
    }

    private String place(Resource resource) {
        return switch (resource) {
            case Resource.Place(String path) ->
                LeftToRight.path(Places.now(services).shown(path, PLACE));
            case Resource.TcpPort(int port) -> Integer.toString(port);
            default -> OneLine.clean(resource.text(), PLACE);
        };
    }

    /** An app that was removed while it runs still waits for an answer. */
    private static InstalledApp gone(AppId id) {
        String name = id.value().replaceFirst("\\.desktop$", "");
        return new InstalledApp(
                id, OneLine.clean(name, 40), "", "", List.of(), List.of(name), Path.of("/"), false, Optional.empty());
    }
}
