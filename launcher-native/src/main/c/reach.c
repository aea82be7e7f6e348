#include "reach.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "aliases.h"
#include "bus.h"
#include "excepts.h"
#include "frames.h"
#include "mirror.h"

/* A socket, as it was when it was granted or asked about. */
struct meant {
    bool known;
    dev_t device;
    ino_t inode;
};

struct live {
    enum denial_kind kind;
    unsigned rights; /* 0 for ports */
    char *what;
    struct meant socket;
};

struct reach {
    const struct rules *rules;
    struct mirror mirror; /* of the kernel's part of them */
    const struct guard *guards;
    bool blind;            /* reach_has_blind_folders() */
    pthread_rwlock_t lock; /* over what follows */
    struct live *live;
    size_t live_count, live_bytes;
    struct {
        char *path;
        struct meant socket;
    } asked[MEANT_MOST];
    size_t asked_count;
};

struct reach *reach_make(const struct rules *rules, const struct guard *guards, bool connects, bool listens) {
    struct reach *reach = grow(NULL, 1, sizeof *reach);
    *reach = (struct reach){.rules = rules,
                            .mirror = {.rules = rules, .connects = connects, .listens = listens},
                            .guards = guards};
    for (size_t i = 0; i < rules->count && !reach->blind; i++) {
        const struct rule *rule = &rules->list[i];
        reach->blind = S_ISDIR(rule->mode) && (rule->rights & RIGHT_WRITE) != 0 &&
                       (mirror_rights(&reach->mirror, rule->path) & RIGHT_READ) == 0;
    }
    pthread_rwlock_init(&reach->lock, NULL);
    return reach;
}

void reach_free(struct reach *reach) {
    for (size_t i = 0; i < reach->live_count; i++) {
        free(reach->live[i].what);
    }
    for (size_t i = 0; i < reach->asked_count; i++) {
        free(reach->asked[i].path);
    }
    free(reach->live);
    pthread_rwlock_destroy(&reach->lock);
    free(reach);
}

static unsigned with_list(unsigned rights) {
    return rights & RIGHT_READ ? rights | RIGHT_LIST : rights;
}

static bool is_above(const char *folder, const char *path) {
    return is_below(path, folder) && strcmp(path, folder) != 0;
}

/* Rights on a path through what was given for `given`, less the exceptions that lie between the two. */
static unsigned less_excepts(const struct reach *reach, unsigned rights, const char *given,
                             const char *path) {
    return with_list(rights) & ~with_list(excepted_rights(reach->rules, given, path));
}

unsigned reach_kernel(struct reach *reach, const char *path) {
    return mirror_rights(&reach->mirror, path);
}

bool reach_has_blind_folders(const struct reach *reach) {
    return reach->blind;
}

unsigned reach_kernel_entry(struct reach *reach, const char *path) {
    return mirror_entry_rights(&reach->mirror, path);
}

static unsigned served_rights(const struct reach *reach, const char *path, bool entry) {
    unsigned rights = 0;
    for (size_t i = 0; i < reach->rules->served_count; i++) {
        const struct served *served = &reach->rules->served[i];
        if (entry ? is_above(served->path, path) : is_below(path, served->path)) {
            rights |= less_excepts(reach, served->rights, served->path, path);
        }
    }
    return rights;
}

/* What only the supervisor gives. */
static unsigned widened(struct reach *reach, const char *path, bool entry) {
    unsigned rights = served_rights(reach, path, entry);
    pthread_rwlock_rdlock(&reach->lock);
    for (size_t i = 0; i < reach->live_count; i++) {
        const struct live *live = &reach->live[i];
        /* Who was given a socket to connect to was not given its name to put another there. */
        bool names = entry && live->socket.known && strcmp(path, live->what) == 0;
        if (live->kind == DENIED_FILE && is_below(path, live->what) && !names) {
            rights |= less_excepts(reach, live->rights, live->what, path);
        }
    }
    pthread_rwlock_unlock(&reach->lock);
    return rights != 0 && reach_is_protected(reach, path) ? 0 : rights;
}

