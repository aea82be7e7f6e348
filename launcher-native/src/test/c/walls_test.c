/* A program that puts further walls around a part of itself is not helped through them. */
#include "walls.h"

#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "check.h"
#include "kernel.h"
#include "trapped.h"

enum { NOBODY = 65534 };

static bool enter_ruleset(void) {
    struct ll_ruleset_attr attribute = {.handled_access_fs = LL_FS_EXECUTE};
    int ruleset = (int)syscall(NR_LANDLOCK_CREATE_RULESET, &attribute, sizeof attribute.handled_access_fs, 0);
    return ruleset_enter(ruleset, 0) == 0;
}

static void in_child(struct trapped *trapped, void (*act)(struct trapped *trapped)) {
    pid_t child = fork();
    if (child == 0) {
        act(trapped);
        _exit(0);
    }
    waitpid(child, NULL, 0);
}

static void change(struct trapped *trapped) {
    note(trapped, chmod("file", 0600));
}

static void change_as_orphan(struct trapped *trapped) {
    int done[2];
    (void)!pipe(done);
    pid_t between = fork();
    if (between == 0) {
        if (fork() == 0) {
            change(trapped);
            _exit(0);
        }
        _exit(0);
    }
    waitpid(between, NULL, 0);
    close(done[1]);
    char byte;
    (void)!read(done[0], &byte, 1); /* until the orphan has ended */
}

static void confine_a_part(struct trapped *trapped) {
    note(trapped, enter_ruleset() ? 0 : -1);
    change(trapped);
    in_child(trapped, change);
    change_as_orphan(trapped);
    /* The mark stays. */
    (void)!prlimit(0, RLIMIT_LOCKS, &(struct rlimit){RLIM_INFINITY, RLIM_INFINITY}, NULL);
    change(trapped);
}

static void act(struct trapped *trapped) {
    note(trapped, chdir(trapped->folder));
    change(trapped);
    in_child(trapped, change);
    in_child(trapped, confine_a_part);
    change(trapped);
}

/* Whether all went as it should: in the end the rest is still helped, or nobody is any more. */
static bool goes_as_wanted(char *folder, int rest) {
    const int wanted[] = {0, 0, 0, 0, EACCES, EACCES, EACCES, EACCES, rest};
    struct rule list[] = {{.fd = -1, .mode = S_IFDIR, .rights = RIGHT_READ | RIGHT_WRITE, .path = folder}};
    struct rules rules = {.list = list, .count = 1};
    struct reach *reach = reach_make(&rules, NULL, true, true);
    walls_begin();
    struct trapped *trapped = run_trapped(act, folder, reach);
    bool good = trapped->count == sizeof wanted / sizeof wanted[0];
    for (size_t i = 0; i < trapped->count; i++) {
        if (!good || trapped->answers[i] != wanted[i]) {
            fprintf(stderr, "answer %zu: %d\n", i, trapped->answers[i]);
            good = false;
        }
    }
    trapped_free(trapped);
    reach_free(reach);
    walls_begin();
    return good;
}

static bool as_nobody(char *folder) {
    pid_t child = fork();
    if (child == 0) {
        bool good = setgroups(0, NULL) == 0 && setresgid(NOBODY, NOBODY, NOBODY) == 0 &&
                    setresuid(NOBODY, NOBODY, NOBODY) == 0 && prctl(PR_SET_DUMPABLE, 1) == 0 &&
                    goes_as_wanted(folder, 0);
        _exit(good ? 0 : 1);
    }
    int status = -1;
    return waitpid(child, &status, 0) == child && status == 0;
}

/* Before any other test: who we are is looked up once. */
void test_walls(void) {
    char folder[] = "/tmp/landgrant-walls-XXXXXX";
    CHECK(mkdtemp(folder) != NULL);
    FREES char *file = text_of("%s/file", folder);
    close(open(file, O_CREAT | O_WRONLY | O_CLOEXEC, 0600));
    if (landlock_abi() > 0 && geteuid() == 0) {
        CHECK(chown(folder, NOBODY, NOBODY) == 0 && chown(file, NOBODY, NOBODY) == 0);
        CHECK(as_nobody(folder));
        CHECK(goes_as_wanted(folder, EACCES)); /* root could take the mark off */
    } else if (landlock_abi() > 0) {
        CHECK(goes_as_wanted(folder, 0));
    }
    CHECK(unlink(file) == 0 && rmdir(folder) == 0);
}
