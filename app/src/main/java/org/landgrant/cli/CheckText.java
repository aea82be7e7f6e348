package org.landgrant.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.landgrant.launch.SelfTest;
import org.landgrant.launch.SelfTestRow;
import org.landgrant.prompts.Words;

/** What the self-test found, for a terminal and for programs. In English, as the other commands are. */
final class CheckText {
    private static final Words WORDS = new Words(Locale.ENGLISH);

    private CheckText() {}

    /** What was tried, then what is around, each with what it means; what can be done stands last. */
    static String table(SelfTest.Report report, List<CheckFacts.Fact> facts, BiFunction<Integer, String, Paint> paint) {
        List<List<String>> tried = report.rows().stream()
                .map(row -> List.of(
                        row.verdict().fine() ? "good" : "bad",
                        subject(row),
                        WORDS.say("protect.verdict." + row.verdict().word()),
                        why(row) + (row.detail().isEmpty() ? "" : " " + row.detail())))
                .toList();
        List<List<String>> around = facts.stream()
                .map(fact -> List.of(
                        Shapes.word(fact.verdict()),
                        fact.title(),
                        fact.meaning().isEmpty() ? fact.value() : fact.value() + ". " + fact.meaning()))
                .toList();
        List<String> remedies = Stream.concat(
                        report.rows().stream()
                                .flatMap(row -> remedy(row).stream().map(remedy -> subject(row) + ": " + remedy)),
                        facts.stream()
                                .filter(fact -> !fact.remedy().isEmpty())
                                .map(fact -> fact.title() + ": " + fact.remedy()))
                .distinct()
                .toList();
        StringBuilder text =
                new StringBuilder(Table.of(tried, paint)).append('\n').append(Table.of(around, paint));
        if (!remedies.isEmpty()) {
            text.append("\nWhat can be done:\n");
            remedies.forEach(line -> text.append("  ").append(Table.plain(line)).append('\n'));
        }
        return text.toString();
    }

    /** Whether there is nothing to worry about. */
    static boolean fine(SelfTest.Report report, List<CheckFacts.Fact> facts) {
        return report.fine() && facts.stream().noneMatch(fact -> fact.verdict() == CheckFacts.Verdict.BAD);
    }

    /** One object: {@code fine}, {@code rows} with stable words, {@code facts}. */
    static Map<String, Object> shape(SelfTest.Report report, List<CheckFacts.Fact> facts) {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (SelfTestRow row : report.rows()) {
            rows.add(Shapes.of(
                    "what", row.subject().word(),
                    "verdict", row.verdict().word(),
                    "reason", row.reason().word(),
                    "detail", row.detail(),
                    "meaning", why(row),
                    "remedy", remedy(row).stream().findFirst()));
        }
        return Shapes.of(
                "fine",
                fine(report, facts),
                "rows",
                rows,
                "facts",
                facts.stream()
                        .map(fact -> Shapes.of(
                                "what", fact.key(),
                                "state", fact.state(),
                                "verdict", Shapes.word(fact.verdict()),
                                "value", fact.value(),
                                "meaning", fact.meaning(),
                                "remedy", Optional.of(fact.remedy()).filter(words -> !words.isEmpty())))
                        .toList());
    }

    private static List<String> remedy(SelfTestRow row) {
        return row.remedy().stream()
                .map(remedy -> WORDS.say("protect.remedy." + remedy))
                .toList();
    }

    private static String subject(SelfTestRow row) {
        return WORDS.say("protect." + row.subject().word());
    }

    private static String why(SelfTestRow row) {
        return WORDS.say("protect.why." + row.why());
    }
}
