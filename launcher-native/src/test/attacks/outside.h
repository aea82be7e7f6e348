/* The outside: what lies around a session, who lives there, and what they notice. */
#ifndef LANDGRANT_ATTACKS_OUTSIDE_H
#define LANDGRANT_ATTACKS_OUTSIDE_H

#include <stdatomic.h>

#include "attacks.h"

enum { TOKEN_BYTES = 33, SECRET_BYTES = 65, SEEN_BYTES = 160 };

/* Shared by the runner, the services and the victim. */
struct outside {
    char token[TOKEN_BYTES];   /* what is secret; new for every attempt */
    char secret[SECRET_BYTES]; /* the agent's */
    long time;                 /* of the secret file, secret too */
    atomic_int launcher;       /* who may talk to the agent, once */
    atomic_int launches;       /* how often it did */
    atomic_int heard;          /* bytes and connections that came from somewhere else */
    atomic_int signals;        /* that reached the victim */
    atomic_int beats;          /* the victim lives */
    atomic_int asked, allowed; /* questions of the supervisor */
    bool quiet;                /* what the launcher says is of no interest */
};

/* The folder of all, with the two programs in it, made while still root; then an ordinary user goes on. */
bool world_begin(struct world *world, const char *launcher);
void world_end(const struct world *world);

/* Files as before the first attempt, with a new secret. False with a sentence said. */
bool world_renew(const struct world *world, struct outside *outside);

/* A number over everything that must not change. */
uint64_t world_sum(const struct world *world, int excepted);

/* Servers of every kind, in a process of their own, with an agent that gives this policy. */
struct services {
    pid_t process;
    int line; /* a byte there and back: all before it was noticed */
    int terminal;
    int shared, queue, semaphore;
    long key;   /* in the user's keyring */
    bool named; /* the kernel has POSIX queues */
};
bool services_start(struct services *services, struct world *world, struct outside *outside,
                    const char *policy);
void services_sync(const struct services *services);
void services_stop(struct services *services, const struct world *world);

/* Somebody else's process, its secret in memory, in its environment, in its open files. */
pid_t victim_start(const struct world *world, int shared);
int victim_main(char **words);

/* The agent's stand-in. */
struct stand;
/* Grants the folder `live` when something in it is asked for, what was asked for itself (sockets need that),
 * and the path `planted`. */
struct stand *stand_make(struct outside *outside, const char *policy, const char *live, const char *planted);
bool stand_takes(struct stand *stand, int fd);
/* False when the line is to be closed. */
bool stand_serves(struct stand *stand, int fd);

/* A policy; `words` are its protect words that this kernel and this launcher can hold. */
struct abilities {
    bool udp, language; /* `protect udp`; `except`, `ask` and the session's own temporary folder */
    bool missing[4];
    bool works;
};
const char *policy_text(const struct world *world, const struct abilities *abilities, const char *more);

/* One run of words inside (or outside) and what came of it. */
struct run {
    pid_t holder;
    int input, output, terminal;
    char *loot;
    size_t length;
    enum result said;
    bool ended; /* before it said anything */
    int error;
    char reason[128];
    int status; /* of waitpid */
};
bool run_start(struct run *run, struct world *world, struct outside *outside, const char *const *words,
               unsigned needs);
/* Reads until the app says that it is done, or ends, or `seconds` have passed. */
void run_listen(struct run *run, int seconds);
/* After listening: whether the launcher said that it started nothing, so that nothing was tried. */
bool run_was_refused(const struct run *run);
/* Lets it end, and waits. */
void run_end(struct run *run);

/* What this launcher and this kernel can hold, tried out. */
bool abilities_find(struct abilities *abilities, struct world *world, struct outside *outside);
unsigned landlock_version(void);

/* The results as a table. */
struct row {
    const struct attack *attack;
    bool ran, out, in;        /* tried at all; succeeded outside; succeeded inside */
    bool refused;             /* the launcher started nothing, so nothing is known */
    bool done;                /* the rest of it is written */
    char outside[SEEN_BYTES]; /* what was seen, or the reason why it cannot run here */
    char inside[SEEN_BYTES];
    char refusal[SEEN_BYTES];
};
bool is_expected(const struct row *row, unsigned abi);
bool is_closed_here(const struct attack *attack, unsigned abi);
/* The files are opened while still allowed to. */
bool table_open(const char *folder);
void table_row(const struct row *row, unsigned abi);
void table_write(const struct row *rows, size_t count, unsigned abi);
/* The part of SECURITY.md: the same on every machine. */
void table_security(void);

/* Every attack, or only these, by so many workers (0: twice as many as there are processors). An exit status.
 */
int attack_all(const char *launcher, const char *folder, const char *const *only, size_t only_count,
               long jobs);

int races_main(const char *launcher, long tries, const char *only);
int races_inside(char **words);

/* What was seen after an attempt, in a few words; NULL when nothing was. */
const char *evidence(const struct attack *attack, const struct world *world, const struct outside *outside,
                     const char *loot, size_t length, uint64_t before, uint64_t now, pid_t holder,
                     const struct services *services);
/* The victim and whoever holds the app are well. */
void evidence_begin(const struct world *world);

#endif
