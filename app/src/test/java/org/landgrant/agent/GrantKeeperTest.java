package org.landgrant.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.landgrant.agent.House.EDITOR;
import static org.landgrant.agent.House.STRANGER;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.landgrant.grants.Access;
import org.landgrant.grants.AppId;
import org.landgrant.grants.AppSettings;
import org.landgrant.grants.Decision;
import org.landgrant.grants.Grant;
import org.landgrant.grants.Origin;
import org.landgrant.grants.RefusedException;
import org.landgrant.grants.Resource;
import org.landgrant.grants.Span;
import org.landgrant.grants.Unanswered;
import org.landgrant.profiles.MemoryGrantBook;

class GrantKeeperTest {
    private static final Clock NOON = Clock.fixed(Instant.parse("2026-05-01T12:00:00Z"), ZoneOffset.UTC);
    private static final Resource WORK = new Resource.Place("/srv/work");

    @TempDir
    Path folder;

    private final MemoryGrantBook book = new MemoryGrantBook();
    private final House.Entries menu = new House.Entries();
    private PolicyFiles files;
    private GrantKeeper keeper;

    @BeforeEach
    void open() throws IOException {
        files = PolicyFiles.in(folder.resolve("policies"));
        keeper = keeper();
    }

    @Test
    void aDecisionIsInTheBookAndInTheWrittenPolicyWhenItIsAcknowledged() throws IOException {
        Grant grant = allow(Access.READ);

        assertEquals(List.of(grant), book.grants(EDITOR));
        assertTrue(files.read(EDITOR).orElseThrow().contains("# place:/srv/work [READ]"));
        assertEquals(PosixFilePermissions.fromString("rw-------"), Files.getPosixFilePermissions(files.file(EDITOR)));
        assertEquals(PosixFilePermissions.fromString("rwx------"), Files.getPosixFilePermissions(files.folder()));
    }

    @Test
    void whatIsTakenAwayIsGoneFromTheWrittenPolicy() throws IOException {
        allow(Access.READ);
        keeper.decide(EDITOR, WORK, Set.of(Access.READ), Decision.DENY, Origin.USER);
        assertFalse(files.read(EDITOR).orElseThrow().contains("/srv/work"));

        allow(Access.READ);
        keeper.reset(EDITOR, WORK);
        assertFalse(files.read(EDITOR).orElseThrow().contains("/srv/work"));
        assertEquals(List.of(), book.grants(EDITOR));
    }

    @Test
    void whenThePolicyCannotBeWrittenNothingWasChanged() throws IOException {
        allow(Access.READ);
        String before = files.read(EDITOR).orElseThrow();
        Grant kept = book.grants(EDITOR).getFirst();
        Files.move(files.folder(), folder.resolve("aside"));

        RefusedException refused = assertThrows(RefusedException.class, () -> allow(Access.WRITE));
        assertTrue(refused.getMessage().contains("could not be written"));
        assertThrows(
                RefusedException.class,
                () -> keeper.decide(EDITOR, WORK, Set.of(Access.READ), Decision.DENY, Origin.USER));
        assertThrows(RefusedException.class, () -> keeper.acceptPartial(EDITOR, true));
        assertEquals(kept, book.grants(EDITOR).getFirst());
        assertEquals(AppSettings.untouched(EDITOR), book.settings(EDITOR));
        Files.move(folder.resolve("aside"), files.folder());
        assertEquals(Optional.of(before), files.read(EDITOR));
        assertEquals(before, keeper.policy(EDITOR));
    }

    @Test
    void whenAChangeCanBeNeitherWrittenNorTakenBackTheAppDoesNotStart() throws IOException {
        allow(Access.READ);
        GrantKeeper unlucky = new GrantKeeper(
                book,
                files,
                House::template,
                (app, template, effective, partial) -> {
                    book.close();
                    throw new RefusedException("The disk broke.");
                },
                menu,
                NOON,
                "log-in");

        RefusedException refused = assertThrows(
                RefusedException.class,
                () -> unlucky.decide(EDITOR, WORK, Set.of(Access.READ), Decision.DENY, Origin.USER));
        assertTrue(refused.getMessage().contains("does not start"), refused::getMessage);
        assertEquals(Optional.empty(), files.read(EDITOR));
    }

    @Test
    void aStalePolicyThatCannotBeRemovedIsNamed() throws IOException {
        Files.createDirectories(files.file(EDITOR).resolve("in the way"));

        RefusedException refused = assertThrows(RefusedException.class, () -> allow(Access.READ));
        assertTrue(refused.getMessage().contains("remove that file"), refused::getMessage);
        assertEquals(List.of(), book.grants(EDITOR));
    }

