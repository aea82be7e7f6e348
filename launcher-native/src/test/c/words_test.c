#include "words.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "check.h"
#include "util.h"

static char problem[SENTENCE_BYTES];

static void is_absolute(const char *folder, const char *path, const char *wanted) {
    char *got FREES = words_absolute(folder, path);
    SAME(wanted, got);
}

static void paths(void) {
    is_absolute("/home/ada", ".", "/home/ada");
    is_absolute("/home/ada", "./a", "/home/ada/a");
    is_absolute("/home/ada", "./a/", "/home/ada/a");
    is_absolute("/home/ada", "../b//c", "/home/b/c");
    is_absolute("/home/ada", "..", "/home");
    is_absolute("/home/ada", "../..", "/");
    is_absolute("/home/ada", "../../../..", "/");
    is_absolute("/", "./a/./..", "/");
    is_absolute("/", "./a/...", "/a/...");
}

static void others(void) {
    char *typed[] = {(char[]){"grant"}, (char[]){"a"}, (char[]){"/x/./y"}, (char[]){".hidden"}, NULL};
    char **words = words_for_agent(typed, false, problem, sizeof problem);
    for (int i = 0; i < 4; i++) {
        SAME(typed[i], words[i]);
    }
    CHECK(words[4] == NULL);
    words_free(words);
    words = words_for_agent(typed, true, problem, sizeof problem);
    SAME("--no-color", words[0]);
    SAME("grant", words[1]);
    CHECK(words[5] == NULL);
    words_free(words);
    typed[3] = (char[]){"./z"};
    words = words_for_agent(typed, false, problem, sizeof problem);
    CHECK(words[3][0] == '/' && strcmp(words[3] + strlen(words[3]) - 2, "/z") == 0);
    words_free(words);
}

static char **import(char *file) {
    char *typed[] = {(char[]){"import"}, (char[]){"--apply"}, file, NULL};
    return words_for_agent(typed, false, problem, sizeof problem);
}

static void write_file(const char *path, const char *bytes, size_t length) {
    int fd CLOSES = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    CHECK(fd >= 0 && write(fd, bytes, length) == (ssize_t)length);
}

static void files(void) {
    char folder[] = "/tmp/landgrant-words.XXXXXX";
    CHECK(mkdtemp(folder) != NULL);
    char *path FREES = text_of("%s/grants.json", folder);

    write_file(path, "{\n}", 3);
    char **words = import(path);
    CHECK(words != NULL);
    SAME("--apply", words[1]);
    SAME(path, words[2]);
    SAME("--text={\n}", words[3]);
    CHECK(words[4] == NULL);
    words_free(words);

    write_file(path, "a\0b", 3);
    CHECK(import(path) == NULL && strstr(problem, "is not UTF-8 text") != NULL);
    write_file(path, "\xff", 1);
    CHECK(import(path) == NULL);
    CHECK(truncate(path, (1 << 20) + 1) == 0);
    CHECK(import(path) == NULL && strstr(problem, "larger than 1 MiB") != NULL);
    CHECK(unlink(path) == 0 && import(path) == NULL && strstr(problem, "No such file") != NULL);
    CHECK(mkfifo(path, 0600) == 0 && import(path) == NULL && strstr(problem, "is no file") != NULL);
    CHECK(import(folder) == NULL && strstr(problem, "is no file") != NULL);
    CHECK(unlink(path) == 0 && rmdir(folder) == 0);

    char *alone[] = {(char[]){"import"}, (char[]){"--help"}, NULL};
    words = words_for_agent(alone, false, problem, sizeof problem);
    CHECK(words != NULL && words[2] == NULL);
    words_free(words);
}

void test_words(void) {
    paths();
    others();
    files();
}
