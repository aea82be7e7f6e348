#include "rules.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "util.h"

static bool rule_open(const char *path, unsigned rights, const struct guard *guards, bool missing_is_error,
                      struct rules *rules, char *problem, size_t problem_bytes) {
    if (is_protected_name(guards, path)) {
        snprintf(problem, problem_bytes, "no rule may open Landgrant's own folders, and %s would", path);
        return false;
    }
    CLOSES int fd = open(path, O_PATH | O_CLOEXEC);
    if (fd < 0 && !missing_is_error &&
        (errno == ENOENT || errno == ENOTDIR || errno == EACCES || errno == ELOOP)) {
        return true; /* what cannot be reached now needs no grant */
    }
    struct stat status;
    if (fd < 0 || fstat(fd, &status) != 0) {
        snprintf(problem, problem_bytes, "%s cannot be granted: %s", path, strerror(errno));
        return false;
    }
    char real[PATH_BYTES];
    bool named = path_of_fd(fd, real);
    if (is_protected_file(guards, named ? real : NULL, &status)) {
        snprintf(problem, problem_bytes, "no rule may open Landgrant's own folders, and %s leads there",
                 path);
        return false;
    }
    if (!named) {
        return true; /* pipes and the like are never restricted */
    }
    rules->list = grow(rules->list, rules->count + 1, sizeof *rules->list);
    rules->list[rules->count++] = (struct rule){.fd = fd,
                                                .mode = status.st_mode,
                                                .rights = rights,
                                                .path = copy_text(real),
                                                .named = copy_text(path)};
    fd = -1;
    return true;
}

static uint16_t *add_port(uint16_t *ports, size_t *count, uint16_t port) {
    ports = grow(ports, *count + 1, sizeof *ports);
    ports[(*count)++] = port;
    return ports;
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
        if (path != NULL &&
            !rule_open(path, line->rights, guards, missing_is_error, rules, problem, problem_bytes)) {
            return false;
        }
        if (line->kind == LINE_CONNECT) {
            rules->connect = add_port(rules->connect, &rules->connects, line->port);
        } else if (line->kind == LINE_LISTEN) {
            rules->listen = add_port(rules->listen, &rules->listens, line->port);
        }
    }
    return true;
}

void rules_open_granted(const char *path, unsigned rights, const struct guard guards[GUARDS],
                        struct rules *rules) {
    char problem[SENTENCE_BYTES];
    (void)rule_open(path, rights, guards, false, rules, problem, sizeof problem);
}

static bool is_planted(const struct rules *rules, const struct rule *rule) {
    for (size_t i = 0; i < rules->count; i++) {
        const struct rule *other = &rules->list[i];
        if (other != rule && (other->rights & RIGHT_WRITE) != 0 && S_ISDIR(other->mode) &&
            (is_below(rule->named, other->path) || is_below(rule->named, other->named)) &&
            strcmp(rule->named, other->named) != 0 && !is_below(rule->path, other->path)) {
            return true;
        }
    }
    return false;
}

void rules_drop_planted(struct rules *rules) {
    for (size_t i = 0; i < rules->count;) {
        struct rule *rule = &rules->list[i];
        if (strcmp(rule->named, rule->path) != 0 && is_planted(rules, rule)) {
            say("%s is not granted: it leads to %s, out of a folder the program may change", rule->named,
                rule->path);
            close(rule->fd);
            free(rule->path);
            free(rule->named);
            *rule = rules->list[--rules->count];
        } else {
            i++;
        }
    }
}

/* A folder nobody else can have prepared: real, ours, closed to others. */
static bool make_private(const char *path, char *problem, size_t problem_bytes) {
    CLOSES int fd =
        make_folders(path) == 0 ? open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC) : -1;
    struct stat status;
    if (fd < 0 || fstat(fd, &status) != 0) {
        snprintf(problem, problem_bytes, "the private folder %s cannot be made: %s", path, strerror(errno));
        return false;
    }
    if (status.st_uid != getuid()) {
        snprintf(problem, problem_bytes, "the private folder %s belongs to somebody else", path);
        return false;
    }
    if ((status.st_mode & 077) != 0 && fchmod(fd, 0700) != 0) {
        snprintf(problem, problem_bytes, "the private folder %s cannot be closed to others: %s", path,
                 strerror(errno));
        return false;
    }
    return true;
}

bool folders_make(const struct policy *policy, char *problem, size_t problem_bytes) {
    for (size_t i = 0; i < policy->count; i++) {
        const struct line *line = &policy->lines[i];
        if (line->kind == LINE_CREATE && make_folders(line->text) != 0) {
            snprintf(problem, problem_bytes, "the folder %s cannot be made: %s", line->text, strerror(errno));
            return false;
        }
        if (line->kind == LINE_PRIVATE_TMP && !make_private(line->text, problem, problem_bytes)) {
            return false;
        }
    }
    return true;
}

static bool is_named(const char *entry, const char *name) {
    size_t length = strlen(name);
    return strncmp(entry, name, length) == 0 && entry[length] == '=';
}

static bool is_unset(const struct policy *policy, const char *entry) {
    for (size_t i = 0; i < policy->count; i++) {
        const struct line *line = &policy->lines[i];
        if (line->kind == LINE_UNSET) {
            size_t length = strlen(line->name);
            bool any_ending = line->name[length - 1] == '*';
            if (any_ending ? strncmp(entry, line->name, length - 1) == 0 : is_named(entry, line->name)) {
                return true;
            }
        }
    }
    return false;
}

struct environment {
    char **entries;
    size_t count;
};

static void set_variable(struct environment *environment, const char *name, const char *value) {
    char *entry = text_of("%s=%s", name, value);
    for (size_t i = 0; i < environment->count; i++) {
        if (is_named(environment->entries[i], name)) {
            environment->entries[i] = entry;
            return;
        }
    }
    environment->entries = grow(environment->entries, environment->count + 2, sizeof(char *));
    environment->entries[environment->count++] = entry;
}

char **environment_make(const struct policy *policy, char *const *inherited) {
    struct environment environment = {0};
    size_t all = 0;
    while (inherited[all] != NULL) {
        all++;
    }
    environment.entries = grow(NULL, all + 1, sizeof(char *));
    for (size_t i = 0; i < all; i++) {
        if (!is_unset(policy, inherited[i])) {
            environment.entries[environment.count++] = inherited[i];
        }
    }
    for (size_t i = 0; i < policy->count; i++) {
        if (policy->lines[i].kind == LINE_SET) {
            set_variable(&environment, policy->lines[i].name, policy->lines[i].text);
        }
    }
    if (policy->private_tmp != NULL) {
        set_variable(&environment, "TMPDIR", policy->private_tmp);
    }
    environment.entries[environment.count] = NULL;
    return environment.entries;
}
