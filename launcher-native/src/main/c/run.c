/*
 * landgrant run: rules from the command line, no agent. Also landrun, when called by that name.
 */
#include "commands.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "console.h"
#include "dry_run.h"
#include "enforce.h"
#include "environment.h"
#include "excepts.h"
#include "folders.h"
#include "libraries.h"
#include "limits.h"
#include "option_values.h"
#include "options.h"
#include "profile.h"
#include "refusals.h"
#include "report.h"
#include "run_folders.h"
#include "supervise.h"
#include "surroundings.h"
#include "util.h"

enum {
    TOLD_MOST = 10,
    LANDRUN_FAILED = 1,
    ABI_OF_KEPT_CALLS = 2, /* of the kernels with it, all can keep a call through signals */
};

/* What was refused, when it was not told at once; and, in the end, a line that would have had all of it. */
static void tell_all(const struct run_options *options, const struct session *session, bool could_ask,
                     char **words) {
    const struct denials *denials = &session->denials;
    /* The last ones: what a command gave up on comes late. */
    size_t first = denials->count > TOLD_MOST ? denials->count - TOLD_MOST : 0;
    if (!options->watch && first > 0) {
        say("%zu things were refused before these (--watch tells all, --report FILE keeps them)", first);
    }
    for (size_t i = first; !options->watch && i < denials->count; i++) {
        console_tell(&denials->list[i]);
    }
    if (denials->dropped > 0) {
        say("… and %llu more refusals", (unsigned long long)denials->dropped);
    }
    if (options->ask && !could_ask && denials->count > 0) {
        FREES char *line = line_that_allows(denials, options, words);
        if (line != NULL) {
            say("there is no terminal to ask in; with all of that allowed it is: %s", line);
        } else {
            say("there is no terminal to ask in, and all of that is too long for a line (--report FILE keeps "
                "it)");
        }
    }
}

/* The PATH by which the command is looked up: that of the command's environment, but landrun's own. */
static const char *path_for(const struct run_options *options) {
    const char *path = getenv("PATH");
    for (size_t i = 0; !options->landrun && i < options->policy.count; i++) {
        const struct line *line = &options->policy.lines[i];
        if (line->kind == LINE_SET && strcmp(line->name, "PATH") == 0) {
            path = line->text;
        }
    }
    return path != NULL ? path : "/usr/local/bin:/usr/bin:/bin";
}

static const char *library_path_for(const struct policy *policy) {
    const char *path = NULL;
    for (size_t i = 0; i < policy->count; i++) {
        if (policy->lines[i].kind == LINE_SET && strcmp(policy->lines[i].name, "LD_LIBRARY_PATH") == 0) {
            path = policy->lines[i].text;
        }
    }
    return path;
}

/* The command's file where it is needed before the start; NULL where it is found by the command itself. */
static char *find_command(struct run_options *options, char *problem, size_t problem_bytes) {
    if (!options->landrun && !options->add_exec && !options->libraries) {
        return NULL;
    }
    char *program = find_program(options->command[0], path_for(options));
    if (program == NULL) {
        say("%s was not found: %s", options->command[0], strerror(errno));
        exit(options->landrun ? LANDRUN_FAILED : errno == EACCES ? EXIT_NOT_EXECUTABLE : EXIT_NOT_FOUND);
    }
    if (options->add_exec) {
        add_program(program, &options->policy);
    }
    if (options->libraries &&
        !add_libraries(program, library_path_for(&options->policy), options->level > LEVEL_ERROR,
                       &options->policy, problem, problem_bytes)) {
        die("%s", problem);
    }
    return program;
}

static unsigned abi_for(const struct run_options *options) {
    unsigned abi = landlock_abi();
    abi = options->most_abi != 0 && options->most_abi < abi ? options->most_abi : abi;
    if (options->landrun && !options->best_effort && abi < ABI_OF_LANDRUN) {
        die("all of Landlock %d (Linux 7.1) is wanted, and %s %u; add --best-effort to go on with that",
            ABI_OF_LANDRUN, options->most_abi != 0 ? "may use" : "this kernel has", abi);
    }
    if (options->log_flags != 0 && abi < ABI_OF_LOG_FLAGS && !options->best_effort) {
        die("the --log-… options need Landlock %d (Linux 6.15), this kernel has %u; add --best-effort to go "
            "on "
            "without them",
            ABI_OF_LOG_FLAGS, abi);
    }
    return abi;
}

/* What this kernel does less of is said, when the person accepts it. */
static void settle_for_less(struct run_options *options, unsigned abi) {
    if (!options->best_effort || enforce_less(&options->policy, abi) == 0) {
        return;
    }
    say("this kernel (Landlock %u) does not restrict everything; what it can, it does", abi);
    for (unsigned i = 0; i < PROTECTIONS; i++) {
        if (options->policy.stance[i] == STANCE_MISSING) {
            say("not restricted: %s", PROTECTION_WORDS[i]);
        }
    }
}

static void ask_about_everything(struct policy *policy) {
    policy_add(policy, (struct line){.kind = LINE_ASK, .asked = DENIED_FILE, .text = copy_text("/")});
    policy_add(policy, (struct line){.kind = LINE_ASK, .asked = DENIED_CONNECT});
    policy_add(policy, (struct line){.kind = LINE_ASK, .asked = DENIED_LISTEN});
}

