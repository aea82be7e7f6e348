/*
 * The enforcement checks: one small program, static, that runs where there is no JVM and no shell, so also in
 * a virtual machine that holds nothing but a kernel and this. It starts the real launcher with real rules
 * and looks at what the confined program could do.
 */
#ifndef LANDGRANT_CHECKS_H
#define LANDGRANT_CHECKS_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

enum { TEXT_BYTES = 4096, WORDS = 48, PORTS = 3 };

/* What is there to reach, made anew for every check. */
struct world {
    const char *launcher;
    char self[TEXT_BYTES];   /* this program */
    char folder[TEXT_BYTES]; /* all of it lies here: open/ closed/ home/ data/ runtime/ */
    int tcp_port, other_tcp_port, free_port, udp_port;
    pid_t victim;             /* sleeps outside */
    unsigned abi;             /* of the running kernel, 0: no Landlock */
    char missing[TEXT_BYTES]; /* what the launcher says it does not restrict here, each word followed by a
                                 space */
};

/* How a run of the launcher (or of the action alone) ended. */
struct outcome {
    int status;            /* exit status; 128 + n for signal n; -1 when it did not end in time */
    char said[TEXT_BYTES]; /* the start of its standard error */
};

/* Of the running kernel's Landlock; 0 without. */
unsigned kernel_abi(void);

void world_begin(struct world *world, const char *launcher, const char *folder);
void world_renew(const struct world *world);
void world_end(const struct world *world);

/*
 * Splits `text` at spaces into `words` from `count` on and returns the new count. $ stands for the world's
 * folder, @self, @tcp, @other-tcp, @free, @udp, @victim for what their names say.
 */
size_t world_words(const struct world *world, const char *text, char **words, size_t count);

/* Runs a program in the world's environment; words end with NULL. */
struct outcome world_run(const struct world *world, char **words);

/* Does one thing, as `checks do WORD…`; 0 or an errno, which becomes the exit status. */
int act(char **words);

/* One line of the result; `detail` may be empty. */
void report(const char *name, const char *result, const char *detail);

/* The checks that need an agent, played by this program. */
void live_checks(const struct world *world);

/* Runs the program of the attacks, as root where it can, and reports each. */
void attack_checks(const char *program, const char *launcher, const char *folder, unsigned abi);

#endif
