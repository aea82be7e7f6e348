package org.landgrant.prompts;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.landgrant.grants.Access;
import org.landgrant.grants.AppId;
import org.landgrant.grants.Denial;
import org.landgrant.grants.Resource;

/**
 * What people answered about running sessions and is stored nowhere else: no question is asked twice in
 * one session, and what is allowed once is allowed until its end. Grows by answers only. Not safe for
 * several threads.
 */
public final class LiveMemory {
    private final Map<Long, Answers> sessions = new HashMap<>();

    /** The answers about one session. */
    private record Answers(AppId app, List<Scope> refused, List<Scope> once) {
        Answers(AppId app) {
            this(app, new ArrayList<>(), new ArrayList<>());
        }
    }

    /** The session is not asked about this again. */
    public void refused(AppId app, long session, Scope scope) {
        answers(app, session).refused().add(scope);
    }

    /** The session may have this until it ends. */
    public void once(AppId app, long session, Scope scope) {
        Answers answers = answers(app, session);
        answers.once().add(scope);
        answers.refused().removeIf(scope::equals);
    }

    /** The session may be asked about this again. */
    public void forget(AppId app, long session, Scope scope) {
        answers(app, session).refused().removeIf(scope::equals);
    }

    /** None of the app's sessions may have this until its end any more. */
    public void takenBack(AppId app, UserPlaces places, Resource resource, Set<Access> access) {
        for (Answers answers : sessions.values()) {
            if (answers.app().equals(app)) {
                answers.once()
                        .removeIf(scope -> !Collections.disjoint(scope.access(), access)
                                && (places.covers(scope.resource(), resource)
                                        || places.covers(resource, scope.resource())));
            }
        }
    }

    /** Forgets every session but these. */
    public void keep(Set<Long> running) {
        sessions.keySet().retainAll(new HashSet<>(running));
    }

    /** Whether somebody was asked about this in one of the app's sessions, so that no card asks again. */
    public boolean answered(UserPlaces places, Denial denial) {
        return sessions.values().stream()
                .anyMatch(answers -> answers.app().equals(denial.app())
                        && any(answers.refused(), places, denial.resource(), denial.access()));
    }

    boolean answered(UserPlaces places, LiveQuestion question) {
        Answers answers = sessions.get(question.session());
        return answers != null && any(answers.refused(), places, question.resource(), question.access());
    }

    boolean allowedOnce(UserPlaces places, LiveQuestion question) {
        Answers answers = sessions.get(question.session());
        return answers != null && any(answers.once(), places, question.resource(), question.access());
    }

    /** The same, where only what lies in that place counts. */
    boolean allowedOnce(UserPlaces places, LiveQuestion question, String place) {
        Answers answers = sessions.get(question.session());
        return answers != null
                && answers.once().stream()
                        .filter(scope -> places.pathOf(scope.resource())
                                .filter(path -> UserPlaces.holds(place, path))
                                .isPresent())
                        .anyMatch(scope -> scope.covers(places, question.resource(), question.access()));
    }

    private Answers answers(AppId app, long session) {
        return sessions.computeIfAbsent(session, none -> new Answers(app));
    }

    private static boolean any(List<Scope> scopes, UserPlaces places, Resource resource, Access access) {
        return scopes.stream().anyMatch(scope -> scope.covers(places, resource, access));
    }
}
