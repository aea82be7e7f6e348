package org.landgrant.profiles;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.landgrant.grants.Access;
import org.landgrant.grants.Resource;
import org.landgrant.grants.Template;

final class TemplatesTest {
    private static final String BASE = "title Any\nread /usr # programs\nunset A\nset B 1\n";

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            firefox-esr.desktop     | /usr/lib/firefox-esr/firefox-esr | WebBrowser | firefox
            org.mozilla.firefox     | whatever                         |            | firefox
            my-own.desktop          | /opt/firefox/firefox             | WebBrowser | firefox
            chromium.desktop        | /usr/bin/chromium                | WebBrowser | chromium
            chromium-browser        | x                                |            | chromium
            google-chrome.desktop   | /usr/bin/google-chrome-stable    | WebBrowser | google-chrome
            brave-browser.desktop   | /usr/bin/brave-browser-stable    | WebBrowser | brave
            microsoft-edge.desktop  | /usr/bin/microsoft-edge-stable   | WebBrowser | microsoft-edge
            vivaldi-stable.desktop  | /usr/bin/vivaldi-stable          | WebBrowser | vivaldi
            librewolf.desktop       | librewolf                        | WebBrowser | librewolf
            torbrowser.desktop      | torbrowser-launcher              | WebBrowser | torbrowser
            epiphany.desktop        | epiphany                         | WebBrowser | browser
            chromium.desktop        | firefox                          | WebBrowser | chromium
            vim.desktop             | vim                              | ConsoleOnly | base
            thunderbird.desktop     | /usr/bin/thunderbird             | Email      | thunderbird
            libreoffice-writer.desktop | libreoffice                   | Office     | libreoffice
            libreoffice-math.desktop | libreoffice                     | Education  | libreoffice
            my-letters.desktop      | /opt/libreoffice24.8/program/soffice | Office | libreoffice
            org.gnome.Evince.desktop | evince                          | Viewer     | evince
            org.gnome.gedit.desktop | gedit                            | TextEditor | gedit
            gimp.desktop            | gimp-2.10                        | 2DGraphics | gimp
            vlc.desktop             | /usr/bin/vlc                     | Player     | vlc
            org.keepassxc.KeePassXC.desktop | keepassxc                | Security   | keepassxc
            org.telegram.desktop.desktop | telegram-desktop            | Chat       | telegram
            telegramdesktop.desktop | /home/ada/Telegram/Telegram      | Chat       | telegram
            codium.desktop          | /usr/share/codium/codium         | IDE        | vscodium
            code.desktop            | /usr/share/code/code             | TextEditor | vscode
            drawing.desktop         | drawing                          | 2DGraphics | image
            sol.desktop             | sol                              | Game       | game
            seahorse.desktop        | seahorse                         | Security   | base
            """)
    void anAppIsMatchedByIdThenProgramThenCategory(String id, String program, String category, String expected) {
        List<String> categories = category == null ? List.of() : List.of("Network", category);
        assertEquals(
                expected, Templates.shipped().forApp(id, program, categories).name());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            GNOME GTK Office Email Calendar             | mail
            TextEditor Development IDE                  | ide
            GNOME GTK Office Viewer Graphics 2DGraphics | viewer
            AudioVideo Audio AudioVideoEditing          | studio
            AudioVideo Player Recorder                  | player
            Office WordProcessor                        | office
            Office Calendar                             | base
            System TerminalEmulator                     | base
            """)
    void ofSeveralCategoriesTheOneCountsThatStandsFirstInTheIndex(String categories, String expected) {
        List<String> inAnyOrder = new ArrayList<>(List.of(categories.split(" ")));
        for (int turn = 0; turn < 2; turn++) {
            assertEquals(
                    expected,
                    Templates.shipped().forApp("some", "some", inAnyOrder).name());
            Collections.reverse(inAnyOrder);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            org.gnome.Calculator.desktop          | bus:org.gnome.Calculator.*
            org.gnome.gedit                       | bus:org.gnome.gedit.*
            org.xfce.mousepad.desktop             | bus:org.xfce.mousepad.*
            com.example.two-words.desktop         | bus:com.example.two-words.*
            some.desktop                          |
            org.example.9lives.desktop            |
            org.freedesktop.Notifications.desktop |
            """)
    void anAppMayHaveTheNameOnTheBusThatItsIdIs(String id, String name) {
        List<String> own = Templates.shipped().forApp(id, "some", List.of()).grants().stream()
                .filter(entry -> entry.resource() instanceof Resource.BusName
                        && entry.access().contains(Access.LISTEN))
                .map(entry -> entry.resource().text())
                .toList();
        assertEquals(name == null ? List.of() : List.of(name), own);
    }

    @Test
    void everyShippedFileIsInTheIndexAndEveryLineOfItSaysWhatItIsFor() throws Exception {
        Path folder = Path.of(Templates.class.getResource("templates").toURI());
        try (Stream<Path> files = Files.list(folder)) {
            Set<String> names = Set.copyOf(files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".template"))
                    .map(name -> name.replace(".template", ""))
                    .toList());
            List<Template> all = Templates.shipped().all();
            assertEquals(names, Set.copyOf(all.stream().map(Template::name).toList()));
            for (Template template : all) {
                template.grants()
                        .forEach(entry -> assertTrue(entry.purpose().isPresent(), () -> template + " " + entry));
            }
        }
    }

    @Test
    void whatIsNotGrantedMayHaveAReasonInEveryLanguageOfTheWindows() {
        Set<Access> look = Set.of(Access.READ);
        Template firefox = Templates.shipped().named("firefox").orElseThrow();
        Resource documents = Resource.parse("folder:documents");
        assertTrue(firefox.grants().stream().noneMatch(entry -> entry.resource().equals(documents)));
        String english = firefox.reason(documents, look, Locale.ENGLISH).orElseThrow();
        assertTrue(english.endsWith("Pages load without it."), english);
        assertEquals(Optional.of(english), firefox.reason(documents, look, Locale.FRENCH));
        assertEquals(Optional.empty(), firefox.reason(Resource.parse("place:~/Work"), look, Locale.ENGLISH));
        Resource port = new Resource.TcpPort(8080);
        assertTrue(firefox.reason(port, Set.of(Access.LISTEN), Locale.ENGLISH)
                .orElseThrow()
                .startsWith("For calls"));
        assertTrue(Templates.shipped()
                .named("base")
                .orElseThrow()
                .reason(port, Set.of(Access.LISTEN), Locale.ENGLISH)
                .orElseThrow()
                .startsWith("For being reached"));
        for (Template template : Templates.shipped().all()) {
            for (Template.Ask ask : template.asks()) {
                assertEquals(Set.of("en", "ja"), ask.reasons().keySet(), () -> template.name() + " " + ask);
            }
        }
    }

    @Test
    void firefoxHasItsOldAndItsNewProfileAndNobodyElses() {
        Template firefox = Templates.shipped().named("firefox").orElseThrow();
        for (String own : List.of("~/.mozilla", "$XDG_CONFIG_HOME/mozilla", "$XDG_CACHE_HOME/mozilla", "~/.pki")) {
            Template.Entry entry = entry(firefox, "place:" + own);
            assertEquals(Set.of(Access.READ, Access.WRITE), entry.access());
            assertTrue(entry.create());
        }
        assertEquals(
                Set.of(Access.READ, Access.WRITE),
                entry(firefox, "folder:download").access());
        assertEquals(
                Set.of(Access.READ, Access.WRITE), entry(firefox, "place:/proc").access());
        assertTrue(firefox.privateTemporary());
        assertFalse(firefox.grants().toString().contains("chromium"));
    }

    /** The last paragraph of the research on what confined programs need, as a table. */
    @Test
    void noShippedTemplateGrantsSecretsOrAWayToStayOrEverythingAround() {
        List<String> secrets = List.of(
                "~/.ssh",
                "~/.gnupg",
                "~/.netrc",
                "~/.git-credentials",
                "~/.aws",
                "~/.kube",
                "~/.azure",
                "~/.config/gcloud",
                "~/.docker",
                "~/.password-store",
                "~/.local/share/keyrings",
                "~/.local/share/kwalletd",
                "~/.local/share/landgrant",
                "~/.config/landgrant",
                "/run/user/1/landgrant",
                "/run/user/1/systemd",
                "/run/user/1/gnome-shell",
                "/run/user/1/containers",
                "/run/user/1/libpod",
                "/run/user/1/sway-ipc",
                "/run/user/1/i3",
                "/run/user/1/hypr",
                "/run/user/1/keyring",
                "/run/user/1/gnupg",
                "/run/user/1/ssh-agent",
                "/run/docker.sock");
        List<String> persistence = List.of(
                "~/.bashrc",
                "~/.profile",
                "~/.zshrc",
                "~/.xinitrc",
                "~/.xprofile",
                "~/.config/autostart",
                "~/.config/autostart-scripts",
                "~/.config/systemd",
                "~/.config/environment.d",
                "~/.config/plasma-workspace",
                "~/.config/sway",
                "~/.config/i3",
                "~/.config/hypr",
                "~/.config/openbox",
                "~/.config/menus",
                "~/.config/fish",
                "~/.config/git",
                "~/.local/share/applications",
                "~/.local/share/dbus-1",
                "~/.local/share/systemd",
                "~/.local/share/gnome-shell",
                "~/.local/share/kio",
                "~/.local/share/nautilus",
                "~/.local/share/nemo",
                "~/.local/bin",
                "~/bin",
                "~/.cargo/bin",
                "~/.vim",
                "~/.emacs.d");
        for (Template template : Templates.shipped().all()) {
            for (Template.Entry entry : template.grants()) {
                if (entry.resource() instanceof Resource.Place place) {
                    String path = expand(place.path());
                    secrets.forEach(secret -> assertFalse(touches(path, secret), template.name() + ": " + path));
                    if (entry.access().contains(Access.WRITE)) {
                        persistence.forEach(way -> assertFalse(touches(path, way), template.name() + ": " + path));
                    }
                    if (touches(path, "~/.pki")) {
                        assertEquals("~/.pki", path);
                        assertTrue(template.grants().stream()
                                .anyMatch(other -> other.resource().equals(new Resource.AnyTcpPort())));
                    }
                }
            }
        }
    }

    /** Whoever is asked by one of these names opens files or runs programs outside, or tells secrets. */
    @Test
    void noShippedTemplateTalksToWhatActsForOthers() {
        List<String> acting = List.of(
                "org.freedesktop.systemd1",
                "org.freedesktop.secrets",
                "org.freedesktop.FileManager1",
                "org.freedesktop.Flatpak",
                "org.freedesktop.DBus",
                "org.freedesktop.impl.portal.desktop.gtk",
                "org.gnome.Shell",
                "org.gnome.SessionManager",
                "org.gtk.vfs.Daemon",
                "org.kde.kwalletd5",
                "org.kde.klauncher5",
                "ca.desrt.dconf",
                "io.landgrant.Agent");
        for (Template template : Templates.shipped().all()) {
            for (Template.Entry entry : template.grants()) {
                if (entry.resource() instanceof Resource.BusName bus) {
                    String start = bus.name().replace(".*", "");
                    acting.forEach(
                            name -> assertFalse((name + ".").startsWith(start + "."), template.name() + ": " + name));
                }
            }
        }
        Template firefox = Templates.shipped().named("firefox").orElseThrow();
        assertTrue(entry(firefox, "bus:org.mozilla.firefox.*").access().contains(Access.LISTEN));
        assertEquals(Set.of(Access.CONNECT), entry(firefox, "udp:any").access());
        assertTrue(firefox.grants().stream()
                .noneMatch(entry -> entry.resource().text().equals("place:$XDG_RUNTIME_DIR/bus")));
    }

    /** What a kind has for all of its apps, such as the words of the spell checker, is nobody's alone. */
    @Test
    void noTemplateReachesWhatIsAnotherAppsOwn() {
        Templates templates = Templates.shipped();
        Set<String> kinds = Set.copyOf(templates.kinds());
        Map<Path, String> owners = new HashMap<>();
        Set<Resource> shared = new HashSet<>();
        for (String kind : kinds) {
            templates.named(kind).orElseThrow().grants().forEach(entry -> shared.add(entry.resource()));
        }
        for (Template template : templates.all()) {
            for (Template.Entry entry : template.grants()) {
                if (entry.create()
                        && !shared.contains(entry.resource())
                        && entry.resource() instanceof Resource.Place place) {
                    String other = owners.put(Path.of(expand(place.path())), template.name());
                    assertEquals(null, other, place.path());
                }
            }
        }
        assertTrue(owners.size() > 150, owners::toString);
        for (Template template : templates.all()) {
            for (Template.Entry entry : template.grants()) {
                if (entry.resource() instanceof Resource.Place place) {
                    Path path = Path.of(expand(place.path()));
                    owners.forEach((own, owner) -> assertTrue(
                            owner.equals(template.name()) || !own.startsWith(path),
                            () -> template.name() + " reaches " + own + " of " + owner));
                }
            }
        }
    }

    /** What is the person's is given by kind only, so that the few lines can be looked through. */
    @Test
    void ofThePersonsFoldersATemplateHasWhatItsKindHas() {
        Templates templates = Templates.shipped();
        Map<String, Set<String>> allowed = Map.ofEntries(
                Map.entry("base", Set.of()),
                Map.entry("browser", Set.of("write folder:download")),
                Map.entry("mail", Set.of("write folder:download")),
                Map.entry("chat", Set.of("write folder:download")),
                Map.entry("download", Set.of("write folder:download")),
                Map.entry("ide", Set.of()),
                Map.entry("viewer", Set.of("read folder:documents", "read folder:download", "read folder:pictures")),
                Map.entry("office", Set.of("write folder:documents", "read folder:pictures", "read folder:templates")),
                Map.entry("studio", Set.of("write folder:videos", "read folder:music", "read folder:pictures")),
                Map.entry("modelling", Set.of("write folder:documents")),
                Map.entry("image", Set.of("write folder:pictures", "read folder:download")),
                Map.entry("player", Set.of("read folder:music", "read folder:videos", "read folder:download")),
                Map.entry("text", Set.of("write folder:documents")),
                Map.entry("game", Set.of()),
                Map.entry("pdf", Set.of("read folder:documents", "read folder:download")),
                Map.entry("password", Set.of()),
                Map.entry("sync", Set.of()),
                Map.entry("audacity", Set.of("write folder:videos", "write folder:music", "read folder:pictures")));
        assertEquals(allowed.keySet(), with(templates.kinds(), "audacity"));
        for (Template template : templates.all()) {
            Set<String> has = new HashSet<>();
            for (Template.Entry entry : template.grants()) {
                if (entry.resource() instanceof Resource.Folder folder) {
                    has.add((entry.access().contains(Access.WRITE) ? "write " : "read ") + folder.text());
                }
                if (entry.resource() instanceof Resource.Place place && entry.create()) {
                    String path = expand(place.path());
                    assertTrue(
                            !Set.of("~", "~/.config", "~/.cache", "~/.local", "~/.local/share", "~/.local/state")
                                    .contains(path),
                            () -> template.name() + " has the whole of " + path);
                }
            }
            String name = template.name();
            String kind = allowed.containsKey(name) ? name : templates.kindOf(name);
            assertEquals(allowed.get(kind), has, name);
        }
    }

    private static Set<String> with(List<String> some, String one) {
        Set<String> all = new HashSet<>(some);
        all.add(one);
        return all;
    }

    @Test
    void aTemplateBeginsWithWhatItExtendsAndTheLaterGrantWins() {
        Template child = templates(Map.of("base.template", BASE, "child.template", """
                                # for people

                                title Child
                                extends base
                                match id child
                                write /usr
                                own $XDG_DATA_HOME/child#1 # its # data
                                own+execute ~/parts
                                read folder:music
                                connect 443
                                listen any
                                udp any
                                bus talk org.example.Notes # notes
                                bus own org.example.Player.*
                                device gpu
                                service x11
                                unset C*
                                set B two words
                                private-tmp
                                """))
                .named("child")
                .orElseThrow();
        assertEquals(
                List.of(
                        "place:/usr",
                        "place:$XDG_DATA_HOME/child#1",
                        "place:~/parts",
                        "folder:music",
                        "tcp:443",
                        "tcp:any",
                        "udp:any",
                        "bus:org.example.Notes",
                        "bus:org.example.Player.*",
                        "device:gpu",
                        "service:x11"),
                child.grants().stream().map(entry -> entry.resource().text()).toList());
        assertEquals(
                Set.of(Access.READ, Access.WRITE), child.grants().getFirst().access());
        assertEquals(Set.of(Access.USE), entry(child, "bus:org.example.Notes").access());
        assertEquals(
                Set.of(Access.USE, Access.LISTEN),
                entry(child, "bus:org.example.Player.*").access());
        assertEquals("its # data", child.grants().get(1).purpose().orElseThrow());
        assertEquals(Set.of("A", "C*"), child.unset());
        assertEquals(Map.of("B", "two words"), child.set());
        assertTrue(child.privateTemporary());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            raed /usr               | "raed" is not a word of templates
            read                    | something follows "read"
            private-tmp now         | nothing follows private-tmp
            ask read ~/a            | ask is followed by a grant and what it would be for
            ask private-tmp         | ask is followed by a grant and what it would be for
            ask ask read ~/a # b    | ask is followed by a grant and what it would be for
            in ja words             | in stands below an ask, and is followed by a language and words
            read usr                | a place is an absolute path below 4,096 characters
            read /usr/../etc        | a place has no empty, '.' or '..' parts
            read folder:cellar      | there is no folder called "cellar"; there are desktop, download, documents, pictures, music, videos, templates, publicshare
            device toaster          | there is no device called "toaster"
            connect 70000           | a port is a number from 0 to 65535
            match name x            | match is followed by id, program or category
            match id                | match id is followed by what to match
            unset A-B               | "A-B" is not the name of an environment variable
            set A*B c               | "A*B" is not the name of an environment variable
            udp 53                  | of UDP there is only udp:any, because ports are not told apart
            bus see org.example.A   | bus is followed by talk or own, and a name
            bus talk                | bus is followed by talk or own, and a name
            set A                   | set is followed by a name and a value
            title Again             | title stands here twice
            """)
    void whatIsNotUnderstoodIsRefusedWithFileAndLine(String line, String sentence) {
        TemplateException refused = assertThrows(
                TemplateException.class,
                () -> TemplateFile.parse("own.template", "# a comment\ntitle Own\n" + line + "\n"));
        assertEquals("own.template, line 3: " + sentence, refused.getMessage());
    }

    @Test
    void templatesThatDoNotFitTogetherAreRefused() {
        String title = "title T\n";
        for (Map<String, String> bad : List.of(
                Map.of("other.template", title),
                Map.of("base.template", BASE, "a.template", title + "extends nowhere\n"),
                Map.of("base.template", BASE, "a.template", title + "extends a\n"),
                Map.of("base.template", BASE, "a.template", title + "extends b\n", "b.template", title + "extends a\n"),
                Map.of(
                        "base.template",
                        BASE,
                        "a.template",
                        title + "match id x\n",
                        "b.template",
                        title + "match id x\n"),
                Map.of("base.template", BASE, "a.template", title + "read /a\nwrite /a\n"),
                Map.of("base.template", BASE, "a.template", "read /a\n"),
                Map.of("base.template", BASE, "UPPER.template", title))) {
            assertThrows(TemplateException.class, () -> templates(bad), bad::toString);
        }
    }

    private static Templates templates(Map<String, String> texts) {
        return new Templates(texts);
    }

    private static Template.Entry entry(Template template, String resource) {
        return template.grants().stream()
                .filter(entry -> entry.resource().text().equals(resource))
                .findFirst()
                .orElseThrow(() -> new AssertionError(template.name() + " does not say anything about " + resource));
    }

    private static String expand(String path) {
        return path.replace("$XDG_CONFIG_HOME", "~/.config")
                .replace("$XDG_DATA_HOME", "~/.local/share")
                .replace("$XDG_CACHE_HOME", "~/.cache")
                .replace("$XDG_STATE_HOME", "~/.local/state")
                .replace("$XDG_RUNTIME_DIR", "/run/user/1");
    }

    private static boolean touches(String path, String place) {
        return path.equals("/") || path.equals(place) || path.startsWith(place + "/") || place.startsWith(path + "/");
    }
}
