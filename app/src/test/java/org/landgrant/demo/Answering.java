package org.landgrant.demo;

import java.io.IOException;
import org.landgrant.demo.Prompt.Answer;

/** A browser opens what it may not, is asked about while it waits, and goes on by the answer. */
final class Answering {
    private final Desk desk;
    private final Browser browser;

    Answering(Desk desk, Browser browser) {
        this.desk = desk;
        this.browser = browser;
    }

    void allowsOnce() throws IOException {
        Desk.Run before = desk.run(browser);
        desk.step(browser, "waits while its person is asked whether it may look into Documents", () -> {
            desk.visit(browser, "file://" + desk.documents() + "/");
            asked("Documents");
            desk.prompt().front();
            desk.picture(browser, "prompt");
        });
        desk.step(browser, "shows what is in Documents after Allow Once, without being started again", () -> {
            desk.prompt().answer(Answer.ONCE);
            desk.awaitPage(browser, "secret.txt");
            Desk.check(before.goesOnAs(desk.run(browser)), "it is the same process and the same window");
            desk.picture(browser, "listing");
        });
        desk.step(browser, "shows the secret without another question", () -> {
            desk.visit(browser, "file://" + desk.secret());
            desk.awaitPage(browser, Desk.SECRET);
            Desk.check(!desk.prompt().asks(), "nothing is asked again");
            Desk.check(before.goesOnAs(desk.run(browser)), "it is the same process and the same window");
            desk.picture(browser, "allowed");
        });
    }

    void takesBack() throws IOException {
        desk.step(browser, "loses it by Take back in the settings window, so that the next open is asked about", () -> {
            desk.person().lookAtTitle("^Landgrant$");
            desk.person().clickShown("#once-card");
            desk.picture(browser, "once");
            desk.person().click("#once-back-0");
            Person.await("nothing to be left", () -> !desk.person().shows("#once-0"));
            desk.picture(browser, "taken-back");
            desk.visit(browser, "file://" + desk.secret());
            asked("Documents");
        });
    }

    void refuses() throws IOException {
        desk.step(browser, "shows its own page of an error after Don't Allow", () -> {
            String before = desk.denials(browser);
            desk.prompt().front();
            desk.picture(browser, "prompt-file");
            desk.prompt().answer(Answer.DENY);
            Person.await(
                    "the refusal to be counted", () -> !desk.denials(browser).equals(before));
            Person.pause(1_000);
            desk.picture(browser, "refused");
            Desk.check(!desk.read(browser).contains(Desk.SECRET), "the page shows nothing of the secret");
            desk.quit(browser);
        });
    }

    void remembers() throws IOException {
        desk.step(browser, "is confined when its menu entry starts it, and shows the secret without a question", () -> {
            Person.start("gtk-launch", browser.id());
            desk.awaitWindow(browser);
            Person.await("its own sandbox", () -> Processes.keepsItsOwnSandbox(browser.program()));
            Desk.check(Processes.confined(browser.program()), "every process is confined");
            desk.visit(browser, "file://" + desk.secret());
            desk.awaitPage(browser, Desk.SECRET);
            Desk.check(!desk.prompt().asks(), "nothing is asked");
        });
    }

    private void asked(String about) {
        long after = desk.prompt().await(about);
        desk.transcript().say("        the question stood there %d ms after the key".formatted(after));
    }
}
