#include "policy.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "util.h"

const char *const PROTECTION_WORDS[PROTECTIONS] = {"files", "connect-tcp", "listen-tcp", "signals",
                                                   "abstract-sockets"};

/* What a value of a directive is. TEXT and PATH run to the end of the line. */
enum value { NOTHING, VERSION, WHAT, RIGHTS, REF, PORT, NAME, PATTERN, TEXT, PATH };

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
};
enum { SHAPE_COUNT = sizeof SHAPES / sizeof SHAPES[0] };

static const char LETTERS[] = "lrwxd"; /* bit i of enum right */

void rights_letters(unsigned rights, char letters[6]) {
    char *end = letters;
    for (unsigned i = 0; i < 5; i++) {
        if (rights & (1u << i)) {
            *end++ = LETTERS[i];
        }
    }
    *end = '\0';
}

/* Reasons are returned as sentences; NULL means the value is good. */

static const char *parse_rights(const char *word, unsigned *rights) {
    unsigned next = 0;
    *rights = 0;
    for (; *word != '\0'; word++) {
        const char *found = strchr(LETTERS, *word);
        if (found == NULL || (unsigned)(found - LETTERS) < next) {
            return "rights are letters of \"lrwxd\", in this order, each at most once";
        }
        unsigned bit = (unsigned)(found - LETTERS);
        *rights |= 1u << bit;
        next = bit + 1;
    }
    return NULL;
}

static const char *check_ref(const char *word) {
    size_t length = strspn(word, "abcdefghijklmnopqrstuvwxyz0123456789-_./");
    return word[length] == '\0' && length <= POLICY_REF_BYTES
               ? NULL
               : "a ref is 1 to 64 characters of a-z 0-9 - _ . /";
}

