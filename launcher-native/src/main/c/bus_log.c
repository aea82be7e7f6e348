#include "bus_log.h"

#include <ctype.h>
#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "policy_values.h"
#include "util.h"

/* xdg-dbus-proxy, flatpak-proxy.c: print_outgoing_header, got_buffer_from_client, policy levels. */
static const char REFUSED[][10] = {"*HIDDEN*", "*DENIED*"};
static const char ABOUT_NAME[] = "Filtering message due to arg0 ", REQUIRED[] = "(required ";
enum { PROXY_TALK = 2, PROXY_OWN = 3 };

/* How much is read at one time, so that a chatty app leaves time for its own calls. */
enum { READ_BYTES = 4096, READS = 16 };

static bool starts_with(const char *text, const char *start) {
    return strncmp(text, start, strlen(start)) == 0;
}

/* The word that begins there, when it is a well-known name that fits; else nothing is of interest. */
static void take_name(const char *from, char name[POLICY_BUS_NAME_BYTES + 1]) {
    size_t length = strcspn(from, " ,");
    name[0] = '\0';
    if (length <= POLICY_BUS_NAME_BYTES) {
        memcpy(name, from, length);
        name[length] = '\0';
    }
    if (check_bus_name(name) != NULL || strchr(name, '*') != NULL ||
        strcmp(name, "org.freedesktop.DBus") == 0) {
        name[0] = '\0';
    }
}

/* Whether the policy gives that name: then only what one does with it was refused, which no grant changes. */
static bool is_given(const struct policy *policy, const char *name, bool own) {
    for (size_t i = 0; policy != NULL && i < policy->count; i++) {
        const struct line *line = &policy->lines[i];
        if (line->kind != LINE_BUS || line->bus == BUS_SEE || (own && line->bus != BUS_OWN)) {
            continue;
        }
        size_t length = strlen(line->name);
        bool pattern = length > 2 && strcmp(line->name + length - 2, ".*") == 0;
        size_t start = pattern ? length - 2 : length;
        if (strncmp(line->name, name, start) == 0 &&
            (name[start] == '\0' || (pattern && name[start] == '.'))) {
            return true;
        }
    }
    return false;
}

static void add(struct bus_log *log, const char *name, bool own, struct denials *denials, int64_t when) {
    if (name[0] != '\0' && !is_given(log->policy, name, own)) {
        denials_add(denials, DENIED_BUS, own ? 'w' : 'r', name, false, "", when);
    }
}

/* "C7: -> org.freedesktop.secrets call org.freedesktop.Secret.Service.OpenSession at /..." */
static void take_call(struct bus_log *log) {
    const char *at = log->line + 1;
    while (isdigit((unsigned char)*at)) {
        at++;
    }
    log->called[0] = '\0';
    if (starts_with(at, ": -> ") && strstr(at, " call ") != NULL) {
        take_name(at + strlen(": -> "), log->called);
    }
}

static void take_line(struct bus_log *log, struct denials *denials, int64_t when) {
    const char *line = log->line;
    if (line[0] == 'C') {
        take_call(log);
    } else if (starts_with(line, ABOUT_NAME)) {
        const char *required = strstr(line, REQUIRED);
        int level = required != NULL ? required[strlen(REQUIRED)] - '0' : 0;
        char name[POLICY_BUS_NAME_BYTES + 1];
        take_name(line + strlen(ABOUT_NAME), name);
        /* Asking who has a name is looking whether it is there, as libraries do of many. */
        if (level == PROXY_TALK || level == PROXY_OWN) {
            add(log, name, level == PROXY_OWN, denials, when);
        }
        log->called[0] = '\0';
    } else {
        for (size_t i = 0; i < sizeof REFUSED / sizeof REFUSED[0]; i++) {
            if (starts_with(line, REFUSED[i])) {
                add(log, log->called, false, denials, when);
            }
        }
        log->called[0] = '\0';
    }
}

void bus_log_take(struct bus_log *log, const char *bytes, size_t length, struct denials *denials,
                  int64_t when) {
    for (size_t i = 0; i < length; i++) {
        if (bytes[i] == '\n') {
            log->line[log->length] = '\0';
            if (!log->overlong) {
                take_line(log, denials, when);
            }
            log->length = 0;
            log->overlong = false;
        } else if (log->length + 1 < sizeof log->line) {
            log->line[log->length++] = bytes[i];
        } else {
            log->overlong = true;
        }
    }
}

void bus_log_read(struct bus_log *log, struct denials *denials) {
    char bytes[READ_BYTES];
    for (int i = 0; i < READS; i++) {
        ssize_t got = read(log->fd, bytes, sizeof bytes);
        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got == 0 || (got < 0 && errno != EAGAIN)) {
            close(log->fd);
            log->fd = -1;
        }
        if (got <= 0) {
            return;
        }
        bus_log_take(log, bytes, (size_t)got, denials, wall_ms());
    }
}
