package org.landgrant.desktop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.landgrant.grants.RefusedException;

class ExecLineTest {
    private static final ExecLine.Facts FACTS =
            new ExecLine.Facts(Optional.of("gedit"), "An \"App\" 100%", "/usr/share/applications/a b.desktop");

    private static List<String> words(String raw) {
        return ExecLine.words(DesktopEntry.unescape(raw), FACTS);
    }

    static List<Arguments> lines() {
        return List.of(
                Arguments.of("app", List.of("app")),
                Arguments.of("  app \t x  ", List.of("app", "x")),
                Arguments.of("\"/opt/My App/app\" --x \"a b\" %U", List.of("/opt/My App/app", "--x", "a b", "%U")),
                Arguments.of("env \"FOO=a \\\\$b\" app %f", List.of("env", "FOO=a $b", "app", "%f")),
                Arguments.of("app --100%%  %u", List.of("app", "--100%%", "%u")),
                Arguments.of(
                        "app --title %c %i %U", List.of("app", "--title", "An \"App\" 100%%", "--icon", "gedit", "%U")),
                Arguments.of(
                        "sh -c \"echo \\\\\"hi\\\\\" \\\\$HOME\" x %F",
                        List.of("sh", "-c", "echo \"hi\" $HOME", "x", "%F")),
                Arguments.of("sh -c 'echo $HOME; x' y", List.of("sh", "-c", "echo $HOME; x", "y")),
                Arguments.of("app --desktop=%k", List.of("app", "--desktop=/usr/share/applications/a b.desktop")),
                Arguments.of("app a\\sb", List.of("app", "a", "b")),
                Arguments.of("app \"a\\\\\\\\b\" \"\" c", List.of("app", "a\\b", "", "c")),
                Arguments.of("app a\\\\ b", List.of("app", "a b")),
                Arguments.of("app %d %D %n %N %v %m x", List.of("app", "x")),
                Arguments.of("app \"%U\"", List.of("app", "%U")),
                Arguments.of("app --open=%f x", List.of("app", "--open=", "x")),
                Arguments.of("app ä€😀", List.of("app", "ä€😀")));
    }

    @ParameterizedTest
    @MethodSource("lines")
    void bothLayersOfQuotingAreResolved(String raw, List<String> expected) {
        assertEquals(expected, words(raw));
    }

    @Test
    void anIconThatIsMissingMakesNoWords() {
        assertEquals(List.of("app", "x"), ExecLine.words("app %i x", new ExecLine.Facts(Optional.empty(), "", "")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "   ",
                "%U",
                "\"\"",
                "app \"a",
                "app 'a",
                "app \\\\",
                "app %",
                "app %x",
                "app %é",
                "app --uris=%u -- app %U",
                "app %f %f",
                "FOO=1 app",
                "app a;b",
                "app a&b",
                "app | x",
                "app > x",
                "app $HOME",
                "app `id`",
                "app \"$(id)\"",
                "app \"`id`\"",
                "app *",
                "app ~",
                "app #x",
                "app (x)",
                "app a\\nb",
                "app \"a\\nb\"",
                "app x%iy%f"
            })
    void whatDesktopsMightReadDifferentlyIsRefusedWithAReason(String raw) {
        RefusedException refused = assertThrows(RefusedException.class, () -> words(raw));
        assertTrue(refused.getMessage().matches("(is|has|holds|ends|names) .*"), refused.getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "we ird.desktop", "a\"b", "a$b`c\\d", "100%U", "a'b;c&d", "\\\\", "%%", "ä ö", "-x"})
    void aQuotedArgumentComesOutAsItWent(String argument) {
        String doubled = argument.replace("%", "%%");
        assertEquals(List.of("app", doubled), words("app " + ExecLine.quote(argument)));
        assertEquals(List.of("app", doubled), words("app " + ExecLine.quoteIfNeeded(argument)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/a/b.desktop", "/a b/c.desktop", "/a$b\"c/%d.desktop"})
    void theLocationIsReplacedInAndOutsideQuotes(String location) {
        String expected = location.replace("%", "%%");
        for (String raw : List.of("app %k", "app \"%k\"", "app \"\\\\\"\" %k", "app \\\\\" %k")) {
            List<String> words = words(ExecLine.withLocation(raw, location));
            assertEquals(expected, words.getLast(), raw);
        }
        assertEquals("app %%k %U", ExecLine.withLocation("app %%k %U", location));
    }

    @Test
    void aLocationThatCannotStandInSingleQuotesIsRefused() {
        assertEquals("sh -c 'x /a'", ExecLine.withLocation("sh -c 'x %k'", "/a"));
        assertThrows(RefusedException.class, () -> ExecLine.withLocation("sh -c 'x %k'", "/a b"));
    }
}
