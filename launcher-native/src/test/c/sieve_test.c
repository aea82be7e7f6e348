#include "audit/sieve.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "check.h"

enum { ADA = 1000, LATER = SIEVE_PATIENCE_MS };

static char passed[32768];
static pid_t adas; /* the one process that has only her IDs */

static bool is_only(pid_t process, uid_t user) {
    return process == adas && user == ADA;
}

static void pass(void *context, const char *line) {
    (void)context;
    size_t length = strlen(passed);
    snprintf(passed + length, sizeof passed - length, "%s\n", line);
}

static struct sieve *anew(void) {
    static struct sieve sieve;
    for (size_t i = 0; i < SIEVE_WAITING; i++) {
        free(sieve.waiting[i].text);
    }
    sieve = (struct sieve){.caller = ADA, .is_only = is_only, .pass = pass};
    passed[0] = '\0';
    adas = 0;
    return &sieve;
}

static void take(struct sieve *sieve, unsigned type, const char *text) {
    sieve_take(sieve, type, text, strlen(text), 0);
}

/* As Linux 6.18 says it. */
#define ACCESS                                                                                               \
    "audit(1795370623.973:3): domain=14e7735d1 blockers=fs.read_file path=\"/tmp/secret.txt\" "              \
    "dev=\"vda\" ino=2163440"
#define DOMAIN                                                                                               \
    "audit(1795370623.973:3): domain=14e7735d1 status=allocated mode=enforcing pid=7390 uid=1000 "           \
    "exe=\"/tmp/c/llrun\" comm=\"llrun\""
#define SYSCALL_OF(uids, comm)                                                                               \
    "audit(1795370623.973:3): arch=c000003e syscall=257 success=no exit=-13 a0=ffffff9c a1=7ffcf1c40ade "    \
    "a2=0 a3=0 items=0 ppid=7381 pid=7390 auid=4294967295 " uids " tty=(none) ses=4294967295 comm=" comm     \
    " exe=\"/usr/bin/cat\" key=(null)"
#define ALL_ADAS "uid=1000 gid=1000 euid=1000 suid=1000 fsuid=1000 egid=1000 sgid=1000 fsgid=1000"
#define LINE(maker, program)                                                                                 \
    "denied 1795370623.973 7390 7381 " maker " " program                                                     \
    " blockers=fs.read_file path=\"/tmp/secret.txt\" dev=\"vda\" ino=2163440\n"

static void what_is_the_callers(void) {
    struct sieve *sieve = anew();
    take(sieve, RECORD_ACCESS, ACCESS);
    take(sieve, RECORD_DOMAIN, DOMAIN);
    SAME("", passed);
    CHECK(sieve_tick(sieve, 1) == 1);
    take(sieve, RECORD_SYSCALL, SYSCALL_OF(ALL_ADAS, "\"cat\""));
    SAME(LINE("7390", "\"cat\""), passed);
    CHECK(sieve_tick(sieve, LATER) == 0);
    /* Without whose rules they are, and with a program's name that would be more than one word. */
    sieve = anew();
    take(sieve, RECORD_ACCESS, ACCESS);
    take(sieve, RECORD_SYSCALL, SYSCALL_OF(ALL_ADAS, "63206174"));
    SAME(LINE("0", "63206174"), passed);
}

