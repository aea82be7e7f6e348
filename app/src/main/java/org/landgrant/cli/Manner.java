package org.landgrant.cli;

import picocli.CommandLine.Option;

/** How a command says what it says; the same for all of them. */
final class Manner {
    @Option(names = "--json", description = "for programs, as docs/schema describes it")
    private boolean json;

    @Option(
            names = {"-q", "--quiet"},
            description = "only what was asked for: no headings, no remarks")
    private boolean quiet;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "this help")
    boolean help;

    boolean json() {
        return json;
    }

    boolean quiet() {
        return quiet;
    }
}
