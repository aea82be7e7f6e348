/*
 * checks LAUNCHER FOLDER                   runs every check, in a folder of its own below FOLDER
 * checks attacks PROGRAM LAUNCHER FOLDER   runs the attacks
 * checks do ACTION WORD…                   what the checks start, confined and not
 *
 * Prints one line each, fields separated by tabs: `kernel` and its release, `abi` and a number, `check` with
 * name, result and detail, at last `end` and the number of checks. Exit status 1 when a check failed.
 *
 * What must be refused is tried without limits first, and has to succeed there: so no check can pass because
 * the try itself is broken. How a refusal came about is said: by the kernel when its Landlock knows the
 * right, else by the launcher; or not at all, which is no failure when the launcher itself said so.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/utsname.h>
#include <unistd.h>

#include "checks.h"

enum wanted { ALLOWED, REFUSED };

/* No kernel has a right for it: the launcher alone refuses it. */
#define BY_LAUNCHER 99u

struct check {
    const char *name;
    enum wanted wanted;
    unsigned abi; /* the first Landlock whose rights refuse it */
    const char
        *word; /* the launcher's word for what is not restricted; NULL when it has none, so must refuse */
    const char *rules;
    const char *action;
};

static const struct check CHECKS[] = {
    {"read a granted file", ALLOWED, 0, NULL, "--ro $/open", "read $/open/file"},
    {"read another file", REFUSED, 1, NULL, "--ro $/open", "read $/closed/file"},
    {"read out of a granted folder by ..", REFUSED, 1, NULL, "--ro $/open", "read $/open/../closed/file"},
    {"list a granted folder", ALLOWED, 0, NULL, "--ro $/open", "list $/open"},
    {"list another folder", REFUSED, 1, NULL, "--ro $/open", "list $/closed"},
    {"write a granted file", ALLOWED, 0, NULL, "--rw $/open", "write $/open/file"},
    {"write a file granted for reading", REFUSED, 1, NULL, "--ro $/open", "write $/open/file"},
    {"create in a granted folder", ALLOWED, 0, NULL, "--rw $/open", "create $/open/new"},
    {"create in another folder", REFUSED, 1, NULL, "--rw $/open", "create $/closed/new"},
    {"remove in a granted folder", ALLOWED, 0, NULL, "--rw $/open", "remove $/open/file"},
    {"remove in another folder", REFUSED, 1, NULL, "--rw $/open", "remove $/closed/file"},
    {"make a folder, a FIFO: folder", ALLOWED, 0, NULL, "--rw $/open", "make-folder $/open/new"},
    {"make a folder, a FIFO: FIFO", ALLOWED, 0, NULL, "--rw $/open", "make-fifo $/open/new"},
    {"make a folder elsewhere", REFUSED, 1, NULL, "--rw $/open", "make-folder $/closed/new"},
    {"make a symbolic link elsewhere", REFUSED, 1, NULL, "--rw $/open", "symlink x $/closed/new"},
    {"execute a granted program", ALLOWED, 0, NULL, "--rox $/open", "execute $/open/program"},
    {"execute a program granted for reading", REFUSED, 1, NULL, "--ro $/open", "execute $/open/program"},
    {"rename within a granted folder", ALLOWED, 0, NULL, "--rw $/open", "rename $/open/file $/open/sub/file"},
    {"rename out of a granted folder", REFUSED, 1, NULL, "--rw $/open --ro $/closed",
     "rename $/open/file $/closed/new"},
    {"rename into a granted folder", REFUSED, 1, NULL, "--rw $/open --ro $/closed",
     "rename $/closed/file $/open/new"},
    {"link a file into a granted folder", REFUSED, 1, NULL, "--rw $/open --ro $/closed",
     "link $/closed/file $/open/new"},
    {"truncate a granted file", ALLOWED, 0, NULL, "--rw $/open", "truncate $/open/file"},
    {"truncate another file", REFUSED, 3, NULL, "--ro $/open", "truncate $/closed/file"},
    {"truncate a file granted for reading", REFUSED, 3, NULL, "--ro $/open", "truncate $/open/file"},
    {"truncate by opening for reading", REFUSED, 3, NULL, "--ro $/open", "open-truncating $/open/file"},
    {"change the mode of a granted file", ALLOWED, 0, NULL, "--rw $/open", "chmod $/open/file"},
    {"change the mode of another file", REFUSED, BY_LAUNCHER, NULL, "--ro $/open", "chmod $/closed/file"},
    {"change the mode by descriptor", REFUSED, BY_LAUNCHER, NULL, "--ro $/open --ro /proc",
     "chmod-descriptor $/closed/file"},
    {"change the owner of another file", REFUSED, BY_LAUNCHER, NULL, "--ro $/open", "chown $/closed/file"},
    {"change the times of another file", REFUSED, BY_LAUNCHER, NULL, "--ro $/open", "set-time $/closed/file"},
    {"set an attribute of another file", REFUSED, BY_LAUNCHER, NULL, "--ro $/open",
     "set-attribute $/closed/file"},
    {"connect to a granted TCP port", ALLOWED, 0, NULL, "--connect-tcp @tcp", "connect @tcp"},
    {"connect to another TCP port", REFUSED, 4, "connect-tcp", "--connect-tcp @tcp", "connect @other-tcp"},
    {"connect by MPTCP", REFUSED, BY_LAUNCHER, "connect-tcp", "--connect-tcp @tcp",
     "connect-mptcp @other-tcp"},
    {"connect by TCP fast open", REFUSED, BY_LAUNCHER, "connect-tcp", "--connect-tcp @tcp",
     "send-fast @other-tcp"},
    {"listen on a granted TCP port", ALLOWED, 0, NULL, "--bind-tcp @free", "listen @free"},
    {"listen on another TCP port", REFUSED, 4, "listen-tcp", "--bind-tcp 1", "listen @free"},
    {"listen without binding", REFUSED, BY_LAUNCHER, "listen-tcp", "--bind-tcp 1", "listen-unbound"},
    {"send by UDP", REFUSED, 10, "udp", "", "send-udp @udp"},
    {"listen on UDP", REFUSED, 10, "udp", "", "listen-udp @free"},
    {"open generic netlink", REFUSED, BY_LAUNCHER, NULL, "", "netlink"},
    {"connect to another's socket by path", REFUSED, 9, NULL, "--ro $/open", "connect-unix $/sockets/stream"},
    {"send to another's socket by path", REFUSED, 9, NULL, "--ro $/open", "send-unix $/sockets/datagram"},
    {"connect to a granted socket", ALLOWED, 0, NULL, "--rw $/sockets/stream",
     "connect-unix $/sockets/stream"},
    {"connect to one's own socket by path", ALLOWED, 0, NULL, "--rw $/open", "own-unix $/open/socket"},
    {"connect to another's abstract socket", REFUSED, 6, "abstract-sockets", "",
     "connect-unix @landgrant-checks"},
    {"connect to one's own abstract socket", ALLOWED, 0, NULL, "", "own-unix @landgrant-own"},
    {"signal a process outside", REFUSED, 6, "signals", "", "signal @victim"},
    {"signal one's own child", ALLOWED, 0, NULL, "", "signal-own"},
    {"trace a process outside", REFUSED, 1, NULL, "", "trace @victim"},
    {"start many processes", ALLOWED, 0, NULL, "", "children"},
    {"make an io_uring", REFUSED, BY_LAUNCHER, NULL, "", "ring"},
    {"mount", REFUSED, BY_LAUNCHER, NULL, "--rw $/open", "mount $/open/sub"},
};

