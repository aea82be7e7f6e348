package org.landgrant.ui;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.landgrant.desktop.HandOff;
import org.landgrant.desktop.InstalledApp;
import org.landgrant.grants.AppId;
import org.landgrant.ui.HandOffModel.Phase;

class HandOffModelTest {
    private final List<String> done = new ArrayList<>();
    private Instant now = Instant.parse("2026-05-01T12:00:00Z");
    private final HandOffModel model = new HandOffModel(
            new HandOff() {
                @Override
                public AppId app() {
                    return Sample.FIREFOX;
                }

                @Override
                public void close() {
                    done.add("close");
                }

                @Override
                public void refuse() {
                    done.add("refuse");
                }

                @Override
                public CompletableFuture<Void> over() {
                    return new CompletableFuture<>();
                }
            },
            new InstalledApp(
                    Sample.FIREFOX,
                    "Firefox",
                    "",
                    "",
                    List.of(),
                    List.of("firefox"),
                    Path.of("/"),
                    true,
                    Optional.empty()),
            () -> now);

    @Test
    void closingIsAskedForOnceAndSaysWhatHoldsItUpWhenItTakesLong() {
        model.close();
        model.close();
        assertEquals(List.of("close"), done);
        model.look();
        assertEquals(Phase.CLOSING, model.phase().get());
        now = now.plus(HandOffModel.SLOW);
        model.look();
        assertEquals(Phase.CLOSING_LONG, model.phase().get());
        model.over();
        assertEquals(Phase.DONE, model.phase().get());
        model.look();
        model.close();
        assertEquals(Phase.DONE, model.phase().get());
        assertEquals(List.of("close"), done);
    }

    @Test
    void notNowStartsNothingAndClosesNothing() {
        model.refuse();
        assertEquals(List.of("refuse"), done);
        assertEquals(Phase.DONE, model.phase().get());
    }
}
