#include "words.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "util.h"

/* As much as the agent reads of it. */
enum { FILE_BYTES = 1 << 20 };

bool words_plain(void) {
    const char *no = getenv("NO_COLOR"), *terminal = getenv("TERM");
    return (no != NULL && no[0] != '\0') || (terminal != NULL && strcmp(terminal, "dumb") == 0);
}

char *words_absolute(const char *folder, const char *path) {
    char *whole = text_of("%s/%s", folder, path);
    char *to = whole;
    for (const char *from = whole; *from != '\0';) {
        from += strspn(from, "/");
        size_t length = strcspn(from, "/");
        if (length == 2 && memcmp(from, "..", 2) == 0) {
            while (to > whole && *--to != '/') {
            }
        } else if (length > 0 && !(length == 1 && *from == '.')) {
            *to++ = '/'; /* never ahead of what is read: it was there before */
            memmove(to, from, length);
            to += length;
        }
        from += length;
    }
    if (to == whole) {
        *to++ = '/';
    }
    *to = '\0';
    return whole;
}

static bool is_relative(const char *word) {
    return strcmp(word, ".") == 0 || strcmp(word, "..") == 0 || strncmp(word, "./", 2) == 0 ||
           strncmp(word, "../", 3) == 0;
}

/* "--text=" and the content of the file. */
static char *text_of_file(const char *name, char *problem, size_t problem_bytes) {
    bool input = strcmp(name, "-") == 0;
    int fd CLOSES = input ? dup(STDIN_FILENO) : open(name, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
    struct stat status;
    bool odd = fd >= 0 && !input && fstat(fd, &status) == 0 && !S_ISREG(status.st_mode);
    size_t length = 0;
    char *content FREES = fd < 0 || odd ? NULL : read_everything(fd, FILE_BYTES, &length);
    if (content == NULL) {
        snprintf(problem, problem_bytes, "%s cannot be read: %s", name,
                 odd              ? "it is no file"
                 : errno == EFBIG ? "it is larger than 1 MiB"
                                  : strerror(errno));
        return NULL;
    }
    if (strlen(content) != length || !is_utf8(content, length)) {
        snprintf(problem, problem_bytes, "%s is not UTF-8 text", name);
        return NULL;
    }
    return text_of("--text=%s", content);
}

void words_free(char **words) {
    for (size_t i = 0; words != NULL && words[i] != NULL; i++) {
        free(words[i]);
    }
    free(words);
}

char **words_for_agent(char **words, bool plain, char *problem, size_t problem_bytes) {
    size_t count = 0, at = 0;
    while (words[count] != NULL) {
        count++;
    }
    char folder[PATH_BYTES];
    char **better = grow(NULL, count + 3, sizeof *better);
    if (plain) {
        better[at++] = copy_text("--no-color");
    }
    bool importing = count > 0 && strcmp(words[0], "import") == 0, sent = false;
    for (size_t i = 0; i < count; i++) {
        bool relative = is_relative(words[i]) && getcwd(folder, sizeof folder) != NULL;
        better[at++] = relative ? words_absolute(folder, words[i]) : copy_text(words[i]);
        bool is_file = importing && !sent && i > 0 && (words[i][0] != '-' || words[i][1] == '\0');
        if (is_file) {
            better[at] = text_of_file(words[i], problem, problem_bytes);
            if (better[at++] == NULL) {
                words_free(better);
                return NULL;
            }
            sent = true;
        }
    }
    better[at] = NULL;
    return better;
}
