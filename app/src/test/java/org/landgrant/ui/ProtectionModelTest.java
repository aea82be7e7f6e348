package org.landgrant.ui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.landgrant.launch.SelfTest;
import org.landgrant.launch.SelfTestRow;
import org.landgrant.launch.SelfTestRow.Reason;
import org.landgrant.launch.SelfTestRow.Subject;
import org.landgrant.launch.SelfTestRow.Verdict;
import org.landgrant.prompts.Words;
import org.landgrant.ui.ProtectionPage.State;

class ProtectionModelTest {
    private static final Words WORDS = new Words(Locale.ENGLISH);

    @TempDir
    Path folder;

    private ProtectionModel model(Tasks tasks) {
        SelfTest broken = new SelfTest(folder.resolve("landgrant"), Map.of(), Duration.ofSeconds(5));
        return new ProtectionModel(broken, "1.0", tasks, WORDS);
    }

    private static ProtectionPage page(Verdict verdict) {
        ProtectionPage page = ProtectionPage.NOTHING_YET;
        for (Subject subject : Subject.values()) {
            page = page.with(new SelfTestRow(subject, Verdict.KERNEL, Reason.REFUSED, ""));
        }
        return page.with(new SelfTestRow(Subject.PROGRAMS, verdict, Reason.REACHED, ""));
    }

    @Test
    void itIsFineOnlyWhenEveryRowIsKnownAndEnforced() {
        assertEquals(State.FAILED, ProtectionPage.NOTHING_YET.state());
        assertEquals(State.FINE, page(Verdict.LANDGRANT).state());
        assertEquals(State.OPEN, page(Verdict.NOBODY).state());
        assertEquals(State.FAILED, page(Verdict.UNKNOWN).state());
        assertEquals(1, page(Verdict.NOBODY).open());
    }

    @Test
    void aBrokenLauncherIsSaidOnceAndNothingIsGreen() {
        List<ProtectionPage> shown = new ArrayList<>();
        ProtectionModel model = model(new Tasks(Runnable::run, Runnable::run, WORDS));
        model.page().addListener((property, before, now) -> shown.add(now));
        model.look();
        assertTrue(shown.getFirst().checking());
        ProtectionPage last = model.page().get();
        assertFalse(last.checking());
        assertEquals(State.FAILED, last.state());
        assertTrue(last.rows().values().stream()
                .noneMatch(row -> row.verdict() == Verdict.KERNEL || row.verdict() == Verdict.LANDGRANT));
        int before = shown.size();
        model.look();
        assertEquals(before, shown.size(), "looking again tries nothing again");
    }

    @Test
    void theReportNamesNobodyAndNoPlace() {
        ProtectionModel model = model(new Tasks(Runnable::run, Runnable::run, WORDS));
        model.check();
        String report = model.report();
        assertTrue(report.startsWith("Landgrant 1.0\n"), report);
        assertTrue(report.contains("Files and folders: Could not be tried"), report);
        assertTrue(report.contains("Kernel: Linux "), report);
        assertFalse(report.contains("/"), report);
        assertFalse(report.contains(System.getProperty("user.name") + " "), report);
    }

    @Test
    void everyRowHasItsWords() {
        ProtectionModel model = model(new Tasks(Runnable::run, Runnable::run, WORDS));
        for (Subject subject : Subject.values()) {
            assertFalse(model.name(subject).isEmpty());
            for (Verdict verdict : Verdict.values()) {
                for (Reason reason : Reason.values()) {
                    SelfTestRow row = new SelfTestRow(subject, verdict, reason, "");
                    boolean ofItsOwn = reason == Reason.REFUSED || reason == Reason.OLD_KERNEL;
                    if (!ofItsOwn || subject == Subject.PROGRAMS) {
                        assertFalse(model.verdict(row).isEmpty());
                        assertFalse(model.why(row).isEmpty());
                        model.remedy(row).ifPresent(remedy -> assertFalse(remedy.isEmpty()));
                    }
                }
            }
        }
    }
}
