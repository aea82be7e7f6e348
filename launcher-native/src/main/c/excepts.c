#include "excepts.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "process_rules.h"
#include "util.h"
#include "walk.h"

/* A folder an exception lies in, or the exception itself, as it exists. */
struct spot {
    char *path;
    dev_t device;
    ino_t inode;
};

struct work {
    struct rules *rules;
    struct spot *spots;
    size_t spot_count;
    struct rule *beside; /* rules made here */
    size_t beside_count, beside_most;
    bool too_many;
};

/* `bytes` of memory for one more of `count`; grows by doubling. */
static void *room(void *list, size_t count, size_t size) {
    return (count & (count - 1)) == 0 ? grow(list, count == 0 ? 1 : count * 2, size) : list;
}

static bool is_strictly_below(const char *path, const char *folder) {
    return is_below(path, folder) && strcmp(path, folder) != 0;
}

static char *inside(const char *folder, const char *rest) {
    return text_of("%s%s%s", strcmp(folder, "/") == 0 ? "" : folder, *rest != '\0' ? "/" : "", rest);
}

/* Takes over the path. */
static void add_except(struct rules *rules, char *path, unsigned rights, bool ours) {
    for (size_t i = 0; i < rules->except_count; i++) {
        struct except *known = &rules->excepts[i];
        if (strcmp(known->path, path) == 0) {
            known->rights |= rights;
            known->ours = known->ours || ours;
            free(path);
            return;
        }
    }
    rules->excepts = room(rules->excepts, rules->except_count, sizeof *rules->excepts);
    rules->excepts[rules->except_count++] = (struct except){path, rights, ours};
}

/* Remembers what exists of a canonical path, part by part. */
static void add_spots(struct work *work, const char *real) {
    FREES char *part = copy_text(real);
    for (bool more = true; more;) {
        const char *path = *part != '\0' ? part : "/";
        struct stat status;
        bool known = false;
        for (size_t i = 0; i < work->spot_count && !known; i++) {
            known = strcmp(work->spots[i].path, path) == 0;
        }
        if (known) {
            return; /* and everything above it */
        }
        if (lstat(path, &status) == 0) {
            work->spots = room(work->spots, work->spot_count, sizeof *work->spots);
            work->spots[work->spot_count++] = (struct spot){copy_text(path), status.st_dev, status.st_ino};
        }
        char *slash = strrchr(part, '/');
        more = slash != NULL && path[1] != '\0';
        if (slash != NULL) {
            *slash = '\0';
        }
    }
}

static void find(struct work *work, const char *place, unsigned rights, bool ours) {
    WALKS walk;
    char folder[PATH_BYTES];
    if (!walk_to(place, &walk) && (errno == EMFILE || errno == ENFILE || errno == ENOMEM)) {
        die("it could not be found out where %s leads, so nothing was started: %s", place, strerror(errno));
    }
    add_except(work->rules, copy_text(place), rights, ours);
    char *real = walk_path(&walk);
    if (real != NULL) {
        add_spots(work, real);
        add_except(work->rules, real, rights, ours);
    }
    /* Who may replace a link decides what stands at the place. */
    for (unsigned i = 0; (rights & RIGHT_WRITE) != 0 && i < walk.link_count; i++) {
        if (path_of_fd(walk.links[i].folder, folder)) {
            add_spots(work, folder);
            add_except(work->rules, inside(folder, walk.links[i].name), RIGHT_WRITE | RIGHT_DEVICE, false);
        }
    }
}

/* The same folder or file under another path has the same exceptions there. */
static void find_alias(struct work *work, const char *path, const struct stat *status) {
    for (size_t i = 0; i < work->spot_count; i++) {
        const struct spot *spot = &work->spots[i];
        if (spot->device != status->st_dev || spot->inode != status->st_ino ||
            strcmp(spot->path, path) == 0) {
            continue;
        }
        size_t length = strcmp(spot->path, "/") == 0 ? 0 : strlen(spot->path);
        for (size_t e = 0, count = work->rules->except_count; e < count; e++) {
            struct except except = work->rules->excepts[e];
            if (is_below(except.path, spot->path)) {
                const char *rest = except.path + length;
                add_except(work->rules, inside(path, rest + (*rest == '/')), except.rights, except.ours);
            }
        }
    }
}

