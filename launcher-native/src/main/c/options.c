#include "options.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kernel.h"
#include "option_values.h"
#include "util.h"

/* What an option does; those below take a value. */
enum action {
    BEST_EFFORT,
    IGNORE_MISSING,
    FREE_FILES,
    FREE_NETWORK,
    FREE_SCOPES,
    LOG_ORIGINATING_OFF,
    LOG_SUBPROCESSES_ON,
    LOG_SUBDOMAINS_OFF,
    LIBRARIES,
    ADD_EXEC,
    UDP,
    PRIVATE_TMP,
    PRIVATE_HOME,
    ASK,
    WATCH,
    DRY_RUN,
    QUIET,
    HELP,
    VERSION_WANTED,
    PATHS,
    EXCEPT,
    PORTS,
    DEVICES,
    VARIABLE,
    LEVEL,
    MOST_ABI,
    PROFILE,
    REPORT,
};

static const struct option {
    const char *name;
    enum action action;
    enum directive kind;
    unsigned rights;
} OPTIONS[] = {
    {"--ro", PATHS, LINE_FILE, RIGHT_READ},
    {"--rox", PATHS, LINE_FILE, RIGHT_READ | RIGHT_EXECUTE},
    {"--rw", PATHS, LINE_FILE, RIGHT_READ | RIGHT_WRITE | RIGHT_DEVICE},
    {"--rwx", PATHS, LINE_FILE, RIGHT_READ | RIGHT_WRITE | RIGHT_EXECUTE | RIGHT_DEVICE},
    {"--unix", PATHS, LINE_FILE, RIGHT_READ | RIGHT_SOCKET},
    {"--except", EXCEPT, LINE_EXCEPT, RIGHTS_ALL},
    {"--connect-tcp", PORTS, LINE_CONNECT, 0},
    {"--bind-tcp", PORTS, LINE_LISTEN, 0},
    {"--device", DEVICES, LINE_FILE, 0},
    {"--env", VARIABLE, LINE_SET, 0},
    {"--profile", PROFILE, LINE_FILE, 0},
    {"--report", REPORT, LINE_FILE, 0},
    {"--log-level", LEVEL, LINE_FILE, 0},
    {"--abi", MOST_ABI, LINE_FILE, 0},
    {"--udp", UDP, LINE_FILE, 0},
    {"--private-tmp", PRIVATE_TMP, LINE_FILE, 0},
    {"--private-home", PRIVATE_HOME, LINE_FILE, 0},
    {"--ask", ASK, LINE_FILE, 0},
    {"--watch", WATCH, LINE_FILE, 0},
    {"--dry-run", DRY_RUN, LINE_FILE, 0},
    {"--quiet", QUIET, LINE_FILE, 0},
    {"-q", QUIET, LINE_FILE, 0},
    {"--best-effort", BEST_EFFORT, LINE_FILE, 0},
    {"--ignore-missing", IGNORE_MISSING, LINE_FILE, 0},
    {"--unrestricted-filesystem", FREE_FILES, LINE_FILE, 0},
    {"--unrestricted-network", FREE_NETWORK, LINE_FILE, 0},
    {"--unrestricted-scoped", FREE_SCOPES, LINE_FILE, 0},
    {"--log-disable-originating", LOG_ORIGINATING_OFF, LINE_FILE, 0},
    {"--log-enable-subprocesses", LOG_SUBPROCESSES_ON, LINE_FILE, 0},
    {"--log-disable-subdomains", LOG_SUBDOMAINS_OFF, LINE_FILE, 0},
    {"--ldd", LIBRARIES, LINE_FILE, 0},
    {"--add-exec", ADD_EXEC, LINE_FILE, 0},
    {"--help", HELP, LINE_FILE, 0},
    {"-h", HELP, LINE_FILE, 0},
    {"--version", VERSION_WANTED, LINE_FILE, 0},
    {"-v", VERSION_WANTED, LINE_FILE, 0},
};
enum { OPTION_COUNT = sizeof OPTIONS / sizeof OPTIONS[0] };

