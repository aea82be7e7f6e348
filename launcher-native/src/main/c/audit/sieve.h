/*
 * Sorts the kernel's audit records: of everything the machine writes down, what its rules refused to
 * processes of one user is passed on, and nothing else. Pure but for one question about a process.
 *
 * An event is several records with one serial number: what was refused (LANDLOCK_ACCESS), the first time also
 * by whose rules (LANDLOCK_DOMAIN), then who tried it (SYSCALL). It passes when the one who tried has no IDs
 * but the caller's. Where the kernel leaves that last record out (a rule "never,task" does, and each record
 * then has a serial of its own), it passes when the rules were made by a process that has none but these.
 * What neither is known of is dropped.
 *
 * Source: linux/security/landlock/audit.c, linux/kernel/audit.c (audit_log_untrustedstring).
 */
#ifndef LANDGRANT_AUDIT_SIEVE_H
#define LANDGRANT_AUDIT_SIEVE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

enum {
    RECORD_SYSCALL = 1300,
    RECORD_ACCESS = 1423,
    RECORD_DOMAIN = 1424,
    RECORD_BYTES = 8970, /* the longest record (MAX_AUDIT_MESSAGE_LENGTH) */
    SIEVE_WAITING = 64,
    SIEVE_DOMAINS = 256,
    SIEVE_PATIENCE_MS = 200, /* how long a refusal waits for the record of who tried it */
};

struct waiting {
    uint64_t serial, domain;
    int64_t since; /* ms */
    char *text;    /* NULL: this place is free */
};

struct domain {
    uint64_t id;
    pid_t maker;
    bool is_callers;
};

struct sieve {
    uid_t caller;
    /* Whether that process exists and has only these user IDs: real, effective, saved, and for files. */
    bool (*is_only)(pid_t process, uid_t user);
    /* Gets each line that passes, without a line end. */
    void (*pass)(void *context, const char *line);
    void *context;
    struct waiting waiting[SIEVE_WAITING];
    struct domain domains[SIEVE_DOMAINS];
    size_t next_domain;
};

/* One record, at `now` (ms); `text` need not end with a NUL. What is malformed changes nothing. */
void sieve_take(struct sieve *sieve, unsigned type, const char *text, size_t length, int64_t now);

/* Decides about what has waited long enough. How many still wait. */
size_t sieve_tick(struct sieve *sieve, int64_t now);

/*
 * The line of a refusal:
 *   denied SECONDS.MILLISECONDS PROCESS PARENT MAKER PROGRAM blockers=… …
 * with 0 for a process that is not known and - for the program. PROGRAM and what follows are as in the
 * record: a value in double quotes, or in hexadecimal digits where it holds anything that could end it.
 */

#endif
