package org.landgrant.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.landgrant.agent.Main;

/**
 * The user's main job on real programs, played by moving the mouse and typing: confine a browser in
 * the settings window, be asked while it waits, answer, take it back. Every step is believed only by its effect.
 */
public final class Story {
    private Story() {}

    @SuppressWarnings("SystemExitOutsideMain")
    public static void main(String[] arguments) throws IOException {
        Path out = Path.of(arguments[0]);
        Path home = Path.of(System.getenv("HOME"));
        Transcript transcript = new Transcript(out.resolve("transcript.txt"));
        int status = 1;
        try (Site site = new Site()) {
            Person person = new Person(out);
            String landgrant = System.getProperty("landgrant.launcher");
            try {
                play(new Desk(person, new Prompt(person), site, home, landgrant, transcript));
                transcript.say("all " + transcript.steps() + " steps were verified by their effect");
                status = 0;
            } catch (RuntimeException | AssertionError | IOException failed) {
                transcript.failed(failed);
                person.picture("failed");
            }
        }
        Runtime.getRuntime().halt(status);
    }

    private static void play(Desk desk) throws IOException {
        Files.writeString(desk.secret(), Desk.SECRET + "\n");
        Files.write(desk.letter(), Desk.LETTER);
        Thread.ofPlatform().name("agent").daemon().start(() -> Main.main(new String[] {"--show"}));
        for (Browser browser : List.of(Browser.FIREFOX, Browser.CHROMIUM)) {
            Confining confining = new Confining(desk, browser);
            Answering answering = new Answering(desk, browser);
            Choosing choosing = new Choosing(desk, browser);
            confining.begins();
            answering.allowsOnce();
            choosing.saves();
            answering.takesBack();
            answering.refuses();
            choosing.sends();
            answering.remembers();
            confining.switchesOff();
            desk.transcript().say("What %s was refused:%n%s".formatted(browser.name(), desk.denials(browser)));
        }
        new Reopening(desk, Browser.CHROMIUM).plays();
    }
}
