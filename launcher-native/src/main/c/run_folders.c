#include "run_folders.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "folders.h"
#include "util.h"

/* Where programs keep their things in a home folder; left to follow HOME. */
static const char *const PARTS[] = {"XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME"};

static bool make_home(struct run_options *options, const char *base, const struct guard *guards,
                      struct run_folders *folders) {
    char path[PATH_BYTES];
    if (is_protected_name(guards, base)) {
        errno = EPERM;
        return false;
    }
    if (!scratch_make(base, &folders->home)) {
        return false;
    }
    if (mkdirat(folders->home.folder, "home", 0700) == 0) {
        folders->inside = openat(folders->home.folder, "home", O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    }
    if (folders->inside < 0 || is_protected_file(guards, folders->home.path) ||
        !path_of_fd(folders->inside, path)) {
        return false;
    }
    for (unsigned i = 0; i < sizeof PARTS / sizeof PARTS[0]; i++) {
        policy_add(&options->policy, (struct line){.kind = LINE_UNSET, .name = copy_text(PARTS[i])});
    }
    policy_add(&options->policy,
               (struct line){.kind = LINE_SET, .name = copy_text("HOME"), .text = copy_text(path)});
    return true;
}

bool run_folders_make(struct run_options *options, const struct guard guards[GUARDS],
                      struct run_folders *folders, char *problem, size_t problem_bytes) {
    bool has_tmp = options->policy.private_tmp != NULL;
    bool wants_tmp = options->private_tmp && !has_tmp;
    FREES char *base = text_of("/tmp/landgrant-%u/run", getuid());
    if (options->dry_run) {
        return true;
    }
    if (wants_tmp) {
        policy_add(&options->policy, (struct line){.kind = LINE_PRIVATE_TMP, .text = copy_text(base)});
    }
    if (!folders_make(&options->policy, problem, problem_bytes)) {
        return false;
    }
    if (!options->private_home) {
        return true;
    }
    if (!wants_tmp) {
        /* The base of both is made in the same way; only files and this line count for that. */
        struct policy both = {.lines = grow(NULL, options->policy.count + 1, sizeof(struct line)),
                              .count = options->policy.count + 1};
        memcpy(both.lines, options->policy.lines, options->policy.count * sizeof(struct line));
        both.lines[options->policy.count] = (struct line){.kind = LINE_PRIVATE_TMP, .text = base};
        bool made = folders_make(&both, problem, problem_bytes);
        free_later(&both.lines);
        if (!made) {
            return false;
        }
    }
    if (!make_home(options, base, guards, folders)) {
        snprintf(problem, problem_bytes, "no private home folder could be made in %s: %s", base,
                 strerror(errno));
        run_folders_end(folders);
        return false;
    }
    return true;
}

bool run_folders_add(const struct run_folders *folders, struct rules *rules, char *problem,
                     size_t problem_bytes) {
    if (folders->inside >= 0 && !rules_add_opened(folders->inside, RIGHT_READ | RIGHT_WRITE, rules)) {
        snprintf(problem, problem_bytes, "the private home folder has no rule: %s", strerror(errno));
        return false;
    }
    return true;
}

void run_folders_end(struct run_folders *folders) {
    close_later(&folders->inside);
    folders->inside = -1;
    scratch_remove(&folders->home);
}
