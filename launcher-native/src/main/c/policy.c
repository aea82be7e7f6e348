#include "policy.h"

#include "policy_values.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "util.h"

static const struct shape {
    const char *word;
    enum directive kind;
    enum value values[3];
} SHAPES[] = {
    {"landgrant-policy", LINE_VERSION, {VERSION}},
    {"app", LINE_APP, {TEXT}},
    {"protect", LINE_PROTECT, {WHAT}},
    {"open", LINE_OPEN, {WHAT, REF}},
    {"missing", LINE_MISSING, {WHAT, TEXT}},
    {"accept-partial", LINE_ACCEPT_PARTIAL, {NOTHING}},
    {"file", LINE_FILE, {RIGHTS, REF, PATH}},
    {"file-from", LINE_FILE_FROM, {RIGHTS, REF, NAME}},
    {"connect", LINE_CONNECT, {PORT, REF}},
    {"listen", LINE_LISTEN, {PORT, REF}},
    {"create", LINE_CREATE, {REF, PATH}},
    {"private-tmp", LINE_PRIVATE_TMP, {PATH}},
    {"unset", LINE_UNSET, {PATTERN}},
    {"set", LINE_SET, {NAME, TEXT}},
    {"command", LINE_COMMAND, {TEXT}},
    {"refused", LINE_REFUSED, {REF, TEXT}},
    {"except", LINE_EXCEPT, {RIGHTS, REF, PATH}},
    {"ask", LINE_ASK, {ASKED, ASKED_PATH}},
    {"bus", LINE_BUS, {BUS, REF, BUS_NAME}},
    {"display", LINE_DISPLAY, {DISPLAY, REF}},
    {"links", LINE_LINKS, {REF}},
};
enum { SHAPE_COUNT = sizeof SHAPES / sizeof SHAPES[0] };

/* How many values a line has; what is asked about decides whether a path follows. */
static unsigned values_of(const struct shape *shape, const struct line *line) {
    unsigned count = 0;
    while (count < 3 && shape->values[count] != NOTHING &&
           (shape->values[count] != ASKED_PATH || line->asked == DENIED_FILE)) {
        count++;
    }
    return count;
}

/* Cuts `rest` into the values of the shape. `words` is modified. */
static const char *parse_values(const struct shape *shape, char *rest, struct line *line) {
    for (unsigned i = 0; i < values_of(shape, line); i++) {
        if (rest == NULL) {
            return "a value is missing";
        }
        char *word = rest;
        enum value value = shape->values[i];
        if (value == TEXT || value == PATH || value == ASKED_PATH) {
            rest = NULL;
        } else {
            rest = strchr(word, ' ');
            if (rest != NULL) {
                *rest++ = '\0';
            }
            if (*word == '\0') {
                return "words are separated by exactly one space";
            }
        }
        const char *reason = policy_parse_value(value, word, line);
        if (reason != NULL) {
            return reason;
        }
    }
    return rest == NULL ? NULL : "there are more values than this directive has";
}

static const char *take_stance(struct policy *policy, enum protection what, enum stance stance) {
    if (what == PROTECT_FILES && stance != STANCE_PROTECT) {
        return "files are always protected";
    }
    if (what == PROTECT_UDP && stance == STANCE_MISSING) {
        return "no kernel misses udp";
    }
    if (policy->stance[what] != STANCE_UNSAID) {
        return "this protection is said twice";
    }
    policy->stance[what] = stance;
    return NULL;
}

static bool has(const struct policy *policy, enum directive kind) {
    for (size_t i = 0; i < policy->count; i++) {
        if (policy->lines[i].kind == kind) {
            return true;
        }
    }
    return false;
}

static bool asks(const struct policy *policy, enum denial_kind kind) {
    for (size_t i = 0; i < policy->count; i++) {
        if (policy->lines[i].kind == LINE_ASK && policy->lines[i].asked == kind) {
            return true;
        }
    }
    return false;
}

static bool has_field_code(const struct policy *policy) {
    for (size_t i = 0; i < policy->count; i++) {
        if (policy->lines[i].kind == LINE_COMMAND && field_code(policy->lines[i].text) != '\0') {
            return true;
        }
    }
    return false;
}

/* What one line means together with the lines before it. */
static const char *fits(struct policy *policy, const struct line *line) {
    if ((policy->count == 1) != (line->kind == LINE_APP)) {
        return line->kind == LINE_APP ? "app stands a second time" : "the second directive is app";
    }
    switch (line->kind) {
    case LINE_PROTECT:
        return take_stance(policy, line->what, STANCE_PROTECT);
    case LINE_OPEN:
        return take_stance(policy, line->what, STANCE_OPEN);
    case LINE_MISSING:
        return take_stance(policy, line->what, STANCE_MISSING);
    case LINE_ACCEPT_PARTIAL:
        return policy->accept_partial ? "accept-partial stands a second time" : NULL;
    case LINE_PRIVATE_TMP:
        return policy->private_tmp != NULL ? "private-tmp stands a second time" : NULL;
    case LINE_ASK:
        return line->asked != DENIED_FILE && asks(policy, line->asked) ? "this ask stands a second time"
                                                                       : NULL;
    case LINE_DISPLAY:
        return policy->display_x11 ? "display stands a second time" : NULL;
    case LINE_LINKS:
        return policy->links ? "links stands a second time" : NULL;
    case LINE_COMMAND:
        if (field_code(line->text) != '\0' && has_field_code(policy)) {
            return "the command has a second field code";
        }
        return policy_check_command(line->text);
    default:
        return NULL;
    }
}

