package org.landgrant.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.landgrant.agent.TestHouse;
import org.landgrant.grants.Access;
import org.landgrant.grants.Resource;
import org.landgrant.grants.Unanswered;
import org.landgrant.grants.UserFolder;

/** Why an app may reach something or not, as a real policy has it. */
class ExplainTest {
    @TempDir
    Path folder;

    private CommandGround ground;

    @BeforeEach
    void open() {
        ground = new CommandGround(folder);
        ground.run("confine", "editor");
    }

    @Test
    void whatTheTemplateGivesNamesIt() {
        Commands.Outcome outcome = ground.run("explain", "editor", "/usr/share/x", "read");
        assertEquals(0, outcome.status());
        assertEquals("""
            yes  read  template base/1: allow read,execute place:/usr
            To change it:
              landgrant deny editor.desktop /usr/share/x
            """, outcome.out());
    }

    @Test
    void theNearestDecisionIsNamed() {
        ground.run("grant", "editor", "/srv", "write");
        ground.run("deny", "editor", "/srv/secret");
        ground.run("grant", "editor", "/srv/secret/open", "read");
        assertTrue(may("/srv/a", "write").startsWith("yes  write  user g1: allow read,write place:/srv\n"));
        assertTrue(may("/srv/secret/a", "read")
                .startsWith("no  read  user g2: deny read,write,execute place:/srv/secret"));
        assertTrue(may("/srv/secret/open/a", "read").startsWith("yes  read  user g3: "));
        assertTrue(may("/srv/secret/open/a", "write").startsWith("no  write  user g2: "));
    }

    @Test
    void aProtectedPlaceIsNotReachedByAWiderGrant() {
        ground.run("grant", "editor", "~", "write");
        ground.run("grant", "editor", "service:x11", "use");
        assertTrue(may("~/notes", "write").contains("\nyes  write  user g1"));
        Commands.Outcome outcome = ground.run("explain", "editor", "~/.ssh/id_ed25519", "read");
        assertEquals(1, outcome.status());
        assertEquals("""
            place:~/.ssh/id_ed25519 is /home/ada/.ssh/id_ed25519.
            no  read  it is protected: only a grant that names it gives it
            To change it:
              landgrant grant editor.desktop '~/.ssh/id_ed25519' read
            """.replace("'", ""), outcome.out());
        assertTrue(may("~/.bashrc", "read").contains("yes"));
        assertTrue(may("~/.bashrc", "write").contains("no  write  it is protected"));
    }

    @Test
    void whatNobodyDecidedIsAskedAboutOrRefused() {
        assertTrue(may("~/Documents/x", "read").contains("asks  read  nobody decided yet; you are asked"));
        assertTrue(may("/root/x", "read").startsWith("no  read  nobody granted it"));
        assertTrue(may("tcp:25", "connect").startsWith("asks  connect"));
        assertTrue(may("device:gpu", "use").startsWith("no  use  nobody granted it"));
    }

    @Test
    void whatWasDeniedIsRefusedWithoutAQuestion() {
        ground.run("deny", "editor", "folder:documents");
        ground.run("deny", "editor", "~/Work");
        ground.run("deny", "editor", "~/Pictures");
        assertTrue(
                may("~/Documents/x", "read").contains("no  read  user g1: deny read,write,execute folder:documents\n"));
        assertTrue(may("~/Work/x", "write").contains("no  write  user g2: deny read,write,execute place:~/Work\n"));
        assertTrue(may("~/Pictures", "read").contains("no  read  user g3: deny"));
        ground.run("grant", "editor", "~/Work/mine", "read");
        assertTrue(may("~/Work/mine/x", "read").contains("yes  read  user g4: "));
        assertTrue(may("~/Work/mine/x", "write").contains("no  write  user g2: "));
    }

