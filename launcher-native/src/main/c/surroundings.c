#include "surroundings.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "bus.h"
#include "hand_on.h"
#include "handlers.h"
#include "links.h"
#include "relay.h"

enum { LINKS_BACKLOG = 8, BUS_BACKLOG = 64 };

/* Known to libraries as "do not look for one". */
static const char NO_BUS[] = "disabled:";

void surroundings_except(struct policy *policy, const struct places *places) {
    policy_add(policy, (struct line){.kind = LINE_EXCEPT,
                                     .rights = RIGHTS_ALL,
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

/* A rule for the one socket of that name. */
static bool grant_socket(const struct scratch *scratch, const char *name, struct rules *rules) {
    CLOSES int socket = openat(scratch->folder, name, O_PATH | O_NOFOLLOW | O_CLOEXEC);
    struct stat status;
    return socket >= 0 && fstat(socket, &status) == 0 && S_ISSOCK(status.st_mode) &&
           rules_add_opened(socket, RIGHT_WRITE, rules);
}

/* Listens on a new socket of that name in the folder; the app may connect to that one. */
static bool make_socket(const struct scratch *scratch, const char *name, int type, int backlog,
                        struct rules *rules, int *listens) {
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    FREES char *path = text_of("%s/%s", scratch->path, name);
    if (strlen(path) >= sizeof address.sun_path) {
        errno = ENAMETOOLONG;
        return false;
    }
    strcpy(address.sun_path, path);
    *listens = socket(AF_UNIX, type | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    return *listens >= 0 && bind(*listens, (struct sockaddr *)&address, sizeof address) == 0 &&
           listen(*listens, backlog) == 0 && grant_socket(scratch, name, rules);
}

/* Where links are handed on, the app's bus leads through the relay. */
static bool make_relay(const char *proxy, struct rules *rules, struct surroundings *surroundings) {
    int listens = -1;
    if (!make_socket(&surroundings->bus_scratch, "bus", SOCK_STREAM, BUS_BACKLOG, rules, &listens)) {
        close_later(&listens);
        return false;
    }
    surroundings->relay_alive = relay_start(listens, proxy, surroundings->links);
    return surroundings->relay_alive >= 0;
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
    bool relays = surroundings->links != NULL;
    FREES char *path = text_of("%s/bus", scratch->path), *reader_path = text_of("%s/reader", scratch->path);
    FREES char *proxy_path = text_of("%s/%s", scratch->path, relays ? "proxy" : "bus");
    FREES char *reader = bus_reader_address(policy);
    struct bus_doors doors = {
        .address = address, .path = proxy_path, .reader = reader, .reader_path = reader_path};
    surroundings->bus_alive = bus_proxy_start(program, &doors, policy, &surroundings->bus_proxy,
                                              &surroundings->bus_said, problem, problem_bytes);
    if (surroundings->bus_alive < 0) {
        return false;
    }
    if (relays && !make_relay(proxy_path, rules, surroundings)) {
        snprintf(problem, problem_bytes, "what stands before it did not start: %s", strerror(errno));
        return false;
    }
    if ((!relays && !grant_socket(scratch, "bus", rules)) ||
        (reader != NULL && !grant_socket(scratch, "reader", rules))) {
        snprintf(problem, problem_bytes, "%s made no socket", program);
        return false;
    }
    free(surroundings->bus_address);
    surroundings->bus_address = bus_address_of(path);
    surroundings->reader_address = reader != NULL ? bus_address_of(reader_path) : NULL;
    return true;
}

static void end_bus(struct surroundings *surroundings) {
    close_later(&surroundings->relay_alive);
    close_later(&surroundings->bus_alive);
    close_later(&surroundings->bus_said);
    surroundings->relay_alive = surroundings->bus_alive = surroundings->bus_said = -1;
    scratch_remove(&surroundings->bus_scratch);
}

/* The programs that apps open links by, as names of this one. */
static bool make_programs(const struct scratch *scratch, struct rules *rules) {
    CLOSES int self = open("/proc/self/exe", O_PATH | O_CLOEXEC);
    CLOSES int folder = mkdirat(scratch->folder, "bin", 0700) == 0
                            ? openat(scratch->folder, "bin", O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
                            : -1;
    char path[PATH_BYTES];
    bool good = self >= 0 && folder >= 0 && path_of_fd(self, path) &&
                rules_add_opened(self, RIGHT_READ | RIGHT_EXECUTE, rules) &&
                rules_add_opened(folder, RIGHT_LIST, rules);
    for (const char *const *name = HAND_ON_NAMES; good && *name != NULL; name++) {
        good = symlinkat(path, folder, *name) == 0;
    }
    return good;
}

/* Entries of apps that open links; what runs there is the first of those programs. */
static bool make_entries(const struct scratch *scratch, const char *app, struct rules *rules) {
    FREES char *program = text_of("%s/bin/xdg-open", scratch->path);
    CLOSES int folder = mkdirat(scratch->folder, "share", 0700) == 0
                            ? openat(scratch->folder, "share", O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
                            : -1;
    return folder >= 0 && handlers_make(folder, program, app) && rules_add_opened(folder, RIGHT_READ, rules);
}

static bool make_links(const struct places *places, const char *app, struct rules *rules,
                       struct surroundings *surroundings) {
    struct scratch *scratch = &surroundings->links_scratch;
    if (make_folders(places->buses) != 0 || !scratch_make(places->buses, scratch)) {
        return false;
    }
    if (!make_socket(scratch, "open", SOCK_SEQPACKET, LINKS_BACKLOG, rules, &surroundings->links_socket) ||
        !make_programs(scratch, rules) || !make_entries(scratch, app, rules)) {
        return false;
    }
    surroundings->links = text_of("%s/open", scratch->path);
    surroundings->programs = text_of("%s/bin", scratch->path);
    surroundings->entries = text_of("%s/share", scratch->path);
    return true;
}

static void end_links(struct surroundings *surroundings) {
    free(surroundings->links);
    free(surroundings->programs);
    free(surroundings->entries);
    surroundings->links = surroundings->programs = surroundings->entries = NULL;
    scratch_leave(&surroundings->links_scratch, LINKS_COPIES);
}

bool surroundings_make(const struct policy *policy, const struct places *places,
                       const struct guard guards[GUARDS], struct rules *rules,
                       struct surroundings *surroundings, char *problem, size_t problem_bytes) {
    *surroundings = (struct surroundings){.bus_address = copy_text(NO_BUS),
                                          .tmp_scratch = {.base = -1, .folder = -1},
                                          .bus_scratch = {.base = -1, .folder = -1},
                                          .links_scratch = {.base = -1, .folder = -1},
                                          .bus_alive = -1,
                                          .relay_alive = -1,
                                          .links_socket = -1,
                                          .bus_said = -1};
    const char *base = policy->private_tmp;
    if (base != NULL && !make_tmp(base, guards, rules, surroundings)) {
        snprintf(problem, problem_bytes, "no private folder could be made in %s: %s", base, strerror(errno));
        surroundings_end(surroundings);
        return false;
    }
    if (policy->links && !make_links(places, policy->app, rules, surroundings)) {
        say("the app opens no links in other apps: %s", strerror(errno));
        close_later(&surroundings->links_socket);
        surroundings->links_socket = -1;
        end_links(surroundings);
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
    end_links(surroundings);
    scratch_leave(&surroundings->tmp_scratch, LINKS_COPIES);
    free(surroundings->tmp);
    free(surroundings->bus_address);
    free(surroundings->reader_address);
    surroundings->tmp = surroundings->bus_address = surroundings->reader_address = NULL;
}