    @Test
    void anAppThatCanHaveNoPolicyGetsNoGrantAndKeepsNoOldPolicy() throws IOException {
        files.write(STRANGER, "landgrant-policy 1\n");

        assertThrows(
                RefusedException.class,
                () -> keeper.decide(STRANGER, WORK, Set.of(Access.READ), Decision.ALLOW, Origin.USER));
        assertEquals(List.of(), book.grants(STRANGER));
        assertEquals(Optional.empty(), files.read(STRANGER));
    }

    @Test
    void aLaunchIsGivenWhatIsWritten() throws IOException {
        String text = keeper.policyFor(EDITOR);

        assertEquals(Optional.of(text), files.read(EDITOR));
        assertThrows(RefusedException.class, () -> keeper.policyFor(STRANGER));
    }

    @Test
    void confiningAndReleasingChangeBookAndMenuTogether() {
        keeper.confine(EDITOR);
        assertTrue(book.settings(EDITOR).confined());
        assertTrue(menu.isConfined(EDITOR));

        keeper.release(EDITOR);
        assertFalse(book.settings(EDITOR).confined());
        assertFalse(menu.isConfined(EDITOR));
    }

    @Test
    void whenTheMenuCannotBeChangedTheBookIsNot() {
        menu.broken = true;
        assertThrows(RefusedException.class, () -> keeper.confine(EDITOR));
        assertFalse(book.settings(EDITOR).confined());

        menu.broken = false;
        keeper.confine(EDITOR);
        menu.broken = true;
        assertThrows(RefusedException.class, () -> keeper.release(EDITOR));
        assertTrue(book.settings(EDITOR).confined());
    }

    @Test
    void atTheStartEverythingWrittenIsBroughtInLineWithTheBook() throws IOException {
        book.put(new AppSettings(EDITOR, true, false));
        book.put(new AppSettings(STRANGER, true, false));
        files.write(EDITOR, "landgrant-policy 1\n# stale and wide\n");
        files.write(STRANGER, "landgrant-policy 1\n# not installed any more\n");
        Files.writeString(files.folder().resolve(".draft-123"), "half");

        List<String> failures = restarted().bringInLine();

        assertEquals(Optional.of(keeper.policy(EDITOR)), files.read(EDITOR));
        assertEquals(Optional.empty(), files.read(STRANGER));
        assertEquals(1, failures.size());
        assertTrue(failures.getFirst().startsWith("stranger.desktop does not start"));
        assertTrue(menu.isConfined(EDITOR));
        assertFalse(Files.exists(files.folder().resolve(".draft-123")));
    }

    @Test
    void aWrittenPolicyThatIsRightIsLeftAlone() throws IOException {
        keeper.confine(EDITOR);
        Object before = Files.getAttribute(files.file(EDITOR), "unix:ino");
        assertEquals(List.of(), restarted().bringInLine());

        assertEquals(before, Files.getAttribute(files.file(EDITOR), "unix:ino"));
    }

    private Grant allow(Span span) {
        return keeper.decide(EDITOR, WORK, Set.of(Access.READ), Decision.ALLOW, Origin.PROMPT, span);
    }

    private GrantKeeper later(Duration time, String login) {
        return new GrantKeeper(book, files, House::template, House::policy, menu, Clock.offset(NOON, time), login);
    }

    @Test
    void whatIsAllowedUntilLogOutEndsWithTheLogInAndNotWithTheAgent() throws IOException {
        allow(Span.LOGIN);
        assertEquals(List.of(), later(Duration.ofDays(300), "log-in").bringInLine());
        assertTrue(keeper.decided(EDITOR, WORK).isPresent());

        GrantKeeper next = later(Duration.ofMinutes(1), "another");
        assertEquals(1, next.effective(EDITOR).size(), "only the template's");
        assertEquals(List.of(), next.bringInLine());
        assertEquals(List.of(), book.grants(EDITOR));
    }

    @Test
    void whatIsAllowedForAMonthIsTakenOutWhenItIsOverAndThatIsTold() {
        allow(Span.MONTH);
        GrantKeeper soon = later(Duration.ofDays(29), "log-in");
        soon.endWhatEnded();
        assertEquals(1, book.grants(EDITOR).size());

        GrantKeeper late = later(Duration.ofDays(30), "log-in");
        List<AppId> heard = new ArrayList<>();
        late.watch(heard::add);
        late.endWhatEnded();
        assertEquals(List.of(), book.grants(EDITOR));
        assertEquals(List.of(EDITOR), heard);
    }

