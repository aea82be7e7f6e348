package org.landgrant.prompts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.landgrant.grants.Access;
import org.landgrant.grants.Decision;
import org.landgrant.grants.EffectiveGrant;
import org.landgrant.grants.Origin;
import org.landgrant.grants.Resource;
import org.landgrant.grants.UserFolder;
import org.landgrant.prompts.LiveGround.Verdict;

class LiveGroundTest {
    private static final Resource DOCUMENTS = new Resource.Folder(UserFolder.DOCUMENTS);
    private static final Resource PRIVATE = new Resource.Place("/home/anna/書類/private");

    private final LiveMemory memory = new LiveMemory();

    private Verdict judge(String path, Access access, EffectiveGrant... grants) {
        return Example.ground(grants).judge(Example.question(1, path, access), memory);
    }

    private static EffectiveGrant grant(Resource resource, Decision decision, Access... access) {
        return Example.grant(resource, decision, Origin.USER, access);
    }

    @Test
    void whatAPersonCaresAboutIsAsked() {
        assertEquals(Verdict.ASK, judge("/home/anna/書類/a", Access.READ));
        assertEquals(Verdict.ASK, judge("/home/anna/page.new", Access.WRITE));
        assertEquals(Verdict.ASK, Example.ground().judge(Example.question(1, 443, Access.CONNECT), memory));
    }

    @Test
    void keysAndTheSystemAreRefusedAtOnceEvenInsideOfWhatIsAllowed() {
        EffectiveGrant home = grant(new Resource.Place("~"), Decision.ALLOW, Access.READ);
        for (String path : List.of("/home/anna/.ssh/id", "/etc/shadow", "/home/anna", "/home/anna/書類/a.kdbx")) {
            assertEquals(Verdict.DENY, judge(path, Access.READ), path);
            assertEquals(Verdict.DENY, judge(path, Access.READ, home), path);
        }
    }

    @Test
    void programsAreNeverRunByALiveAnswer() {
        assertEquals(Verdict.DENY, judge("/home/anna/書類/a", Access.EXECUTE));
    }

    @Test
    void theNearestDecisionHolds() {
        EffectiveGrant allowed = grant(DOCUMENTS, Decision.ALLOW, Access.READ);
        EffectiveGrant inside = grant(PRIVATE, Decision.DENY, Access.READ, Access.WRITE);
        assertEquals(Verdict.ALLOW, judge("/home/anna/書類/a", Access.READ, allowed, inside));
        assertEquals(Verdict.ASK, judge("/home/anna/書類/a", Access.WRITE, allowed, inside));
        assertEquals(Verdict.DENY, judge("/home/anna/書類/private/a", Access.READ, allowed, inside));
        assertEquals(
                Verdict.ALLOW,
                judge(
                        "/home/anna/書類/private/a",
                        Access.READ,
                        grant(DOCUMENTS, Decision.DENY, Access.READ),
                        grant(PRIVATE, Decision.ALLOW, Access.READ)));
    }

    @Test
    void aFirstNoAboutAFileIsNoExceptionToANoForGoodAboutItsFolder() {
        Resource file = new Resource.Place("~/書類/a");
        EffectiveGrant asked = Example.grant(file, Decision.ASK, Origin.PROMPT, Access.READ);
        EffectiveGrant never = grant(DOCUMENTS, Decision.DENY, Access.READ, Access.WRITE);
        assertEquals(Verdict.ASK, judge("/home/anna/書類/a", Access.READ, asked));
        assertEquals(Verdict.DENY, judge("/home/anna/書類/a", Access.READ, never, asked));
        EffectiveGrant chosen = grant(file, Decision.ASK, Access.READ);
        assertEquals(Verdict.ASK, judge("/home/anna/書類/a", Access.READ, never, chosen));
    }

    @Test
    void ofTheSamePlaceNoWins() {
        assertEquals(
                Verdict.DENY,
                judge(
                        "/home/anna/書類/a",
                        Access.READ,
                        grant(new Resource.Place("~/書類"), Decision.DENY, Access.READ),
                        grant(DOCUMENTS, Decision.ALLOW, Access.READ)));
    }

