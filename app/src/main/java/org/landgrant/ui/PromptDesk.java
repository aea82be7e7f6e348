package org.landgrant.ui;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.landgrant.desktop.InstalledApp;
import org.landgrant.grants.AppId;
import org.landgrant.grants.Decision;
import org.landgrant.grants.Origin;
import org.landgrant.grants.Resource;
import org.landgrant.launch.Session;
import org.landgrant.prompts.LiveAnswer;
import org.landgrant.prompts.LivePrompt;
import org.landgrant.prompts.LiveQuestion;
import org.landgrant.prompts.OneLine;
import org.landgrant.prompts.Scope;

/** Reads what a live prompt's window shows, and hands its answer on. Blocks. */
final class PromptDesk {
    private static final int PLACE = 72;

    private final UiServices services;

    PromptDesk(UiServices services) {
        this.services = services;
    }

    /** The app's open prompt; empty when it waits for nothing. */
    Optional<PromptContent> prompt(AppId app) {
        return services.live().open().stream()
                .filter(open -> open.app().equals(app))
                .findFirst()
                .map(this::content);
    }

    /** Hands an answer on; when this returns, the waiting calls were let go. */
    void answer(LivePrompt prompt, LiveAnswer answer) {
        services.live().answer(prompt.id(), answer);
    }

    private PromptContent content(LivePrompt prompt) {
        LiveQuestion first = prompt.first();
        Optional<Instant> started = services.sessions().running(prompt.app()).stream()
                .filter(session -> session.id() == first.session())
                .map(Session::started)
                .findFirst();
        InstalledApp app = services.apps().find(prompt.app()).orElseGet(() -> gone(prompt.app()));
        return new PromptContent(
                prompt,
                app,
                place(first.resource()),
                services.gatekeeper().habit(prompt.app()),
                refused(prompt),
                started);
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