/* A set-user-ID program, a service that changed its user, another person, root. */
static void what_is_of_others(void) {
    static const char *const OTHERS[] = {
        SYSCALL_OF("uid=1001 gid=1 euid=1001 suid=1001 fsuid=1001 egid=1", "\"cat\""),
        SYSCALL_OF("uid=0 gid=0 euid=0 suid=0 fsuid=0 egid=0", "\"cat\""),
        SYSCALL_OF("uid=1000 gid=1 euid=0 suid=1000 fsuid=1000 egid=1", "\"cat\""),
        SYSCALL_OF("uid=1000 gid=1 euid=1000 suid=0 fsuid=1000 egid=1", "\"cat\""),
        SYSCALL_OF("uid=1000 gid=1 euid=1000 suid=1000 fsuid=0 egid=1", "\"cat\""),
        SYSCALL_OF("uid=10000 gid=1 euid=10000 suid=10000 fsuid=10000 egid=1", "\"cat\""),
        SYSCALL_OF("uid=4294968296 gid=1 euid=1000 suid=1000 fsuid=1000 egid=1", "\"cat\""),
        SYSCALL_OF("uid=1000x gid=1 euid=1000 suid=1000 fsuid=1000 egid=1", "\"cat\""),
        SYSCALL_OF("uid= gid=1 euid=1000 suid=1000 fsuid=1000 egid=1", "\"cat\""),
        SYSCALL_OF("gid=1000", "\"cat\""),
        /* The kernel's own words come first, whatever a label at the end says. */
        SYSCALL_OF("uid=0 gid=0 euid=0 suid=0 fsuid=0 egid=0", "\"cat\"") " subj=x " ALL_ADAS,
        "audit(1795370623.973:3): ",
    };
    for (size_t i = 0; i < sizeof OTHERS / sizeof OTHERS[0]; i++) {
        struct sieve *sieve = anew();
        adas = 7390; /* although the rules are hers */
        take(sieve, RECORD_ACCESS, ACCESS);
        take(sieve, RECORD_DOMAIN, DOMAIN);
        take(sieve, RECORD_SYSCALL, OTHERS[i]);
        sieve_tick(sieve, LATER);
        SAME("", passed);
    }
}

/* Where the kernel does not say who tried it. */
static void whose_rules_they_are(void) {
    struct sieve *sieve = anew();
    adas = 7390;
    take(sieve, RECORD_ACCESS, ACCESS);
    take(sieve, RECORD_DOMAIN, DOMAIN);
    CHECK(sieve_tick(sieve, LATER - 1) == 1);
    SAME("", passed);
    CHECK(sieve_tick(sieve, LATER) == 0);
    SAME("denied 1795370623.973 0 0 7390 - blockers=fs.read_file path=\"/tmp/secret.txt\" dev=\"vda\" "
         "ino=2163440\n",
         passed);
    /* The rules are gone, and their number means others now. */
    take(sieve, RECORD_DOMAIN, "audit(1795370625.1:9): domain=14e7735d1 status=deallocated denials=1");
    passed[0] = '\0';
    take(sieve, RECORD_ACCESS, ACCESS);
    sieve_tick(sieve, LATER);
    SAME("", passed);

    sieve = anew();
    adas = 7391; /* hers by the record, but that process has other IDs besides, or is gone */
    take(sieve, RECORD_ACCESS, ACCESS);
    take(sieve, RECORD_DOMAIN, DOMAIN);
    sieve_tick(sieve, LATER);
    SAME("", passed);

    sieve = anew();
    adas = 7390;
    take(sieve, RECORD_ACCESS, ACCESS);
    take(sieve, RECORD_DOMAIN,
         "audit(1795370623.973:3): domain=14e7735d1 status=allocated mode=enforcing pid=7390 uid=0 "
         "exe=\"/x\" comm=\"x\" uid=1000");
    /* A second word about the same rules changes nothing. */
    take(sieve, RECORD_DOMAIN, DOMAIN);
    sieve_tick(sieve, LATER);
    SAME("", passed);
}