    @Test
    void aDeniedKindOfPortIsRefusedWithoutAQuestion() {
        ground.run("deny", "editor", "tcp:any");
        assertTrue(may("tcp:25", "connect").startsWith("no  connect  user g1: deny"));
    }

    @Test
    void keysAreAskedAboutOnlyWhereNobodyElseCanAnswer() {
        assertTrue(
                may("~/.ssh/id_rsa", "read").contains("asks  read  it is protected; you are asked, with a warning\n"));
        ground.run("grant", "editor", "service:x11", "use");
        assertTrue(may("~/.ssh/id_rsa", "read")
                .contains("no  read  it is protected, and an app with the X11 display is not asked about it\n"));
        assertTrue(may("~/.ssh/config", "read").contains("no  read  nobody granted it\n"));
        ground.run("grant", "editor", "~/.ssh", "read");
        assertTrue(may("~/.ssh/id_rsa", "read").contains("yes  read  user g2: "));
    }

    @Test
    void runningIsNotAskedAboutWhileAProgramWaits() {
        assertTrue(may("~/Documents/x", "execute")
                .contains("no  execute  nobody decided yet; running it is refused, and offered to you afterwards\n"));
    }

    @Test
    void aQuestionThatWasClosedTooOftenIsNotAskedForAWhile() {
        for (int time = 0; time < Unanswered.PATIENCE; time++) {
            ground.house
                    .typed()
                    .remember(
                            TestHouse.EDITOR,
                            new Resource.Folder(UserFolder.DOCUMENTS),
                            Set.of(Access.READ),
                            /* closed= */ true);
        }
        assertTrue(may("~/Documents/x", "read")
                .contains("no  read  you closed the question too often; it is refused without one for a week\n"));
    }

    @Test
    void portsAndDevicesAreExplained() {
        ground.run("grant", "editor", "tcp:443", "connect");
        ground.run("deny", "editor", "tcp:25");
        ground.run("grant", "editor", "udp:any", "connect");
        ground.run("grant", "editor", "device:gpu", "use");
        assertTrue(may("tcp:443", "connect").startsWith("yes  connect  user g1: "));
        assertTrue(may("tcp:443", "listen").startsWith("asks  listen"));
        assertTrue(may("tcp:25", "connect").startsWith("no  connect  user g2: deny"));
        assertTrue(may("udp:any", "connect").contains("(no limit of this kind)"));
        assertTrue(may("device:gpu", "use").startsWith("yes"));
    }

    @Test
    void aLinkIsExplainedByWhereItLeads() throws Exception {
        Path real = Files.createDirectories(folder.toRealPath().resolve("real"));
        Path link = Files.createSymbolicLink(folder.toRealPath().resolve("link"), real);
        ground.run("grant", "editor", real.toString(), "read");
        String out = may(link + "/new", "read");
        assertTrue(out.startsWith("place:" + link + "/new is " + real + "/new.\nyes"), out);
        assertTrue(ground.run("explain", "editor", link + "/new", "read", "--no-links")
                .out()
                .startsWith("no"));
    }

    @Test
    void anAppThatIsNotConfinedMayEverything() {
        ground.run("release", "editor");
        Commands.Outcome outcome = ground.run("explain", "editor", "/root/x", "read");
        assertEquals(0, outcome.status());
        assertTrue(outcome.out().startsWith("editor.desktop is not confined, so nothing is kept from it."));
        assertEquals("", ground.run("explain", "-q", "editor", "/root/x").out());
    }

    @Test
    void whatMakesNoSenseIsSaid() {
        assertEquals(2, ground.run("explain", "editor").status());
        assertEquals(2, ground.run("explain", "editor", "relative").status());
        assertEquals(2, ground.run("explain", "editor", "tcp:25", "read").status());
        assertEquals(1, ground.run("explain", "nosuch", "/x").status());
        assertEquals(1, ground.run("explain", "viewer", "/x").status());
    }

    private String may(String resource, String access) {
        return ground.run("explain", "editor", resource, access).out();
    }
}
