#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "policy.h"
#include "util.h"

static char *content(const char *folder, const char *name, const char *ending, size_t *length) {
    FREES char *path = text_of("%s/%.*s%s", folder, (int)(strlen(name) - strlen(".policy")), name, ending);
    CLOSES int fd = open(path, O_RDONLY | O_CLOEXEC);
    char *text = fd >= 0 ? read_everything(fd, 4u * POLICY_BYTES, length) : NULL;
    check_that(text != NULL, path, __FILE__, __LINE__);
    return text != NULL ? text : copy_text("");
}

static char *printed(const struct policy *policy) {
    char *text = NULL;
    size_t length = 0;
    FILE *out = open_memstream(&text, &length);
    policy_print(policy, out);
    fclose(out);
    return text;
}

static void parses(const char *folder, const char *name) {
    size_t length = 0, dump_length = 0;
    FREES char *text = content(folder, name, ".policy", &length);
    FREES char *dump = content(folder, name, ".dump", &dump_length);
    struct policy policy;
    char problem[200] = "";
    CHECK(policy_parse(text, length, &policy, problem, sizeof problem));
    SAME("", problem);
    FREES char *first = printed(&policy);
    SAME(dump, first);
    policy_free(&policy);
    /* What was printed means the same. */
    CHECK(policy_parse(first, strlen(first), &policy, problem, sizeof problem));
    FREES char *second = printed(&policy);
    SAME(first, second);
    policy_free(&policy);
}

static void is_refused(const char *folder, const char *name) {
    size_t length = 0, error_length = 0;
    FREES char *text = content(folder, name, ".policy", &length);
    FREES char *error = content(folder, name, ".error", &error_length);
    struct policy policy;
    char problem[200] = "";
    check_that(!policy_parse(text, length, &policy, problem, sizeof problem), name, __FILE__, __LINE__);
    FREES char *line = text_of("%s\n", problem);
    check_same(error, line, name, __LINE__);
    CHECK(policy.count == 0 && policy.lines == NULL);
}

static int each(const char *golden, const char *kind, void (*test)(const char *folder, const char *name)) {
    FREES char *folder = text_of("%s/%s", golden, kind);
    DIR *files = opendir(folder);
    int count = 0;
    for (struct dirent *entry = NULL; files != NULL && (entry = readdir(files)) != NULL;) {
        const char *ending = strrchr(entry->d_name, '.');
        if (ending != NULL && strcmp(ending, ".policy") == 0) {
            test(folder, entry->d_name);
            count++;
        }
    }
    if (files != NULL) {
        closedir(files);
    }
    return count;
}

/* Every prefix and every single changed byte of a good policy parses or is refused, and never breaks
 * anything. */
static void survives_damage(const char *golden) {
    FREES char *folder = text_of("%s/policy", golden);
    size_t length = 0;
    FREES char *text = content(folder, "browser.policy", ".policy", &length);
    static const char BYTES[] = {'\0', '\n', ' ', '\\', '%', '/', '9', (char)0xff};
    struct policy policy;
    char problem[200];
    for (size_t at = 0; at < length; at++) {
        FREES char *cut = copy_bytes(text, at);
        CHECK(!policy_parse(cut, at, &policy, problem, sizeof problem) || text[at - 1] == '\n');
        policy_free(&policy);
        FREES char *changed = copy_bytes(text, length);
        for (size_t i = 0; i < sizeof BYTES; i++) {
            changed[at] = BYTES[i];
            if (policy_parse(changed, length, &policy, problem, sizeof problem)) {
                policy_free(&policy);
            } else {
                CHECK(strncmp(problem, "line ", 5) == 0);
            }
        }
    }
}

void test_policies(const char *golden) {
    CHECK(each(golden, "policy", parses) >= 8);
    CHECK(each(golden, "invalid", is_refused) >= 25);
    survives_damage(golden);
}