static unsigned excepted_at(const struct rules *rules, const char *path) {
    unsigned rights = 0;
    for (size_t i = 0; i < rules->except_count; i++) {
        if (strcmp(rules->excepts[i].path, path) == 0) {
            rights |= rules->excepts[i].rights;
        }
    }
    return rights;
}

unsigned excepted_below(const struct rules *rules, const char *path) {
    unsigned rights = 0;
    for (size_t i = 0; i < rules->except_count; i++) {
        if (is_strictly_below(rules->excepts[i].path, path)) {
            rights |= rules->excepts[i].rights;
        }
    }
    return rights;
}

unsigned excepted_rights(const struct rules *rules, const char *above, const char *path) {
    unsigned rights = 0;
    for (size_t i = 0; i < rules->except_count; i++) {
        const struct except *except = &rules->excepts[i];
        if (is_below(path, except->path) && (except->ours || is_strictly_below(except->path, above))) {
            rights |= except->rights;
        }
    }
    return rights;
}

static void add_served(struct rules *rules, const char *path, unsigned rights) {
    for (size_t i = 0; i < rules->served_count; i++) {
        if (strcmp(rules->served[i].path, path) == 0) {
            rules->served[i].rights |= rights;
            return;
        }
    }
    rules->served = room(rules->served, rules->served_count, sizeof *rules->served);
    rules->served[rules->served_count++] = (struct served){copy_text(path), rights};
}

/* Takes over the descriptor. */
static void add_rule(struct work *work, int fd, const struct stat *status, unsigned rights,
                     const char *path) {
    work->beside = room(work->beside, work->beside_count, sizeof *work->beside);
    work->beside[work->beside_count++] = (struct rule){.fd = fd,
                                                       .mode = status->st_mode,
                                                       .device = status->st_dev,
                                                       .inode = status->st_ino,
                                                       .rights = rights,
                                                       .path = copy_text(path),
                                                       .named = copy_text(path)};
}

static void spread(struct work *work, int folder, const char *path, unsigned rights);

/* One entry of a folder that has exceptions below it: what of the rights it may have whole, it gets. */
static void give_entry(struct work *work, int folder, const char *name, const char *path, unsigned rights) {
    int fd = openat(folder, name, O_PATH | O_NOFOLLOW | O_CLOEXEC);
    struct stat status;
    if (fd < 0 || fstat(fd, &status) != 0) {
        work->too_many = work->too_many || errno == EMFILE || errno == ENFILE;
        close_later(&fd);
        return;
    }
    /* A link is not granted, but what it leads to. A socket would be granted by name, and nobody named it. */
    unsigned given = S_ISLNK(status.st_mode) || S_ISSOCK(status.st_mode) ? 0 : rights;
    if (given != 0) {
        find_alias(work, path, &status);
        given &= ~excepted_at(work->rules, path);
    }
    unsigned parted = S_ISDIR(status.st_mode) ? given & excepted_below(work->rules, path) : 0;
    if (parted != 0) {
        spread(work, fd, path, parted);
    }
    if ((given & ~parted) != 0 && work->beside_count < work->beside_most) {
        add_rule(work, fd, &status, given & ~parted, path);
        return;
    }
    work->too_many = work->too_many || (given & ~parted) != 0;
    close(fd);
}

