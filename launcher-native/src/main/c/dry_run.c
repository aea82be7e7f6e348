#include "dry_run.h"

#include <stdlib.h>
#include <string.h>

#include "landlock.h"
#include "util.h"

static void print_stances(const struct policy *policy, FILE *out) {
    for (unsigned i = 0; i < PROTECTIONS; i++) {
        const char *word = PROTECTION_WORDS[i];
        if (policy->stance[i] == STANCE_PROTECT) {
            fprintf(out, "protect %s\n", word);
        } else if (policy->stance[i] == STANCE_MISSING) {
            fprintf(out, "missing %s this kernel does not know it\n", word);
        } else {
            fprintf(out, "open %s -\n", word);
        }
    }
    if (policy->accept_partial) {
        fputs("accept-partial\n", out);
    }
}

/* A word of a command line, where % has a meaning. */
static void print_word(const char *word, FILE *out) {
    FREES char *text = escaped(word);
    fputs("command ", out);
    for (const char *at = text; *at != '\0'; at++) {
        fputs(*at == '%' ? "%%" : (char[]){*at, '\0'}, out);
    }
    fputc('\n', out);
}

/* What a policy has no words for. */
static void print_remarks(const struct run_options *options, unsigned abi, FILE *out) {
    fprintf(out, "# for Landlock %u\n", abi);
    const struct {
        bool given;
        const char *option;
    } OTHERS[] = {{options->private_tmp, "--private-tmp"},
                  {options->private_home, "--private-home"},
                  {options->ask, "--ask"},
                  {options->log_flags != 0, "--log-…"},
                  {options->landrun, "an environment that is empty but for what is set here"}};
    for (size_t i = 0; i < sizeof OTHERS / sizeof OTHERS[0]; i++) {
        if (OTHERS[i].given) {
            fprintf(out, "# has no line: %s\n", OTHERS[i].option);
        }
    }
    for (size_t i = 0; i < options->policy.count; i++) {
        const struct line *line = &options->policy.lines[i];
        if (line->kind == LINE_SET && *line->text == '\0') {
            fprintf(out, "# has no line: --env %s=\n", line->name);
        }
    }
}

void dry_run_print(const struct run_options *options, unsigned abi, FILE *out) {
    const struct policy *policy = &options->policy;
    fputs("landgrant-policy 1\napp run\n", out);
    print_remarks(options, abi, out);
    print_stances(policy, out);
    struct policy lines = {0};
    for (size_t i = 0; i < policy->count; i++) {
        const struct line *line = &policy->lines[i];
        bool empty = line->kind == LINE_SET && *line->text == '\0';
        if (!empty && !line->ours && line->kind != LINE_ASK) {
            policy_add(&lines, *line);
        }
    }
    policy_print(&lines, out);
    free(lines.lines); /* the texts are the options' */
    for (char **word = options->command; *word != NULL; word++) {
        if (**word != '\0') {
            print_word(*word, out);
        } else {
            fputs("# has no line: an empty word of the command\n", out);
        }
    }
}
