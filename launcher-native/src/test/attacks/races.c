/* The runner's side of the races: a folder that the agent's stand-in grants live, a secret one beside it. */
#include "races.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "helpers.h"
#include "outside.h"

enum { OUTSIDE_TRIES = 1000, OUTSIDE_RACES = 10, TRIES_A_SECOND = 500, LEAST_SECONDS = 60 };

/* What was seen, or NULL. `honest`: calls that rightly succeeded. */
static const char *race_once(const struct race *race, long tries, bool confined, struct world *where,
                             struct outside *outside, const char *policy, long *honest) {
    struct services services;
    struct run run;
    *honest = 0;
    atomic_store(&outside->heard, 0);
    atomic_store(&outside->allowed, 0);
    if (!world_renew(where, outside) || !services_start(&services, where, outside, policy)) {
        return "the world could not be made";
    }
    uint64_t before = world_sum(where, -1);
    const char *attacks = text("%s/bin/attacks", where->folder);
    const char *words[] = {text("%s/bin/landgrant", where->folder),
                           "launch",
                           "attacks.desktop",
                           "--",
                           attacks,
                           "race",
                           race->operation,
                           text("%ld", tries),
                           where->folder,
                           NULL};
    if (!confined) {
        words[2] = attacks;
        words[3] = "hold";
    }
    const char *seen = "the launcher could not be started";
    if (run_start(&run, where, outside, confined ? words : words + 2, 0)) {
        run_listen(&run, LEAST_SECONDS + (int)(tries / TRIES_A_SECOND));
        services_sync(&services);
        const char *said = memmem(run.loot, run.length, "\nhonest ", 8);
        *honest = said != NULL ? atol(said + 8) : -1;
        seen = memmem(run.loot, run.length, outside->token, 16) != NULL ? "the secret came out"
               : world_sum(where, -1) != before                         ? "files outside changed"
               : atomic_load(&outside->heard) > 0                       ? "somebody outside was spoken to"
               : said == NULL                                           ? "it did not come to an end"
                                                                        : NULL;
        run_end(&run);
    }
    services_stop(&services, where);
    return seen;
}

int races_main(const char *launcher, long tries, const char *only) {
    static struct world where = {.display = -1};
    struct outside *outside = outside_make();
    struct abilities abilities;
    size_t won = 0, proven = 0, count = 0;
    where.id = 0x10000 + getpid();
    if (outside == NULL || !world_begin(&where, launcher)) {
        return 2;
    }
    if (!abilities_find(&abilities, &where, outside)) {
        fprintf(stderr, "attacks: the launcher starts nothing here\n");
        world_end(&where);
        return 2;
    }
    const char *more = abilities.language ? text("ask file %s/home/live\n", where.folder) : "";
    const char *policy = strdup(policy_text(&where, &abilities, more));
    printf("%-10s %10s %10s %s\n", "operation", "tries", "rightly", "seen");
    for (size_t i = 0; i < RACE_COUNT; i++) {
        if (only != NULL && strcmp(only, RACES[i].operation) != 0) {
            continue;
        }
        long honest = 0;
        /* Outside it has to be won, or it is no race. */
        bool works = false;
        for (int j = 0; j < OUTSIDE_RACES && !works; j++) {
            works = race_once(&RACES[i], OUTSIDE_TRIES, false, &where, outside, policy, &honest) != NULL;
        }
        const char *seen = race_once(&RACES[i], tries, true, &where, outside, policy, &honest);
        bool granted = works && atomic_load(&outside->allowed) > 0 && honest > 0;
        count++;
        won += seen != NULL;
        proven += granted;
        printf("%-10s %10ld %10ld %s\n", RACES[i].operation, tries, honest,
               seen != NULL ? seen
               : granted    ? "nothing"
                            : "nothing, but nothing was granted either");
        fflush(stdout);
    }
    world_end(&where);
    printf("%zu operations, %zu lost to the app, %zu prove something\n", count, won, proven);
    return count == 0 ? 2 : won > 0 || proven < count ? 1 : 0;
}
