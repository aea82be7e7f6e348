#include "options.h"

#include <string.h>
#include <unistd.h>

#include "util.h"

static const struct {
    const char *name;
    enum directive kind;
    unsigned rights;
} VALUED[] = {
    {"--ro", LINE_FILE, RIGHT_READ},
    {"--rox", LINE_FILE, RIGHT_READ | RIGHT_EXECUTE},
    {"--rw", LINE_FILE, RIGHT_READ | RIGHT_WRITE | RIGHT_DEVICE},
    {"--rwx", LINE_FILE, RIGHT_READ | RIGHT_WRITE | RIGHT_EXECUTE | RIGHT_DEVICE},
    {"--connect-tcp", LINE_CONNECT, 0},
    {"--bind-tcp", LINE_LISTEN, 0},
};
enum { VALUED_COUNT = sizeof VALUED / sizeof VALUED[0] };

/* NULL when the path is relative to a folder that is gone. */
static char *absolute(const char *path) {
    char folder[PATH_BYTES];
    if (path[0] == '/') {
        return copy_text(path);
    }
    /* The kernel writes "(unreachable)" before folders outside this root. */
    if (getcwd(folder, sizeof folder) == NULL || folder[0] != '/') {
        return NULL;
    }
    return text_of("%s/%s", strcmp(folder, "/") == 0 ? "" : folder, path);
}

static bool take_value(unsigned option, const char *value, struct run_options *options, char *problem,
                       size_t problem_bytes) {
    struct line line = {.kind = VALUED[option].kind, .rights = VALUED[option].rights};
    uint64_t port = 0;
    if (line.kind != LINE_FILE && !parse_number(value, 65535, &port)) {
        snprintf(problem, problem_bytes, "%s takes a port, a number from 0 to 65535, not \"%.40s\"",
                 VALUED[option].name, value);
        return false;
    }
    if (line.kind == LINE_FILE && *value == '\0') {
        snprintf(problem, problem_bytes, "%s takes a path", VALUED[option].name);
        return false;
    }
    line.text = line.kind == LINE_FILE ? absolute(value) : NULL;
    if (line.kind == LINE_FILE && line.text == NULL) {
        snprintf(problem, problem_bytes,
                 "%.4000s cannot be granted: the current folder does not exist any more", value);
        return false;
    }
    line.port = (uint16_t)port;
    line.ref = copy_text("-");
    policy_add(&options->policy, line);
    return true;
}

bool options_parse(char **words, struct run_options *options, char *problem, size_t problem_bytes) {
    *options = (struct run_options){0};
    for (unsigned i = 0; i < PROTECTIONS; i++) {
        options->policy.stance[i] = STANCE_PROTECT;
    }
    for (; *words != NULL && strcmp(*words, "--") != 0; words++) {
        const char *word = *words, *value = NULL;
        unsigned option = 0;
        for (; option < VALUED_COUNT; option++) {
            size_t length = strlen(VALUED[option].name);
            if (strncmp(word, VALUED[option].name, length) == 0 &&
                (word[length] == '\0' || word[length] == '=')) {
                value = word[length] == '=' ? word + length + 1 : *++words;
                break;
            }
        }
        if (option < VALUED_COUNT) {
            if (value == NULL) {
                snprintf(problem, problem_bytes, "%s takes a value", word);
                return false;
            }
            if (!take_value(option, value, options, problem, problem_bytes)) {
                return false;
            }
        } else if (strcmp(word, "--udp") == 0) {
            options->policy.stance[PROTECT_UDP] = STANCE_OPEN;
        } else if (strcmp(word, "--quiet") == 0) {
            options->quiet = true;
        } else if (strcmp(word, "--best-effort") == 0) {
            options->best_effort = true;
        } else {
            snprintf(
                problem, problem_bytes,
                "\"%.200s\" is no option of run; the command follows after \"--\" (see landgrant --help)",
                word);
            return false;
        }
    }
    if (*words == NULL || words[1] == NULL) {
        snprintf(problem, problem_bytes, "there is no command; it follows after \"--\"");
        return false;
    }
    options->command = words + 1;
    return true;
}