unsigned reach_all(struct reach *reach, const char *path) {
    return reach_kernel(reach, path) | widened(reach, path, false);
}

unsigned reach_all_entry(struct reach *reach, const char *path) {
    return reach_kernel_entry(reach, path) | widened(reach, path, true);
}

static unsigned served_below(const struct reach *reach, const char *path) {
    unsigned rights = 0;
    for (size_t i = 0; i < reach->rules->served_count; i++) {
        if (is_above(path, reach->rules->served[i].path)) {
            rights |= with_list(reach->rules->served[i].rights);
        }
    }
    return rights;
}

unsigned reach_below(struct reach *reach, const char *path) {
    unsigned rights = served_below(reach, path);
    pthread_rwlock_rdlock(&reach->lock);
    for (size_t i = 0; i < reach->live_count; i++) {
        if (reach->live[i].kind == DENIED_FILE && is_above(path, reach->live[i].what)) {
            rights |= with_list(reach->live[i].rights);
        }
    }
    pthread_rwlock_unlock(&reach->lock);
    return rights;
}

unsigned reach_carried(const struct reach *reach, const struct stat *status) {
    unsigned rights = 0;
    for (size_t i = 0; i < reach->rules->count; i++) {
        const struct rule *rule = &reach->rules->list[i];
        rights |= rule->inode == status->st_ino && rule->device == status->st_dev ? rule->rights : 0;
    }
    return with_list(rights);
}

/* The rights at `to` that only live grants give which do not reach `from`. */
static unsigned gained_live(struct reach *reach, const char *from, const char *to, enum renaming how) {
    unsigned gained = 0, shared = 0;
    pthread_rwlock_rdlock(&reach->lock);
    for (size_t i = 0; i < reach->live_count; i++) {
        const struct live *live = &reach->live[i];
        if (live->kind != DENIED_FILE) {
            continue;
        }
        bool reaches = how == MOVES_FILE ? is_above(live->what, to) : is_below(to, live->what);
        unsigned there = reaches ? less_excepts(reach, live->rights, live->what, to) : 0;
        there |= how == MOVES_FOLDER && is_above(to, live->what) ? with_list(live->rights) : 0;
        unsigned here = is_below(from, live->what) ? less_excepts(reach, live->rights, live->what, from) : 0;
        gained |= there & ~here;
        shared |= there & here;
    }
    pthread_rwlock_unlock(&reach->lock);
    return gained & ~shared;
}

bool reach_gains(struct reach *reach, const char *from, const char *to, enum renaming how, unsigned carried) {
    bool entry = how == MOVES_FILE, folder = how == MOVES_FOLDER;
    unsigned before = reach_kernel(reach, from) | served_rights(reach, from, false);
    unsigned after = carried | served_rights(reach, to, entry) |
                     (entry ? reach_kernel_entry(reach, to) : reach_kernel(reach, to)) |
                     (folder ? served_below(reach, to) : 0);
    unsigned all_before = reach_all(reach, from),
             all_after = reach_all(reach, to) | (folder ? reach_below(reach, to) : 0);
    return ((after | gained_live(reach, from, to, how)) & ~before) != 0 || (all_after & ~all_before) != 0;
}

static bool is_named_socket(const struct reach *reach, const char *path, const struct stat *status,
                            bool by_name) {
    bool named = false;
    for (size_t i = 0; i < reach->rules->count && !named; i++) {
        const struct rule *rule = &reach->rules->list[i];
        named = S_ISSOCK(rule->mode) && (rule->rights & RIGHT_WRITE) != 0 && strcmp(rule->path, path) == 0 &&
                (by_name || (rule->inode == status->st_ino && rule->device == status->st_dev));
    }
    return named;
}

bool reach_kernel_socket(struct reach *reach, const char *path, const struct stat *status) {
    return (reach_kernel(reach, path) & RIGHT_SOCKET) != 0 || is_named_socket(reach, path, status, false);
}

