package org.landgrant.demo;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.BooleanSupplier;
import org.landgrant.demo.Prompt.Answer;

/** Files that the person names in the browser's own window for choosing files. */
final class Choosing {
    private static final String CHOOSER = "^(Save|Open|File Upload)";

    private final Desk desk;
    private final Browser browser;
    private int questions;

    Choosing(Desk desk, Browser browser) {
        this.desk = desk;
        this.browser = browser;
    }

    void saves() throws IOException {
        desk.step(browser, "saves a page into Pictures after Allow, byte for byte", () -> {
            Path target = desk.home().resolve("Pictures/" + browser.word() + "-map.txt");
            desk.site().forget();
            desk.visit(browser, desk.site().address() + "map.txt");
            Person.await("the page to load", () -> desk.site().wasAskedFor("/map.txt"));
            desk.awaitPage(browser, "field 19999 ");
            Desk.Run before = desk.run(browser);
            desk.person().key("ctrl+s");
            choose(target, "Pictures", () -> Arrays.equals(Desk.bytes(target), Site.MAP));
            Desk.check(before.goesOnAs(desk.run(browser)), "it is the same process and the same window");
            desk.picture(browser, "saved");
        });
    }

    void sends() throws IOException {
        desk.step(browser, "is asked again in its next run, and sends a file from Documents, byte for byte", () -> {
            desk.launch(browser);
            desk.visit(browser, desk.site().address() + "send");
            desk.awaitPage(browser, "Click anywhere");
            Desk.Run before = desk.run(browser);
            desk.person().clickInFront(0.5, 0.6);
            choose(desk.letter(), "Documents", () -> desk.site().received(Desk.LETTER));
            Desk.check(before.goesOnAs(desk.run(browser)), "it is the same process and the same window");
            desk.picture(browser, "sent");
            desk.quit(browser);
        });
    }

    /**
     * Types a path into the window for choosing files. That window looks into the folder while one types, so
     * the first question may come before the path is complete; it is answered before the person goes on.
     */
    private void choose(Path path, String about, BooleanSupplier done) {
        questions = 0;
        Person.await("the window for choosing", () -> desk.person().seesWindowOfTitle(CHOOSER));
        desk.person().lookAtTitle(CHOOSER);
        desk.person().key("ctrl+a");
        desk.person().type(path.toString());
        for (int look = 0; look < 30 && !desk.prompt().asks(); look++) {
            Person.pause(100);
        }
        answer(about, desk.prompt().asks());
        desk.person().lookAtTitle(CHOOSER);
        desk.person().press("Return");
        Person.await("the effect", () -> {
            answer(about, desk.prompt().asks());
            return done.getAsBoolean();
        });
        Desk.check(questions > 0, "it was asked about");
    }

    private void answer(String about, boolean asked) {
        if (asked) {
            questions++;
            desk.prompt().await(about);
            desk.prompt().front();
            desk.picture(browser, "prompt-" + about.toLowerCase(Locale.ROOT) + "-" + questions);
            desk.transcript().say("        asked: " + desk.prompt().sentence());
            desk.prompt().answer(Answer.ALLOW);
        }
    }
}
