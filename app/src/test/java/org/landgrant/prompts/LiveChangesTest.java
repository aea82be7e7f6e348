package org.landgrant.prompts;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.landgrant.grants.Access;
import org.landgrant.grants.Decision;
import org.landgrant.grants.EffectiveGrant;
import org.landgrant.grants.Origin;
import org.landgrant.grants.Resource;
import org.landgrant.prompts.LiveChanges.Part;

class LiveChangesTest {
    private static final Resource MUSIC = new Resource.Place("/srv/music");
    private static final EffectiveGrant READ = Example.grant(MUSIC, Decision.ALLOW, Origin.USER, Access.READ);
    private static final EffectiveGrant WRITE =
            Example.grant(MUSIC, Decision.ALLOW, Origin.USER, Access.READ, Access.WRITE);
    private static final EffectiveGrant NO = Example.grant(MUSIC, Decision.DENY, Origin.USER, Access.READ);

    private static List<Part> taken(List<EffectiveGrant> before, List<EffectiveGrant> now) {
        return LiveChanges.between(before, now).taken();
    }

    private static List<Part> given(List<EffectiveGrant> before, List<EffectiveGrant> now) {
        return LiveChanges.between(before, now).given();
    }

    @Test
    void onlyWhatIsNewIsGiven() {
        assertEquals(List.of(new Part(MUSIC, Set.of(Access.READ))), given(List.of(), List.of(READ)));
        assertEquals(List.of(new Part(MUSIC, Set.of(Access.WRITE))), given(List.of(READ), List.of(WRITE)));
        assertEquals(List.of(), given(List.of(WRITE), List.of(READ)));
        assertEquals(new LiveChanges(List.of(), List.of()), LiveChanges.between(List.of(WRITE), List.of(WRITE)));
    }

    @Test
    void whatIsGoneOrRefusedIsTaken() {
        assertEquals(List.of(new Part(MUSIC, Set.of(Access.WRITE))), taken(List.of(WRITE), List.of(READ)));
        assertEquals(List.of(new Part(MUSIC, Set.of(Access.READ))), taken(List.of(READ), List.of()));
        assertEquals(List.of(new Part(MUSIC, EnumSet.allOf(Access.class))), taken(List.of(), List.of(NO)));
        assertEquals(List.of(), taken(List.of(NO), List.of(NO)));
    }

    @Test
    void aFirstDontAllowOfAPromptTakesNothingThatWasGivenBefore() {
        EffectiveGrant first = Example.grant(MUSIC, Decision.ASK, Origin.PROMPT, Access.READ);
        assertEquals(List.of(), taken(List.of(), List.of(first)));
        assertEquals(List.of(new Part(MUSIC, Set.of(Access.READ))), taken(List.of(READ), List.of(first)));
    }
}
