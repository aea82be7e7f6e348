/*
 * full FOLDER: has no descriptor left and opens files in FOLDER: "file" to cut it, "new" to make it. Says the
 * errors and what became of both, then how many descriptors it has after as many opens as it can do.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

enum { MOST = 200 };

int main(int count, char **words) {
    struct rlimit limit = {MOST, MOST};
    if (count != 2 || chdir(words[1]) != 0 || setrlimit(RLIMIT_NOFILE, &limit) != 0) {
        return 2;
    }
    close(open("file", O_RDONLY));
    int last = STDERR_FILENO;
    for (int fd = 0; fd >= 0; fd = open("file", O_RDONLY)) {
        last = fd > last ? fd : last;
    }
    printf("filled to %d %s\n", last, strerrorname_np(errno));
    int cut = open("file", O_WRONLY | O_TRUNC);
    printf("cut %s\n", cut < 0 ? strerrorname_np(errno) : "ok");
    int made = open("new", O_WRONLY | O_CREAT, 0600);
    printf("made %s\n", made < 0 ? strerrorname_np(errno) : "ok");
    struct stat status;
    printf("new %s\n", stat("new", &status) < 0 ? strerrorname_np(errno) : "ok");
    printf("file %s\n", stat("file", &status) == 0 && status.st_size > 0 ? "whole" : "cut");
    close(last);
    made = open("new", O_WRONLY | O_CREAT, 0600);
    printf("made %d\n", made);
    return 0;
}