/* No limits at all: nobody stays, nothing is looked at. */
static noreturn void run_free(const struct run_options *options, char **environment, const char *program) {
    limits_restore();
    environ = environment;
    if (program != NULL) {
        execv(program, options->command);
    } else {
        execvp(options->command[0], options->command);
    }
    int error = errno;
    say("%s could not be started: %s", options->command[0], strerror(error));
    exit(options->landrun                      ? LANDRUN_FAILED
         : error == ENOENT || error == ENOTDIR ? EXIT_NOT_FOUND
                                               : EXIT_NOT_EXECUTABLE);
}

static char **environment_for(const struct run_options *options, const struct rules *rules,
                              const struct surroundings *surroundings) {
    if (options->landrun) {
        return environment_from_nothing(&options->policy, surroundings->tmp);
    }
    return environment_make(&options->policy, rules, surroundings, environ);
}

/* What needs a terminal or a file of its own. */
static struct console console_for(const struct run_options *options, const struct rules *rules) {
    struct console console = {.watch = options->watch, .report = -1, .rules = rules, .terminal = {.fd = -1}};
    char problem[SENTENCE_BYTES];
    if (options->report != NULL) {
        const struct complaint complaint = {problem, sizeof problem};
        FREES char *path = path_from(options->report, !options->landrun, &complaint);
        console.report = path != NULL ? report_open(path, rules, problem, sizeof problem) : -1;
        if (console.report < 0) {
            die("%s", problem);
        }
    }
    if (options->ask && landlock_abi() < ABI_OF_KEPT_CALLS) {
        say("nothing is asked: before Linux 5.19 a command that is held still loses the call it waits in");
    } else {
        console.ask = options->ask && terminal_find(&console.terminal);
    }
    return console;
}

static int end_of(const struct run_options *options, int status) {
    return options->landrun ? LANDRUN_FAILED : status;
}

static int start(struct run_options *options, char **words, const char *program) {
    char problem[SENTENCE_BYTES];
    struct places places = places_find_any();
    struct guard guards[GUARDS];
    struct run_folders folders = RUN_FOLDERS_NONE;
    struct surroundings surroundings;
    guards_make(&places, guards);
    unsigned abi = abi_for(options);
    settle_for_less(options, abi);
    struct confinement confinement = {.guards = guards,
                                      .words = options->command,
                                      .program = options->landrun ? program : NULL,
                                      .log_flags = abi >= ABI_OF_LOG_FLAGS ? options->log_flags : 0,
                                      .suggests_flags = true};
    surroundings_except(&options->policy, &places);
    if (options->ask) {
        ask_about_everything(&options->policy);
    }
    if (!enforce_decide(&options->policy, abi, &confinement, problem, sizeof problem) ||
        !run_folders_make(options, guards, &folders, problem, sizeof problem) ||
        !rules_open(&options->policy, guards, !options->ignore_missing, &confinement.rules, problem,
                    sizeof problem)) {
        run_folders_end(&folders);
        die("%s", problem);
    }
    if (options->dry_run || options->level == LEVEL_DEBUG) {
        dry_run_print(options, abi, options->dry_run ? stdout : stderr);
    }
    if (options->dry_run) {
        return fflush(stdout) == 0 ? 0 : end_of(options, EXIT_OURS);
    }
    rules_drop_planted(&confinement.rules);
    if (!run_folders_add(&folders, &confinement.rules, problem, sizeof problem) ||
        !surroundings_make(&options->policy, &places, guards, &confinement.rules, &surroundings, problem,
                           sizeof problem)) {
        run_folders_end(&folders);
        die("%s", problem);
    }
    struct console console = console_for(options, &confinement.rules); /* while every rule is whole */
    rules_except(&confinement.rules, &options->policy, guards);
    confinement.environment = environment_for(options, &confinement.rules, &surroundings);
    bool could_ask = console.ask;
    struct session session = {.confinement = &confinement,
                              .console = &console,
                              .bus = {.fd = surroundings.bus_said, .policy = &options->policy}};
    surroundings.bus_said = -1; /* the session closes it */
    int failed = session_run(&session);
    surroundings_end(&surroundings);
    run_folders_end(&folders);
    if (options->level > LEVEL_ERROR) {
        tell_all(options, &session, could_ask, words);
    }
    if (failed != 0) {
        return end_of(options, failed);
    }
    leave_like(session.wait_status);
}

int command_run(char **words, bool landrun) {
    struct run_options options;
    char problem[SENTENCE_BYTES];
    if (landrun) {
        speak_as("landrun", LANDRUN_FAILED);
    }
    if (!options_parse(words, landrun, &options, problem, sizeof problem)) {
        die("%s", problem);
    }
    if (options.help) {
        const char *help = options_help(landrun);
        return write_everything(STDOUT_FILENO, help, strlen(help)) ? 0 : end_of(&options, EXIT_OURS);
    }
    if (options.version) {
        printf("landgrant %s (Landlock %u here)\n", LANDGRANT_VERSION, landlock_abi());
        return fflush(stdout) == 0 ? 0 : end_of(&options, EXIT_OURS);
    }
    if (!profile_take(&options, problem, sizeof problem)) {
        die("%s", problem);
    }
    if (options.command == NULL) {
        die("there is no command; it follows after \"--\" (see %s --help)",
            landrun ? "landrun" : "landgrant run");
    }
    FREES char *program = find_command(&options, problem, sizeof problem);
    if (options_free_everything(&options)) {
        run_free(&options,
                 landrun ? environment_from_nothing(&options.policy, NULL)
                         : environment_with(&options.policy, environ),
                 program);
    }
    return start(&options, words, program);
}