static const char *complete(const struct policy *policy) {
    if (!has(policy, LINE_APP)) {
        return "there is no app";
    }
    for (unsigned i = 0; i < PROTECTIONS; i++) {
        if (policy->stance[i] == STANCE_UNSAID) {
            static char sentence[80];
            snprintf(sentence, sizeof sentence, "nothing is said about %s", PROTECTION_WORDS[i]);
            return sentence;
        }
    }
    return has(policy, LINE_COMMAND) ? NULL : "there is no command";
}

void policy_add(struct policy *policy, struct line line) {
    /* Grows by doubling: room for 1, 2, 4, … lines. */
    if ((policy->count & (policy->count - 1)) == 0) {
        policy->lines = grow(policy->lines, policy->count == 0 ? 1 : policy->count * 2, sizeof line);
    }
    policy->lines[policy->count++] = line;
    if (line.kind == LINE_APP) {
        policy->app = line.text;
    } else if (line.kind == LINE_ACCEPT_PARTIAL) {
        policy->accept_partial = true;
    } else if (line.kind == LINE_PRIVATE_TMP) {
        policy->private_tmp = line.text;
    } else if (line.kind == LINE_DISPLAY) {
        policy->display_x11 = true;
    } else if (line.kind == LINE_LINKS) {
        policy->links = true;
    } else if (line.kind == LINE_BUS) {
        policy->bus = true;
    }
}

static void line_free(struct line *line) {
    free(line->ref);
    free(line->name);
    free(line->text);
    if (line->held > 0) {
        close_later(&line->held);
    }
}

/* One line without its \n; `words` is modified. */
static const char *parse_line(struct policy *policy, char *words) {
    char *rest = strchr(words, ' ');
    if (rest != NULL) {
        *rest++ = '\0';
    }
    const struct shape *shape = NULL;
    for (unsigned i = 0; i < SHAPE_COUNT && shape == NULL; i++) {
        shape = strcmp(words, SHAPES[i].word) == 0 ? &SHAPES[i] : NULL;
    }
    if (shape == NULL) {
        return "this directive is not known";
    }
    if ((policy->count == 0) != (shape->kind == LINE_VERSION)) {
        return policy->count == 0 ? "the first line is \"landgrant-policy 1\""
                                  : "landgrant-policy stands a second time";
    }
    struct line line = {.kind = shape->kind};
    const char *reason = parse_values(shape, rest, &line);
    if (reason == NULL && shape->kind != LINE_VERSION) {
        reason = fits(policy, &line);
    }
    if (reason != NULL) {
        line_free(&line);
        return reason;
    }
    policy_add(policy, line);
    return NULL;
}

bool policy_parse(const char *text, size_t length, struct policy *policy, char *problem,
                  size_t problem_bytes) {
    *policy = (struct policy){0};
    const char *reason = length > POLICY_BYTES ? "the policy is longer than 1048576 bytes" : NULL;
    size_t number = reason != NULL ? 1 : 0;
    for (size_t at = 0; reason == NULL && at < length;) {
        const char *end = memchr(text + at, '\n', length - at);
        size_t size = (end != NULL ? (size_t)(end - text) : length) - at;
        number++;
        if (end == NULL) {
            reason = "the last line has no end";
        } else if (number > POLICY_LINES) {
            reason = "there are more than 16384 lines";
        } else if (size > POLICY_LINE_BYTES) {
            reason = "the line is longer than 16384 bytes";
        } else if (!is_utf8(text + at, size)) {
            reason = "the line is not UTF-8";
        } else if (number == 1 || (size > 0 && text[at] != '#')) {
            FREES char *words = copy_bytes(text + at, size);
            reason = memchr(words, '\0', size) != NULL ? "the line holds a NUL" : parse_line(policy, words);
        }
        at += size + 1;
    }
    if (reason == NULL) {
        reason = number == 0 ? "the policy is empty" : complete(policy);
        number += number == 0;
    }
    if (reason != NULL) {
        snprintf(problem, problem_bytes, "line %zu: %s", number, reason);
        policy_free(policy);
        return false;
    }
    return true;
}

void policy_free(struct policy *policy) {
    for (size_t i = 0; i < policy->count; i++) {
        line_free(&policy->lines[i]);
    }
    free(policy->lines);
    *policy = (struct policy){0};
}

void policy_print(const struct policy *policy, FILE *out) {
    for (size_t i = 0; i < policy->count; i++) {
        const struct shape *shape = &SHAPES[policy->lines[i].kind];
        fputs(shape->word, out);
        for (unsigned v = 0; v < values_of(shape, &policy->lines[i]); v++) {
            policy_print_value(shape->values[v], &policy->lines[i], out);
        }
        fputc('\n', out);
    }
}
