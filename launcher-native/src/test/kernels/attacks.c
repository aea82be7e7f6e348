/*
 * Runs the attacks (../attacks) and says their results in the form of the checks. Its JSON has one attack a
 * line; that it is whole is seen by its last line.
 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "checks.h"

enum { LINE_BYTES = 16384 };

/* The text of a member, without its escapes; empty when there is none. */
static void member(const char *line, const char *name, char value[LINE_BYTES]) {
    char start[64];
    snprintf(start, sizeof start, "\"%s\": \"", name);
    const char *at = strstr(line, start);
    size_t length = 0;
    for (at = at != NULL ? at + strlen(start) : ""; *at != '\0' && *at != '"' && length + 1 < LINE_BYTES;
         at++) {
        at += *at == '\\' && at[1] != '\0';
        value[length++] = *at;
    }
    value[length] = '\0';
}

static void report_attack(const char *line) {
    static char name[LINE_BYTES], unconfined[LINE_BYTES], confined[LINE_BYTES], closed[LINE_BYTES],
        seen[LINE_BYTES];
    member(line, "name", name);
    member(line, "unconfined", unconfined);
    member(line, "confined", confined);
    member(line, "closed", closed);
    member(line, "seen", seen);
    const char *result = "FAILED";
    if (strstr(line, "\"expected\": true") != NULL) {
        result = strcmp(unconfined, "succeeded") != 0       ? "not possible here"
                 : strcmp(confined, "works") == 0           ? "works"
                 : strcmp(confined, "failed") != 0          ? "not covered"
                 : strncmp(closed, "Landlock", 8) == 0      ? "kernel"
                 : strncmp(closed, "Linux itself", 12) == 0 ? "kernel"
                                                            : "launcher";
    }
    report(name, result, strcmp(result, "not covered") == 0 ? closed : seen);
}

static int start(const char *program, const char *launcher, const char *out) {
    pid_t child = fork();
    if (child == 0) {
        if (dup2(STDERR_FILENO, STDOUT_FILENO) == STDOUT_FILENO) {
            execl(program, program, "run", "--jobs", "2", "--launcher", launcher, "--out", out, (char *)NULL);
        }
        _exit(127);
    }
    int status = 0;
    waitpid(child, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

void attack_checks(const char *program, const char *launcher, const char *folder, unsigned abi) {
    char out[TEXT_BYTES], path[TEXT_BYTES + 16], detail[64], line[LINE_BYTES] = "";
    snprintf(out, sizeof out, "%s/attacks-XXXXXX", folder);
    if (mkdtemp(out) == NULL) {
        report("run the attacks", "FAILED", "there is no folder for the results");
        return;
    }
    int status = start(program, launcher, out);
    snprintf(detail, sizeof detail, "ended with %d", status);
    snprintf(path, sizeof path, "%s/attacks.json", out);
    FILE *results = fopen(path, "re");
    while (results != NULL && fgets(line, sizeof line, results) != NULL) {
        if (strncmp(line, "  {", 3) == 0) {
            report_attack(line);
        }
    }
    bool whole = strncmp(line, "]}", 2) == 0;
    report("run the attacks",
           abi == 0 ? (!whole && status == 2 ? "not started" : "FAILED")
           : whole  ? "works"
                    : "FAILED",
           detail);
    if (results != NULL) {
        fclose(results);
    }
}
