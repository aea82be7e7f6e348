/*
 * attacks run --launcher LANDGRANT [--out DIR] [--jobs N] [--only NAME]…   every way out, outside and inside
 * attacks races --launcher LANDGRANT [--tries N] [--only OPERATION] [--out DIR]
 * attacks list                                                   the part of SECURITY.md
 *
 * Exit status: 0 nothing succeeded but what is listed; 1 something did, or an attack proves nothing; 2
 * misuse, or nothing could be run.
 */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "helpers.h"
#include "outside.h"
#include "themes.h"

enum { ONLY_MOST = 64 };

const struct theme *const THEMES[] = {
    &READING,       &CHANGING, &ATTRIBUTES, &EXCEPTIONS, &LIVE,    &WATCHING,    &UNIX_SOCKETS, &NETWORK,
    &OTHER_SOCKETS, &DESKTOP,  &BUS,        &LINKING,    &PORTALS, &SIGNALS,     &PROCESSES,    &NAMESPACES,
    &KERNEL,        &PROGRAMS, &QUEUES,     &OWN_RULES,  &INNER,   &SUPERVISING,
};
const size_t THEME_COUNT = COUNT_OF(THEMES);

const struct attack *attack_named(const char *name) {
    for (size_t i = 0; i < THEME_COUNT; i++) {
        for (size_t k = 0; k < THEMES[i]->count; k++) {
            if (strcmp(THEMES[i]->attacks[k].name, name) == 0) {
                return &THEMES[i]->attacks[k];
            }
        }
    }
    return NULL;
}

/* Ends with the word that the runner waits for, and stays to be looked at. */
static noreturn void stay(enum result said, int error) {
    const char *word = text("\nattempted %d %d %s\n", (int)said, error,
                            said == CANNOT && cannot_reason != NULL ? cannot_reason : strerror(error));
    loot(word, strlen(word));
    if (isatty(STDIN_FILENO)) {
        for (;;) {
            pause(); /* until it hangs up */
        }
    }
    char byte;
    while (read(STDIN_FILENO, &byte, 1) > 0) {
    }
    _exit(0);
}

/* attempt NAME FOLDER VICTIM TCP UDP ID TERMINAL DISPLAY */
static int attempt_main(char **words) {
    const struct attack *attack = attack_named(words[0]);
    for (int i = 1; i < 8; i++) {
        if (words[i] == NULL || attack == NULL) {
            return 2;
        }
    }
    snprintf(world.folder, sizeof world.folder, "%s", words[1]);
    world.victim = atoi(words[2]);
    world.tcp = atoi(words[3]);
    world.udp = atoi(words[4]);
    world.id = atoi(words[5]);
    world.terminal = atoi(words[6]);
    world.display = atoi(words[7]);
    if (attack->needs & NEEDS_TERMINAL) {
        signal(SIGTTOU, SIG_IGN);
    }
    errno = 0;
    enum result said = attack->attempt();
    stay(said, said == SUCCEEDED ? 0 : errno);
}

/* The launcher's stand-in outside: it holds the app, and clears up after it without much thought. */
static int hold_main(char **words) {
    prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0);
    const char *folder = text("%s/of-session", getenv("TMPDIR"));
    mkdir(folder, 0700);
    setenv("TMPDIR", folder, 1);
    pid_t child = fork();
    if (child == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0);
        execv(words[0], words);
        _exit(127);
    }
    int status = 0;
    waitpid(child, &status, 0);
    clear_carelessly(folder);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128;
}

int main(int argc, char **argv) {
    const char *word = argc > 1 ? argv[1] : "", *launcher = NULL, *folder = NULL, *only[ONLY_MOST];
    size_t only_count = 0;
    long tries = 2000, jobs = 0;
    if (strcmp(word, "attempt") == 0) {
        return attempt_main(argv + 2);
    } else if (strcmp(word, "stay") == 0) {
        stay(SUCCEEDED, 0);
    } else if (strcmp(word, "hold") == 0) {
        return hold_main(argv + 2);
    } else if (strcmp(word, "victim") == 0) {
        return victim_main(argv + 2);
    } else if (strcmp(word, "started") == 0) {
        const char *planted = getenv("LANDGRANT_PLANTED");
        return write_file(argv[2], planted != NULL ? planted : "started") ? 0 : 1;
    } else if (strcmp(word, "greet") == 0) {
        return greet_unix(SOCK_STREAM, argv[2]) == SUCCEEDED ? 0 : 1;
    } else if (strcmp(word, "greet-port") == 0) {
        return greet_port(atoi(argv[2])) == SUCCEEDED ? 0 : 1;
    } else if (strcmp(word, "print") == 0) {
        return loot_from(open(argv[2], O_RDONLY)) == SUCCEEDED ? 0 : 1;
    } else if (strcmp(word, "race") == 0) {
        return races_inside(argv + 2);
    } else if (strcmp(word, "list") == 0) {
        table_security();
        return 0;
    }
    for (int i = 2; i + 1 < argc; i += 2) {
        if (strcmp(argv[i], "--launcher") == 0) {
            launcher = argv[i + 1];
        } else if (strcmp(argv[i], "--out") == 0) {
            folder = argv[i + 1];
        } else if (strcmp(argv[i], "--only") == 0 && only_count < ONLY_MOST) {
            only[only_count++] = argv[i + 1];
        } else if (strcmp(argv[i], "--tries") == 0) {
            tries = atol(argv[i + 1]);
        } else if (strcmp(argv[i], "--jobs") == 0) {
            jobs = atol(argv[i + 1]);
        } else {
            launcher = NULL;
            break;
        }
    }
    if (launcher == NULL || argc % 2 != 0) {
        fprintf(
            stderr,
            "usage: attacks run|races --launcher LANDGRANT [--out DIR] [--only NAME] [--jobs N] [--tries N]\n"
            "       attacks list\n");
        return 2;
    }
    signal(SIGPIPE, SIG_IGN);
    return strcmp(word, "races") == 0 ? races_main(launcher, tries, only_count > 0 ? only[0] : NULL)
                                      : attack_all(launcher, folder, only, only_count, jobs);
}
