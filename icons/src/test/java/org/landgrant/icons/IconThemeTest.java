package org.landgrant.icons;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IconThemeTest {
    @TempDir
    Path root;

    private Path icons;
    private IconTheme theme;

    @BeforeEach
    void anEmptySystem() {
        icons = root.resolve("usr/share/icons");
        theme = new IconTheme(
                root.resolve("home"),
                root.resolve("home/.config"),
                root.resolve("home/.local/share"),
                List.of(root.resolve("usr/local/share"), root.resolve("usr/share")));
    }

    private static Path file(Path path, String text) throws IOException {
        Files.createDirectories(path.getParent());
        return Files.writeString(path, text);
    }

    private void chooseTheme(String name) throws IOException {
        file(
                root.resolve("home/.config/gtk-3.0/settings.ini"),
                "[Settings]\ngtk-theme-name=x\ngtk-icon-theme-name=" + name + "\n");
    }

    private void theme(String name, String inherits, String... folders) throws IOException {
        StringBuilder text = new StringBuilder("[Icon Theme]\nName=" + name + "\n");
        if (!inherits.isEmpty()) {
            text.append("Inherits=").append(inherits).append('\n');
        }
        StringBuilder names = new StringBuilder();
        for (String folder : folders) {
            String[] parts = folder.split(" ", 2);
            names.append(parts[0]).append(',');
            text.append("\n[")
                    .append(parts[0])
                    .append("]\n")
                    .append(parts[1].replace(' ', '\n'))
                    .append('\n');
        }
        int end = text.indexOf("\n", text.indexOf("Name=")) + 1;
        text.insert(end, "Directories=" + names + "\n");
        file(icons.resolve(name).resolve("index.theme"), text.toString());
    }

    @Test
    void parentsAreSearchedDepthFirstAndHicolorLast() throws IOException {
        theme("Mine", "hicolor,Left,Right", "48 Size=48");
        theme("Left", "Deep", "48 Size=48");
        theme("Deep", "Mine", "48 Size=48");
        theme("Right", "", "48 Size=48");
        theme("hicolor", "", "48 Size=48");
        chooseTheme("Mine");
        assertEquals(List.of("Mine", "Left", "Deep", "Right", "hicolor"), theme.themes());
    }

    @Test
    void theFirstThemeWithTheIconWinsWhateverItsSize() throws IOException {
        theme("Mine", "", "16 Size=16");
        theme("hicolor", "", "48 Size=48");
        chooseTheme("Mine");
        Path small = file(icons.resolve("Mine/16/app.png"), "");
        file(icons.resolve("hicolor/48/app.png"), "");
        assertEquals(Optional.of(small), theme.find("app", 48, 1));
    }

    @Test
    void aFolderThatFitsBeatsANearerOneAndTheLeastDistanceComesNext() throws IOException {
        theme(
                "hicolor",
                "",
                "16 Size=16 Type=Fixed",
                "32 Size=32 Type=Threshold Threshold=4",
                "32@2 Size=32 Scale=2 Type=Fixed",
                "any Size=128 Type=Scalable MinSize=64 MaxSize=256");
        Path fixed = file(icons.resolve("hicolor/16/a.png"), "");
        Path threshold = file(icons.resolve("hicolor/32/a.png"), "");
        Path doubled = file(icons.resolve("hicolor/32@2/a.png"), "");
        Path scalable = file(icons.resolve("hicolor/any/a.svg"), "");
        assertEquals(Optional.of(fixed), theme.find("a", 16, 1));
        assertEquals(Optional.of(fixed), theme.find("a", 20, 1));
        assertEquals(Optional.of(threshold), theme.find("a", 29, 1));
        assertEquals(Optional.of(threshold), theme.find("a", 40, 1));
        assertEquals(Optional.of(doubled), theme.find("a", 32, 2));
        assertEquals(Optional.of(scalable), theme.find("a", 100, 1));
        assertEquals(Optional.of(scalable), theme.find("a", 512, 1));
    }

    @Test
    void pngComesBeforeSvgAndTheUsersFolderBeforeTheSystems() throws IOException {
        theme("hicolor", "", "48 Size=48");
        Path svg = file(icons.resolve("hicolor/48/a.svg"), "");
        assertEquals(Optional.of(svg), theme.find("a", 48, 1));
        Path png = file(icons.resolve("hicolor/48/a.png"), "");
        assertEquals(Optional.of(png), theme.find("a", 48, 1));
        Path own = file(root.resolve("home/.icons/hicolor/48/a.svg"), "");
        assertEquals(Optional.of(own), theme.find("a", 48, 1));
    }

    @Test
    void iconsOutsideThemesAndInPixmapsAreFoundLast() throws IOException {
        Path pixmap = file(root.resolve("usr/share/pixmaps/b.png"), "");
        assertEquals(Optional.of(pixmap), theme.find("b", 48, 1));
        Path plain = file(root.resolve("home/.local/share/icons/b.svg"), "");
        assertEquals(Optional.of(plain), theme.find("b", 48, 1));
    }

    @Test
    void aNameMayWronglyEndLikeAFileOrBeAnAbsolutePath() throws IOException {
        Path pixmap = file(root.resolve("usr/share/pixmaps/b.png"), "");
        assertEquals(Optional.of(pixmap), theme.find("b.png", 48, 1));
        assertEquals(Optional.of(pixmap), theme.find("b.xpm", 48, 1));
        assertEquals(Optional.of(pixmap), theme.find(pixmap.toString(), 48, 1));
        assertEquals(Optional.empty(), theme.find(root.resolve("missing.png").toString(), 48, 1));
        assertEquals(
                Optional.empty(),
                theme.find(file(root.resolve("usr/share/pixmaps/c.xpm"), "").toString(), 48, 1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "../secret", "a/b", ".hidden", "a\0b", "/a\0b.png", "a\nb"})
    void aNameThatIsNoPlainNameFindsNothing(String name) throws IOException {
        file(root.resolve("usr/share/secret.png"), "");
        file(root.resolve("usr/share/pixmaps/a/b.png"), "");
        assertEquals(Optional.empty(), theme.find(name, 48, 1));
    }

    @Test
    void aThemeCannotPointOutsideItself() throws IOException {
        theme("hicolor", "../evil", "../../../../secret Size=48", "/ Size=48");
        file(root.resolve("secret/a.png"), "");
        assertEquals(Optional.empty(), theme.find("a", 48, 1));
        assertEquals(List.of("hicolor"), theme.themes());
    }

    @Test
    void aThemeThatChangedIsReadAgain() throws IOException {
        theme("hicolor", "", "48 Size=48");
        Path late = file(icons.resolve("hicolor/64/a.png"), "");
        assertEquals(Optional.empty(), theme.find("a", 48, 1));
        theme("hicolor", "", "64 Size=64");
        Files.setLastModifiedTime(icons.resolve("hicolor/index.theme"), FileTime.fromMillis(1));
        assertEquals(Optional.of(late), theme.find("a", 48, 1));
    }

    @Test
    void kdesChoiceIsReadWhenGtkHasNone() throws IOException {
        theme("Breeze", "", "48 Size=48");
        theme("hicolor", "", "48 Size=48");
        file(root.resolve("home/.config/kdeglobals"), "[General]\nx=1\n[Icons]\nTheme=Breeze\n");
        assertEquals(List.of("Breeze", "hicolor"), theme.themes());
    }

    @Test
    void hugeOrSenselessThemesAreBounded() throws IOException {
        file(
                icons.resolve("hicolor/index.theme"),
                "[Icon Theme]\nDirectories=a\n[a]\nSize=99999999999\nMinSize=-4\nScale=0\nType=Scalable\n=\n[[\n");
        Path found = file(icons.resolve("hicolor/a/x.png"), "");
        assertEquals(Optional.of(found), theme.find("x", 48, 1));
        file(icons.resolve("hicolor/index.theme"), "#".repeat((1 << 20) + 1));
        assertEquals(Optional.empty(), theme.find("x", 48, 1));
    }
}
