/*
 * All attacks, outside and inside. Several workers, each with a world of its own, take the next one in turn:
 * most of an attempt is waiting.
 */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "helpers.h"
#include "outside.h"
#include "themes.h"

enum { ROWS_MOST = 500, ATTEMPT_SECONDS = 20, JOBS_MOST = 8, TRIES_MOST = 3 };

/* Shared by the workers. */
struct work {
    atomic_size_t next; /* the first row that nobody has taken */
    size_t count;
    unsigned abi;
    struct abilities abilities; /* the same for all of them */
    struct row rows[ROWS_MOST];
};

static void note(char seen[SEEN_BYTES], const char *what) {
    snprintf(seen, SEEN_BYTES, "%s", what);
}

static void attack_once(struct row *row, bool confined, struct world *where, struct outside *outside,
                        const char *policy) {
    struct services services;
    struct run run;
    const struct attack *attack = row->attack;
    if (!world_renew(where, outside) || !services_start(&services, where, outside, policy)) {
        note(row->outside, "the world could not be made");
        return;
    }
    atomic_store(&outside->signals, 0);
    atomic_store(&outside->heard, 0);
    where->victim = victim_start(where, outside_descriptor());
    struct helpers helpers;
    const char *lacks = helpers_start(&helpers, attack->needs, where, outside->token);
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
        row->refused = run_was_refused(&run);
        seen = evidence(attack, where, outside, run.loot, run.length, before, world_sum(where, excepted),
                        run.holder, &services);
        if (seen == NULL && run.terminal >= 0 && characters_waiting(run.terminal) > 0) {
            seen = "a character was typed";
        }
        if (run.said == CANNOT && seen == NULL) {
            lacks = strdup(run.reason);
        }
        note(row->refusal, run.said == SUCCEEDED ? "" : run.reason);
        run_end(&run);
        if (seen == NULL && world_sum(where, excepted) != before) {
            seen = "files outside changed at the end";
        }
    }
    if (confined) {
        row->in = seen != NULL;
        note(row->inside, seen != NULL ? seen : row->refusal);
    } else {
        row->ran = lacks == NULL;
        row->out = seen != NULL;
        note(row->outside, lacks != NULL  ? lacks
                           : seen != NULL ? seen
                                          : text("nothing was seen; %s", row->refusal));
    }
    close(excepted);
    helpers_stop(&helpers);
    kill(where->victim, SIGKILL);
    waitpid(where->victim, NULL, 0);
    services_stop(&services, where);
    free((void *)(uintptr_t)attacks);
    free((void *)(uintptr_t)launcher);
}

/* What an attack's policy has besides the usual. */
static const char *more_policy(const struct attack *attack, const struct world *where) {
    return (attack->needs & NEEDS_PROXY) != 0  ? "bus talk - org.landgrant.Granted\n"
           : (attack->needs & NEEDS_LIVE) != 0 ? text("ask file %s/home/live\n", where->folder)
                                               : "";
}

/* Some disturb everybody, so they are alone; all others may be at it together. Gone with its process. */
static void take_turn(int turns, bool alone) {
    struct flock turn = {.l_type = alone ? F_WRLCK : F_RDLCK, .l_whence = SEEK_SET};
    while (fcntl(turns, F_SETLKW, &turn) != 0 && errno == EINTR) {
    }
}

static void end_turn(int turns) {
    struct flock turn = {.l_type = F_UNLCK, .l_whence = SEEK_SET};
    (void)fcntl(turns, F_SETLK, &turn);
}