static struct meant meant_by(const struct stat *status) {
    return (struct meant){.known = true, .device = status->st_dev, .inode = status->st_ino};
}

static bool is_meant(const struct meant *socket, const struct stat *status) {
    return socket->known && socket->inode == status->st_ino && socket->device == status->st_dev;
}

bool reach_means_socket(struct reach *reach, const char *path, const struct stat *status) {
    if ((reach_all_entry(reach, path) & RIGHT_WRITE) == 0) {
        return true; /* nobody of the session could put another there */
    }
    pthread_rwlock_wrlock(&reach->lock);
    size_t at = 0;
    while (at < reach->asked_count && strcmp(reach->asked[at].path, path) != 0) {
        at++;
    }
    if (at == reach->asked_count && at < MEANT_MOST) {
        reach->asked[at].path = copy_text(path);
        reach->asked[at].socket = meant_by(status);
        reach->asked_count++;
    }
    pthread_rwlock_unlock(&reach->lock);
    return at < MEANT_MOST;
}

/* With the lock: the socket that a grant of this path means; of others than sockets nothing is known. */
static struct meant socket_meant(struct reach *reach, const char *path) {
    struct stat status;
    for (size_t i = 0; i < reach->asked_count; i++) {
        if (strcmp(reach->asked[i].path, path) == 0) {
            struct meant meant = reach->asked[i].socket;
            free(reach->asked[i].path);
            reach->asked[i] = reach->asked[--reach->asked_count];
            return meant;
        }
    }
    return lstat(path, &status) == 0 && S_ISSOCK(status.st_mode) ? meant_by(&status) : (struct meant){0};
}

bool reach_all_socket(struct reach *reach, const char *path, const struct stat *status) {
    bool by_name = (reach_all_entry(reach, path) & RIGHT_WRITE) == 0;
    bool named = ((reach_kernel(reach, path) | served_rights(reach, path, false)) & RIGHT_SOCKET) != 0 ||
                 is_named_socket(reach, path, status, by_name);
    pthread_rwlock_rdlock(&reach->lock);
    for (size_t i = 0; i < reach->live_count && !named; i++) {
        const struct live *live = &reach->live[i];
        named = live->kind == DENIED_FILE && strcmp(live->what, path) == 0 &&
                (by_name || is_meant(&live->socket, status)) &&
                (less_excepts(reach, live->rights, path, path) & RIGHT_WRITE) != 0;
    }
    pthread_rwlock_unlock(&reach->lock);
    return named && !reach_is_protected(reach, path);
}

bool reach_kernel_port(struct reach *reach, bool listening, unsigned port) {
    return !mirror_refuses_port(&reach->mirror, listening, port);
}

bool reach_all_port(struct reach *reach, bool listening, unsigned port) {
    bool may = reach_kernel_port(reach, listening, port);
    enum denial_kind kind = listening ? DENIED_LISTEN : DENIED_CONNECT;
    pthread_rwlock_rdlock(&reach->lock);
    for (size_t i = 0; i < reach->live_count && !may; i++) {
        may = reach->live[i].kind == kind && strtoul(reach->live[i].what, NULL, 10) == port;
    }
    pthread_rwlock_unlock(&reach->lock);
    return may;
}

bool reach_is_protected(struct reach *reach, const char *path) {
    return reach->guards != NULL &&
           (is_protected_name(reach->guards, path) || is_protected_file(reach->guards, path));
}

bool reach_is_pinned(struct reach *reach, const char *path, const struct stat *identity) {
    for (size_t i = 0; i < reach->rules->except_count; i++) {
        const char *except = reach->rules->excepts[i].path;
        struct stat there;
        if (is_below(except, path) ||
            (identity != NULL && lstat(except, &there) == 0 && there.st_dev == identity->st_dev &&
             there.st_ino == identity->st_ino)) {
            return true;
        }
    }
    return reach_is_protected(reach, path);
}

