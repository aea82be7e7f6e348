#include "command_help.h"

#include <stddef.h>
#include <string.h>

static const char LAUNCH[] =
    "usage: landgrant launch APP [FILE|URI]...\n"
    "       landgrant launch APP -- WORD...\n"
    "\n"
    "Starts an app with its grants, as its menu entry does once it is confined, and\n"
    "waits until it has ended. What you name to be opened is given to it for this\n"
    "run.\n"
    "\n"
    "APP is an ID as \"landgrant apps\" lists it, or another name of the app that\n"
    "means no other app. Without an agent the app gets what was last written down\n"
    "for it, and an agent is started.\n"
    "\n"
    "  FILE, URI  what it is to open; where it takes one only, it is started once\n"
    "             for each\n"
    "  -- WORD    this command line instead of the one of its menu entry\n"
    "  --help     this help\n"
    "\n"
    "Examples:\n"
    "  landgrant launch firefox-esr https://example.org\n"
    "  landgrant launch org.gnome.gedit.desktop ~/notes.txt\n"
    "  landgrant launch firefox-esr -- firefox-esr --private-window\n"
    "\n"
    "Exit status: the app's own; 125 when nothing was started, 126 not executable,\n"
    "127 not found.\n";

static const char ASK[] = "usage: landgrant ask\n"
                          "\n"
                          "Asks in this terminal what your apps wait for, one question after the other,\n"
                          "until you end it. It works over ssh, too. No app may run in the same terminal,\n"
                          "since it could write over the question.\n"
                          "\n"
                          "A question is answered with a letter and Enter:\n"
                          "  d  don't allow: refused; after the second no it is never asked again\n"
                          "  o  allow once: until the app is closed\n"
                          "  a  allow: now and always\n"
                          "  1, 2, 3  how much the answer is about, where there is a choice; * marks the\n"
                          "     usual one\n"
                          "  s  not now: refused as long as the app is open, and nothing is decided\n"
                          "  q  end this; what waits goes on waiting\n"
                          "  ?  says this\n"
                          "Where there is a warning, only the whole words \"allow once\" allow. An answer\n"
                          "within the first second is not taken: it may have been typed for something\n"
                          "else.\n"
                          "\n"
                          "\"landgrant prompts\" and \"landgrant answer\" do the same one by one, without a\n"
                          "terminal.\n"
                          "\n"
                          "Exit status: 0 when you ended it, 1 when it cannot go on, 125 no agent.\n";

static const char AGENT[] =
    "usage: landgrant agent [stop|status]\n"
    "\n"
    "The agent keeps what you granted, asks, and shows the windows: one for each\n"
    "user, in the background. You need not start it: the window, every command and\n"
    "every launch do so where none runs.\n"
    "\n"
    "  landgrant agent         becomes the agent, in this terminal, until Ctrl+C\n"
    "  landgrant agent stop    ends the agent that runs, when all is written down\n"
    "  landgrant agent status  says whether one runs, and whether it has a display\n"
    "\n"
    "Apps that run meanwhile go on, confined as before; what would be asked is\n"
    "refused while there is no agent. One that was started without a display, as by\n"
    "a command over ssh, shows no windows: stop it, and the next command where there\n"
    "is a display starts one that does.\n"
    "\n"
    "Exit status: of stop 0 when none runs any more, 1 when it does not end; of\n"
    "status 0 when one runs, 1 when none does; 125 when it cannot be started.\n";

const char *command_help(const char *command) {
    static const struct {
        const char *command, *text;
    } HELP[] = {{"launch", LAUNCH}, {"ask", ASK}, {"agent", AGENT}};
    for (size_t i = 0; i < sizeof HELP / sizeof HELP[0]; i++) {
        if (strcmp(HELP[i].command, command) == 0) {
            return HELP[i].text;
        }
    }
    return NULL;
}
