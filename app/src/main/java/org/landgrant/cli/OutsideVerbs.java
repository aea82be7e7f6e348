package org.landgrant.cli;

import java.util.List;
import org.landgrant.grants.AppId;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** What is done about confined apps that run without limits. */
final class OutsideVerbs {
    private OutsideVerbs() {}

    @Command(
            name = "close",
            description = "Asks what of a confined app runs without limits to end.",
            footer = {
                "",
                "That is what was open before the app was confined, or was started past its menu entry;",
                "\"landgrant sessions\" lists it. What runs confined goes on. Example:",
                "  landgrant close firefox-esr",
            })
    static final class Close extends Verb {
        @Parameters(paramLabel = "APP", description = "the app")
        private AppId app;

        @Override
        void run() {
            installed(app);
            boolean nothing = ports().outside().of(app).isEmpty();
            ports().outside().close(app);
            say(
                    nothing
                            ? "Nothing of " + app + " is open without limits."
                            : app + " is not open without limits any more.");
            changed(nothing ? List.of() : List.of(Shapes.change(app.value(), "closed")));
        }
    }
}
