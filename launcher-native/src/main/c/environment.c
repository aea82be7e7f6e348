#include "environment.h"

#include <stdlib.h>
#include <string.h>

#include "gesture.h"
#include "hand_on.h"
#include "scrub.h"
#include "util.h"

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
    /* A variable can stand there more than once; programs differ in which one they take. */
    size_t kept = 0;
    for (size_t i = 0; i < environment->count; i++) {
        if (!is_named(environment->entries[i], name)) {
            environment->entries[kept++] = environment->entries[i];
        }
    }
    environment->entries = grow(environment->entries, kept + 2, sizeof(char *));
    environment->entries[kept] = text_of("%s=%s", name, value);
    environment->count = kept + 1;
}

static const char *value_of(const struct environment *environment, const char *name) {
    for (size_t i = 0; i < environment->count; i++) {
        if (is_named(environment->entries[i], name)) {
            return environment->entries[i] + strlen(name) + 1;
        }
    }
    return NULL;
}

/* Programs that open links are found first, and the browser is one of them. */
static void set_links(struct environment *environment, const struct surroundings *surroundings) {
    if (surroundings->links == NULL) {
        return;
    }
    const char *before = value_of(environment, "PATH");
    FREES char *path =
        text_of("%s:%s", surroundings->programs, before != NULL ? before : "/usr/local/bin:/usr/bin:/bin");
    const char *data = value_of(environment, "XDG_DATA_DIRS");
    FREES char *entries = text_of("%s:%s", surroundings->entries,
                                  data != NULL && *data != '\0' ? data : "/usr/local/share:/usr/share");
    FREES char *browser = text_of("%s/xdg-open", surroundings->programs);
    set_variable(environment, "PATH", path);
    set_variable(environment, "XDG_DATA_DIRS", entries);
    set_variable(environment, "BROWSER", browser);
    set_variable(environment, HAND_ON_VARIABLE, surroundings->links);
}

static void set_those_of(const struct policy *policy, struct environment *environment) {
    for (size_t i = 0; i < policy->count; i++) {
        if (policy->lines[i].kind == LINE_SET) {
            set_variable(environment, policy->lines[i].name, policy->lines[i].text);
        }
    }
}

char **environment_with(const struct policy *policy, char *const *inherited) {
    struct environment environment = {0};
    while (inherited[environment.count] != NULL) {
        environment.count++;
    }
    environment.entries = grow(NULL, environment.count + 1, sizeof(char *));
    memcpy(environment.entries, inherited, environment.count * sizeof(char *));
    set_those_of(policy, &environment);
    environment.entries[environment.count] = NULL;
    return environment.entries;
}

char **environment_from_nothing(const struct policy *policy, const char *tmp) {
    struct environment environment = {.entries = grow(NULL, 1, sizeof(char *))};
    set_those_of(policy, &environment);
    if (tmp != NULL) {
        set_variable(&environment, "TMPDIR", tmp);
    }
    environment.entries[environment.count] = NULL;
    return environment.entries;
}

char **environment_make(const struct policy *policy, const struct rules *rules,
                        const struct surroundings *surroundings, char *const *inherited) {
    struct environment environment = {0};
    size_t all = 0;
    while (inherited[all] != NULL) {
        all++;
    }
    environment.entries = grow(NULL, all + 1, sizeof(char *));
    for (size_t i = 0; i < all; i++) {
        if (!is_scrubbed(inherited[i], rules) && !is_unset(policy, inherited[i]) &&
            !is_named(inherited[i], HANDED_VARIABLE)) {
            environment.entries[environment.count++] = inherited[i];
        }
    }
    if (surroundings->tmp != NULL) {
        set_variable(&environment, "TMPDIR", surroundings->tmp);
    }
    set_those_of(policy, &environment);
    set_links(&environment, surroundings);
    /* Unset, libraries would look for a bus themselves. */
    set_variable(&environment, "DBUS_SESSION_BUS_ADDRESS", surroundings->bus_address);
    if (surroundings->reader_address != NULL) {
        set_variable(&environment, "AT_SPI_BUS_ADDRESS", surroundings->reader_address);
    }
    environment.entries[environment.count] = NULL;
    return environment.entries;
}
