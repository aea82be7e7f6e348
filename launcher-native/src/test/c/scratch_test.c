#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "check.h"
#include "clear.h"
#include "scratch.h"
#include "util.h"

enum { DEEP = 6000 }; /* far beyond the longest path */

static bool is_empty(const char *path) {
    return rmdir(path) == 0 && mkdir(path, 0700) == 0;
}

static void make_file(int folder, const char *name) {
    CLOSES int fd = openat(folder, name, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
    CHECK(fd >= 0);
}

static void deep_and_wide_and_locked_folders_are_cleared(const char *base) {
    FREES char *path = text_of("%s/deep", base), *outside = text_of("%s/outside", base);
    CHECK(mkdir(path, 0700) == 0 && mkdir(outside, 0700) == 0);
    CLOSES int top = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    CLOSES int kept = open(outside, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    make_file(kept, "file");
    CHECK(symlinkat(outside, top, "link") == 0 && mkfifoat(top, "pipe", 0600) == 0);
    CHECK(mkdirat(top, "0", 0700) == 0 && mkdirat(top, "1", 0700) == 0);
    int at = fcntl(top, F_DUPFD_CLOEXEC, 3);
    for (int i = 0; i < DEEP; i++) {
        CHECK(mkdirat(at, "d", 0700) == 0 && symlinkat("..", at, "up") == 0);
        make_file(at, "file");
        int inner = openat(at, "d", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
        CHECK(i % 10 != 0 || fchmod(at, 0500) == 0);
        CHECK(i != DEEP / 2 || fchmod(at, 0) == 0);
        close(at);
        at = inner;
    }
    close(at);
    CHECK(fchmod(top, 0700) == 0); /* the top is ours, so it is never closed */
    CHECK(clear_folder(top, now_ms() + 60000));
    CHECK(is_empty(path));
    CHECK(faccessat(kept, "file", F_OK, 0) == 0);
    CHECK(unlinkat(kept, "file", 0) == 0 && rmdir(outside) == 0 && rmdir(path) == 0);
}

static void what_is_kept_stays_until_the_next_launch(const char *base) {
    struct scratch scratch, next;
    CHECK(scratch_make(base, &scratch));
    FREES char *path = copy_text(scratch.path), *kept = text_of("%s/shown-1/file", scratch.path),
               *other = text_of("%s/tmp", scratch.path);
    CHECK(mkdirat(scratch.folder, "shown-1", 0700) == 0 && mkdirat(scratch.folder, "tmp", 0700) == 0);
    make_file(scratch.folder, "shown-1/file");
    make_file(scratch.folder, "tmp/file");
    scratch_leave(&scratch, "shown-");
    CHECK(scratch.folder < 0 && access(kept, F_OK) == 0 && access(other, F_OK) != 0);
    CHECK(scratch_make(base, &next) && access(path, F_OK) != 0);
    FREES char *last = copy_text(next.path);
    scratch_leave(&next, "shown-");
    CHECK(access(last, F_OK) != 0);
    scratch_leave(&next, "shown-"); /* also without one */
}

static void what_takes_too_long_is_left(const char *base) {
    CLOSES int top = open(base, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    CHECK(mkdirat(top, "a", 0700) == 0 && mkdirat(top, "a/b", 0700) == 0);
    CHECK(!clear_folder(top, now_ms() - 1));
    CHECK(clear_folder(top, now_ms() + 60000));
}

static void a_sweep_takes_what_is_left_and_nothing_that_lives(const char *base) {
    struct scratch living, killed, next;
    CHECK(scratch_make(base, &living) && scratch_make(base, &killed));
    make_file(living.folder, "living");
    make_file(killed.folder, "left");
    close(killed.folder); /* as the kernel does for the killed */
    close(killed.base);
    FREES char *stranger = text_of("%s/stranger", base);
    CHECK(mkdir(stranger, 0700) == 0);
    CHECK(scratch_make(base, &next));
    CHECK(faccessat(living.folder, "living", F_OK, 0) == 0);
    CHECK(access(living.path, F_OK) == 0 && access(next.path, F_OK) == 0);
    CHECK(access(killed.path, F_OK) != 0);
    CHECK(strcmp(living.name, next.name) != 0);
    scratch_remove(&living);
    scratch_remove(&next);
    scratch_remove(&next);
    CHECK(rmdir(stranger) == 0 && is_empty(base));
}

static void a_base_that_others_may_enter_is_refused(const char *base) {
    struct scratch scratch;
    FREES char *link = text_of("%s/link", base);
    CHECK(symlink(base, link) == 0 && !scratch_make(link, &scratch) && unlink(link) == 0);
    CHECK(chmod(base, 0755) == 0 && !scratch_make(base, &scratch) && chmod(base, 0700) == 0);
    scratch_remove(&scratch);
}

void test_scratch(void) {
    char base[] = "/tmp/landgrant-test-XXXXXX";
    CHECK(mkdtemp(base) != NULL);
    deep_and_wide_and_locked_folders_are_cleared(base);
    what_takes_too_long_is_left(base);
    what_is_kept_stays_until_the_next_launch(base);
    a_sweep_takes_what_is_left_and_nothing_that_lives(base);
    a_base_that_others_may_enter_is_refused(base);
    CHECK(rmdir(base) == 0);
}