static size_t reported;
static bool failed;

void report(const char *name, const char *result, const char *detail) {
    char line[512];
    int length = snprintf(line, sizeof line, "check\t%s\t%s\t", name, result);
    for (; *detail != '\0' && length < (int)sizeof line - 2; detail++) {
        line[length++] = *detail >= ' ' || *detail < 0 ? *detail : ' ';
    }
    line[length++] = '\n';
    fwrite(line, 1, (size_t)length, stdout);
    fflush(stdout);
    reported++;
    failed = failed || strcmp(result, "FAILED") == 0;
}

static struct outcome run_plain(const struct world *world, const char *action) {
    char *words[WORDS];
    size_t count = world_words(world, "@self do", words, 0);
    world_words(world, action, words, count);
    world_renew(world);
    return world_run(world, words);
}

static struct outcome run_confined(const struct world *world, const char *options, const char *rules,
                                   const char *action) {
    char *words[WORDS] = {strdup(world->launcher)};
    size_t count = world_words(world, "run --rox @self", words, 1);
    count = world_words(world, options, words, count);
    count = world_words(world, rules, words, count);
    count = world_words(world, "-- @self do", words, count);
    world_words(world, action, words, count);
    world_renew(world);
    return world_run(world, words);
}

static bool is_missing(const struct world *world, const char *word) {
    char with_space[64];
    snprintf(with_space, sizeof with_space, "%s ", word != NULL ? word : "?");
    return strstr(world->missing, with_space) != NULL;
}

/* Errors by which a wall answers; others are a broken try or a broken launcher. */
static bool is_refusal(int status) {
    static const int REFUSALS[] = {EACCES, EPERM, EXDEV, ENOSYS, EAFNOSUPPORT, EPROTONOSUPPORT, EOPNOTSUPP};
    for (size_t i = 0; i < sizeof REFUSALS / sizeof REFUSALS[0]; i++) {
        if (status == REFUSALS[i]) {
            return true;
        }
    }
    return false;
}

