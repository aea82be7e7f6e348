package org.landgrant.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.landgrant.desktop.Instance;
import org.landgrant.grants.Access;
import org.landgrant.grants.AppId;
import org.landgrant.grants.Denial;
import org.landgrant.grants.EffectiveGrant;
import org.landgrant.grants.Event;
import org.landgrant.grants.Origin;
import org.landgrant.grants.Resource;
import org.landgrant.grants.Ruling;
import org.landgrant.launch.Session;
import org.landgrant.prompts.LivePrompt;
import org.landgrant.prompts.Scope;

/** What programs get, as docs/schema has it. Moments are in UTC as in ISO 8601. */
final class Shapes {
    private Shapes() {}

    /** Members in their order: name, value, name, value… */
    static Map<String, Object> of(Object... namesAndValues) {
        Map<String, Object> members = new LinkedHashMap<>();
        for (int at = 0; at < namesAndValues.length; at += 2) {
            members.put(String.valueOf(namesAndValues[at]), namesAndValues[at + 1]);
        }
        return members;
    }

    static List<String> words(Set<Access> access) {
        return access.stream().sorted().map(Shapes::word).toList();
    }

    static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    static Map<String, Object> grant(EffectiveGrant grant) {
        return of(
                "resource", grant.resource().text(),
                "access", words(grant.access()),
                "decision", word(grant.decision()),
                "origin", word(grant.origin()),
                "reference", grant.reference(),
                "until", grant.lifetime().until(),
                "untilLogout", grant.lifetime().login().isPresent(),
                "timesAsked", grant.timesAsked(),
                "template", grant.fromTemplate().map(Shapes::words));
    }

    static Map<String, Object> denial(Denial denial) {
        return of(
                "app", denial.app().value(),
                "resource", denial.resource().text(),
                "access", List.of(word(denial.access())),
                "program", denial.program(),
                "count", denial.count(),
                "first", denial.first(),
                "last", denial.last());
    }

    static Map<String, Object> session(Session session, List<String> given) {
        return of(
                "app", session.app().value(),
                "pid", session.pid(),
                "started", session.started(),
                "limits", true,
                "workingFolder", session.workingFolder().toString(),
                "arguments", session.arguments(),
                "given", given);
    }

    /** The same for one that was started before or beside Landgrant. */
    static Map<String, Object> outside(AppId app, Instance instance) {
        return of("app", app.value(), "pid", instance.pid(), "started", instance.started(), "limits", false);
    }

    static Map<String, Object> prompt(LivePrompt prompt) {
        return of(
                "id",
                prompt.id(),
                "app",
                prompt.app().value(),
                "title",
                prompt.title(),
                "detail",
                prompt.detail(),
                "asked",
                prompt.first().asked(),
                "questions",
                prompt.questions().size(),
                "sensitive",
                prompt.sensitive().map(kind -> word(kind).replace('_', '-')),
                "scopes",
                prompt.scopes().stream().map(Shapes::scope).toList());
    }

    private static Map<String, Object> scope(Scope scope) {
        return of(
                "scope", scope.word(),
                "resource", scope.resource().text(),
                "access", words(scope.access()),
                "preselected", scope.preselected());
    }

    /** The same members as {@link org.landgrant.grants.EventText} has. */
    static Map<String, Object> event(Event event) {
        return of(
                "first", event.first(),
                "last", event.last(),
                "app", event.app().value(),
                "kind", word(event.kind()),
                "resource", event.resource().map(Resource::text),
                "access", words(event.access()),
                "count", event.count(),
                "who", word(event.who()),
                "before", event.before().map(Ruling::text),
                "after", event.after().map(Ruling::text));
    }

    /** One change. Without a resource it is about the app as a whole. */
    static Map<String, Object> change(String app, String what) {
        return of("app", app, "what", what);
    }

    static Map<String, Object> change(String app, String what, Resource resource, Set<Access> access) {
        return of("app", app, "what", what, "resource", resource.text(), "access", words(access));
    }

    /** Who decided, as a person reads it. */
    static String origin(EffectiveGrant grant) {
        return grant.origin() == Origin.TEMPLATE
                ? "template " + grant.reference()
                : word(grant.origin()) + " " + grant.reference();
    }
}
