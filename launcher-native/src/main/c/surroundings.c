#include "surroundings.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "bus.h"

/* Known to libraries as "do not look for one". */
static const char NO_BUS[] = "disabled:";

void surroundings_except(struct policy *policy, const struct places *places) {
    policy_add(policy,
               (struct line){.kind = LINE_EXCEPT,
                             .rights = RIGHT_LIST | RIGHT_READ | RIGHT_WRITE | RIGHT_EXECUTE | RIGHT_DEVICE,
                             .ours = true,
                             .ref = copy_text("-"),
                             .text = copy_text(places->buses)});
}

/* The app's own part of the folder: the rest of it, with the lock, stays ours. */
static bool make_tmp(const char *base, const struct guard *guards, struct rules *rules,
                     struct surroundings *surroundings) {
    struct scratch *scratch = &surroundings->tmp_scratch;
    if (is_protected_name(guards, base)) {
        errno = EPERM;
        return false;
    }
    if (!scratch_make(base, scratch)) {
        return false;
    }
    if (is_protected_file(guards, scratch->path)) {
        errno = EPERM;
        return false;
    }
    CLOSES int tmp = mkdirat(scratch->folder, "tmp", 0700) == 0
                         ? openat(scratch->folder, "tmp", O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
                         : -1;
    char path[PATH_BYTES];
    if (tmp < 0 || !path_of_fd(tmp, path) || !rules_add_opened(tmp, RIGHT_READ | RIGHT_WRITE, rules)) {
        return false;
    }
    surroundings->tmp = copy_text(path);
    return true;
}

/* A rule for the one socket that the proxy made under that name. */
static bool grant_socket(const struct scratch *scratch, const char *name, struct rules *rules) {
    CLOSES int socket = openat(scratch->folder, name, O_PATH | O_NOFOLLOW | O_CLOEXEC);
    struct stat status;
    return socket >= 0 && fstat(socket, &status) == 0 && S_ISSOCK(status.st_mode) &&
           rules_add_opened(socket, RIGHT_WRITE, rules);
}

static bool make_bus(const struct policy *policy, const struct places *places, const char *address,
                     struct rules *rules, struct surroundings *surroundings, char *problem,
                     size_t problem_bytes) {
    struct scratch *scratch = &surroundings->bus_scratch;
    const char *program = bus_proxy_program();
    if (program == NULL) {
        snprintf(problem, problem_bytes, "xdg-dbus-proxy is not installed");
        return false;
    }
    if (make_folders(places->buses) != 0 || !scratch_make(places->buses, scratch)) {
        snprintf(problem, problem_bytes, "no folder for it could be made in %s: %s", places->buses,
                 strerror(errno));
        return false;
    }
    FREES char *path = text_of("%s/bus", scratch->path), *reader_path = text_of("%s/reader", scratch->path);
    FREES char *reader = bus_reader_address(policy);
    struct bus_doors doors = {.address = address, .path = path, .reader = reader, .reader_path = reader_path};
    surroundings->bus_alive = bus_proxy_start(program, &doors, policy, &surroundings->bus_proxy,
                                              &surroundings->bus_said, problem, problem_bytes);
    if (surroundings->bus_alive < 0) {
        return false;
    }
    if (!grant_socket(scratch, "bus", rules) || (reader != NULL && !grant_socket(scratch, "reader", rules))) {
        snprintf(problem, problem_bytes, "%s made no socket", program);
        return false;
    }
    free(surroundings->bus_address);
    surroundings->bus_address = bus_address_of(path);
    surroundings->reader_address = reader != NULL ? bus_address_of(reader_path) : NULL;
    return true;
}

static void end_bus(struct surroundings *surroundings) {
    close_later(&surroundings->bus_alive);
    close_later(&surroundings->bus_said);
    surroundings->bus_alive = surroundings->bus_said = -1;
    scratch_remove(&surroundings->bus_scratch);
}

bool surroundings_make(const struct policy *policy, const struct places *places,
                       const struct guard guards[GUARDS], struct rules *rules,
                       struct surroundings *surroundings, char *problem, size_t problem_bytes) {
    *surroundings = (struct surroundings){.bus_address = copy_text(NO_BUS),
                                          .tmp_scratch = {.base = -1, .folder = -1},
                                          .bus_scratch = {.base = -1, .folder = -1},
                                          .bus_alive = -1,
                                          .bus_said = -1};
    const char *base = policy->private_tmp;
    if (base != NULL && !make_tmp(base, guards, rules, surroundings)) {
        snprintf(problem, problem_bytes, "no private folder could be made in %s: %s", base, strerror(errno));
        surroundings_end(surroundings);
        return false;
    }
    FREES char *address = policy->bus ? bus_real_address() : NULL;
    char reason[SENTENCE_BYTES / 2];
    if (address != NULL && !make_bus(policy, places, address, rules, surroundings, reason, sizeof reason)) {
        end_bus(surroundings);
        say("the app gets no session bus: %s", reason);
    }
    return true;
}

void surroundings_end(struct surroundings *surroundings) {
    end_bus(surroundings);
    scratch_remove(&surroundings->tmp_scratch);
    free(surroundings->tmp);
    free(surroundings->bus_address);
    free(surroundings->reader_address);
    surroundings->tmp = surroundings->bus_address = surroundings->reader_address = NULL;
}
