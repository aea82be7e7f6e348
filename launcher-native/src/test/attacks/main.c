/*
 * attacks run --launcher LANDGRANT [--out DIR] [--only NAME]…   every way out, outside and inside
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
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "helpers.h"
#include "outside.h"
#include "themes.h"

enum { ROWS_MOST = 400, ATTEMPT_SECONDS = 20, ONLY_MOST = 64 };

const struct theme *const THEMES[] = {
    &READING, &CHANGING,      &ATTRIBUTES, &EXCEPTIONS, &WATCHING,    &UNIX_SOCKETS,
    &NETWORK, &OTHER_SOCKETS, &DESKTOP,    &SIGNALS,    &PROCESSES,   &NAMESPACES,
    &KERNEL,  &PROGRAMS,      &QUEUES,     &OWN_RULES,  &SUPERVISING,
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

static void attack_once(struct row *row, bool confined, struct world *where, struct outside *outside,
                        const char *policy) {
    struct services services;
    struct run run;
    const struct attack *attack = row->attack;
    if (!world_renew(where, outside) || !services_start(&services, where, outside, policy)) {
        row->outside = "the world could not be made";
        return;
    }
    atomic_store(&outside->signals, 0);
    atomic_store(&outside->heard, 0);
    where->victim = victim_start(where, outside_descriptor());
    struct helpers helpers;
    const char *lacks = helpers_start(&helpers, attack->needs, where);
    int excepted = open(text("%s/home/wide/deep/secret", where->folder), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    evidence_begin(where);
    uint64_t before = world_sum(where, excepted);
    const char *attacks = strdup(text("%s/bin/attacks", where->folder));
    const char *launcher = strdup(text("%s/bin/landgrant", where->folder));
    char numbers[6][16];
    const int values[6] = {where->victim, where->tcp, where->udp, where->id, where->terminal, where->display};
    for (int i = 0; i < 6; i++) {
        snprintf(numbers[i], sizeof numbers[i], "%d", values[i]);
    }
    const char *words[20] = {launcher, "launch", "attacks.desktop", "--"};
    size_t count = confined ? 4 : 2;
    if (!confined) {
        words[0] = attacks;
        words[1] = "hold";
    }
    const char *rest[] = {attacks,    "attempt",  attack->name, where->folder, numbers[0], numbers[1],
                          numbers[2], numbers[3], numbers[4],   numbers[5],    NULL};
    memcpy(words + count, rest, sizeof rest);
    const char *seen = NULL;
    if (lacks == NULL && run_start(&run, where, outside, words, attack->needs)) {
        run_listen(&run, ATTEMPT_SECONDS);
        seen = evidence(attack, where, outside, run.loot, run.length, before, world_sum(where, excepted),
                        run.holder, &services);
        if (seen == NULL && run.terminal >= 0 && characters_waiting(run.terminal) > 0) {
            seen = "a character was typed";
        }
        if (run.said == CANNOT && seen == NULL) {
            lacks = strdup(run.reason);
        }
        snprintf(row->refusal, sizeof row->refusal, "%s", run.said == SUCCEEDED ? "" : run.reason);
        run_end(&run);
        if (seen == NULL && world_sum(where, excepted) != before) {
            seen = "files outside changed at the end";
        }
    }
    if (confined) {
        row->in = seen != NULL;
        row->inside = seen != NULL ? seen : row->refusal;
    } else {
        row->ran = lacks == NULL;
        row->out = seen != NULL;
        row->outside = lacks != NULL  ? lacks
                       : seen != NULL ? seen
                                      : strdup(text("nothing was seen; %s", row->refusal));
    }
    close(excepted);
    helpers_stop(&helpers);
    kill(where->victim, SIGKILL);
    waitpid(where->victim, NULL, 0);
    services_stop(&services, where);
    free((void *)(uintptr_t)attacks);
    free((void *)(uintptr_t)launcher);
}

static bool is_wanted(const char *name, const char *const *only, size_t count) {
    for (size_t i = 0; i < count; i++) {
        if (strcmp(only[i], name) == 0) {
            return true;
        }
    }
    return count == 0;
}

static int attack_all(const char *launcher, const char *folder, const char *const *only, size_t only_count) {
    static struct row rows[ROWS_MOST];
    static struct world where;
    struct outside *outside = outside_make();
    struct abilities abilities;
    size_t count = 0, bad = 0, inside = 0, not_run = 0;
    unsigned abi = landlock_version();
    where.id = 0x10000 + getpid();
    where.display = -1;
    if (outside == NULL || (folder != NULL && !table_open(folder)) || !world_begin(&where, launcher)) {
        return 2;
    }
    if (!abilities_find(&abilities, &where, outside)) {
        fprintf(stderr, "attacks: the launcher starts nothing here (Landlock ABI %u)\n", abi);
        world_end(&where);
        return 2;
    }
    for (size_t i = 0; i < THEME_COUNT; i++) {
        for (size_t k = 0; k < THEMES[i]->count; k++) {
            if (!is_wanted(THEMES[i]->attacks[k].name, only, only_count)) {
                continue;
            }
            struct row *row = &rows[count++];
            row->attack = &THEMES[i]->attacks[k];
            const char *policy = strdup(policy_text(&where, &abilities, ""));
            attack_once(row, false, &where, outside, policy);
            if (row->ran && row->out) {
                attack_once(row, true, &where, outside, policy);
            }
            bad += !is_expected(row, abi);
            inside += row->in;
            not_run += !row->ran;
            free((void *)(uintptr_t)policy);
        }
    }
    world_end(&where);
    table_print(rows, count, abi);
    printf("Landlock ABI %u, policy with%s udp, with%s exceptions: %zu attacks, %zu cannot run here, "
           "%zu succeed confined, %zu unexpected\n",
           abi, abilities.udp ? "" : "out", abilities.language ? "" : "out", count, not_run, inside, bad);
    return count == 0 ? 2 : bad > 0 ? 1 : 0;
}

int main(int argc, char **argv) {
    const char *word = argc > 1 ? argv[1] : "", *launcher = NULL, *folder = NULL, *only[ONLY_MOST];
    size_t only_count = 0;
    long tries = 2000;
    if (strcmp(word, "attempt") == 0) {
        return attempt_main(argv + 2);
    } else if (strcmp(word, "stay") == 0) {
        stay(SUCCEEDED, 0);
    } else if (strcmp(word, "hold") == 0) {
        return hold_main(argv + 2);
    } else if (strcmp(word, "victim") == 0) {
        return victim_main(argv + 2);
    } else if (strcmp(word, "started") == 0) {
        return write_file(argv[2], "started") ? 0 : 1;
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
        } else {
            launcher = NULL;
            break;
        }
    }
    if (launcher == NULL || argc % 2 != 0) {
        fprintf(stderr,
                "usage: attacks run|races --launcher LANDGRANT [--out DIR] [--only NAME] [--tries N]\n"
                "       attacks list\n");
        return 2;
    }
    signal(SIGPIPE, SIG_IGN);
    return strcmp(word, "races") == 0 ? races_main(launcher, tries, only_count > 0 ? only[0] : NULL, folder)
                                      : attack_all(launcher, folder, only, only_count);
}
