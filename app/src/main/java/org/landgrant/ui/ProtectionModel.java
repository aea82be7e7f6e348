package org.landgrant.ui;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.landgrant.launch.SelfTest;
import org.landgrant.launch.SelfTestFact;
import org.landgrant.launch.SelfTestRow;
import org.landgrant.launch.SelfTestRow.Subject;
import org.landgrant.prompts.OneLine;
import org.landgrant.prompts.Words;

/** Runs the self-test and tells of each row as soon as it is known. Belongs to the toolkit's thread. */
final class ProtectionModel {
    private static final int LONGEST_DETAIL = 200;

    private final SelfTest selfTest;
    private final String version;
    private final Tasks tasks;
    private final Words words;
    private final ReadOnlyObjectWrapper<ProtectionPage> page = new ReadOnlyObjectWrapper<>(ProtectionPage.NOTHING_YET);

    /** @param tasks of its own: a check takes seconds, and clicks elsewhere must not wait for it */
    ProtectionModel(SelfTest selfTest, String version, Tasks tasks, Words words) {
        this.selfTest = selfTest;
        this.version = version;
        this.tasks = tasks;
        this.words = words;
    }

    ReadOnlyObjectProperty<ProtectionPage> page() {
        return page.getReadOnlyProperty();
    }

    /** The first time it is looked at, everything is tried; afterwards only when somebody asks for it. */
    void look() {
        if (page.get().equals(ProtectionPage.NOTHING_YET)) {
            check();
        }
    }

    /** Tries everything anew; nothing while that is under way. */
    void check() {
        if (page.get().checking()) {
            return;
        }
        page.set(new ProtectionPage(page.get().facts(), Map.of(), true, ""));
        tasks.run(selfTest::facts, this::facts, this::failed);
        tasks.run(
                () -> selfTest.run(
                        row -> tasks.onToolkit(() -> page.set(page.get().with(row)))),
                this::done,
                this::failed);
    }

    /** For a bug report: nothing in it names the person, a file or a folder. */
    String report() {
        ProtectionPage now = page.get();
        StringBuilder text = new StringBuilder("Landgrant ").append(version).append('\n');
        for (SelfTestFact fact : now.facts()) {
            text.append(name(fact)).append(": ").append(value(fact)).append('\n');
        }
        for (Subject subject : Subject.values()) {
            Optional<SelfTestRow> row = Optional.ofNullable(now.rows().get(subject));
            text.append("- ").append(name(subject)).append(": ");
            text.append(row.map(known -> verdict(known) + ". " + why(known))
                            .orElse(words.say("protect.verdict.unknown")))
                    .append('\n');
        }
        return text.toString();
    }

    /** The sentence below the summary. */
    String hint(ProtectionPage now) {
        return switch (now.state()) {
            case CHECKING -> words.say("protect.checking.hint");
            case FINE -> words.say("protect.fine.hint");
            case OPEN -> words.say("protect.open.hint");
            case FAILED ->
                now.failure().isEmpty()
                        ? now.unknown().map(this::whole).orElse(words.say("protect.failed.hint"))
                        : now.failure();
        };
    }

    private String whole(SelfTestRow row) {
        return Stream.of(
                        why(row),
                        words.told(OneLine.clean(row.detail(), LONGEST_DETAIL)),
                        remedy(row).orElse(""))
                .filter(sentence -> !sentence.isEmpty())
                .collect(Collectors.joining(" "));
    }

    String name(Subject subject) {
        return words.say("protect." + subject.word());
    }

    String verdict(SelfTestRow row) {
        return words.say("protect.verdict." + row.verdict().word());
    }

    String why(SelfTestRow row) {
        return words.say("protect.why." + row.why());
    }

    Optional<String> remedy(SelfTestRow row) {
        return row.remedy().map(remedy -> words.say("protect.remedy." + remedy));
    }

    String name(SelfTestFact fact) {
        return words.say("fact." + fact.key());
    }

    String value(SelfTestFact fact) {
        return words.say("fact." + fact.key() + "." + fact.state(), fact.value());
    }

    private void facts(List<SelfTestFact> facts) {
        page.set(new ProtectionPage(facts, page.get().rows(), page.get().checking(), ""));
    }

    private void done(SelfTest.Report report) {
        ProtectionPage ended = new ProtectionPage(report.facts(), Map.of(), false, "");
        for (SelfTestRow row : report.rows()) {
            ended = ended.with(row);
        }
        page.set(ended);
    }

    private void failed(String sentence) {
        page.set(new ProtectionPage(page.get().facts(), page.get().rows(), false, sentence));
    }
}
