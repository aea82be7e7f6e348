package org.landgrant.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What cannot be allowed while a program runs: another program of the person's. A link to a mail address
 * starts the mail program, which lies in the home folder; that needs the card, and a new start.
 */
final class Reopening {
    private final Desk desk;
    private final Browser browser;

    Reopening(Desk desk, Browser browser) {
        this.desk = desk;
        this.browser = browser;
    }

    void plays() throws IOException {
        Path sent = desk.home().resolve("Downloads/mail.txt");
        desk.step(browser, "may not start the mail program, and the card appears", () -> {
            desk.launch(browser);
            desk.visit(browser, "mailto:ada@example.org");
            Person.await("the card", () -> desk.person().shows("#card"));
            Desk.check(!Files.exists(sent), "the mail program did not run");
            desk.person().lookAtTitle(" asks$");
            desk.person().click("#card-switch-0");
            desk.picture(browser, "card");
        });
        desk.step(browser, "is opened again by Allow and Re-open", () -> {
            List<Long> before = browser.processes();
            desk.person().click("#card-allow-reopen");
            Person.await(
                    "the old processes to end",
                    () -> browser.processes().stream().noneMatch(before::contains));
            desk.awaitWindow(browser);
        });
        desk.step(browser, "starts the mail program now", () -> {
            desk.visit(browser, "mailto:ada@example.org");
            Person.await("the letter", () -> Desk.content(sent).contains("mailto:ada@example.org"));
            desk.quit(browser);
        });
    }
}