    @Test
    void whoMayNotReadMayNotWriteEither() {
        assertEquals(
                Verdict.DENY, judge("/home/anna/書類/a", Access.WRITE, grant(DOCUMENTS, Decision.DENY, Access.READ)));
        assertEquals(Verdict.ASK, judge("/home/anna/書類/a", Access.READ, grant(DOCUMENTS, Decision.DENY, Access.WRITE)));
    }

    @Test
    void onePortIsAllowedByEveryPort() {
        LiveGround ground = Example.ground(grant(new Resource.AnyTcpPort(), Decision.ALLOW, Access.CONNECT));
        assertEquals(Verdict.ALLOW, ground.judge(Example.question(1, 8080, Access.CONNECT), memory));
        assertEquals(Verdict.ASK, ground.judge(Example.question(1, 8080, Access.LISTEN), memory));
        ground = Example.ground(
                grant(new Resource.AnyTcpPort(), Decision.ALLOW, Access.CONNECT),
                grant(new Resource.TcpPort(25), Decision.DENY, Access.CONNECT));
        assertEquals(Verdict.DENY, ground.judge(Example.question(1, 25, Access.CONNECT), memory));
    }

    @Test
    void whatWasAnsweredInASessionIsNotAskedAgainInItButInTheNext() {
        Scope scope = new Scope("documents", "", DOCUMENTS, Set.of(Access.READ), true);
        memory.refused(Example.APP, 1, scope);
        assertEquals(Verdict.DENY, judge("/home/anna/書類/a", Access.READ));
        assertEquals(Verdict.ASK, judge("/home/anna/書類/a", Access.WRITE));
        assertEquals(Verdict.ASK, judge("/home/anna/Downloads/a", Access.READ));
        assertTrue(memory.answered(Example.PLACES, Example.read("/home/anna/書類/a")));
        assertFalse(memory.answered(Example.PLACES, Example.denial("/home/anna/書類/a", Access.EXECUTE, 0)));

        memory.keep(Set.of(2L));
        assertEquals(Verdict.ASK, judge("/home/anna/書類/a", Access.READ));
        assertFalse(memory.answered(Example.PLACES, Example.read("/home/anna/書類/a")));
    }

    @Test
    void whatIsAllowedOnceIsAllowedForTheSessionUnlessItWasRefusedByName() {
        memory.once(Example.APP, 1, new Scope("documents", "", DOCUMENTS, Set.of(Access.READ), true));
        assertEquals(Verdict.ALLOW, judge("/home/anna/書類/a", Access.READ));
        assertEquals(
                Verdict.DENY,
                judge("/home/anna/書類/private/a", Access.READ, grant(PRIVATE, Decision.DENY, Access.READ)));
        memory.keep(Set.of());
        assertEquals(Verdict.ASK, judge("/home/anna/書類/a", Access.READ));
    }

    @Test
    void aFolderIsGivenAsAWholeOnlyWhenNothingInItWasDecidedOtherwise() {
        assertTrue(Example.ground().givesWhole(DOCUMENTS, Access.READ));
        assertFalse(Example.ground(grant(PRIVATE, Decision.DENY, Access.READ)).givesWhole(DOCUMENTS, Access.READ));
        assertFalse(Example.ground(grant(PRIVATE, Decision.ASK, Access.READ)).givesWhole(DOCUMENTS, Access.READ));
        assertTrue(Example.ground(grant(PRIVATE, Decision.ALLOW, Access.READ)).givesWhole(DOCUMENTS, Access.READ));
        assertTrue(Example.ground(grant(DOCUMENTS, Decision.ASK, Access.READ)).givesWhole(DOCUMENTS, Access.READ));
    }

    @Test
    void homeHiddenFoldersAndProgramsAreNeverGivenToARunningSession() {
        for (String place : List.of("~", "/", "/home", "~/.ssh", "~/.config/autostart", "/usr", "~/bin")) {
            assertFalse(Example.ground().givesWhole(new Resource.Place(place), Access.READ), place);
        }
        assertFalse(Example.ground().givesWhole(DOCUMENTS, Access.EXECUTE));
    }
}
