/* landgrant run: rules from the command line, no agent. */
#include "commands.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "enforce.h"
#include "environment.h"
#include "excepts.h"
#include "options.h"
#include "supervise.h"
#include "surroundings.h"
#include "util.h"

enum { TOLD_MOST = 10 };

/*
 * A word a shell takes for exactly this text: file names are the app's choice, and people paste the line.
 * Where say() will escape, in the quotes that understand its escapes.
 */
static char *shell_word(const char *text) {
    static const char PLAIN[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789/._-+,:@%";
    if (*text != '\0' && text[strspn(text, PLAIN)] == '\0') {
        return copy_text(text);
    }
    FREES char *shown = escaped(text);
    const char *quote = strcmp(shown, text) != 0 ? "$'" : "'";
    char *word = copy_text(quote);
    for (const char *at = text; *at != '\0';) {
        int plain = (int)strcspn(at, "'");
        char *longer = at[plain] == '\'' ? text_of("%s%.*s'\"'\"%s", word, plain, at, quote)
                                         : text_of("%s%.*s", word, plain, at);
        free(word);
        word = longer;
        at += plain + (at[plain] == '\'');
    }
    char *whole = text_of("%s'", word);
    free(word);
    return whole;
}

static void tell(const struct denial *denial) {
    const char *verb = denial->access == 'x' ? "running" : denial->access == 'w' ? "changing" : "reading";
    const char *flag = denial->access == 'x' ? "--rox" : denial->access == 'w' ? "--rw" : "--ro";
    FREES char *grant = copy_text(denial->what);
    if (denial->kind == DENIED_CONNECT) {
        verb = "connecting to TCP port";
        flag = "--connect-tcp";
    } else if (denial->kind == DENIED_LISTEN) {
        verb = "listening on TCP port";
        flag = "--bind-tcp";
    } else if (denial->kind == DENIED_BUS) {
        say("refused %s %s on the session bus", denial->access == 'w' ? "having the name" : "talking to",
            denial->what);
        return;
    } else if (denial->needs_folder) {
        char *end = strrchr(grant, '/');
        end[end == grant] = '\0';
    }
    FREES char *word = shell_word(grant);
    say("refused %s %s (allow with %s %s)", verb, denial->what, flag, word);
}

static void tell_all(const struct session *session) {
    for (size_t i = 0; i < session->denials.count && i < TOLD_MOST; i++) {
        tell(&session->denials.list[i]);
    }
    uint64_t more = session->denials.dropped +
                    (session->denials.count > TOLD_MOST ? session->denials.count - TOLD_MOST : 0);
    if (more > 0) {
        say("… and %llu more refusals", (unsigned long long)more);
    }
}

int command_run(char **words) {
    struct run_options options;
    char problem[SENTENCE_BYTES];
    if (!options_parse(words, &options, problem, sizeof problem)) {
        die("%s", problem);
    }
    struct places places = places_find();
    struct guard guards[GUARDS];
    guards_make(&places, guards);
    surroundings_except(&options.policy, &places);
    struct confinement confinement = {.guards = guards, .words = options.command, .suggests_flags = true};
    unsigned abi = landlock_abi();
    if (options.best_effort && enforce_less(&options.policy, abi) > 0) {
        say("this kernel (Landlock %u) does not restrict everything; what it can, it does", abi);
        for (unsigned i = 0; i < PROTECTIONS; i++) {
            if (options.policy.stance[i] == STANCE_MISSING) {
                say("not restricted: %s", PROTECTION_WORDS[i]);
            }
        }
    }
    if (!enforce_decide(&options.policy, abi, &confinement, problem, sizeof problem) ||
        !rules_open(&options.policy, guards, true, &confinement.rules, problem, sizeof problem)) {
        die("%s", problem);
    }
    rules_drop_planted(&confinement.rules);
    struct surroundings surroundings;
    if (!surroundings_make(&options.policy, &places, guards, &confinement.rules, &surroundings, problem,
                           sizeof problem)) {
        die("%s", problem);
    }
    rules_except(&confinement.rules, &options.policy, guards);
    confinement.environment = environment_make(&options.policy, &confinement.rules, &surroundings, environ);
    struct session session = {.confinement = &confinement,
                              .bus = {.fd = surroundings.bus_said, .policy = &options.policy}};
    surroundings.bus_said = -1; /* the session closes it */
    int failed = session_run(&session);
    surroundings_end(&surroundings);
    if (!options.quiet) {
        tell_all(&session);
    }
    if (failed != 0) {
        return failed;
    }
    leave_like(session.wait_status);
}
