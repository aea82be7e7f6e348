package org.landgrant.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A link to a mail address is opened by the mail program, outside. Where the person does not want links opened, the browser
 * starts that program itself, which lies in the home folder: what cannot be allowed while it runs, so that needs the card, and a
 * new start.
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
        desk.step(browser, "has a mail link opened by the mail program, which is no part of it", () -> {
            desk.launch(browser);
            desk.visit(browser, "mailto:bob@example.org");
            Person.await("the letter", () -> Desk.content(sent).contains("mailto:bob@example.org"));
            Files.delete(sent);
            desk.quit(browser);
        });
        desk.step(browser, "may not start the mail program itself, and the card appears", () -> {
            desk.forbidsLinks(browser);
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
