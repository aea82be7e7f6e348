#include "mirror.h"

#include <string.h>

#include "excepts.h"
#include "util.h"

static unsigned all_of(unsigned rights) {
    return rights & RIGHT_READ ? rights | RIGHT_LIST : rights;
}

static int compare(const char *rule, const char *path, size_t length) {
    int order = strncmp(rule, path, length);
    return order != 0 ? order : rule[length] != '\0';
}

/* The rights of the rules for exactly these bytes; of folders only, unless it is the path itself. */
static unsigned rights_of(const struct rules *rules, const char *path, size_t length, bool itself) {
    size_t low = 0, high = rules->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (compare(rules->list[middle].path, path, length) < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    unsigned rights = 0;
    for (; low < rules->count && compare(rules->list[low].path, path, length) == 0; low++) {
        rights |= itself || S_ISDIR(rules->list[low].mode) ? rules->list[low].rights : 0;
    }
    return rights;
}

unsigned mirror_rights(const struct mirror *mirror, const char *path) {
    const struct rules *rules = mirror->rules;
    unsigned rights = 0;
    if (rules->sorted) {
        size_t length = strlen(path);
        rights = rights_of(rules, path, length, true);
        for (size_t end = length; end > 1;) {
            while (path[--end] != '/') {
            }
            rights |= rights_of(rules, path, end == 0 ? 1 : end, false);
        }
        return all_of(rights);
    }
    for (size_t i = 0; i < rules->count; i++) {
        const struct rule *rule = &rules->list[i];
        if (S_ISDIR(rule->mode) ? is_below(path, rule->path) : strcmp(path, rule->path) == 0) {
            rights |= rule->rights;
        }
    }
    return all_of(rights);
}

unsigned mirror_served(const struct mirror *mirror, const char *path) {
    const struct rules *rules = mirror->rules;
    unsigned rights = 0;
    for (size_t i = 0; i < rules->served_count; i++) {
        const struct served *served = &rules->served[i];
        if (is_below(path, served->path)) {
            rights |= served->rights & ~excepted_rights(rules, served->path, path);
        }
    }
    return rights;
}

unsigned mirror_missing(const struct mirror *mirror, const char *path, unsigned wanted) {
    return wanted & ~mirror_rights(mirror, path);
}

bool mirror_refuses_port(const struct mirror *mirror, bool listening, unsigned port) {
    if (!(listening ? mirror->listens : mirror->connects)) {
        return false;
    }
    const uint16_t *ports = listening ? mirror->rules->listen : mirror->rules->connect;
    size_t count = listening ? mirror->rules->listens : mirror->rules->connects;
    for (size_t i = 0; i < count; i++) {
        if (ports[i] == port) {
            return false;
        }
    }
    return true;
}
