package org.landgrant.prompts;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.landgrant.grants.Access;
import org.landgrant.grants.Resource;
import org.landgrant.grants.UserFolder;
import org.landgrant.prompts.Coalescer.Kind;

/**
 * The scopes and sentences of a live question: this file, its folder, and the widest that a card would
 * offer, which is preselected. Never wider than the person's folder, the medium, or the first folder below
 * home; for what lies in home itself, that alone.
 */
public final class LiveScopes {
    private static final int NAME = 40;

    private final UserPlaces places;
    private final Words words;
    private final Coalescer coalescer;
    private final Function<String, Kind> look;

    /** @param look says what lies at an absolute path; may block on the disk */
    public LiveScopes(UserPlaces places, Words words, Function<String, Kind> look) {
        this.places = places;
        this.words = words;
        this.look = look;
        this.coalescer = new Coalescer(places, words, look);
    }

    /** What could be granted because of the question, narrowest first; empty when nothing sensible could be. */
    public List<Scope> of(LiveQuestion question) {
        Set<Access> access = access(question.access());
        return switch (question.resource()) {
            case Resource.TcpPort(int port) -> {
                String number = Integer.toString(port);
                yield List.of(
                        new Scope("port", words.say("live.scope.port", number), question.resource(), access, true));
            }
            case Resource.Place(String path) ->
                Sensitive.at(places, path, question.access())
                        .map(item -> List.of(only(item, access)))
                        .orElseGet(() -> of(path, access));
            default -> List.of();
        };
    }

    /** Never wider than the thing itself. */
    private Scope only(Sensitive item, Set<Access> access) {
        String label = words.say("live.scope.file", item.name());
        return new Scope(Scope.ITEM, label, new Resource.Place(item.item()), access, true);
    }

    /** What makes it sensitive, if it is. */
    public Optional<Sensitive> sensitive(LiveQuestion question) {
        return question.resource() instanceof Resource.Place(String path)
                ? Sensitive.at(places, path, question.access())
                : Optional.empty();
    }

    /** What having the widest scope would let the app do, to go after “would like to”. */
    public String sentence(LiveQuestion question) {
        Optional<Sensitive> sensitive = sensitive(question);
        if (sensitive.isPresent()) {
            String verb = question.access() == Access.WRITE ? ".change" : ".see";
            return words.say(
                    "ask." + sensitive.get().kind().word() + verb,
                    sensitive.get().name());
        }
        List<Scope> scopes = of(question);
        Resource widest =
                scopes.isEmpty() ? question.resource() : scopes.getLast().resource();
        if (widest instanceof Resource.Place(String path) && look.apply(path) == Kind.MISSING) {
            return words.say("live.save.home", name(path));
        }
        return coalescer.sentence(widest, access(question.access()));
    }

    /** The whole sentence. */
    public String title(LiveQuestion question, String appName) {
        return words.say("card.one", OneLine.clean(appName, NAME), sentence(question));
    }

    /** What exactly was tried. */
    public String detail(LiveQuestion question) {
        return switch (question.resource()) {
            case Resource.Place(String path) -> {
                boolean folder = look.apply(path) == Kind.FOLDER;
                boolean change = question.access() == Access.WRITE;
                String tried = question.access() == Access.EXECUTE
                        ? "live.tried.run"
                        : change
                                ? folder ? "live.tried.change" : "live.tried.save"
                                : folder ? "live.tried.look" : "live.tried.open";
                yield words.say(tried, name(path));
            }
            default -> words.say(question.access() == Access.LISTEN ? "card.listen.note" : "card.port.note");
        };
    }

    private List<Scope> of(String path, Set<Access> access) {
        Optional<Resource> widest = widest(path);
        if (widest.isEmpty()) {
            return List.of();
        }
        String outer = places.pathOf(widest.get()).orElseThrow();
        boolean folder = look.apply(path) == Kind.FOLDER;
        List<Scope> scopes = new ArrayList<>();
        if (!folder && !path.equals(outer)) {
            scopes.add(new Scope(
                    Scope.FILE, words.say("live.scope.file", name(path)), new Resource.Place(path), access, false));
        }
        String around = folder ? path : path.substring(0, path.lastIndexOf('/'));
        if (UserPlaces.below(outer, around).isPresent()) {
            scopes.add(new Scope(
                    "folder", words.say("live.scope.folder", name(around)), new Resource.Place(around), access, false));
        }
        scopes.add(widest(widest.get(), outer, path, folder, access));
        return scopes;
    }

    private Scope widest(Resource widest, String outer, String path, boolean folder, Set<Access> access) {
        if (widest instanceof Resource.Folder(UserFolder own)) {
            return new Scope(own.word(), words.say("live.scope.whole", places.nameOf(own)), widest, access, true);
        }
        if (outer.equals(path) && !folder) {
            return new Scope(Scope.FILE, words.say("live.scope.file", name(path)), widest, access, true);
        }
        String kind = places.mediumOf(outer).isPresent() ? "live.scope.medium" : "live.scope.whole";
        return new Scope(
                outer.equals(path) ? "folder" : word(name(outer)), words.say(kind, name(outer)), widest, access, true);
    }

    /** The folder's own name, unless it could be mistaken for another scope. */
    private static String word(String name) {
        return name.isEmpty() || name.equals(Scope.FILE) || name.equals(Scope.ITEM) || name.equals("folder")
                ? "whole"
                : name;
    }

    /** As for a card, but a live answer may also be about a name in home that does not exist yet. */
    private Optional<Resource> widest(String path) {
        return coalescer
                .scope(path)
                .or(() -> UserPlaces.below(places.home(), path)
                        .filter(rest -> rest.indexOf('/') < 0)
                        .map(rest -> new Resource.Place(path)));
    }

    private static Set<Access> access(Access asked) {
        return asked == Access.WRITE ? EnumSet.of(Access.READ, Access.WRITE) : EnumSet.of(asked);
    }

    private static String name(String path) {
        return OneLine.clean(UserPlaces.nameOf(path), NAME);
    }
}
