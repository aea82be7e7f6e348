/* The policy that attacks run under: what a usual app has, and a secret inside a granted folder. */
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "outside.h"

enum { POLICY_BYTES = 8192 };

static const char *const PROTECTED[4] = {"connect-tcp", "listen-tcp", "signals", "abstract-sockets"};

unsigned landlock_version(void) {
    long abi = syscall(444, NULL, 0, 1);
    return abi > 0 ? (unsigned)abi : 0;
}

static void add(char *policy, const char *line) {
    strncat(policy, line, POLICY_BYTES - strlen(policy) - 1);
}

const char *policy_text(const struct world *where, const struct abilities *abilities, const char *more) {
    static char policy[POLICY_BYTES];
    const char *at = where->folder;
    snprintf(policy, sizeof policy, "landgrant-policy 1\napp attacks.desktop\nprotect files\n");
    for (size_t i = 0; i < COUNT_OF(PROTECTED); i++) {
        add(policy, abilities->missing[i] ? text("missing %s this kernel cannot\n", PROTECTED[i])
                                          : text("protect %s\n", PROTECTED[i]));
        add(policy,
            abilities->missing[i] && strstr(policy, "accept-partial") == NULL ? "accept-partial\n" : "");
    }
    add(policy, abilities->udp ? "protect udp\n" : "");
    add(policy, text("private-tmp %s/tmp\n", at));
    if (abilities->language) {
        add(policy, "links -\n");
        add(policy,
            text("except lrwxd - %s/home/wide/deep/secret\nexcept lrwxd - %s/home/wide/to-come/place\n", at,
                 at));
    } else {
        add(policy, text("file rw - %s/tmp\n", at));
    }
    add(policy, "file rx - /usr\nfile rx - /bin\nfile rx - /lib\nfile rx - /lib64\nfile r - /etc\n"
                "file rwd - /dev/null\nfile rw - /proc\nfile rwd - /dev/tty\n");
    add(policy, text("file rx - %s/bin\nfile r - %s/readable\n", at, at));
    add(policy, text("file rw - %s/home/granted\nfile rw - %s/home/wide\n", at, at));
    add(policy, text("file w - %s/home/granted/named.sock\n", at));
    add(policy, more);
    add(policy, "unset AWS_*\nunset LD_PRELOAD\nunset LD_LIBRARY_PATH\nunset SSH_AUTH_SOCK\n");
    add(policy, text("command %s/bin/attacks\n", at));
    return policy;
}

/* Whether the launcher starts anything by this policy on this kernel. */
static bool is_accepted(struct world *where, struct outside *outside, const struct abilities *abilities) {
    struct services services;
    struct run run;
    if (!world_renew(where, outside) ||
        !services_start(&services, where, outside, policy_text(where, abilities, ""))) {
        return false;
    }
    const char *attacks = text("%s/bin/attacks", where->folder);
    const char *launcher = text("%s/bin/landgrant", where->folder);
    bool good = run_start(
        &run, where, outside,
        (const char *const[]){launcher, "launch", "attacks.desktop", "--", attacks, "stay", NULL}, 0);
    if (good) {
        run_listen(&run, 10);
        good = run.said == SUCCEEDED;
        run_end(&run);
    }
    services_stop(&services, where);
    return good;
}

/* From the most to the least: what is not protected here is known by trying. */
bool abilities_find(struct abilities *abilities, struct world *where, struct outside *outside) {
    outside->quiet = true;
    for (unsigned less = 0; less < 4 * 16; less++) {
        unsigned missing = less / 4;
        *abilities = (struct abilities){.udp = (less & 2) == 0, .language = (less & 1) == 0};
        for (unsigned i = 0; i < 4; i++) {
            abilities->missing[i] = missing >> i & 1;
        }
        if (is_accepted(where, outside, abilities)) {
            abilities->works = true;
            outside->quiet = false;
            return true;
        }
    }
    return false;
}
