package org.landgrant.prompts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.landgrant.grants.Access;
import org.landgrant.grants.Resource;
import org.landgrant.grants.UserFolder;

class LiveScopesTest {
    private static final LiveScopes SCOPES = Example.LIVE_SCOPES;

    private static List<String> words(String path) {
        return SCOPES.of(Example.question(1, path, Access.READ)).stream()
                .map(scope -> scope.word() + (scope.preselected() ? "*" : ""))
                .toList();
    }

    @Test
    void aDeepFileOffersItselfItsFolderAndThePersonsFolderWhichIsPreselected() {
        List<Scope> scopes = SCOPES.of(Example.question(1, "/home/anna/書類/a/b.txt", Access.READ));
        assertEquals(List.of("file", "folder", "documents*"), words("/home/anna/書類/a/b.txt"));
        assertEquals(
                List.of(
                        new Resource.Place("/home/anna/書類/a/b.txt"),
                        new Resource.Place("/home/anna/書類/a"),
                        new Resource.Folder(UserFolder.DOCUMENTS)),
                scopes.stream().map(Scope::resource).toList());
        assertEquals(
                List.of("Only “b.txt”", "The folder “a”", "The whole 書類 folder"),
                scopes.stream().map(Scope::label).toList());
    }

    @Test
    void whatIsTheSameIsOfferedOnce() {
        assertEquals(List.of("file", "documents*"), words("/home/anna/書類/b.txt"));
        assertEquals(List.of("documents*"), words("/home/anna/書類"));
        assertEquals(List.of("folder", "documents*"), words("/home/anna/書類/a"));
        assertEquals(List.of("file", "projects*"), words("/home/anna/projects/b.txt"));
        assertEquals(List.of("folder*"), words("/home/anna/projects"));
        assertEquals(List.of("file", "USB-STICK*"), words("/run/media/anna/USB-STICK/b.txt"));
    }

    @Test
    void whatLiesInHomeIsOfferedAloneAlsoWhenItDoesNotExistYet() {
        assertEquals(List.of("file*"), words("/home/anna/song.mp3"));
        assertEquals(List.of("file*"), words("/home/anna/page.new"));
        assertEquals(
                "save “page.new” in your home folder",
                SCOPES.sentence(Example.question(1, "/home/anna/page.new", Access.WRITE)));
    }

    @Test
    void noScopeIsEverHomeOrWider() {
        for (String path : List.of("/", "/home", "/home/anna", "/home/anna/x.y", "/home/anna/a/b/c.d", "/srv/x")) {
            for (Scope scope : SCOPES.of(Example.question(1, path, Access.WRITE))) {
                String granted = Example.PLACES.pathOf(scope.resource()).orElseThrow();
                assertTrue(granted.startsWith("/home/anna/"), granted);
            }
        }
    }

    @Test
    void everyWordIsThereOnceWhateverAFolderIsCalled() {
        for (String name : List.of("file", "folder", "port", "documents", "\u202e")) {
            List<Scope> scopes = SCOPES.of(Example.question(1, "/home/anna/" + name + "/a/b.txt", Access.READ));
            Set<String> words = new HashSet<>();
            scopes.forEach(scope -> assertTrue(words.add(scope.word()), name));
        }
    }

    @Test
    void writingImpliesReadingAndChangesTheSentence() {
        LiveQuestion save = Example.question(1, "/home/anna/Downloads/page.new", Access.WRITE);
        SCOPES.of(save).forEach(scope -> assertEquals(Set.of(Access.READ, Access.WRITE), scope.access()));
        assertEquals("see and change files in your Downloads folder", SCOPES.sentence(save));
        assertEquals("It tried to save “page.new”.", SCOPES.detail(save));
    }

    @Test
    void whatWasTriedIsOneCleanLine() {
        assertEquals(
                "It tried to open “evil.txt”.",
                SCOPES.detail(Example.question(1, "/home/anna/書類/ev\u202Eil.txt", Access.READ)));
        assertEquals("It tried to look into “a”.", SCOPES.detail(Example.question(1, "/home/anna/書類/a", Access.READ)));
    }

    @Test
    void aPortIsItsOwnOnlyScope() {
        LiveQuestion web = Example.question(1, 443, Access.CONNECT);
        assertEquals(
                List.of(new Scope("port", "Port 443", web.resource(), Set.of(Access.CONNECT), true)), SCOPES.of(web));
        assertEquals("connect to the internet (web, port 443)", SCOPES.sentence(web));
        assertEquals("The connection cannot be limited to certain computers.", SCOPES.detail(web));
        assertEquals("Other computers may reach it.", SCOPES.detail(Example.question(1, 8080, Access.LISTEN)));
    }
}