static const char *const LEVELS[] = {"error", "info", "debug"};

static bool take_level(const char *value, enum level *level) {
    for (unsigned i = 0; i < 3; i++) {
        if (strcmp(value, LEVELS[i]) == 0) {
            *level = (enum level)i;
            return true;
        }
    }
    return false;
}

/* An option without a value. */
static void set(enum action action, struct run_options *options) {
    switch (action) {
    case BEST_EFFORT:
        options->best_effort = true;
        break;
    case IGNORE_MISSING:
        options->ignore_missing = true;
        break;
    case FREE_FILES:
        options->free_files = true;
        break;
    case FREE_NETWORK:
        options->free_network = true;
        break;
    case FREE_SCOPES:
        options->free_scopes = true;
        break;
    case LOG_ORIGINATING_OFF:
        options->log_flags |= LL_LOG_SAME_EXEC_OFF;
        break;
    case LOG_SUBPROCESSES_ON:
        options->log_flags |= LL_LOG_NEW_EXEC_ON;
        break;
    case LOG_SUBDOMAINS_OFF:
        options->log_flags |= LL_LOG_SUBDOMAINS_OFF;
        break;
    case LIBRARIES:
        options->libraries = true;
        break;
    case ADD_EXEC:
        options->add_exec = true;
        break;
    case UDP:
        options->policy.stance[PROTECT_UDP] = STANCE_OPEN;
        break;
    case PRIVATE_TMP:
        options->private_tmp = true;
        break;
    case PRIVATE_HOME:
        options->private_home = true;
        break;
    case ASK:
        options->ask = true;
        break;
    case WATCH:
        options->watch = true;
        break;
    case DRY_RUN:
        options->dry_run = true;
        break;
    case QUIET:
        options->level = LEVEL_ERROR;
        break;
    case HELP:
        options->help = true;
        break;
    case VERSION_WANTED:
        options->version = true;
        break;
    default:
        break;
    }
}

static bool take_once(const char *name, const char *value, const char **place,
                      const struct complaint *complaint) {
    if (*place != NULL || *value == '\0') {
        return complain(complaint, *place != NULL ? "%s stands twice" : "%s takes a file", name);
    }
    *place = value;
    return true;
}

/* An option with its value. */
static bool take(const struct option *option, const char *value, struct run_options *options,
                 const struct complaint *complaint) {
    uint64_t number = 0;
    switch (option->action) {
    case PATHS:
    case EXCEPT:
        return take_paths(option->name, value, option->kind, option->rights, !options->landrun,
                          &options->policy, complaint);
    case PORTS:
        return take_ports(option->name, value, option->kind, &options->policy, complaint);
    case DEVICES:
        return take_devices(value, options->ignore_missing, &options->policy, complaint);
    case VARIABLE:
        return take_variable(value, &options->policy, complaint);
    case LEVEL:
        return take_level(value, &options->level) ||
               complain(complaint, "--log-level is error, info or debug, not \"%.40s\"", value);
    case MOST_ABI:
        if (!parse_number(value, 1000, &number) || number == 0) {
            return complain(complaint, "--abi takes a version of Landlock, from 1 on, not \"%.40s\"", value);
        }
        options->most_abi = (unsigned)number;
        return true;
    case PROFILE:
        return take_once(option->name, value, &options->profile, complaint);
    case REPORT:
        return take_once(option->name, value, &options->report, complaint);
    default:
        return false;
    }
}

/* The option a word is, and the value that stands in the word itself. */
static const struct option *option_of(const char *word, const char **value) {
    size_t length = strcspn(word, "=");
    *value = word[length] == '=' ? word + length + 1 : NULL;
    for (unsigned i = 0; i < OPTION_COUNT; i++) {
        if (strlen(OPTIONS[i].name) == length && strncmp(word, OPTIONS[i].name, length) == 0) {
            return &OPTIONS[i];
        }
    }
    return NULL;
}