static void report_outcome(const char *name, const char *result, const char *what,
                           const struct outcome *outcome) {
    char detail[TEXT_BYTES + 128];
    snprintf(detail, sizeof detail, "%s %d%s%s %s", what, outcome->status,
             outcome->status > 0 && outcome->status < 99 ? " " : "",
             outcome->status > 0 && outcome->status < 99 ? strerrorname_np(outcome->status) : "",
             outcome->said);
    report(name, result, detail);
}

static void check_one(const struct world *world, const struct check *check) {
    if (check->wanted == REFUSED) {
        struct outcome plain = run_plain(world, check->action);
        if (plain.status != 0) {
            report_outcome(check->name, "not possible here", "unconfined:", &plain);
            return;
        }
    }
    struct outcome outcome = run_confined(world, "--best-effort", check->rules, check->action);
    if (world->abi == 0) {
        bool good = outcome.status == 125 && strstr(outcome.said, "no Landlock") != NULL;
        report_outcome(check->name, good ? "not started" : "FAILED", "ended with", &outcome);
    } else if (check->wanted == ALLOWED) {
        report_outcome(check->name, outcome.status == 0 ? "works" : "FAILED", "ended with", &outcome);
    } else if (is_refusal(outcome.status)) {
        report_outcome(check->name, world->abi >= check->abi ? "kernel" : "launcher", "ended with", &outcome);
    } else if (outcome.status == 0 && world->abi < check->abi && is_missing(world, check->word)) {
        report_outcome(check->name, "missing, said", "ended with", &outcome);
    } else {
        report_outcome(check->name, "FAILED", "ended with", &outcome);
    }
}

/* What the launcher says this kernel does not restrict. */
static void learn_missing(struct world *world) {
    struct outcome outcome = run_confined(world, "--best-effort", "", "nothing");
    static const char SENTENCE[] = "not restricted: ";
    size_t length = 0;
    for (const char *at = strstr(outcome.said, SENTENCE); at != NULL; at = strstr(at, SENTENCE)) {
        at += sizeof SENTENCE - 1;
        int word = (int)strcspn(at, "\n");
        length +=
            (size_t)snprintf(world->missing + length, sizeof world->missing - length, "%.*s ", word, at);
    }
    if (world->abi > 0) {
        report_outcome("start an empty program", outcome.status == 0 ? "works" : "FAILED", "ended with",
                       &outcome);
    }
}

/* Without --best-effort a kernel that cannot do everything starts nothing, and one sentence says why. */
static void check_strict(const struct world *world) {
    struct outcome outcome = run_confined(world, "", "--rw $/open", "create $/open/new");
    char path[TEXT_BYTES + 16];
    snprintf(path, sizeof path, "%s/open/new", world->folder);
    bool created = access(path, F_OK) == 0, all = world->abi > 0 && world->missing[0] == '\0';
    const char *said = world->abi == 0 ? "no Landlock" : "cannot restrict";
    bool refused = outcome.status == 125 && !created && strstr(outcome.said, said) != NULL &&
                   strchr(outcome.said, '\n') == strrchr(outcome.said, '\n');
    const char *good = all ? "works" : "not started";
    report_outcome("start only what can be confined as wanted",
                   (all ? outcome.status == 0 && created : refused) ? good : "FAILED", "ended with",
                   &outcome);
}

int main(int argc, char **argv) {
    if (argc >= 3 && strcmp(argv[1], "do") == 0) {
        return act(argv + 2);
    }
    if (argc == 5 && strcmp(argv[1], "attacks") == 0) {
        attack_checks(argv[2], argv[3], argv[4], kernel_abi());
        printf("end\t%zu\n", reported);
        return failed ? 1 : 0;
    }
    if (argc != 3) {
        fprintf(stderr,
                "usage: checks LAUNCHER FOLDER | attacks PROGRAM LAUNCHER FOLDER | do ACTION WORD…\n");
        return 2;
    }
    static struct world world;
    struct utsname kernel;
    world_begin(&world, argv[1], argv[2]);
    uname(&kernel);
    printf("kernel\t%s\nabi\t%u\n", kernel.release, world.abi);
    learn_missing(&world);
    check_strict(&world);
    for (size_t i = 0; i < sizeof CHECKS / sizeof CHECKS[0]; i++) {
        check_one(&world, &CHECKS[i]);
    }
    live_checks(&world);
    world_end(&world);
    printf("end\t%zu\n", reported);
    return failed ? 1 : 0;
}