static const char *check_name(const char *word, bool pattern) {
    size_t length = strspn(word, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_");
    bool ends = word[length] == '\0' || (pattern && strcmp(word + length, "*") == 0);
    return ends && length >= 1 && length <= POLICY_NAME_BYTES
               ? NULL
               : "a variable's name is 1 to 128 characters of A-Z a-z 0-9 _";
}

static const char *parse_what(const char *word, enum protection *what) {
    for (unsigned i = 0; i < PROTECTIONS; i++) {
        if (strcmp(word, PROTECTION_WORDS[i]) == 0) {
            *what = (enum protection)i;
            return NULL;
        }
    }
    return "a protection is files, connect-tcp, listen-tcp, signals or abstract-sockets";
}

static int hex_digit(char digit) {
    return digit >= '0' && digit <= '9' ? digit - '0' : digit >= 'a' && digit <= 'f' ? digit - 'a' + 10 : -1;
}

static const char *parse_text(const char *from, char **text) {
    char *result = grow(NULL, strlen(from) + 1, 1);
    char *end = result;
    const char *reason = NULL;
    for (; *from != '\0' && reason == NULL; from++) {
        if ((unsigned char)*from < 0x20 || *from == 0x7f) {
            reason = "a control character stands unescaped";
        } else if (*from != '\\') {
            *end++ = *from;
        } else {
            from++;
            int high = *from == 'x' ? hex_digit(from[1]) : -1;
            int low = high >= 0 ? hex_digit(from[2]) : -1;
            if (*from == '\\') {
                *end++ = '\\';
            } else if (*from == 'n') {
                *end++ = '\n';
            } else if (*from == 't') {
                *end++ = '\t';
            } else if (*from == 'r') {
                *end++ = '\r';
            } else if (low >= 0 && (high | low) != 0) {
                *end++ = (char)(high * 16 + low);
                from += 2;
            } else {
                reason = "an escape is one of \\\\ \\n \\t \\r \\xHH, and never \\x00";
                break;
            }
        }
    }
    *end = '\0';
    if (reason == NULL && end == result) {
        reason = "a text is empty";
    }
    if (reason != NULL) {
        free(result);
        result = NULL;
    }
    *text = result;
    return reason;
}

static const char *check_path(const char *path) {
    if (path[0] != '/') {
        return "a path begins with /";
    }
    if (strlen(path) > POLICY_PATH_BYTES) {
        return "a path is longer than 4095 bytes";
    }
    if (path[1] == '\0') {
        return NULL;
    }
    for (const char *part = path; part != NULL; part = strchr(part, '/')) {
        part++;
        size_t length = strcspn(part, "/");
        if (length == 0 || (length == 1 && part[0] == '.') ||
            (length == 2 && part[0] == '.' && part[1] == '.')) {
            return "a path has an empty, \".\" or \"..\" part";
        }
    }
    return NULL;
}

char field_code(const char *word) {
    return word[0] == '%' && word[1] != '\0' && strchr("fFuU", word[1]) != NULL && word[2] == '\0' ? word[1]
                                                                                                   : '\0';
}

static const char *check_command(const char *word) {
    if (field_code(word) != '\0') {
        return NULL;
    }
    for (const char *at = strchr(word, '%'); at != NULL; at = strchr(at + 2, '%')) {
        if (at[1] != '%') {
            return "a literal % is written %%, and a field code is a word of its own";
        }
    }
    return NULL;
}

static const char *parse_value(enum value value, char *word, struct line *line) {
    uint64_t number = 0;
    const char *reason = NULL;
    switch (value) {
    case VERSION:
        return strcmp(word, "1") == 0 ? NULL : "this version of policies is not known";
    case WHAT:
        return parse_what(word, &line->what);
    case RIGHTS:
        return parse_rights(word, &line->rights);
    case REF:
        line->ref = copy_text(word);
        return check_ref(word);
    case PORT:
        if (!parse_number(word, 65535, &number)) {
            return "a port is a number from 0 to 65535";
        }
        line->port = (uint16_t)number;
        return NULL;
    case NAME:
    case PATTERN:
        line->name = copy_text(word);
        return check_name(word, value == PATTERN);
    case TEXT:
        return parse_text(word, &line->text);
    case PATH:
        reason = parse_text(word, &line->text);
        return reason != NULL ? reason : check_path(line->text);
    case NOTHING:
        break;
    }
    return "a value is out of place";
}

/* Cuts `rest` into the values of the shape. `words` is modified. */
static const char *parse_values(const struct shape *shape, char *rest, struct line *line) {
    for (unsigned i = 0; i < 3 && shape->values[i] != NOTHING; i++) {
        if (rest == NULL) {
            return "a value is missing";
        }
        char *word = rest;
        enum value value = shape->values[i];
        if (value == TEXT || value == PATH) {
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
        const char *reason = parse_value(value, word, line);
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
    case LINE_COMMAND:
        if (field_code(line->text) != '\0' && has_field_code(policy)) {
            return "the command has a second field code";
        }
        return check_command(line->text);
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
    }
}

static void line_free(struct line *line) {
    free(line->ref);
    free(line->name);
    free(line->text);
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

static void print_value(enum value value, const struct line *line, FILE *out) {
    char letters[6];
    FREES char *text = NULL;
    switch (value) {
    case VERSION:
        fputs(" 1", out);
        break;
    case WHAT:
        fprintf(out, " %s", PROTECTION_WORDS[line->what]);
        break;
    case RIGHTS:
        rights_letters(line->rights, letters);
        fprintf(out, " %s", letters);
        break;
    case REF:
        fprintf(out, " %s", line->ref);
        break;
    case PORT:
        fprintf(out, " %u", line->port);
        break;
    case NAME:
    case PATTERN:
        fprintf(out, " %s", line->name);
        break;
    case TEXT:
    case PATH:
        text = escaped(line->text);
        fprintf(out, " %s", text);
        break;
    case NOTHING:
        break;
    }
}

void policy_print(const struct policy *policy, FILE *out) {
    for (size_t i = 0; i < policy->count; i++) {
        const struct shape *shape = &SHAPES[policy->lines[i].kind];
        fputs(shape->word, out);
        for (unsigned v = 0; v < 3; v++) {
            print_value(shape->values[v], &policy->lines[i], out);
        }
        fputc('\n', out);
    }
}