/* `--ro=false` is a value for what takes none; landrun knows true and false there. */
static bool take_truth(const struct option *option, const char *value, struct run_options *options,
                       const struct complaint *complaint) {
    if (value != NULL && strcmp(value, "false") == 0) {
        return true;
    }
    if (value != NULL && strcmp(value, "true") != 0) {
        return complain(complaint, "%s takes no value", option->name);
    }
    set(option->action, options);
    return true;
}

static void begin(char **words, bool landrun, struct run_options *options) {
    *options = (struct run_options){.landrun = landrun, .level = landrun ? LEVEL_ERROR : LEVEL_INFO};
    for (unsigned i = 0; i < PROTECTIONS; i++) {
        options->policy.stance[i] = STANCE_PROTECT;
    }
    if (landrun) {
        options->policy.stance[PROTECT_UDP] = STANCE_OPEN; /* it knows no rules for it */
    }
    for (char **word = words; *word != NULL && strcmp(*word, "--") != 0; word++) {
        /* Said before or after what may be missing. */
        options->ignore_missing = options->ignore_missing || strcmp(*word, "--ignore-missing") == 0;
    }
    const char *level = getenv("LANDRUN_LOG_LEVEL");
    if (level != NULL) {
        (void)take_level(level, &options->level);
    }
}

bool options_free_everything(const struct run_options *options) {
    return options->free_files && options->free_network && options->free_scopes;
}

/* What was asked for as a whole. */
static bool finish(struct run_options *options, const struct complaint *complaint) {
    struct policy *policy = &options->policy;
    bool excepts = false;
    for (size_t i = 0; i < policy->count; i++) {
        excepts = excepts || policy->lines[i].kind == LINE_EXCEPT;
    }
    bool more = excepts || options->ask || options->profile != NULL || options->watch ||
                options->report != NULL || options->private_tmp || options->private_home || options->dry_run;
    if (options_free_everything(options) && more) {
        return complain(complaint, "with nothing restricted there is nothing for --except, --ask, --watch, "
                                   "--report, --profile, --private-… or --dry-run");
    }
    if (options->free_files) {
        policy_add(policy, (struct line){.kind = LINE_FILE,
                                         .rights = RIGHTS_ALL,
                                         .ref = copy_text("-"),
                                         .text = copy_text("/")});
    }
    if (options->free_network) {
        policy->stance[PROTECT_CONNECT_TCP] = policy->stance[PROTECT_LISTEN_TCP] =
            policy->stance[PROTECT_UDP] = STANCE_OPEN;
    }
    if (options->free_scopes) {
        policy->stance[PROTECT_SIGNALS] = policy->stance[PROTECT_ABSTRACT_SOCKETS] = STANCE_OPEN;
    }
    return true;
}

bool options_parse(char **words, bool landrun, struct run_options *options, char *problem,
                   size_t problem_bytes) {
    const struct complaint complaint = {problem, problem_bytes};
    begin(words, landrun, options);
    for (; *words != NULL && **words == '-' && strcmp(*words, "--") != 0; words++) {
        const char *word = *words, *value;
        const struct option *option = option_of(word, &value);
        if (option == NULL) {
            return complain(&complaint,
                            "\"%.200s\" is no option of %s; the command follows after \"--\" (see %s --help)",
                            word, landrun ? "landrun" : "run", landrun ? "landrun" : "landgrant run");
        }
        if (option->action < PATHS) {
            if (!take_truth(option, value, options, &complaint)) {
                return false;
            }
            continue;
        }
        if (value == NULL) {
            value = words[1];
            if (value == NULL || strcmp(value, "--") == 0) {
                return complain(&complaint, "%s takes a value", word);
            }
            words++;
        }
        if (!take(option, value, options, &complaint)) {
            return false;
        }
    }
    words += *words != NULL && strcmp(*words, "--") == 0;
    options->command = *words != NULL ? words : NULL;
    return finish(options, &complaint);
}
