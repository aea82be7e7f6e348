package org.landgrant.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.landgrant.policy.Samples.ABI_7;
import static org.landgrant.policy.Samples.APP;
import static org.landgrant.policy.Samples.BARE;
import static org.landgrant.policy.Samples.COMMAND;
import static org.landgrant.policy.Samples.allow;
import static org.landgrant.policy.Samples.compile;
import static org.landgrant.policy.Samples.grant;
import static org.landgrant.policy.Samples.home;
import static org.landgrant.policy.Samples.lines;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.landgrant.grants.Access;
import org.landgrant.grants.Decision;
import org.landgrant.grants.EffectiveGrant;
import org.landgrant.grants.Origin;
import org.landgrant.grants.RefusedException;
import org.landgrant.grants.Resource;
import org.landgrant.grants.Template;
import org.landgrant.grants.UserFolder;
import org.landgrant.kernel.KernelFacts;
import org.landgrant.profiles.Templates;

final class PolicyCompilerTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            place:/srv/a              | READ               | file r g1 /srv/a
            place:/srv/a              | READ,WRITE         | file rw g1 /srv/a
            place:/srv/a              | READ,WRITE,EXECUTE | file rwx g1 /srv/a
            place:/srv/a              | EXECUTE            | file x g1 /srv/a
            place:~/a                 | READ               | file r g1 /home/ada/a
            place:~root               | READ               |
            place:$XDG_CONFIG_HOME/a  | READ               | file r g1 /home/ada/.config/a
            place:$XDG_DATA_HOME/a    | READ               | file r g1 /home/ada/.local/share/a
            place:$XDG_CACHE_HOME/a   | READ               | file r g1 /home/ada/.cache/a
            place:$XDG_STATE_HOME     | READ               | file r g1 /home/ada/.local/state;except r - /home/ada/.local/state/landgrant-settings
            place:$XDG_RUNTIME_DIR/a  | READ               | file r g1 /run/user/1000/a
            place:/dev/null           | READ,WRITE         | file rwd g1 /dev/null
            place:/dev/null           | READ               | file r g1 /dev/null
            place:/devices            | READ,WRITE         | file rw g1 /devices
            folder:download           | READ,WRITE         | file rw g1 /home/ada/Download
            device:sound              | USE                | file rwd g1 /dev/snd
            device:shared_memory      | USE                | file rw g1 /dev/shm
            device:terminal           | USE                | file rwd g1 /dev/ptmx;file rwd g1 /dev/pts
            tcp:443                   | CONNECT            | connect 443 g1
            tcp:443                   | CONNECT,LISTEN     | connect 443 g1;listen 443 g1
            tcp:0                     | LISTEN             | listen 0 g1
            service:x11               | USE                | file-from r g1 XAUTHORITY;file r g1 /home/ada/.Xauthority;display x11 g1
            udp:any                   | CONNECT            | open udp g1
            udp:any                   | CONNECT,LISTEN     | open udp g1
            bus:org.example.Player    | USE                | bus talk g1 org.example.Player
            bus:org.example.Player.*  | USE,LISTEN         | bus own g1 org.example.Player.*
            bus:org.example.Player    | LISTEN             | bus own g1 org.example.Player
            """)
    void anAllowedResourceBecomesItsRules(String resource, String access, String expected) {
        if (expected == null) {
            assertThrows(IllegalArgumentException.class, () -> Resource.parse(resource));
            return;
        }
        Policy policy = compile(ABI_7, allow("g1", resource, accesses(access)));
        assertEquals(
                List.of(expected.split(";")),
                lines(policy, "open", "file", "except", "file-from", "connect", "listen", "bus", "display"));
        assertEquals(List.of(), policy.unexpressed());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            0  | NONE    | protect files;missing connect-tcp;missing listen-tcp;missing signals;missing abstract-sockets;protect udp
            1  | PARTIAL | protect files;protect connect-tcp;protect listen-tcp;missing signals;protect abstract-sockets;protect udp
            3  | PARTIAL | protect files;protect connect-tcp;protect listen-tcp;missing signals;protect abstract-sockets;protect udp
            4  | PARTIAL | protect files;protect connect-tcp;protect listen-tcp;missing signals;protect abstract-sockets;protect udp
            5  | PARTIAL | protect files;protect connect-tcp;protect listen-tcp;missing signals;protect abstract-sockets;protect udp
            6  | FULL    | protect files;protect connect-tcp;protect listen-tcp;protect signals;protect abstract-sockets;protect udp
            7  | FULL    | protect files;protect connect-tcp;protect listen-tcp;protect signals;protect abstract-sockets;protect udp
            99 | FULL    | protect files;protect connect-tcp;protect listen-tcp;protect signals;protect abstract-sockets;protect udp
            """)
    void everyKernelGenerationEnforcesWhatItCanAndSaysWhatItCannot(int abi, Enforcement.Level level, String expected) {
        Policy policy = compile(new KernelFacts(abi, 0), allow("g1", "tcp:443", Access.CONNECT));
        List<String> found = lines(policy, "protect", "open", "missing").stream()
                .map(line -> String.join(" ", List.of(line.split(" ")).subList(0, 2)))
                .toList();
        assertEquals(List.of(expected.split(";")), found);
        assertEquals(level, policy.enforcement().level());
        assertEquals(abi >= 1 ? List.of("connect 443 g1") : List.of(), lines(policy, "connect"));
    }

    @Test
    void whatIsMissingNamesTheLinuxThatBringsIt() {
        assertEquals(
                List.of("5.13", "5.13", "5.13", "6.12", "5.13"),
                compile(new KernelFacts(0, 0)).enforcement().missing().stream()
                        .map(sentence -> sentence.replaceAll(".*Linux ([0-9.]+) .*", "$1"))
                        .toList());
    }

    @Test
    void whatTheUserAcceptsIsWrittenOnlyWhereSomethingIsMissing() {
        for (KernelFacts kernel : List.of(new KernelFacts(3, 0), ABI_7)) {
            Policy policy = PolicyCompiler.compile(APP, BARE, List.of(), true, COMMAND, kernel, home());
            assertEquals(kernel.equals(ABI_7) ? List.of() : List.of("accept-partial"), lines(policy, "accept-partial"));
        }
        assertEquals(List.of(), lines(compile(new KernelFacts(3, 0)), "accept-partial"));
    }

    @Test
    void everyPortOpensTheProtectionAndMakesRulesForSingleOnesNeedless() {
        Policy policy = compile(
                ABI_7,
                allow("browser/2", "tcp:any", Access.CONNECT),
                allow("g1", "tcp:443", Access.CONNECT),
                allow("g2", "tcp:8080", Access.LISTEN));
        assertEquals(List.of("open connect-tcp browser/2"), lines(policy, "open"));
        assertEquals(List.of("listen 8080 g2"), lines(policy, "connect", "listen"));
    }

    @ParameterizedTest
    @EnumSource(names = {"DENY", "ASK"})
    void everyPortButOneIsNotOpened(Decision decision) {
        Policy policy = compile(
                ABI_7,
                allow("browser/2", "tcp:any", Access.CONNECT),
                grant("g1", decision, "tcp:25", Access.CONNECT),
                allow("g2", "tcp:443", Access.CONNECT));
        assertEquals(List.of(), lines(policy, "open"));
        assertEquals(List.of("connect 443 g2"), lines(policy, "connect"));
        assertEquals("browser/2", policy.unexpressed().getFirst().reference());
        assertTrue(policy.unexpressed().getFirst().reason().startsWith("Port 25 is denied"));
    }

    @Test
    void aDisplayIsReachedAndOtherUnnamedSocketsStayClosed() {
        Policy policy = compile(ABI_7, allow("base/9", "service:x11", Access.USE));
        assertEquals(List.of("display x11 base/9"), lines(policy, "open", "display"));
        Policy without = compile(ABI_7, grant("g1", Decision.DENY, "service:x11", Access.USE));
        assertEquals(List.of(), lines(without, "open", "display", "file", "file-from"));
        assertEquals(List.of(), lines(compile(ABI_7, allow("g1", "service:x11", Access.READ)), "display", "file-from"));
    }

    @Test
    void receivingByUdpAloneIsNotGivenAndTheBusOnlyByName() {
        Policy policy = compile(
                ABI_7,
                allow("g1", "udp:any", Access.LISTEN),
                allow("g2", "place:$XDG_RUNTIME_DIR/bus", Access.READ, Access.WRITE),
                grant("g3", Decision.DENY, "bus:org.example.Player", Access.USE),
                allow("g4", "bus:org.example.Other", Access.READ));
        assertEquals(List.of(), lines(policy, "open", "file", "bus"));
        assertEquals(
                List.of("g1", "g2"),
                policy.unexpressed().stream().map(Policy.Unexpressed::reference).toList());
    }

    @Test
    void thePersonsFilesAndProtectedPortsAreAskedAbout() {
        List<String> places = List.of(
                "ask file /home/ada", "ask file /media", "ask file /mnt", "ask file /run/media", "ask file /srv");
        List<String> ports = List.of("ask connect-tcp", "ask listen-tcp");
        assertEquals(Stream.concat(places.stream(), ports.stream()).toList(), lines(compile(ABI_7), "ask"));
        assertEquals(places, lines(compile(new KernelFacts(0, 0)), "ask"));
        assertEquals(
                List.of("ask listen-tcp"),
                lines(compile(ABI_7, allow("g1", "tcp:any", Access.CONNECT)), "ask").stream()
                        .filter(line -> line.endsWith("-tcp"))
                        .toList());
        Home spread = new Home(
                "/home/ada",
                "/c",
                "/home/ada/d",
                "/k",
                "/c/s",
                "/r",
                1000,
                Map.of(UserFolder.MUSIC, "/srv/music", UserFolder.DOCUMENTS, "/home/ada/Documents"),
                Set.of("/films", "/home/ada/Papers"));
        assertEquals(
                List.of("/home/ada", "/c", "/films", "/srv/music", "/media", "/mnt", "/run/media", "/srv"),
                lines(
                                PolicyCompiler.compile(
                                        APP, BARE, List.of(), false, COMMAND, new KernelFacts(0, 0), spread),
                                "ask")
                        .stream()
                        .map(line -> line.substring("ask file ".length()))
                        .toList());
    }

    @ParameterizedTest
    @EnumSource(names = {"DENY", "ASK"})
    void whatIsDeniedOrAskedMakesNoRule(Decision decision) {
        Policy policy = compile(
                ABI_7,
                grant("g1", decision, "folder:documents", Access.READ, Access.WRITE),
                grant("g2", decision, "tcp:443", Access.CONNECT),
                grant("g3", decision, "tcp:any", Access.CONNECT),
                grant("g4", decision, "device:gpu", Access.USE));
        assertEquals(List.of(), lines(policy, "file", "connect", "open", "refused"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            # denied                | denied access | what becomes of rwx on /srv/a          | said
            place:/srv/a/secret     | READ          | file rwx g1 /srv/a;except rwx g2 /srv/a/secret | false
            place:/srv/a/secret     | READ,WRITE    | file rwx g1 /srv/a;except rwx g2 /srv/a/secret | false
            place:/srv/a/secret     | WRITE         | file rwx g1 /srv/a;except w g2 /srv/a/secret | false
            place:/srv/a/secret     | EXECUTE       | file rwx g1 /srv/a;except x g2 /srv/a/secret | false
            place:/srv/a            | WRITE         | file rx g1 /srv/a                       | true
            place:/srv/a            | READ          |                                         | true
            place:/srv/ab           | READ          | file rwx g1 /srv/a                      | false
            place:/srv              | READ          | file rwx g1 /srv/a                      | false
            """)
    void whatIsDeniedInsideIsTakenOut(String denied, String access, String stays, boolean said) {
        Policy policy = compile(
                ABI_7,
                allow("g1", "place:/srv/a", Access.READ, Access.WRITE, Access.EXECUTE),
                grant("g2", Decision.DENY, denied, accesses(access)));
        assertEquals(stays == null ? List.of() : List.of(stays.split(";")), lines(policy, "file", "except"));
        assertEquals(
                said ? List.of("g1") : List.of(),
                policy.unexpressed().stream().map(Policy.Unexpressed::reference).toList());
    }

    @Test
    void whatIsDeniedButCannotBeWrittenDownClosesWhatLiesAbove() {
        Policy policy = compile(
                ABI_7,
                allow("g1", "place:/srv", Access.READ),
                grant("g2", Decision.DENY, "place:/srv/" + "\u20ac".repeat(2000), Access.READ));
        assertEquals(List.of(), lines(policy, "file", "except"));
        assertEquals(1, policy.unexpressed().size());
    }

    @Test
    void theWholeHomeIsGivenWithoutKeysAndWithoutWhatRunsLater() {
        Policy policy = compile(
                ABI_7,
                allow("g1", "place:~", Access.READ, Access.WRITE),
                allow("g2", "place:~/.ssh/known_hosts", Access.READ),
                allow("g3", "place:~/.mozilla", Access.READ, Access.WRITE));
        assertEquals(
                List.of(
                        "file rw g1 /home/ada",
                        "file r g2 /home/ada/.ssh/known_hosts",
                        "file rw g3 /home/ada/.mozilla"),
                lines(policy, "file"));
        List<String> excepts = lines(policy, "except");
        for (String except : List.of(
                "except rw - /home/ada/.local/share/landgrant",
                "except rw - /home/ada/.ssh",
                "except rw - /home/ada/.mozilla",
                "except w - /home/ada/.bashrc",
                "except w - /home/ada/.config/autostart",
                "except w - /home/ada/.local/share/applications")) {
            assertTrue(excepts.contains(except), except);
        }
        assertEquals(List.of(), policy.unexpressed());
        assertEquals(
                List.of("except r - /home/ada/.local/share/landgrant"),
                lines(compile(ABI_7, allow("g1", "place:~/.local/share", Access.READ)), "except").stream()
                        .filter(line -> line.contains("landgrant"))
                        .toList());
        assertEquals(List.of(), lines(compile(ABI_7, allow("g1", "folder:download", Access.READ)), "except"));
    }

    @Test
    void aDeniedDeviceIsTakenOutAndAFolderDeniedByMeaningIsNotGiven() {
        Policy policy = compile(
                ABI_7,
                allow("g1", "place:/dev", Access.READ, Access.WRITE),
                grant("g2", Decision.DENY, "device:camera", Access.USE),
                allow("g3", "place:/home/ada/Music", Access.READ),
                grant("g4", Decision.DENY, "folder:music", Access.READ));
        assertEquals(List.of("file rwd g1 /dev"), lines(policy, "file"));
        assertTrue(lines(policy, "except").contains("except rwd g2 /dev/video0"), policy.text());
    }

    @Test
    void aPlaceAllowedInsideADeniedOneIsReached() {
        Policy policy = compile(
                ABI_7,
                grant("g1", Decision.DENY, "folder:documents", Access.READ),
                allow("g2", "place:~/Documents/letters", Access.READ));
        assertEquals(List.of("file r g2 /home/ada/Documents/letters"), lines(policy, "file"));
    }

    @ParameterizedTest
    @CsvSource({
        "place:$XDG_DATA_HOME/landgrant, belongs",
        "place:$XDG_DATA_HOME/landgrant/secret, belongs",
        "place:/run/user/1000/landgrant/agent, belongs",
    })
    void ourOwnPlacesAreInNoRule(String place, String word) {
        Policy policy = compile(ABI_7, allow("g1", place, Access.READ, Access.WRITE));
        assertEquals(List.of(), lines(policy, "file"));
        assertTrue(policy.unexpressed().getFirst().reason().contains(word), policy.text());
        assertTrue(policy.unexpressed().getFirst().reason().contains("grant "), policy.text());
    }

    @Test
    void withoutARuntimeFolderTheSocketsFolderIsProtected() {
        Home bare = new Home("/home/ada", "/c", "/d", "/k", "/s", "/d/landgrant/runtime", 1000, Map.of());
        assertEquals(
                List.of(
                        "/d/landgrant",
                        "/home/ada/.local/share/landgrant",
                        "/d/landgrant/runtime/landgrant",
                        "/run/user/1000/landgrant"),
                bare.protectedPlaces());
        Policy policy = PolicyCompiler.compile(
                APP, BARE, List.of(allow("g1", "place:/d", Access.READ)), false, COMMAND, ABI_7, bare);
        assertEquals(List.of("file r g1 /d"), lines(policy, "file"));
        assertTrue(lines(policy, "except").contains("except r - /d/landgrant"), policy.text());
    }

    @Test
    void aFolderTheUserDoesNotHaveIsSaid() {
        Policy policy = compile(ABI_7, allow("g1", "folder:publicshare", Access.READ));
        assertEquals(
                List.of(new Policy.Unexpressed("g1", "There is no folder for publicshare on this computer.")),
                policy.unexpressed());
    }

    @Test
    void ownFoldersAreMadeAndATemporaryFolderOfItsOwnIsGiven() {
        Template template = new Template("bare", "Bare", List.of(), List.of(), Set.of(), Map.of(), true);
        EffectiveGrant own = new EffectiveGrant(
                "firefox/1",
                new Resource.Place("~/.mozilla"),
                Set.of(Access.READ, Access.WRITE),
                Decision.ALLOW,
                Origin.TEMPLATE,
                true,
                Optional.empty());
        Policy policy = PolicyCompiler.compile(APP, template, List.of(own), false, COMMAND, ABI_7, home());
        assertEquals(
                List.of(
                        "create firefox/1 /home/ada/.mozilla",
                        "private-tmp /tmp/landgrant-1000/firefox-esr.desktop",
                        "file rw firefox/1 /home/ada/.mozilla"),
                lines(policy, "create", "private-tmp", "file"));
    }

    @Test
    void theEnvironmentIsInOrderAndWhatCannotBeSetIsRefused() {
        Template template = new Template(
                "bare",
                "Bare",
                List.of(),
                List.of(),
                Set.of("LD_PRELOAD", "AWS_*"),
                Map.of("B", "2 3", "A", "1"),
                false);
        Policy policy = PolicyCompiler.compile(APP, template, List.of(), false, COMMAND, ABI_7, home());
        assertEquals(List.of("unset AWS_*", "unset LD_PRELOAD", "set A 1", "set B 2 3"), lines(policy, "unset", "set"));
        Template broken = new Template("bare", "Bare", List.of(), List.of(), Set.of(), Map.of("A", ""), false);
        assertThrows(
                RefusedException.class,
                () -> PolicyCompiler.compile(APP, broken, List.of(), false, COMMAND, ABI_7, home()));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            app;%u                 | app;%u
            app;%U;%f              | app;%U
            app;--x=%u;%F          | app;--x=;%F
            app;%i;%c;%k           | app
            app;100%%;%%u          | app;100%%;%%u
            app;50%;%z             | app;50%%;%%z
            app;two words          | app;two words
            """)
    void fieldCodesForFilesStayAndOthersExpandToNothing(String words, String expected) {
        List<String> found = CommandWords.lines(List.of(words.split(";"))).stream()
                .map(line -> ((PolicyLine.Command) line).word())
                .toList();
        assertEquals(List.of(expected.split(";")), found);
    }

    @Test
    void aCommandThatCannotBeWrittenIsRefused() {
        for (List<String> words : List.of(
                List.<String>of(),
                List.of("%u"),
                List.of("%i"),
                List.of("app", ""),
                List.of("a\0b"),
                List.of("\ud800"))) {
            assertThrows(RefusedException.class, () -> CommandWords.lines(words), words::toString);
        }
        assertThrows(RefusedException.class, () -> CommandWords.lines(List.of("x".repeat(16_384))));
    }

    @Test
    void pathsThatCannotBeWrittenAreSaidAndTheRestStands() {
        Policy policy = compile(
                ABI_7,
                allow("g1", "place:/" + "\u20ac".repeat(2000), Access.READ),
                allow("g2", "place:/\ud800", Access.READ),
                allow("g3", "place:/" + "\u0001".repeat(4094), Access.READ),
                allow("g4", "place:/srv", Access.READ));
        assertEquals(List.of("file r g4 /srv"), lines(policy, "file"));
        assertEquals(
                List.of("g1", "g2", "g3"),
                policy.unexpressed().stream().map(Policy.Unexpressed::reference).toList());
    }

    @Test
    void threeHundredGrantsMakeThreeHundredRulesAndTooManyAreRefused() {
        List<EffectiveGrant> many = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            many.add(allow("g" + i, "place:/srv/" + i, Access.READ));
        }
        assertEquals(
                300,
                lines(compile(ABI_7, many.toArray(EffectiveGrant[]::new)), "file")
                        .size());
        for (int i = 0; i < 300; i++) {
            many.set(i, allow("g" + i, "place:/srv/" + i + "/" + "x".repeat(4000), Access.READ));
        }
        assertThrows(RefusedException.class, () -> compile(ABI_7, many.toArray(EffectiveGrant[]::new)));
    }

    @Test
    void realFirefoxIsTheGoldenFileOfBothLanguages() throws Exception {
        Template template =
                Templates.shipped().forApp(APP.value(), "/usr/lib/firefox-esr/firefox-esr", List.of("WebBrowser"));
        Policy policy = PolicyCompiler.compile(
                APP, template, EffectiveGrant.lay(template, List.of(), Samples.NOW), false, COMMAND, ABI_7, home());
        assertEquals(Files.readString(Path.of("golden/policy/90-compiled-firefox.policy")), policy.text());
        assertEquals(List.of(), policy.unexpressed());
        assertFalse(lines(policy, "file").stream().anyMatch(line -> line.endsWith(" /home/ada")));
    }

    private static Access[] accesses(String words) {
        return Set.of(words.split(",")).stream().map(Access::valueOf).toArray(Access[]::new);
    }
}
