#include "sieve.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LINE_BYTES = RECORD_BYTES + 256, NUMBER_BYTES = 20 };

/* A part of a record; not terminated. */
struct part {
    const char *at;
    size_t length;
};

/*
 * The value of the first `name=`. Values hold no spaces: the kernel writes what others chose in hexadecimal
 * digits when it does. Labels of other security modules may, but come after all that is looked for.
 */
static bool find(const char *text, const char *name, struct part *value) {
    size_t length = strlen(name);
    while (*text != '\0') {
        size_t token = strcspn(text, " ");
        if (token > length && strncmp(text, name, length) == 0 && text[length] == '=') {
            *value = (struct part){text + length + 1, token - length - 1};
            return true;
        }
        text += token + strspn(text + token, " ");
    }
    return false;
}

static bool number(struct part part, unsigned base, uint64_t most, uint64_t *value) {
    *value = 0;
    for (size_t i = 0; i < part.length; i++) {
        char digit = part.at[i];
        unsigned worth = digit >= '0' && digit <= '9'   ? (unsigned)(digit - '0')
                         : digit >= 'a' && digit <= 'f' ? (unsigned)(digit - 'a') + 10
                                                        : base;
        if (worth >= base || *value > (most - worth) / base) {
            return false;
        }
        *value = *value * base + worth;
    }
    return part.length > 0;
}

static bool find_number(const char *text, const char *name, unsigned base, uint64_t most, uint64_t *value) {
    struct part part;
    return find(text, name, &part) && number(part, base, most, value);
}

static bool says(const char *text, const char *name, const char *word) {
    struct part part;
    return find(text, name, &part) && part.length == strlen(word) && memcmp(part.at, word, part.length) == 0;
}

/* "audit(SECONDS.MILLISECONDS:SERIAL): " and what follows it. */
static bool begin(const char *text, struct part *when, uint64_t *serial, const char **body) {
    static const char START[] = "audit(";
    if (strncmp(text, START, sizeof START - 1) != 0) {
        return false;
    }
    text += sizeof START - 1;
    *when = (struct part){text, strspn(text, "0123456789.")};
    text += when->length;
    if (when->length == 0 || when->length > NUMBER_BYTES || *text++ != ':') {
        return false;
    }
    struct part digits = {text, strspn(text, "0123456789")};
    text += digits.length;
    if (!number(digits, 10, UINT64_MAX, serial) || strncmp(text, "): ", 3) != 0) {
        return false;
    }
    *body = text + 3;
    return true;
}

static struct domain *domain_of(struct sieve *sieve, uint64_t id) {
    for (size_t i = 0; i < SIEVE_DOMAINS; i++) {
        if (sieve->domains[i].id == id && sieve->domains[i].maker != 0) {
            return &sieve->domains[i];
        }
    }
    return NULL;
}

static void leave(struct waiting *waiting) {
    free(waiting->text);
    *waiting = (struct waiting){0};
}

/* `actor`: the record of who tried it, NULL where there is none. */
static void decide(struct sieve *sieve, struct waiting *waiting, const char *actor) {
    static const char *const USERS[] = {"uid", "euid", "suid", "fsuid"};
    const struct domain *domain = domain_of(sieve, waiting->domain);
    bool passes = actor != NULL || (domain != NULL && domain->is_callers);
    uint64_t value = 0, process = 0, parent = 0;
    struct part program = {"-", 1}, when;
    if (actor != NULL) {
        for (size_t i = 0; i < sizeof USERS / sizeof USERS[0]; i++) {
            passes = passes && find_number(actor, USERS[i], 10, UINT32_MAX, &value) && value == sieve->caller;
        }
        passes = passes && find_number(actor, "pid", 10, INT32_MAX, &process) &&
                 find_number(actor, "ppid", 10, INT32_MAX, &parent);
        (void)find(actor, "comm", &program);
    }
    const char *body, *blockers = NULL;
    if (passes && begin(waiting->text, &when, &value, &body)) {
        blockers = strstr(body, " blockers=");
    }
    if (blockers != NULL) {
        char line[LINE_BYTES];
        int length = snprintf(line, sizeof line, "denied %.*s %llu %llu %lld %.*s%s", (int)when.length,
                              when.at, (unsigned long long)process, (unsigned long long)parent,
                              domain != NULL ? (long long)domain->maker : 0LL,
                              program.length <= 64 ? (int)program.length : 1,
                              program.length <= 64 ? program.at : "-", blockers);
        if (length > 0 && (size_t)length < sizeof line) {
            sieve->pass(sieve->context, line);
        }
    }
    leave(waiting);
}

