/*
 * landgrant: starts a program so that it reaches only what was granted, and stays as its supervisor.
 *
 * The security model. The program is somebody's ordinary, perhaps hostile, software with the user's own
 * rights. The wall is Landlock, put up in the child before the program's first instruction and never taken
 * down: files, TCP ports, and, where the policy says so, signals and abstract sockets. A seccomp filter
 * closes a few ways around it (closed.c) and rings a doorbell for calls that may be refused. Where Landlock
 * judges the real call the supervisor answers “go on”, so nothing the program writes into its own memory can
 * fool anyone. What Landlock refuses and the session may all the same, the supervisor does itself, on its own
 * copy of the call and through its own descriptors (files.c); what the user may be asked about waits
 * (questions.c). Nothing is ever looked at in the program's memory and then let go on to be looked at again
 * by somebody who trusts that look.
 *
 * Whatever fails before the program runs ends with one sentence, exit status 125, and nothing started. When
 * the supervisor dies, the program is killed; its other processes stay confined and their trapped calls fail.
 *
 * The secret and the policies lie in folders no rule can open (protected.c). The agent is trusted to write
 * policies, not to be well-formed: what it sends is parsed with bounds, and its silence never stops a
 * program.
 *
 * Not promised: hiding names, sizes and times of files, and more that SECURITY.md lists.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <unistd.h>

#include "command_help.h"
#include "commands.h"
#include "descriptors.h"
#include "hand_on.h"
#include "landlock.h"
#include "limits.h"
#include "relay.h"
#include "util.h"

static const char HELP[] =
    "Starts programs so that they reach only what you granted.\n"
    "\n"
    "  landgrant                          open the settings window\n"
    "  landgrant show [APP]               the same, at one app\n"
    "  landgrant launch APP [FILE|URI]…   start an app with its grants\n"
    "  landgrant launch APP -- WORD…      the same with this command line\n"
    "  landgrant run [RULE]… -- COMMAND…  start a command with exactly these rules; none means nothing\n"
    "  landgrant apps                     list the apps and which are confined\n"
    "  landgrant confine APP              from now on menus start it confined\n"
    "  landgrant release APP | --all      undo that\n"
    "  landgrant close APP                end what of it runs without limits\n"
    "  landgrant grants APP               what it may reach; also: policy APP, denials APP\n"
    "  landgrant grant APP RESOURCE ACCESS  let it reach something; also: deny, revoke (grant --help)\n"
    "  landgrant explain APP RESOURCE     may it reach that, why, and what would change it\n"
    "  landgrant prompts                  what apps wait for an answer to\n"
    "  landgrant answer ID allow|once|deny|later\n"
    "  landgrant ask                      the same in a terminal, one question after the other\n"
    "  landgrant sessions                 the confined apps that run\n"
    "  landgrant log                      what happened; log --follow goes on\n"
    "  landgrant watch [APP]              what goes on now\n"
    "  landgrant export APP | --all       what you decided, as a file; import FILE reads it\n"
    "  landgrant check                    try out what this computer enforces\n"
    "  landgrant agent stop | status      end the resident agent, which starts by itself; does it run\n"
    "  landgrant --version | --help       also: COMMAND --help, with examples; most take --json and -q\n"
    "\n"
    "APP is an ID as \"landgrant apps\" lists it (firefox-esr.desktop), or its name, or its program's, "
    "where\n"
    "that means no other app. \"landgrant run --help\" explains the rules, with examples. What you name is\n"
    "given whole; no rule means nothing.\n"
    "\n"
    "  landgrant run --rox /usr --ro /etc --ro ~/notes.txt -- cat ~/notes.txt\n"
    "  landgrant run --rox /usr --ro /etc --rw .,/dev/null --private-tmp -- make\n"
    "\n"
    "Exit status: the command's own; 125 when landgrant failed, 126 not executable, 127 not found.\n";

/* No descriptor of whoever started us reaches the app, but its input and outputs, which always exist. */
static void close_inherited(void) {
    for (int fd = 0; fd < 3; fd++) {
        if (fcntl(fd, F_GETFD) < 0 && open("/dev/null", O_RDWR) != fd) {
            die("there is no /dev/null");
        }
    }
    if (!close_from(3, false)) {
        die("inherited descriptors could not be closed: %s", strerror(errno));
    }
}

static int print_version(void) {
    unsigned abi = landlock_abi();
    printf("landgrant %s\n", LANDGRANT_VERSION);
    if (abi > 0) {
        printf("Landlock ABI %u\n", abi);
    } else {
        printf("no Landlock on this kernel\n");
    }
    return fflush(stdout) == 0 ? 0 : EXIT_OURS;
}

static bool is_landrun(const char *name) {
    const char *slash = strrchr(name, '/');
    return strcmp(slash != NULL ? slash + 1 : name, "landrun") == 0;
}

int main(int argc, char **argv) {
    if (argc > 0 && hand_on_is_name(argv[0])) {
        return hand_on_as(argv); /* within a session, and with everything its caller gave it */
    }
    close_inherited();
    /* Kept over execve when a session starts itself again; helpers started now must not become our children.
     */
    prctl(PR_SET_CHILD_SUBREAPER, 0, 0, 0, 0);
    limits_raise();
    /* What a supervisor in a terminal is known by (company.c), whatever name it was started by. */
    prctl(PR_SET_NAME, "landgrant", 0, 0, 0);
    if (argc > 0 && is_landrun(argv[0])) {
        return command_run(argv + 1, true);
    }
    const char *word = argc > 1 ? argv[1] : "show";
    const char *help = argc == 3 && (strcmp(argv[2], "--help") == 0 || strcmp(argv[2], "-h") == 0)
                           ? command_help(word)
                           : NULL;
    if (help != NULL) {
        return write_everything(STDOUT_FILENO, help, strlen(help)) ? 0 : EXIT_OURS;
    }
    if (strcmp(word, "run") == 0) {
        return command_run(argv + 2, false);
    }
    if (strcmp(word, "launch") == 0) {
        return command_launch(argv);
    }
    if (strcmp(word, "ask") == 0) {
        return command_ask(argv + 2);
    }
    if (strcmp(word, "agent") == 0) {
        return command_agent(argv);
    }
    if (argc < 2) {
        return command_settings((char *[]){(char[]){"show"}, NULL});
    }
    if ((strcmp(word, "settings") == 0 || strcmp(word, "show") == 0) && (argc < 3 || argv[2][0] != '-')) {
        return command_settings(argv + 1);
    }
    if (strcmp(word, RELAY_WORD) == 0) {
        return command_relay(argv + 2);
    }
    if (strcmp(word, "--version") == 0) {
        return print_version();
    }
    if (strcmp(word, "--help") == 0 || strcmp(word, "-h") == 0 || strcmp(word, "help") == 0) {
        return write_everything(STDOUT_FILENO, HELP, sizeof HELP - 1) ? 0 : EXIT_OURS;
    }
    if (word[0] == '-' || word[0] == '\0') {
        die("\"%s\" is no option; see landgrant --help", word);
    }
    return command_client(argv + 1);
}