bool reach_is_alias(const struct reach *reach, const char *path, int fd) {
    return reach->rules->except_count > 0 && is_alias_of_exception(reach->rules, path, fd);
}

bool reach_asks(struct reach *reach, const struct wish *wish) {
    if (wish->access == 'x' || !is_utf8(wish->what, strlen(wish->what))) {
        return false;
    }
    for (size_t i = 0; i < reach->rules->ask_count; i++) {
        const struct ask *ask = &reach->rules->asks[i];
        if (ask->kind == wish->kind && (ask->kind != DENIED_FILE || is_below(wish->what, ask->path))) {
            return ask->kind != DENIED_FILE || !reach_is_protected(reach, wish->what);
        }
    }
    return false;
}

/* Whether the path is, or lies in, what no session is ever given beside a rule of its own. */
static bool is_ours(const struct reach *reach, const char *path) {
    return excepted_rights(reach->rules, path, path) != 0;
}

static bool is_bus(const char *path) {
    struct stat status;
    return stat(path, &status) == 0 && bus_is_real(&status);
}

/* A path a policy could name, or a port. */
static bool has_meaning(enum denial_kind kind, unsigned rights, const char *what) {
    uint64_t port;
    if (kind != DENIED_FILE) {
        return rights == 0 && parse_number(what, 65535, &port);
    }
    return rights != 0 && is_plain_path(what);
}

bool reach_add(struct reach *reach, enum denial_kind kind, unsigned rights, const char *what) {
    if (!has_meaning(kind, rights, what)) {
        return false;
    }
    /* One above them leaves them out; one of them, or in them, would be nothing but a mistake. */
    if (kind == DENIED_FILE && (reach_is_protected(reach, what) || is_ours(reach, what) || is_bus(what))) {
        return false;
    }
    bool added = true;
    pthread_rwlock_wrlock(&reach->lock);
    struct live *known = NULL;
    for (size_t i = 0; i < reach->live_count && known == NULL; i++) {
        struct live *live = &reach->live[i];
        known = live->kind == kind && strcmp(live->what, what) == 0 ? live : NULL;
    }
    struct meant socket = kind == DENIED_FILE ? socket_meant(reach, what) : (struct meant){0};
    if (known != NULL) {
        known->rights |= rights;
        known->socket = socket;
    } else if (reach->live_count < LIVE_MOST && strlen(what) <= LIVE_BYTES - reach->live_bytes) {
        reach->live_bytes += strlen(what);
        reach->live = grow(reach->live, reach->live_count + 1, sizeof *reach->live);
        reach->live[reach->live_count++] =
            (struct live){.kind = kind, .rights = rights, .what = copy_text(what), .socket = socket};
    } else {
        added = false;
    }
    pthread_rwlock_unlock(&reach->lock);
    return added;
}

void reach_remove(struct reach *reach, enum denial_kind kind, unsigned rights, const char *what) {
    pthread_rwlock_wrlock(&reach->lock);
    size_t kept = 0;
    for (size_t i = 0; i < reach->live_count; i++) {
        struct live *live = &reach->live[i];
        bool meant = live->kind == kind &&
                     (kind == DENIED_FILE ? is_below(live->what, what) : strcmp(live->what, what) == 0);
        if (meant) {
            live->rights &= ~with_list(rights);
        }
        if (meant && live->rights == 0) { /* a port's are always */
            reach->live_bytes -= strlen(live->what);
            free(live->what);
        } else {
            reach->live[kept++] = *live;
        }
    }
    reach->live_count = kept;
    pthread_rwlock_unlock(&reach->lock);
}

void reach_holds(struct reach *reach,
                 void (*each)(void *context, enum denial_kind kind, unsigned rights, const char *what),
                 void *context) {
    pthread_rwlock_rdlock(&reach->lock);
    for (size_t i = 0; i < reach->live_count; i++) {
        each(context, reach->live[i].kind, reach->live[i].rights, reach->live[i].what);
    }
    pthread_rwlock_unlock(&reach->lock);
}
