#include "rules.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "bus.h"
#include "util.h"
#include "walk.h"

/* Keeps where the links of the way lie, for rules_drop_planted(). False when a folder has no path. */
static bool keep_links(struct rule *rule, const struct walk *walk) {
    char folder[PATH_BYTES];
    rule->link_folders = grow(NULL, walk->link_count + 1, sizeof(char *));
    for (unsigned i = 0; i < walk->link_count; i++) {
        if (!path_of_fd(walk->links[i].folder, folder)) {
            return false;
        }
        rule->link_folders[rule->link_count++] = copy_text(folder);
    }
    return true;
}

static void rule_free(struct rule *rule) {
    for (size_t i = 0; i < rule->link_count; i++) {
        free(rule->link_folders[i]);
    }
    free(rule->link_folders);
    free(rule->path);
    free(rule->named);
    close_later(&rule->fd);
}

/* What stands at a path, or what is held of it. */
static bool look_up(const char *path, int held, struct walk *walk) {
    if (held == 0) {
        return walk_to(path, walk);
    }
    *walk = (struct walk){.fd = fcntl(held, F_DUPFD_CLOEXEC, 3)};
    return walk->fd >= 0;
}

static bool rule_open(const char *path, int held, unsigned rights, const struct guard *guards,
                      bool missing_is_error, struct rules *rules, char *problem, size_t problem_bytes) {
    if (is_protected_name(guards, path)) {
        snprintf(problem, problem_bytes, "no rule may open Landgrant's own folders, and %s would", path);
        return false;
    }
    WALKS walk;
    bool found = look_up(path, held, &walk);
    if (!found && !missing_is_error &&
        (errno == ENOENT || errno == ENOTDIR || errno == EACCES || errno == ELOOP)) {
        return true; /* what cannot be reached now needs no grant */
    }
    struct stat status;
    if (!found || fstat(walk.fd, &status) != 0) {
        snprintf(problem, problem_bytes, "%s cannot be granted: %s%s", path, strerror(errno),
                 missing_is_error && errno == ENOENT ? " (--ignore-missing goes on without)" : "");
        return false;
    }
    if (held != 0 && status.st_nlink == 0) {
        return true; /* taken away meanwhile */
    }
    char real[PATH_BYTES];
    bool named = path_of_fd(walk.fd, real);
    if (named && is_protected_file(guards, real)) {
        /* Not an error: a program could plant such a link to keep itself from ever being started again. */
        say("%s is not granted: it leads to Landgrant's own folders", path);
        return true;
    }
    if (bus_is_real(&status)) {
        say("%s is not granted: the session bus is reached by names only", path);
        return true;
    }
    if (!named) {
        return true; /* pipes and the like are never restricted */
    }
    struct rule rule = {
        .fd = -1, .mode = status.st_mode, .device = status.st_dev, .inode = status.st_ino, .rights = rights};
    if (!keep_links(&rule, &walk)) {
        rule_free(&rule);
        snprintf(problem, problem_bytes, "%s cannot be granted: a link on its way has no place", path);
        return false;
    }
    rule.path = copy_text(real);
    rule.named = copy_text(path);
    rule.fd = walk.fd;
    walk.fd = -1;
    rules->list = grow(rules->list, rules->count + 1, sizeof *rules->list);
    rules->list[rules->count++] = rule;
    return true;
}

static uint16_t *add_port(uint16_t *ports, size_t *count, uint16_t port) {
    ports = grow(ports, *count + 1, sizeof *ports);
    ports[(*count)++] = port;
    return ports;
}

static void add_ask(struct rules *rules, const struct line *line) {
    struct ask ask = {.kind = line->asked};
    if (line->asked == DENIED_FILE) {
        WALKS walk;
        (void)walk_to(line->text, &walk);
        ask.path = walk_path(&walk);
        ask.path = ask.path != NULL ? ask.path : copy_text(line->text);
    }
    rules->asks = grow(rules->asks, rules->ask_count + 1, sizeof *rules->asks);
    rules->asks[rules->ask_count++] = ask;
}

bool rules_open(const struct policy *policy, const struct guard guards[GUARDS], bool missing_is_error,
                struct rules *rules, char *problem, size_t problem_bytes) {
    *rules = (struct rules){0};
    for (size_t i = 0; i < policy->count; i++) {
        const struct line *line = &policy->lines[i];
        const char *path = line->kind == LINE_FILE ? line->text : NULL;
        if (line->kind == LINE_FILE_FROM) {
            path = getenv(line->name);
            path = path != NULL && path[0] == '/' ? path : NULL;
        }
        if (path != NULL && !rule_open(path, line->held, line->rights, guards,
                                       missing_is_error && !line->optional, rules, problem, problem_bytes)) {
            return false;
        }
        if (line->kind == LINE_CONNECT) {
            rules->connect = add_port(rules->connect, &rules->connects, line->port);
        } else if (line->kind == LINE_LISTEN) {
            rules->listen = add_port(rules->listen, &rules->listens, line->port);
        } else if (line->kind == LINE_ASK) {
            add_ask(rules, line);
        }
    }
    return true;
}

