package org.landgrant.prompts;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.landgrant.grants.Access;
import org.landgrant.grants.Decision;
import org.landgrant.grants.Origin;
import org.landgrant.grants.Resource;
import org.landgrant.grants.UserFolder;
import org.landgrant.prompts.CardAnswers.Answer;
import org.landgrant.prompts.CardAnswers.Button;

class CardAnswersTest {
    private static final Resource DOCUMENTS = new Resource.Folder(UserFolder.DOCUMENTS);
    private static final Resource PORT = new Resource.TcpPort(8080);
    private static final Row FILES = new Row(DOCUMENTS, Set.of(Access.READ), "see files", List.of(), false);
    private static final Row LISTEN = new Row(PORT, Set.of(Access.LISTEN), "accept connections", List.of(), true);

    @Test
    void onlyRowsThatAreOnAreAllowedAndTheOthersStayUndecided() {
        for (Button button : new Button[] {Button.ALLOW_NEXT_TIME, Button.ALLOW_AND_REOPEN}) {
            assertEquals(
                    List.of(new Answer(DOCUMENTS, Set.of(Access.READ), Decision.ALLOW)),
                    CardAnswers.of(button, List.of(FILES, LISTEN), Set.of(DOCUMENTS), Example.standing()));
        }
    }

    @Test
    void allowingKeepsWhatWasAllowedBefore() {
        Standing standing = Example.standing(Example.grant(PORT, Decision.ALLOW, Origin.USER, Access.CONNECT));
        assertEquals(
                List.of(new Answer(PORT, Set.of(Access.CONNECT, Access.LISTEN), Decision.ALLOW)),
                CardAnswers.of(Button.ALLOW_NEXT_TIME, List.of(LISTEN), Set.of(PORT), standing));
    }

    @Test
    void theFirstNoMayBeAskedAgainAndTheSecondIsForGood() {
        assertEquals(
                List.of(new Answer(DOCUMENTS, Set.of(Access.READ), Decision.ASK)),
                CardAnswers.of(Button.DONT_ALLOW, List.of(FILES), Set.of(DOCUMENTS), Example.standing()));
        Standing refusedOnce = Example.standing(Example.grant(DOCUMENTS, Decision.ASK, Origin.PROMPT, Access.READ));
        assertEquals(
                List.of(new Answer(DOCUMENTS, Set.of(Access.READ), Decision.DENY)),
                CardAnswers.of(Button.DONT_ALLOW, List.of(FILES), Set.of(), refusedOnce));
    }

    @Test
    void aNoToMoreTakesNothingAway() {
        Row write = new Row(DOCUMENTS, Set.of(Access.READ, Access.WRITE), "see and change", List.of(), false);
        Standing reads = Example.standing(Example.grant(DOCUMENTS, Decision.ALLOW, Origin.USER, Access.READ));
        assertEquals(List.of(), CardAnswers.of(Button.DONT_ALLOW, List.of(write), Set.of(), reads));
    }
}
