#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "opened.h"
#include "util.h"

/* What an opened file becomes lives as long as its session, so nobody frees it; the leak check looks away
 * here. */
#ifdef __SANITIZE_ADDRESS__
#include <sanitizer/lsan_interface.h>
#else
#define __lsan_disable() (void)0
#define __lsan_enable()  (void)0
#endif

static struct policy policy_of(const char *words) {
    struct policy policy = {0};
    FREES char *copy = copy_text(words);
    char *rest = NULL;
    for (char *word = strtok_r(copy, " ", &rest); word != NULL; word = strtok_r(NULL, " ", &rest)) {
        policy_add(&policy, (struct line){.kind = LINE_COMMAND, .text = copy_text(word)});
    }
    return policy;
}

static char *joined(char **items) {
    char *text = copy_text("");
    for (; *items != NULL; items++) {
        char *longer = text_of("%s%s%s", text, *text != '\0' ? " " : "", *items);
        free(text);
        text = longer;
    }
    return text;
}

static void files_become(const char *command, const char *given, const char *words, const char *files,
                         const char *further) {
    struct policy policy = policy_of(command), list = policy_of(given);
    char *items[16] = {NULL};
    for (size_t i = 0; i < list.count; i++) {
        items[i] = list.lines[i].text;
    }
    struct opened opened = opened_files(&policy, items);
    SAME(words, joined(opened.words));
    SAME(files, joined(opened.files));
    SAME(further, joined(opened.further));
}

static void words_open(const char *command, const char *given, const char *files) {
    struct policy policy = policy_of(command), list = policy_of(given);
    char *items[16] = {NULL};
    for (size_t i = 0; i < list.count; i++) {
        items[i] = list.lines[i].text;
    }
    struct opened opened = opened_words(&policy, items);
    CHECK(opened.words == items);
    SAME(files, joined(opened.files));
    SAME("", joined(opened.further));
}

static void path_is(const char *file, const char *wanted) {
    FREES char *path = local_path(file, "/home/ada");
    SAME(wanted, path != NULL ? path : "none");
}

void test_opened(void) {
    __lsan_disable();
    files_become("app %U", "", "app", "", "");
    files_become("app %U x", "a b", "app a b x", "a b", "");
    files_become("app %u", "a b c", "app a", "a", "b c");
    files_become("app -- %f", "file:///a%20b http://x", "app -- /a b", "file:///a%20b", "http://x");
    files_become("app %F", "http://x /y", "app http://x /y", "http://x /y", "");
    files_become("app", "a b", "app a b", "a b", "");
    files_become("app 100%%", "", "app 100%", "", "");

    words_open("app %U", "app a b", "a b");
    words_open("app %U", "app", "");
    words_open("app -x %f -y", "app -x a -y", "a");
    words_open("app -x %f -y", "app -x a -z", "");
    words_open("app -x %f -y", "app -x", "");
    words_open("app -x %f", "other -x a", "");
    words_open("app", "app a", "");
    words_open("app %U", "/usr/bin/app a", "a");
    words_open("app %U", "/usr/bin/other a", "");
    words_open("/opt/app %U", "/usr/bin/app a", "");
    words_open("app -x %f", "app /usr/bin/-x a", "");
    words_open("app --%%x %u", "app --%x a", "a");

    path_is("/a/b", "/a/b");
    path_is("b", "/home/ada/b");
    path_is("file:///a%20b%25", "/a b%");
    path_is("file://localhost/a", "/a");
    path_is("FILE:/a", "/a");
    path_is("file://elsewhere/a", "none");
    path_is("file:///a%00", "none");
    path_is("file:///a%2", "none");
    path_is("http://x/", "none");
    path_is("", "none");
    __lsan_enable();
}
