package org.landgrant.prompts;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.MessageFormat;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.landgrant.grants.UserFolder;

/** The words themselves: none is missing, none is left over, none is forgotten in Japanese. */
class TranslationsTest {
    private static final Path WORDS = Path.of("src/main/resources/org/landgrant/ui");
    private static final Path CODE = Path.of("src/main/java");
    private static final Pattern LITERAL = Pattern.compile("\"([a-z]+(?:\\.[a-z0-9_-]*)*)\"");
    private static final Pattern SAID = Pattern.compile("\\bsay\\(\\s*\"([a-z0-9.]+)\"\\s*[,)]");

    /** Names and signs that are the same in every language. */
    private static final Set<String> ALIKE = Set.of(
            "window.title",
            "network.web",
            "reach.web",
            "once.where",
            "refusals.line",
            "level.off",
            "fact.display.wayland",
            "fact.display.x11",
            "fact.landlock.version",
            "fact.linux.version",
            "settings.language.english",
            "settings.language.japanese");

    /** Files whose sentences no window shows, and where they are read. */
    private static final Map<String, String> NO_WINDOW = Map.of(
            "Agent.java", "the terminal: the agent does not begin",
            "AgentLock.java", "the terminal: the agent does not begin",
            "AgentSocket.java", "the terminal: the agent does not begin, or a command is turned away",
            "DesktopWindows.java", "the terminal: there is no display",
            "KernelProbe.java", "nobody: windows say what the kernel lacks in words of Protection",
            "OwnFolders.java", "the terminal: the agent does not begin",
            "Threshold.java", "the terminal: a launch waits, or nothing is started",
            "Secret.java", "the terminal: the agent does not begin");

    private static Properties english;
    private static Properties japanese;
    private static String code;

    @BeforeAll
    static void readAll() throws IOException {
        english = read("messages.properties");
        japanese = read("messages_ja.properties");
        try (Stream<Path> files = Files.walk(CODE)) {
            StringBuilder all = new StringBuilder();
            for (Path file :
                    files.filter(one -> one.toString().endsWith(".java")).toList()) {
                all.append(Files.readString(file));
            }
            code = all.toString();
        }
    }

    private static Properties read(String name) throws IOException {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(WORDS.resolve(name))) {
            properties.load(reader);
        }
        return properties;
    }

    private static Set<String> matches(Pattern pattern) {
        Matcher matcher = pattern.matcher(code);
        return matcher.results().map(result -> result.group(1)).collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> names(Properties properties) {
        return new TreeSet<>(properties.stringPropertyNames());
    }

    @Test
    void everySentenceThatIsSaidIsThere() {
        Set<String> missing = matches(SAID);
        missing.removeIf(name -> name.endsWith(".") || english.containsKey(name));
        assertEquals(Set.of(), missing);
    }

    @Test
    void noSentenceIsLeftOver() {
        Set<String> literals = matches(LITERAL);
        Set<String> unused = names(english);
        unused.removeIf(name -> literals.contains(name)
                || literals.stream().anyMatch(start -> start.endsWith(".") && name.startsWith(start))
                // Families: ask.WHAT.HOW, network.MODE.hint, ANSWER.means.
                || Stream.of("ask.", "network.", "prompt.").anyMatch(name::startsWith));
        assertEquals(Set.of(), unused);
    }

    @Test
    void japaneseHasTheSameSentences() {
        assertEquals(names(english), names(japanese));
    }

    @Test
    void noSentenceIsLeftInEnglish() {
        Set<String> same = names(english);
        same.removeIf(name -> ALIKE.contains(name)
                || !english.getProperty(name).equals(japanese.getProperty(name))
                || english.getProperty(name).codePoints().noneMatch(Character::isLetter));
        assertEquals(Set.of(), same);
    }

    @Test
    void everySentenceOfARoomWithoutWordsCanBeTold() throws IOException {
        Words words = new Words(Locale.JAPANESE);
        Set<String> forgotten = RoomSentences.all().stream()
                .filter(text -> text.isSentence() && !NO_WINDOW.containsKey(text.file()))
                .filter(text -> words.told(text.words()).equals(text.words()))
                .map(text -> text.file() + ": " + text.words())
                .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(Set.of(), forgotten);
    }

    @Test
    void nothingIsToldThatNoRoomSays() throws IOException {
        Set<String> said =
                RoomSentences.all().stream().map(RoomSentences.Text::words).collect(Collectors.toSet());
        Arrays.stream(UserFolder.values()).map(UserFolder::word).forEach(said::add);
        Set<String> unsaid = names(english);
        Object[] holes = {RoomSentences.HOLE, RoomSentences.HOLE, RoomSentences.HOLE};
        unsaid.removeIf(name -> !name.startsWith("told.")
                || said.contains(new MessageFormat(english.getProperty(name), Locale.ENGLISH).format(holes)));
        assertEquals(Set.of(), unsaid);
    }

    @Test
    void noTranslationAsksForMoreValuesThanThereAre() {
        for (String name : names(japanese)) {
            int there = values(english.getProperty(name));
            int used = values(japanese.getProperty(name));
            assertEquals(there, Math.max(there, used), name);
        }
    }

    @Test
    void everySentenceWithFormsCanBeSaidOfEveryNumberInBothLanguages() {
        for (Locale language : List.of(Locale.ENGLISH, Locale.JAPANESE)) {
            Words words = new Words(language);
            Set<String> wrong = names(english);
            wrong.removeIf(name -> !english.getProperty(name).contains(",plural,")
                    || IntStream.of(0, 1, 2, 3, 1000)
                            .mapToObj(number -> words.say(name, number, number, number))
                            .noneMatch(said -> said.contains("plural") || said.contains("#") || said.contains("{")));
            assertEquals(Set.of(), wrong);
        }
    }

    /** How many values a pattern uses, those within its forms too. */
    private static int values(String pattern) {
        return Arrays.stream(pattern.split("\\{", -1))
                .skip(1)
                .filter(part -> !part.isEmpty() && Character.isDigit(part.charAt(0)))
                .mapToInt(part -> Character.digit(part.charAt(0), 10) + 1)
                .max()
                .orElse(0);
    }
}