/* Rights for a folder that are excepted somewhere below it. */
static void spread(struct work *work, int folder, const char *path, unsigned rights) {
    add_served(work->rules, path, rights);
    int opened = openat(folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    DIR *entries = opened >= 0 ? fdopendir(opened) : NULL;
    if (entries == NULL) {
        work->too_many = work->too_many || errno == EMFILE || errno == ENFILE;
        close_later(&opened);
        return; /* not ours to read: then it gives nothing */
    }
    for (struct dirent *entry = NULL; !work->too_many && (entry = readdir(entries)) != NULL;) {
        if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0) {
            FREES char *inner = inside(path, entry->d_name);
            if (strlen(inner) < PATH_BYTES) {
                give_entry(work, opened, entry->d_name, inner, rights);
            }
        }
    }
    closedir(entries);
}

static unsigned whole(unsigned rights) {
    return rights & RIGHT_READ ? rights | RIGHT_LIST : rights;
}

/* One folder rule of the policy, whose excepted rights go to what lies beside the exceptions. */
static void part(struct work *work, struct rule *rule) {
    struct stat status;
    if (!S_ISDIR(rule->mode)) {
        return;
    }
    if (fstat(rule->fd, &status) != 0) {
        rule->rights = 0;
        return;
    }
    find_alias(work, rule->path, &status);
    unsigned rights = whole(rule->rights), parted = rights & excepted_below(work->rules, rule->path);
    if (parted != 0) {
        spread(work, rule->fd, rule->path, parted);
        rule->rights = rights & ~parted;
    }
}

static int by_path(const void *one, const void *other) {
    return strcmp(((const struct rule *)one)->path, ((const struct rule *)other)->path);
}

/* Half of what may be open at all, so that the session has the rest. */
static size_t beside_most(void) {
    struct rlimit open_files;
    bool few = getrlimit(RLIMIT_NOFILE, &open_files) == 0 && open_files.rlim_cur / 2 < BESIDE_MOST;
    return few ? (size_t)open_files.rlim_cur / 2 : BESIDE_MOST;
}

/* Where /proc is mounted, the kernel gives no writing; what lies above must not give it either. */
static void close_processes(void *context, const char *path) {
    if (strcmp(path, "/proc") == 0 || !is_below(path, "/proc")) {
        find(context, path, RIGHT_WRITE, false);
    }
}

void rules_except(struct rules *rules, const struct policy *policy, const struct guard guards[GUARDS]) {
    struct work work = {.rules = rules, .beside_most = beside_most()};
    for (unsigned i = 0; i < GUARDS; i++) {
        if (guards[i].place != NULL) {
            find(&work, guards[i].place, RIGHTS_ALL, true);
        }
    }
    for (size_t i = 0; i < policy->count; i++) {
        const struct line *line = &policy->lines[i];
        if (line->kind == LINE_EXCEPT) {
            bool reads = (line->rights & (RIGHT_LIST | RIGHT_READ)) != 0;
            /* What can be moved away can be read where it goes. */
            find(&work, line->text, line->rights | (reads ? RIGHT_LIST | RIGHT_READ | RIGHT_WRITE : 0u),
                 line->ours);
        }
    }
    bool writes = rules_write_processes(rules);
    rules_keep_processes(rules);
    process_folders(close_processes, &work);
    for (size_t i = 0; i < rules->count; i++) {
        part(&work, &rules->list[i]);
    }
    if (writes) {
        add_served(rules, "/proc", RIGHT_WRITE);
    }
    if (work.too_many) {
        say("there is more beside what is excepted than can be opened at once; some of it stays closed");
    }
    if (work.beside_count > 0) {
        rules->list = grow(rules->list, rules->count + work.beside_count, sizeof *rules->list);
        memcpy(rules->list + rules->count, work.beside, work.beside_count * sizeof *rules->list);
        rules->count += work.beside_count;
        rules_keep_processes(rules); /* one may have been mounted meanwhile */
    }
    if (rules->count > 0) {
        qsort(rules->list, rules->count, sizeof *rules->list, by_path);
    }
    rules->sorted = true;
    for (size_t i = 0; i < work.spot_count; i++) {
        free(work.spots[i].path);
    }
    free(work.spots);
    free(work.beside);
}
