#include "profile.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "landlock_config.h"
#include "util.h"
#include "value.h"

/* Files only, and never waited for. */
static char *read_file(const char *path, size_t *length) {
    struct stat status;
    CLOSES int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
    if (fd < 0 || fstat(fd, &status) != 0) {
        return NULL;
    }
    if (!S_ISREG(status.st_mode)) {
        errno = EINVAL;
        return NULL;
    }
    return read_everything(fd, VALUE_FILE_BYTES, length);
}

/* A word of a policy's command line, whose %% are single. NULL for a field code, which stands for no word. */
static char *word_of(const char *text) {
    if (field_code(text) != '\0') {
        return NULL;
    }
    char *word = copy_text(text), *end = word;
    for (const char *at = text; *at != '\0'; at++) {
        at += at[0] == '%' && at[1] == '%';
        *end++ = *at;
    }
    *end = '\0';
    return word;
}

static void take_command(const struct policy *from, struct run_options *options) {
    char **words = grow(NULL, from->count + 1, sizeof(char *));
    size_t count = 0;
    for (size_t i = 0; i < from->count; i++) {
        char *word = from->lines[i].kind == LINE_COMMAND ? word_of(from->lines[i].text) : NULL;
        if (word != NULL) {
            words[count++] = word;
        }
    }
    words[count] = NULL;
    options->command = count > 0 ? words : NULL;
}

/* Whether a line of a policy is a rule of it; the others say what it is for. */
static bool is_rule(enum directive kind) {
    switch (kind) {
    case LINE_FILE:
    case LINE_FILE_FROM:
    case LINE_EXCEPT:
    case LINE_CONNECT:
    case LINE_LISTEN:
    case LINE_CREATE:
    case LINE_PRIVATE_TMP:
    case LINE_UNSET:
    case LINE_SET:
    case LINE_ASK:
    case LINE_BUS:
    case LINE_DISPLAY:
        return true;
    default:
        return false;
    }
}

/* Of what is open in either, nothing is closed by the other. What a kernel missed once is asked for anew. */
static void join_stances(const struct policy *from, struct policy *to) {
    for (unsigned i = 0; i < PROTECTIONS; i++) {
        if (from->stance[i] == STANCE_OPEN) {
            to->stance[i] = STANCE_OPEN;
        }
    }
}

static bool take_policy(const char *text, size_t length, struct run_options *options, struct policy *whole,
                        char *problem, size_t problem_bytes) {
    struct policy from;
    if (!policy_parse(text, length, &from, problem, problem_bytes)) {
        return false;
    }
    join_stances(&from, whole);
    for (size_t i = 0; i < from.count; i++) {
        if (is_rule(from.lines[i].kind)) {
            struct line line = from.lines[i];
            line.optional = true;
            policy_add(whole, line);
        }
    }
    if (options->command == NULL) {
        take_command(&from, options);
    }
    return true;
}

static bool take_config(const char *text, size_t length, struct policy *whole, char *problem,
                        size_t problem_bytes) {
    size_t blank = strspn(text, " \t\r\n");
    bool json = blank < length && text[blank] == '{';
    struct store store = {0};
    const struct value *root = (json ? json_read : toml_read)(text, length, &store, problem, problem_bytes);
    bool good = root != NULL && landlock_config_take(root, !json, whole, problem, problem_bytes);
    store_free(&store);
    return good;
}

bool profile_take(struct run_options *options, char *problem, size_t problem_bytes) {
    static const char POLICY[] = "landgrant-policy ";
    size_t length = 0;
    char reason[SENTENCE_BYTES / 2];
    if (options->profile == NULL) {
        return true;
    }
    FREES char *text = read_file(options->profile, &length);
    if (text == NULL) {
        snprintf(problem, problem_bytes, "the profile %.3800s cannot be read: %s", options->profile,
                 errno == EINVAL ? "it is no file" : strerror(errno));
        return false;
    }
    struct policy whole = {0};
    memcpy(whole.stance, options->policy.stance, sizeof whole.stance);
    bool is_policy = strncmp(text, POLICY, sizeof POLICY - 1) == 0;
    if (!(is_policy ? take_policy(text, length, options, &whole, reason, sizeof reason)
                    : take_config(text, length, &whole, reason, sizeof reason))) {
        snprintf(problem, problem_bytes, "the profile %.1800s, %s", options->profile, reason);
        return false;
    }
    for (size_t i = 0; i < options->policy.count; i++) {
        policy_add(&whole, options->policy.lines[i]);
    }
    whole.accept_partial = options->policy.accept_partial;
    options->policy = whole;
    return true;
}
