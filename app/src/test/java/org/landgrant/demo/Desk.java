package org.landgrant.demo;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** What every part of the story works with: the person, the web site, the home folder and the transcript. */
record Desk(Person person, Prompt prompt, Site site, Path home, String landgrant, Transcript transcript) {
    static final String SECRET = "The key is under the third stone.";

    /** No text, so that whatever changes a byte of it is noticed. */
    static final byte[] LETTER = randomBytes();

    Path documents() {
        return home.resolve("Documents");
    }

    Path secret() {
        return documents().resolve("secret.txt");
    }

    Path letter() {
        return documents().resolve("letter.bin");
    }

    private static byte[] randomBytes() {
        byte[] letter = new byte[300_000];
        new Random(7).nextBytes(letter);
        return letter;
    }

    void step(Browser browser, String sentence, Transcript.Step step) throws IOException {
        transcript.step(browser.name() + " " + sentence, step);
    }

    void picture(Browser browser, String name) {
        person.picture(browser.word() + "-" + name);
    }

    /** Opens an address in the browser's window. */
    void visit(Browser browser, String address) {
        person.lookAtClass(browser.windowClass());
        person.visit(address);
    }

    String read(Browser browser) {
        person.lookAtClass(browser.windowClass());
        return person.readPage();
    }

    /** Waits until the page in front says that; the file was asked for once and is not asked for again. */
    void awaitPage(Browser browser, String text) {
        Person.await("the page to say " + text, () -> read(browser).contains(text));
    }

    /** Starts it by the button of the settings window, which shows its page. */
    void launch(Browser browser) {
        person.lookAtTitle("^Landgrant$");
        person.click("#launch");
        awaitWindow(browser);
    }

    void awaitWindow(Browser browser) {
        Person.await("its window", () -> person.seesWindowOfClass(browser.windowClass()));
    }

    void quit(Browser browser) {
        person.lookAtClass(browser.windowClass());
        person.key("alt+F4");
        Person.await("it to close", () -> browser.processes().isEmpty());
    }

    /** From now on the browser may not have links opened by other apps. */
    void forbidsLinks(Browser browser) {
        Person.output(landgrant, "deny", browser.id(), "service:links");
    }

    /** What Landgrant counted as refused. */
    String denials(Browser browser) {
        return Person.output(landgrant, "denials", browser.id());
    }

    /** Its policy as it is written down for the next launch. */
    String policy(Browser browser) {
        return content(home.resolve(".local/share/landgrant/policies").resolve(browser.id() + ".policy"));
    }

    /** Its run at this moment. */
    Run run(Browser browser) {
        person.lookAtClass(browser.windowClass());
        return new Run(browser.processes(), person.windowInFront());
    }

    /** One run of a browser: its processes, and the window it is looked at in. */
    record Run(List<Long> processes, String window) {
        /** Whether the process that was first is still there, and the window is the same. */
        boolean goesOnAs(Run later) {
            return later.processes().contains(Collections.min(processes))
                    && later.window().equals(window);
        }
    }

    static String content(Path file) {
        return new String(bytes(file), StandardCharsets.UTF_8);
    }

    static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException missing) {
            return new byte[0];
        }
    }

    static void check(boolean holds, String what) {
        if (!holds) {
            throw new AssertionError("does not hold: " + what);
        }
    }
}
