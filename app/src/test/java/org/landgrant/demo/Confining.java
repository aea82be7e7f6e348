package org.landgrant.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** A browser is confined and goes on doing what browsers do; in the end a folder is switched off for it. */
final class Confining {
    private final Desk desk;
    private final Browser browser;

    Confining(Desk desk, Browser browser) {
        this.desk = desk;
        this.browser = browser;
    }

    void begins() throws IOException {
        desk.step(browser, "is found in the settings window and confined by its switch", () -> {
            desk.person().lookAtTitle("^Landgrant$");
            passFirstPage();
            desk.person().click("#search");
            desk.person().key("ctrl+a");
            desk.person().type(browser.name());
            Person.pause(800);
            desk.person().key("Down");
            desk.person().click("#confine");
            Path entry = desk.home().resolve(".local/share/applications").resolve(browser.id());
            Person.await(
                    "its menu entry to start it confined",
                    () -> Desk.content(entry).contains(desk.landgrant() + " launch "));
            desk.picture(browser, "settings");
        });
        desk.step(browser, "starts by a click on Launch, confined, and keeps its own inner sandbox", () -> {
            desk.launch(browser);
            confined();
        });
        desk.step(browser, "loads a page and its script from a web server", () -> {
            desk.site().forget();
            Files.deleteIfExists(parcel());
            desk.visit(browser, desk.site().address());
            Person.await(
                    "the page to load",
                    () -> desk.site().wasAskedFor("/") && desk.site().wasAskedFor("/scripts-run"));
        });
        desk.step(browser, "downloads a file into Downloads, byte for byte", () -> {
            Person.await("the download", () -> Arrays.equals(Desk.bytes(parcel()), Site.PARCEL));
            desk.picture(browser, "page");
        });
    }

    /** Before any app is confined the window begins with a page that offers to do so for many at once. */
    private void passFirstPage() throws IOException {
        Person.await(
                "the window's content",
                () -> desk.person().sees("#welcome-skip") || desk.person().sees("#search"));
        if (desk.person().sees("#welcome-skip")) {
            desk.picture(browser, "welcome");
            desk.person().click("#welcome-skip");
            Person.await("the list of apps", () -> desk.person().sees("#search"));
        }
    }

    void switchesOff() throws IOException {
        desk.step(browser, "loses Documents for good by a switch in the window", () -> {
            desk.person().lookAtTitle("^Landgrant$");
            desk.person().click("#folder-documents-never");
            Person.await(
                    "the policy to say so",
                    () -> desk.policy(browser)
                            .lines()
                            .noneMatch(line -> line.startsWith("file ") && line.endsWith(" " + desk.documents())));
            Person.pause(1_000);
            desk.picture(browser, "off");
            desk.quit(browser);
        });
        desk.step(browser, "is refused at its next launch, and nobody is asked", () -> {
            desk.launch(browser);
            String before = desk.denials(browser);
            desk.visit(browser, "file://" + desk.secret());
            Person.await(
                    "the refusal to be counted", () -> !desk.denials(browser).equals(before));
            Desk.check(desk.denials(browser).contains("Documents"), "the refusal names Documents");
            Person.pause(1_000);
            Desk.check(!desk.read(browser).contains(Desk.SECRET), "the page shows nothing of the secret");
            Desk.check(!desk.prompt().asks(), "nobody is asked");
            desk.quit(browser);
        });
    }

    /** Waits until the kernel says that every process is confined, and that the browser's own walls stand inside. */
    private void confined() {
        Person.await("its own sandbox", () -> Processes.keepsItsOwnSandbox(browser.program()));
        Desk.check(Processes.confined(browser.program()), "every process is confined");
    }

    private Path parcel() {
        return desk.home().resolve("Downloads/parcel.txt");
    }
}
