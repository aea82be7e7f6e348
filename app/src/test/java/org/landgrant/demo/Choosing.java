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
            choose(target, "alt+s", "Pictures", () -> Arrays.equals(Desk.bytes(target), Site.MAP));
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
            choose(desk.letter(), "alt+o", "Documents", () -> desk.site().received(Desk.LETTER));
            Desk.check(before.goesOnAs(desk.run(browser)), "it is the same process and the same window");
            desk.picture(browser, "sent");
            desk.quit(browser);
        });
    }

    /**
     * Types a path into the window for choosing files. That window looks into folders by itself, so questions
     * come before the path is complete; they are answered before the person goes on. The folder that the window
     * happens to begin with is allowed once.
     *
     * @param button the keys that press Save or Open; Chromium's window does not listen to Return
     */
    private void choose(Path path, String button, String about, BooleanSupplier done) {
        questions = 0;
        Person.await("the window for choosing", () -> desk.person().seesWindowOfTitle(CHOOSER));
        answer(about);
        if (desk.person().seesNamelessWindowInFront()) {
            // It says that it could not read the folder it begins with, which is home and is never asked about.
            desk.picture(browser, "home-refused");
            desk.person().key("Return");
        }
        desk.person().lookAtTitle(CHOOSER);
        desk.person().key("ctrl+a");
        desk.person().type(path.toString());
        Person.await("the effect", () -> {
            answer(about);
            if (desk.person().seesWindowOfTitle(CHOOSER)) {
                desk.person().lookAtTitle(CHOOSER);
                desk.person().key(button);
            }
            return done.getAsBoolean();
        });
        Desk.check(questions > 0, "it was asked about");
    }

    /** Answers the questions that are there, or come within a moment. */
    private void answer(String about) {
        for (int look = 0; look < 10; look++) {
            Person.pause(100);
            if (desk.prompt().asks()) {
                boolean meant = desk.prompt().sentence().contains(about);
                desk.prompt().front();
                desk.transcript().say("        asked: " + desk.prompt().sentence());
                if (meant) {
                    questions++;
                    desk.picture(browser, "prompt-" + about.toLowerCase(Locale.ROOT) + "-" + questions);
                }
                desk.prompt().answer(meant ? Answer.ALLOW : Answer.ONCE);
                look = 0;
            }
        }
    }
}