    @Test
    void whatEndsByItselfIsGivenAtALaunchAndNeverWrittenDown() throws IOException {
        allow(Span.MONTH);
        assertTrue(keeper.policyFor(EDITOR).contains("/srv/work"));
        assertFalse(files.read(EDITOR).orElseThrow().contains("/srv/work"));
        allow(Span.ALWAYS);
        assertTrue(files.read(EDITOR).orElseThrow().contains("/srv/work"));
    }

    @Test
    void aDecisionIsUndoneUnlessSomethingElseWasDecidedMeanwhile() throws IOException {
        Grant first = keeper.decide(EDITOR, WORK, Set.of(Access.READ), Decision.ASK, Origin.PROMPT);
        Grant second = allow(Span.ALWAYS);
        assertTrue(keeper.undo(second, Optional.of(first)));
        assertEquals(Optional.of(first), keeper.decided(EDITOR, WORK));
        assertFalse(files.read(EDITOR).orElseThrow().contains("/srv/work"));
        assertTrue(keeper.undo(first, Optional.empty()));
        assertEquals(List.of(), book.grants(EDITOR));

        Grant third = allow(Span.ALWAYS);
        allow(Span.MONTH);
        assertFalse(keeper.undo(third, Optional.empty()));
        assertTrue(keeper.decided(EDITOR, WORK).isPresent());
    }

    @Test
    void whatNobodyAnsweredWaitsUntilItIsDecidedOrPutAside() {
        keeper.remember(EDITOR, WORK, Set.of(Access.READ), true);
        keeper.remember(EDITOR, WORK, Set.of(Access.WRITE), false);
        Unanswered row = keeper.unanswered().getFirst();
        assertEquals(Set.of(Access.READ, Access.WRITE), row.access());
        assertEquals(1, row.closed());
        keeper.putAside(EDITOR, WORK);
        assertFalse(keeper.unanswered().getFirst().waiting());
        allow(Access.READ);
        assertEquals(List.of(), keeper.unanswered());
    }

    @Test
    void whatWasClosedThreeTimesIsSilentForAWeekAndCountsAnewAfterwards() {
        for (int times = 0; times < Unanswered.PATIENCE; times++) {
            assertFalse(keeper.unanswered().stream().anyMatch(row -> row.isSilentAt(NOON.instant())));
            keeper.remember(EDITOR, WORK, Set.of(Access.READ), true);
        }
        Unanswered silent = keeper.unanswered().getFirst();
        assertTrue(silent.isSilentAt(NOON.instant().plus(Duration.ofDays(7)).minusSeconds(1)));
        assertFalse(silent.isSilentAt(NOON.instant().plus(Duration.ofDays(7))));
        GrantKeeper late = later(Duration.ofDays(8), "log-in");
        late.remember(EDITOR, WORK, Set.of(Access.READ), true);
        assertEquals(1, late.unanswered().getFirst().closed());
    }

    @Test
    void answeredPromptsAreCounted() {
        for (int i = 0; i < 2; i++) {
            keeper.decide(EDITOR, WORK, Set.of(Access.READ), Decision.DENY, Origin.PROMPT);
        }
        keeper.decide(EDITOR, WORK, Set.of(Access.READ), Decision.ALLOW, Origin.USER);

        assertEquals(2, book.grants(EDITOR).getFirst().timesAsked());
    }

    @Test
    void watchersHearOfEveryChangeUntilTheyLeaveAndOneFailingCostsNothing() {
        List<AppId> heard = new ArrayList<>();
        keeper.watch(app -> {
            throw new IllegalStateException("on purpose");
        });
        var watch = keeper.watch(heard::add);
        allow(Access.READ);
        keeper.confine(EDITOR);
        watch.close();
        keeper.release(EDITOR);

        assertEquals(List.of(EDITOR, EDITOR), heard);
    }

    @Test
    void changesFromManyThreadsAllEndInTheWrittenPolicy() throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 50; i++) {
                Resource place = new Resource.Place("/srv/" + i);
                threads.execute(() -> keeper.decide(EDITOR, place, Set.of(Access.READ), Decision.ALLOW, Origin.USER));
            }
        }
        assertEquals(50, book.grants(EDITOR).size());
        assertEquals(Optional.of(keeper.policy(EDITOR)), files.read(EDITOR));
    }

    private Grant allow(Access access) {
        return keeper.decide(EDITOR, WORK, Set.of(access), Decision.ALLOW, Origin.USER);
    }

    private GrantKeeper keeper() {
        return new GrantKeeper(book, files, House::template, House::policy, menu, NOON, "log-in");
    }

    private GrantKeeper restarted() throws IOException {
        files = PolicyFiles.in(files.folder());
        return keeper();
    }
}
