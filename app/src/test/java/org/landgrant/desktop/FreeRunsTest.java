package org.landgrant.desktop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.landgrant.grants.AppId;
import org.landgrant.grants.RefusedException;

class FreeRunsTest {
    private static final AppId ID = new AppId("reader.desktop");

    private final BlockingQueue<AppId> started = new LinkedBlockingQueue<>();
    private final BlockingQueue<AppId> changed = new LinkedBlockingQueue<>();

    private static InstalledApp app(String... command) {
        return new InstalledApp(
                ID, "Reader", "", "", List.of(), List.of(command), Path.of("/"), true, Optional.empty());
    }

    private FreeRuns runs(Path folder) {
        FreeRuns runs = new FreeRuns(folder, started::add);
        runs.watch(changed::add);
        return runs;
    }

    @Test
    void theAppsOwnCommandLineIsStartedOnceAndKnownUntilItEnds(@TempDir Path folder)
            throws InterruptedException, IOException {
        Path stop = folder.resolve("stop");
        FreeRuns runs = runs(folder);
        InstalledApp app = app("/bin/sh", "-c", "pwd > here; while [ ! -e stop ]; do sleep 0.01; done", "%U");
        runs.start(app);

        assertEquals(ID, started.poll(10, TimeUnit.SECONDS));
        assertEquals(ID, changed.poll(10, TimeUnit.SECONDS));
        assertTrue(runs.isOpen(ID));
        assertThrows(RefusedException.class, () -> runs.start(app));

        Files.createFile(stop);
        assertEquals(ID, changed.poll(10, TimeUnit.SECONDS));
        assertFalse(runs.isOpen(ID));
        assertEquals(folder.toRealPath() + "\n", Files.readString(folder.resolve("here")));
        assertTrue(started.isEmpty());
    }

    @Test
    void whatCannotBeStartedIsSaidAndNotedNowhere(@TempDir Path folder) {
        FreeRuns runs = runs(folder);
        assertThrows(RefusedException.class, () -> runs.start(app(folder.resolve("no such program") + "")));
        assertFalse(runs.isOpen(ID));
        assertTrue(started.isEmpty());
    }

    @Test
    void placesForFilesAreLeftOutAndDoubledPercentSignsBecomeOne() {
        assertEquals(List.of("app", "50%", "%x"), FreeRuns.words(List.of("app", "%U", "50%%", "%F", "%%x")));
    }
}
