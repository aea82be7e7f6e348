#include "mirror.h"

#include <string.h>

#include "util.h"

unsigned mirror_rights(const struct mirror *mirror, const char *path) {
    unsigned rights = 0;
    for (size_t i = 0; i < mirror->rules->count; i++) {
        const struct rule *rule = &mirror->rules->list[i];
        if (S_ISDIR(rule->mode) ? is_below(path, rule->path) : strcmp(path, rule->path) == 0) {
            rights |= rule->rights;
        }
    }
    return rights & RIGHT_READ ? rights | RIGHT_LIST : rights;
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