/* Whether the file's own name is a link that leads out of its folder: then the user meant another file. */
static bool is_elsewhere(const char *path) {
    WALKS walk;
    char folder[PATH_BYTES], end[PATH_BYTES];
    if (!walk_to(path, &walk) || !path_of_fd(walk.fd, end)) {
        return false;
    }
    for (unsigned i = 0; i < walk.link_count; i++) {
        if (walk.links[i].last && (!path_of_fd(walk.links[i].folder, folder) || !is_below(end, folder))) {
            return true;
        }
    }
    return false;
}

void rules_open_granted(const char *path, unsigned rights, const struct guard guards[GUARDS],
                        struct rules *rules) {
    char problem[SENTENCE_BYTES];
    size_t before = rules->count;
    struct stat status;
    if (stat(path, &status) != 0 || S_ISDIR(status.st_mode)) {
        return;
    }
    if (is_elsewhere(path)) {
        say("%s is not granted: it is a link that leads out of its folder", path);
        return;
    }
    (void)rule_open(path, 0, rights, guards, false, rules, problem, sizeof problem);
    if (rules->count > before && S_ISDIR(rules->list[before].mode)) {
        rule_free(&rules->list[--rules->count]); /* became a folder meanwhile */
    }
}

bool rules_add_opened(int fd, unsigned rights, struct rules *rules) {
    struct stat status;
    char real[PATH_BYTES];
    int own = fcntl(fd, F_DUPFD_CLOEXEC, 3);
    if (own < 0 || fstat(own, &status) != 0 || !path_of_fd(own, real)) {
        close_later(&own);
        return false;
    }
    rules->list = grow(rules->list, rules->count + 1, sizeof *rules->list);
    rules->list[rules->count++] = (struct rule){.fd = own,
                                                .mode = status.st_mode,
                                                .device = status.st_dev,
                                                .inode = status.st_ino,
                                                .rights = rights,
                                                .path = copy_text(real),
                                                .named = copy_text(real)};
    return true;
}

bool rules_plant(const struct rules *rules, const char *link_folder, const char *end) {
    for (size_t i = 0; i < rules->count; i++) {
        const struct rule *rule = &rules->list[i];
        if ((rule->rights & RIGHT_WRITE) != 0 && S_ISDIR(rule->mode) && is_below(link_folder, rule->path) &&
            !is_below(end, rule->path)) {
            return true;
        }
    }
    return false;
}

static bool is_planted(const struct rules *rules, const struct rule *rule) {
    for (size_t i = 0; i < rule->link_count; i++) {
        if (rules_plant(rules, rule->link_folders[i], rule->path)) {
            return true;
        }
    }
    return false;
}

void rules_drop_planted(struct rules *rules) {
    bool *planted = grow(NULL, rules->count, sizeof *planted);
    for (size_t i = 0; i < rules->count; i++) {
        planted[i] = is_planted(rules, &rules->list[i]);
    }
    size_t kept = 0;
    for (size_t i = 0; i < rules->count; i++) {
        struct rule *rule = &rules->list[i];
        if (planted[i]) {
            say("%s is not granted: it leads to %s, out of a folder the program may change", rule->named,
                rule->path);
            rule_free(rule);
        } else {
            rules->list[kept++] = *rule;
        }
    }
    rules->count = kept;
    free(planted);
}

void rules_close(const struct rules *rules) {
    for (size_t i = 0; i < rules->count; i++) {
        close_later(&rules->list[i].fd);
        rules->list[i].fd = -1;
    }
}

void rules_free(struct rules *rules) {
    for (size_t i = 0; i < rules->count; i++) {
        rule_free(&rules->list[i]);
    }
    for (size_t i = 0; i < rules->served_count; i++) {
        free(rules->served[i].path);
    }
    for (size_t i = 0; i < rules->except_count; i++) {
        free(rules->excepts[i].path);
    }
    for (size_t i = 0; i < rules->ask_count; i++) {
        free(rules->asks[i].path);
    }
    free(rules->served);
    free(rules->excepts);
    free(rules->asks);
    free(rules->list);
    free(rules->connect);
    free(rules->listen);
    *rules = (struct rules){0};
}
