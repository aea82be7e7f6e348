package org.landgrant.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.landgrant.grants.Legible;
import org.landgrant.launch.SelfTest;
import org.landgrant.launch.SelfTestFact;
import org.landgrant.launch.SelfTestRow;
import org.landgrant.prompts.Words;

/** What the self-test found, for a terminal and for programs. In English, as the other commands are. */
final class CheckText {
    private static final Words WORDS = new Words(Locale.ENGLISH);

    private CheckText() {}

    /** One line for each thing that was tried, what can be done about it below, then the computer's facts. */
    static String table(SelfTest.Report report) {
        List<List<String>> rows = new ArrayList<>();
        List<String> remedies = new ArrayList<>();
        for (SelfTestRow row : report.rows()) {
            String subject = WORDS.say("protect." + row.subject().word());
            rows.add(List.of(subject, verdict(row), why(row) + (row.detail().isEmpty() ? "" : " " + row.detail())));
            row.remedy().ifPresent(remedy -> remedies.add(subject + ": " + WORDS.say("protect.remedy." + remedy)));
        }
        StringBuilder text = new StringBuilder(Table.of(rows));
        if (!remedies.isEmpty()) {
            text.append('\n');
            remedies.stream()
                    .distinct()
                    .forEach(line -> text.append(Table.plain(line)).append('\n'));
        }
        text.append('\n')
                .append(Table.of(report.facts().stream()
                        .map(fact -> List.of(WORDS.say("fact." + fact.key()), value(fact)))
                        .toList()));
        return text.toString();
    }

    /** One object: {@code fine}, {@code rows} with stable words, {@code facts}. */
    static String json(SelfTest.Report report) {
        String rows = report.rows().stream()
                .map(row -> object(
                        "what", row.subject().word(),
                        "verdict", row.verdict().word(),
                        "reason", row.reason().word(),
                        "detail", row.detail()))
                .collect(Collectors.joining(",\n    "));
        String facts = report.facts().stream()
                .map(fact -> object("what", fact.key(), "state", fact.state(), "value", fact.value()))
                .collect(Collectors.joining(",\n    "));
        return "{\n  \"fine\": " + report.fine() + ",\n  \"rows\": [\n    " + rows + "\n  ],\n  \"facts\": [\n    "
                + facts + "\n  ]\n}\n";
    }

    private static String verdict(SelfTestRow row) {
        return WORDS.say("protect.verdict." + row.verdict().word());
    }

    private static String why(SelfTestRow row) {
        return WORDS.say("protect.why." + row.why());
    }

    private static String value(SelfTestFact fact) {
        return WORDS.say("fact." + fact.key() + "." + fact.state(), fact.value());
    }

    private static String object(String... namesAndValues) {
        List<String> members = new ArrayList<>();
        for (int at = 0; at < namesAndValues.length; at += 2) {
            members.add(quoted(namesAndValues[at]) + ": " + quoted(namesAndValues[at + 1]));
        }
        return "{" + String.join(", ", members) + "}";
    }

    static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        text.chars().forEach(unit -> {
            if (unit == '"' || unit == '\\') {
                quoted.append('\\').append((char) unit);
            } else if (unit < ' ' || !Legible.isLegible(unit)) {
                quoted.append(String.format(Locale.ROOT, "\\u%04x", unit));
            } else {
                quoted.append((char) unit);
            }
        });
        return quoted.append('"').toString();
    }
}
