package org.landgrant.desktop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PassersOnTest {
    @TempDir
    Path root;

    @Test
    void aCommandPassesOnByItsNameByWhatItLeadsToAndBehindEnv() throws IOException {
        TestDesktop desktop = new TestDesktop(root);
        desktop.program("app", "exit 0");
        Path email = desktop.program("xdg-email", "exit 0");
        Files.createSymbolicLink(root.resolve("bin/mail"), email);
        Programs programs = new Programs(desktop.environment);
        String[][] rows = {
            {"true", "xdg-open %u"},
            {"true", "/usr/bin/xdg-email %u"},
            {"true", "gio open %u"},
            {"true", "mail %u"},
            {"true", "env A=b xdg-open %u"},
            {"true", "/opt/landgrant launch browser.desktop %u"},
            {"false", "app xdg-open %u"},
            {"false", "/nonexistent/app %u"},
        };
        for (int i = 0; i < rows.length; i++) {
            desktop.system("x" + i + ".desktop", TestDesktop.entry(rows[i][1]));
            assertEquals(
                    Boolean.parseBoolean(rows[i][0]),
                    PassersOn.is(desktop.app("x" + i + ".desktop"), programs),
                    rows[i][1]);
        }
    }
}