/* 0; 1 when the launcher starts nothing here; 2 when there is no world. */
static int work_on(struct work *work, int turns, const char *launcher) {
    static struct world where;
    struct outside *outside = outside_make();
    where.id = 0x10000 + getpid();
    where.display = -1;
    if (outside == NULL || !world_begin(&where, launcher)) {
        return 2;
    }
    prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0); /* becoming an ordinary user has undone it */
    struct abilities abilities;
    take_turn(turns, false);
    if (!abilities_find(&abilities, &where, outside)) {
        world_end(&where);
        return 1;
    }
    work->abilities = abilities;
    end_turn(turns);
    for (size_t i; (i = atomic_fetch_add(&work->next, 1)) < work->count;) {
        struct row *row = &work->rows[i];
        const char *policy = strdup(policy_text(&where, &abilities, more_policy(row->attack, &where)));
        take_turn(turns, (row->attack->needs & NEEDS_SILENCE) != 0);
        /* A race may be lost outside too. */
        for (int tries = 0; tries == 0 || (row->ran && !row->out && tries < TRIES_MOST); tries++) {
            attack_once(row, false, &where, outside, policy);
        }
        /* On a busy machine the agent's stand-in may be too late for the launcher. */
        for (int tries = 0; row->out && (tries == 0 || (row->refused && tries < TRIES_MOST)); tries++) {
            attack_once(row, true, &where, outside, policy);
        }
        end_turn(turns);
        row->done = true;
        table_row(row, work->abi);
        free((void *)(uintptr_t)policy);
    }
    world_end(&where);
    return 0;
}

static bool is_wanted(const char *name, const char *const *only, size_t count) {
    for (size_t i = 0; i < count; i++) {
        if (strcmp(only[i], name) == 0) {
            return true;
        }
    }
    return count == 0;
}

static void list_rows(struct work *work, const char *const *only, size_t only_count) {
    for (size_t i = 0; i < THEME_COUNT; i++) {
        for (size_t k = 0; k < THEMES[i]->count && work->count < ROWS_MOST; k++) {
            if (is_wanted(THEMES[i]->attacks[k].name, only, only_count)) {
                work->rows[work->count++].attack = &THEMES[i]->attacks[k];
            }
        }
    }
}

/* The worst exit status. */
static int work_together(struct work *work, long jobs, const char *launcher) {
    int worst = 0, status = 0, turns = memfd_create("turns", MFD_CLOEXEC);
    for (long i = 0; i < jobs; i++) {
        pid_t worker = fork();
        if (worker == 0) {
            int result = turns < 0 ? 2 : work_on(work, turns, launcher);
            exit(result);
        }
        worst = worker < 0 ? 2 : worst;
    }
    while (wait(&status) > 0) {
        int result = WIFEXITED(status) ? WEXITSTATUS(status) : 2;
        worst = result > worst ? result : worst;
    }
    close(turns);
    return worst;
}

static int sum_up(const struct work *work) {
    size_t bad = 0, inside = 0, not_run = 0, lost = 0;
    for (size_t i = 0; i < work->count; i++) {
        const struct row *row = &work->rows[i];
        bad += !is_expected(row, work->abi);
        inside += row->in && row->attack->closed.by != GRANTED;
        not_run += row->done && !row->ran;
        lost += !row->done;
    }
    if (!work->abilities.udp || !work->abilities.language) {
        printf("this launcher refuses the whole policy, so an older form of it was used\n");
        bad++;
    }
    printf("Landlock ABI %u, policy with%s udp, with%s exceptions: %zu attacks, %zu cannot run here, "
           "%zu succeed confined, %zu unexpected, %zu were not tried\n",
           work->abi, work->abilities.udp ? "" : "out", work->abilities.language ? "" : "out", work->count,
           not_run, inside, bad, lost);
    return work->count == 0 ? 2 : bad + lost > 0 ? 1 : 0;
}

int attack_all(const char *launcher, const char *folder, const char *const *only, size_t only_count,
               long jobs) {
    long processors = sysconf(_SC_NPROCESSORS_ONLN);
    struct work *work = mmap(NULL, sizeof *work, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (work == MAP_FAILED || (folder != NULL && !table_open(folder))) {
        return 2;
    }
    work->abi = landlock_version();
    list_rows(work, only, only_count);
    jobs = jobs > 0 ? jobs : 2 * processors;
    jobs = jobs > JOBS_MOST ? JOBS_MOST : jobs < 1 ? 1 : jobs;
    int failed = work_together(work, jobs, launcher);
    if (failed != 0) {
        fprintf(stderr,
                failed == 1 ? "attacks: the launcher starts nothing here (Landlock ABI %u)\n"
                            : "attacks: a worker ended early (Landlock ABI %u)\n",
                work->abi);
        return 2;
    }
    table_write(work->rows, work->count, work->abi);
    return sum_up(work);
}
