package org.landgrant.desktop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.landgrant.desktop.Terminals.State;
import org.landgrant.grants.AppId;
import org.landgrant.grants.RefusedException;

/** Real shells look the command up and run what they find. */
class TerminalShimsTest {
    private static final AppId APP = new AppId("app.desktop");

    @TempDir
    Path root;

    private TestDesktop desktop;
    private Path shims;

    @BeforeEach
    void aTerminalThatLooksInTheHomeFolderFirst() throws IOException {
        desktop = new TestDesktop(root);
        shims = desktop.home.resolve(".local/bin");
        desktop.environment.put("PATH", shims + ":" + desktop.environment.get("PATH"));
        desktop.system("app.desktop", TestDesktop.entry("app %U"));
    }

    private TerminalShims terminal() {
        return desktop.menus().terminal();
    }

    private State state() {
        return terminal().state(desktop.app("app.desktop"));
    }

    private String type(String line) throws Exception {
        return desktop.run(List.of("sh", "-c", line));
    }

    @Test
    void whatIsTypedStartsTheRealProgramThroughTheLauncher() throws Exception {
        Path odd = desktop.program(
                "land 'grant", Files.readString(desktop.launcher).replace("#!/bin/sh\n", ""));
        assertEquals("app <a b> <$x>\n", type("app 'a b' '$x'"));
        assertFalse(Files.exists(root.resolve("launched")));
        assertEquals(State.OPEN, state());
        new TerminalShims(desktop.directories, desktop.environment, odd).cover(desktop.app("app.desktop"));
        assertEquals("app <a b> <$x> <>\n", type("app 'a b' '$x' ''"));
        assertEquals("app.desktop\n", Files.readString(root.resolve("launched")));
        assertEquals(State.COVERED, state());
    }

    @Test
    void theProgramOfTheAppIsNeverTheShim() throws Exception {
        terminal().cover(desktop.app("app.desktop"));
        terminal().cover(desktop.app("app.desktop"));
        assertEquals("app\n", type("app"));
        assertTrue(Files.readString(shims.resolve("app")).contains("'" + desktop.bin.resolve("app") + "'"));
        assertEquals(State.COVERED, state());
        assertEquals(List.of("app", "%U"), desktop.app("app.desktop").command());
        Files.delete(desktop.bin.resolve("app"));
        assertEquals(
                "Its program is not installed.",
                desktop.app("app.desktop").notOurs().orElseThrow());
    }

    @Test
    void somebodysOwnFileIsNeverChanged() throws Exception {
        Path own = TestDesktop.write(shims.resolve("app"), "#!/bin/sh\necho mine\n");
        Map<String, String> before = TestDesktop.tree(desktop.home);
        assertThrows(RefusedException.class, () -> terminal().cover(desktop.app("app.desktop")));
        terminal().uncover(APP);
        assertEquals(before, TestDesktop.tree(desktop.home));
        Files.delete(own);
        Files.createSymbolicLink(own, desktop.bin.resolve("app"));
        assertThrows(RefusedException.class, () -> terminal().cover(desktop.app("app.desktop")));
        assertTrue(Files.isSymbolicLink(own));
    }

    @Test
    void aCommandThatTwoAppsShareIsCoveredForOne() throws Exception {
        desktop.system("other.desktop", TestDesktop.entry("app --other"));
        terminal().cover(desktop.app("app.desktop"));
        assertThrows(RefusedException.class, () -> terminal().cover(desktop.app("other.desktop")));
        terminal().uncover(new AppId("other.desktop"));
        assertEquals(State.COVERED, state());
    }

    @Test
    void releasingLeavesNoTrace() throws Exception {
        desktop.program("two", "exit 0");
        desktop.system("two.desktop", TestDesktop.entry("two"));
        Map<String, String> before = TestDesktop.tree(desktop.home);
        MenuEntries menus = desktop.menus();
        menus.terminal().cover(desktop.app("app.desktop"));
        menus.terminal().cover(desktop.app("two.desktop"));
        menus.release(APP);
        assertTrue(Files.exists(shims.resolve("two")));
        menus.sync(List.of());
        assertEquals(before, TestDesktop.tree(desktop.home));

        TestDesktop.write(shims.resolve("mine"), "x");
        before = TestDesktop.tree(desktop.home);
        menus.terminal().cover(desktop.app("app.desktop"));
        menus.release(APP);
        assertEquals(before, TestDesktop.tree(desktop.home));
    }

    @Test
    void itFollowsTheProgram() throws Exception {
        terminal().cover(desktop.app("app.desktop"));
        Path moved = Files.createDirectory(root.resolve("moved")).resolve("app");
        Files.move(desktop.bin.resolve("app"), moved);
        desktop.environment.put("PATH", shims + ":" + moved.getParent() + ":/usr/bin:/bin");
        desktop.menus().sync(List.of(APP));
        assertEquals("app\n", type("app"));
        assertEquals("app.desktop\n", Files.readString(root.resolve("launched")));
    }

    @Test
    void aTerminalThatDoesNotLookThereYetIsNotCalledCovered() throws Exception {
        desktop.environment.put("PATH", desktop.bin + ":/usr/bin:/bin");
        terminal().cover(desktop.app("app.desktop"));
        assertEquals(State.COVERED_LATER, state());
        desktop.environment.put("PATH", desktop.bin + ":/usr/bin:/bin:" + shims);
        assertEquals(State.COVERED_LATER, state());
    }

    @Test
    void whatManyAppsRunByIsNoCommandOfOne() throws Exception {
        desktop.system("script.desktop", TestDesktop.entry("env X=1 app"));
        desktop.system(
                "away.desktop",
                TestDesktop.entry(desktop.bin.resolve("sub/tool").toString()));
        Files.createDirectories(desktop.bin.resolve("sub"));
        Files.copy(desktop.bin.resolve("app"), desktop.bin.resolve("sub/tool"));
        for (String id : List.of("script.desktop", "away.desktop")) {
            assertEquals(State.NO_COMMAND, terminal().state(desktop.app(id)), id);
            assertThrows(RefusedException.class, () -> terminal().cover(desktop.app(id)), id);
        }
        assertFalse(Files.exists(desktop.home.resolve(".local")));
    }
}