static void take_access(struct sieve *sieve, uint64_t serial, const char *text, const char *body,
                        int64_t now) {
    uint64_t domain;
    struct part blockers;
    if (!find_number(body, "domain", 16, UINT64_MAX, &domain) || !find(body, "blockers", &blockers)) {
        return;
    }
    struct waiting *place = &sieve->waiting[0];
    for (size_t i = 0; i < SIEVE_WAITING && place->text != NULL; i++) {
        struct waiting *other = &sieve->waiting[i];
        place = other->text == NULL || other->since < place->since ? other : place;
    }
    if (place->text != NULL) {
        decide(sieve, place, NULL); /* the oldest makes room */
    }
    *place = (struct waiting){.serial = serial, .domain = domain, .since = now, .text = strdup(text)};
}

static void take_domain(struct sieve *sieve, const char *body) {
    uint64_t id, maker, user;
    if (!find_number(body, "domain", 16, UINT64_MAX, &id)) {
        return;
    }
    if (says(body, "status", "deallocated")) {
        struct domain *old = domain_of(sieve, id);
        if (old != NULL) {
            *old = (struct domain){0};
        }
        return;
    }
    if (!says(body, "status", "allocated") || !find_number(body, "pid", 10, INT32_MAX, &maker) ||
        maker == 0 || !find_number(body, "uid", 10, UINT32_MAX, &user) || domain_of(sieve, id) != NULL) {
        return;
    }
    sieve->domains[sieve->next_domain] = (struct domain){
        .id = id,
        .maker = (pid_t)maker,
        .is_callers = user == sieve->caller && sieve->is_only((pid_t)maker, sieve->caller),
    };
    sieve->next_domain = (sieve->next_domain + 1) % SIEVE_DOMAINS;
}

static bool is_plain(const char *text, size_t length) {
    for (size_t i = 0; i < length; i++) {
        if (text[i] < 0x20 || text[i] > 0x7e) {
            return false;
        }
    }
    return true;
}

void sieve_take(struct sieve *sieve, unsigned type, const char *text, size_t length, int64_t now) {
    char copy[RECORD_BYTES + 1];
    while (length > 0 && (text[length - 1] == '\0' || text[length - 1] == '\n')) {
        length--;
    }
    if ((type != RECORD_ACCESS && type != RECORD_DOMAIN && type != RECORD_SYSCALL) || length > RECORD_BYTES ||
        !is_plain(text, length)) {
        return;
    }
    memcpy(copy, text, length);
    copy[length] = '\0';
    struct part when;
    uint64_t serial;
    const char *body;
    if (!begin(copy, &when, &serial, &body)) {
        return;
    }
    if (type == RECORD_ACCESS) {
        take_access(sieve, serial, copy, body, now);
    } else if (type == RECORD_DOMAIN) {
        take_domain(sieve, body);
    } else {
        for (size_t i = 0; i < SIEVE_WAITING; i++) {
            if (sieve->waiting[i].text != NULL && sieve->waiting[i].serial == serial) {
                decide(sieve, &sieve->waiting[i], body);
            }
        }
    }
}

size_t sieve_tick(struct sieve *sieve, int64_t now) {
    size_t count = 0;
    for (size_t i = 0; i < SIEVE_WAITING; i++) {
        struct waiting *waiting = &sieve->waiting[i];
        if (waiting->text != NULL && now - waiting->since >= SIEVE_PATIENCE_MS) {
            decide(sieve, waiting, NULL);
        }
        count += waiting->text != NULL;
    }
    return count;
}
