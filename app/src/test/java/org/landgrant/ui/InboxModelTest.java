package org.landgrant.ui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.landgrant.ui.Sample.FIREFOX;
import static org.landgrant.ui.Sample.GIMP;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.landgrant.grants.Access;
import org.landgrant.grants.Decision;
import org.landgrant.grants.Grant;
import org.landgrant.grants.Origin;
import org.landgrant.grants.Resource;
import org.landgrant.grants.UserFolder;
import org.landgrant.prompts.Words;

class InboxModelTest {
    private static final Resource DOCUMENTS = new Resource.Folder(UserFolder.DOCUMENTS);

    private Sample sample;
    private InboxModel inbox;

    @BeforeEach
    void build(@TempDir Path folder) throws IOException {
        sample = new Sample(folder.resolve("anna"));
        Words words = new Words(Locale.ENGLISH);
        Tasks tasks = new Tasks(Runnable::run, Runnable::run, words);
        inbox = new InboxModel(sample.services(Runnable::run), tasks, words, InstantSource.system(), ZoneOffset.UTC);
        sample.gatekeeper.remember(FIREFOX, DOCUMENTS, Set.of(Access.READ), true);
        inbox.refresh();
    }

    private InboxItem only() {
        assertEquals(1, inbox.items().get().size());
        return inbox.items().get().getFirst();
    }

    private Grant decided() {
        return sample.gatekeeper.decided(FIREFOX, DOCUMENTS).orElseThrow();
    }

    @Test
    void whatNobodyAnsweredIsSaidInFullAndNewestFirst() {
        assertEquals("“Firefox ESR” would like to see files in your Documents folder.", only().sentence());
        sample.gatekeeper.remember(GIMP, new Resource.TcpPort(8080), Set.of(Access.LISTEN), false);
        inbox.refresh();
        assertEquals(
                List.of(GIMP, FIREFOX),
                inbox.items().get().stream().map(item -> item.app().id()).toList());
    }

    @Test
    void allowIsADecisionLikeThatOfAPrompt() {
        inbox.allow(only());
        assertEquals(Decision.ALLOW, decided().decision());
        assertEquals(Origin.PROMPT, decided().origin());
        assertEquals(List.of(), inbox.items().get());
    }

    @Test
    void theSecondDontAllowIsForGood() {
        inbox.deny(only());
        assertEquals(Decision.ASK, decided().decision());
        assertEquals(List.of(), inbox.items().get());
        sample.gatekeeper.remember(FIREFOX, DOCUMENTS, Set.of(Access.READ), true);
        inbox.refresh();
        inbox.deny(only());
        assertEquals(Decision.DENY, decided().decision());
    }

    @Test
    void dismissDecidesNothing() {
        inbox.dismiss(only());
        assertEquals(List.of(), inbox.items().get());
        assertTrue(sample.gatekeeper.decided(FIREFOX, DOCUMENTS).isEmpty());
    }

    @Test
    void whatWasAllowedElsewhereMeanwhileDoesNotWait() {
        sample.gatekeeper.decide(FIREFOX, new Resource.Place("~"), Set.of(Access.READ), Decision.ALLOW, Origin.USER);
        inbox.refresh();
        assertEquals(List.of(), inbox.items().get());
    }

    @Test
    void whatCannotBeKeptIsSaidAndStaysWaiting() {
        sample.gatekeeper.breakWith("The disk is full.");
        inbox.allow(only());
        assertEquals("The disk is full.", inbox.banner().get());
        assertEquals(1, inbox.items().get().size());
    }
}
