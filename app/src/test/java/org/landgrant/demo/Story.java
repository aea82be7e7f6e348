package org.landgrant.demo;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.landgrant.agent.Main;

/**
 * The user's main job on real programs, played by moving the mouse and typing: confine a browser in
 * the settings window, be asked, allow, take it back. Every step is believed only by its effect.
 */
public final class Story {
    private static final String SECRET = "The key is under the third stone.";

    private final Path home = Path.of(System.getenv("HOME"));
    private final Path secret = home.resolve("Documents/secret.txt");
    private final String landgrant = System.getProperty("landgrant.launcher");
    private final Person person;
    private final Site site;
    private final PrintStream transcript;
    private int steps;

    private Story(Path out, Site site) throws IOException {
        this.person = new Person(out);
        this.site = site;
        this.transcript =
                new PrintStream(Files.newOutputStream(out.resolve("transcript.txt")), true, StandardCharsets.UTF_8);
    }

    /** One of the two browsers. */
    private record Browser(String word, String id, String name, String windowClass, String program) {}

    private static final List<Browser> BROWSERS = List.of(
            new Browser("firefox", "firefox-esr.desktop", "Firefox ESR", "firefox", "firefox-esr/firefox-esr"),
            new Browser("chromium", "chromium.desktop", "Chromium", "[Cc]hromium", "chromium/chromium"));

    @SuppressWarnings("SystemExitOutsideMain")
    public static void main(String[] arguments) throws IOException {
        Path out = Path.of(arguments[0]);
        int status = 1;
        try (Site site = new Site()) {
            Story story = new Story(out, site);
            try {
                story.play();
                status = 0;
            } catch (RuntimeException | AssertionError | IOException failed) {
                story.say("FAILED after step " + story.steps + ": " + failed);
                failed.printStackTrace(story.transcript);
                story.person.picture("failed");
            }
        }
        Runtime.getRuntime().halt(status);
    }

    private void play() throws IOException {
        Files.writeString(secret, SECRET + "\n");
        Thread.ofPlatform().name("agent").daemon().start(() -> Main.main(new String[] {"--show"}));
        for (Browser browser : BROWSERS) {
            play(browser);
        }
        say("all " + steps + " steps were verified by their effect");
    }

    private void play(Browser browser) throws IOException {
        step(browser, "is found in the settings window and confined by its switch", () -> {
            person.lookAtTitle("^Landgrant$");
            person.click("#search");
            person.key("ctrl+a");
            person.type(browser.name());
            Person.pause(800);
            person.key("Down");
            person.click("#confine");
            Path entry = home.resolve(".local/share/applications").resolve(browser.id());
            Person.await(
                    "its menu entry to start it confined", () -> content(entry).contains(landgrant + " launch "));
            person.picture(browser.word() + "-settings");
        });
        step(browser, "starts by a click on Launch, confined, and keeps its own inner sandbox", () -> {
            person.click("#launch");
            Person.await("its window", () -> person.seesWindowOfClass(browser.windowClass()));
            Person.await("its own sandbox", () -> Processes.keepsItsOwnSandbox(browser.program()));
            check(Processes.confined(browser.program()), "every process is confined");
        });
        step(browser, "loads a page and its script from a web server", () -> {
            site.forget();
            Files.deleteIfExists(home.resolve("Downloads/parcel.txt"));
            visit(browser, site.address());
            Person.await("the page to load", () -> site.wasAskedFor("/") && site.wasAskedFor("/scripts-run"));
        });
        step(browser, "downloads a file into Downloads, byte for byte", () -> {
            Path parcel = home.resolve("Downloads/parcel.txt");
            Person.await("the download", () -> Arrays.equals(bytes(parcel), Site.PARCEL));
            person.picture(browser.word() + "-page");
        });
        step(browser, "is refused the secret in Documents", () -> checkRefused(browser));
        step(browser, "makes the card appear", () -> {
            Person.await(
                    "the card",
                    () -> !Person.output("xdotool", "search", "--onlyvisible", "--name", " asks$")
                            .isEmpty());
            person.lookAtTitle(" asks$");
            person.picture(browser.word() + "-card");
        });
        step(browser, "is re-opened by Allow and Re-open", () -> {
            List<Long> before = pids(browser);
            Person.pause(1_500);
            person.click("#card-allow-reopen");
            Person.await(
                    "the old processes to end", () -> pids(browser).stream().noneMatch(before::contains));
            Person.await("its window", () -> person.seesWindowOfClass(browser.windowClass()));
        });
        step(browser, "reads the secret now", () -> {
            Person.await("the secret", () -> {
                visit(browser, "file://" + secret);
                Person.pause(1_500);
                return person.readPage().contains(SECRET);
            });
            person.picture(browser.word() + "-allowed");
        });
        step(browser, "loses Documents by a switch in the window", () -> {
            person.lookAtTitle("^Landgrant$");
            person.click("#folder-documents-off");
            Path policy = home.resolve(".local/share/landgrant/policies").resolve(browser.id() + ".policy");
            Person.await(
                    "the policy to say so",
                    () -> !content(policy).contains(home.resolve("Documents").toString()));
            person.picture(browser.word() + "-off");
        });
        step(browser, "is refused again after its next launch", () -> {
            quit(browser);
            person.lookAtTitle("^Landgrant$");
            person.click("#launch");
            Person.await("its window", () -> person.seesWindowOfClass(browser.windowClass()));
            checkRefused(browser);
            person.picture(browser.word() + "-refused-again");
        });
        step(browser, "is confined when its menu entry starts it", () -> {
            quit(browser);
            Person.start("gtk-launch", browser.id());
            Person.await("its window", () -> person.seesWindowOfClass(browser.windowClass()));
            Person.await("its own sandbox", () -> Processes.keepsItsOwnSandbox(browser.program()));
            check(Processes.confined(browser.program()), "every process is confined");
            checkRefused(browser);
            quit(browser);
        });
    }

    private void visit(Browser browser, String address) {
        person.lookAtClass(browser.windowClass());
        person.visit(address);
    }

    /** Types the secret's address; believes the refusal only when it was counted and no byte arrived. */
    private void checkRefused(Browser browser) {
        String before = denials(browser);
        visit(browser, "file://" + secret);
        Person.await("the refusal to be counted", () -> !denials(browser).equals(before));
        check(denials(browser).contains("Documents"), "the refusal names Documents");
        Person.pause(1_500);
        person.lookAtClass(browser.windowClass());
        check(!person.readPage().contains(SECRET), "the page shows nothing of the secret");
    }

    private void quit(Browser browser) {
        person.lookAtClass(browser.windowClass());
        person.key("alt+F4");
        Person.await("it to close", () -> pids(browser).isEmpty());
    }

    private static List<Long> pids(Browser browser) {
        return Processes.of(browser.program()).stream().map(ProcessHandle::pid).toList();
    }

    private String denials(Browser browser) {
        return Person.output(landgrant, "denials", browser.id());
    }

    private static String content(Path file) {
        return new String(bytes(file), StandardCharsets.UTF_8);
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException missing) {
            return new byte[0];
        }
    }

    private static void check(boolean holds, String what) {
        if (!holds) {
            throw new AssertionError("does not hold: " + what);
        }
    }

    private interface Step {
        void run() throws IOException;
    }

    private void step(Browser browser, String sentence, Step step) throws IOException {
        step.run();
        steps++;
        say("%02d  %s %s".formatted(steps, browser.name(), sentence));
    }

    private void say(String line) {
        transcript.println(line);
        System.out.println(line);
    }
}