static void records_of_other_kinds_and_forms(void) {
    static const char *const BAD[] = {
        "",
        "audit(",
        "audit(1.2:3)",
        "audit(1.2:3):",
        "audit(1.2:x): domain=1 blockers=ptrace",
        "audit(1.2:99999999999999999999): domain=1 blockers=ptrace",
        "audit(:3): domain=1 blockers=ptrace",
        "audit(11111111111111111111111.2:3): domain=1 blockers=ptrace",
        "audit(1795370623.973:3): blockers=ptrace",
        "audit(1795370623.973:3): domain= blockers=ptrace",
        "audit(1795370623.973:3): domain=xyz blockers=ptrace",
        "audit(1795370623.973:3): domain=1ffffffffffffffff blockers=ptrace",
        "audit(1795370623.973:3): domain=1 path=\"/x\"",
        "audit(1795370623.973:3): domain=1 blockers=fs.read_file path=\"/tmp/\xc3\xa9\"",
        "audit(1795370623.973:3): domain=1 blockers=fs.read_file path=\"/tmp/\ndenied\"",
    };
    for (size_t i = 0; i < sizeof BAD / sizeof BAD[0]; i++) {
        struct sieve *sieve = anew();
        take(sieve, RECORD_ACCESS, BAD[i]);
        take(sieve, RECORD_SYSCALL, SYSCALL_OF(ALL_ADAS, "\"cat\""));
        CHECK(sieve_tick(sieve, LATER) == 0);
        SAME("", passed);
    }
    struct sieve *sieve = anew();
    take(sieve, 1400, ACCESS); /* of another security module */
    take(sieve, 1100, ACCESS); /* what a program wrote */
    CHECK(sieve_tick(sieve, 0) == 0);
    take(sieve, RECORD_ACCESS, ACCESS);
    take(sieve, 1112, SYSCALL_OF(ALL_ADAS, "\"cat\""));
    SAME("", passed);
    /* Too long for a record, and as long as one may be. */
    static char text[RECORD_BYTES + 2];
    memset(text, 'a', sizeof text);
    memcpy(text, "audit(1.2:3): domain=1 blockers=", 32);
    sieve = anew();
    sieve_take(sieve, RECORD_ACCESS, text, RECORD_BYTES + 1, 0);
    CHECK(sieve_tick(sieve, 0) == 0);
    sieve_take(sieve, RECORD_ACCESS, text, RECORD_BYTES, 0);
    CHECK(sieve_tick(sieve, 0) == 1);
    take(sieve, RECORD_SYSCALL, "audit(1.2:3): ppid=1 pid=2 " ALL_ADAS " comm=\"x\"");
    CHECK(strlen(passed) > RECORD_BYTES - 64);
    /* Every beginning of a record is one that does not crash. */
    for (size_t length = 0; length <= strlen(ACCESS); length++) {
        sieve = anew();
        sieve_take(sieve, RECORD_ACCESS, ACCESS, length, 0);
        sieve_take(sieve, RECORD_DOMAIN, DOMAIN, length, 0);
        sieve_take(sieve, RECORD_SYSCALL, SYSCALL_OF(ALL_ADAS, "\"cat\""), length, 0);
        sieve_tick(sieve, LATER);
    }
}

static void more_at_once_than_there_is_room_for(void) {
    struct sieve *sieve = anew();
    char text[200];
    for (int i = 0; i < 10 * SIEVE_WAITING; i++) {
        snprintf(text, sizeof text, "audit(1.2:%d): domain=%x blockers=ptrace opid=1", 100 + i, i + 1);
        take(sieve, RECORD_ACCESS, text);
        snprintf(text, sizeof text, "audit(1.2:%d): domain=%x status=allocated pid=5 uid=1001", 100 + i,
                 i + 1);
        take(sieve, RECORD_DOMAIN, text);
    }
    CHECK(sieve_tick(sieve, 0) == SIEVE_WAITING);
    SAME("", passed);
    take(sieve, RECORD_ACCESS, ACCESS);
    take(sieve, RECORD_SYSCALL, SYSCALL_OF(ALL_ADAS, "\"cat\""));
    SAME(LINE("0", "\"cat\""), passed);
    anew();
}

void test_sieve(void) {
    what_is_the_callers();
    what_is_of_others();
    whose_rules_they_are();
    records_of_other_kinds_and_forms();
    more_at_once_than_there_is_room_for();
}
