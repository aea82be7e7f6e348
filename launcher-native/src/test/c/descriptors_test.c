#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "check.h"
#include "descriptors.h"

static bool is_open(int fd) {
    return fcntl(fd, F_GETFD) >= 0;
}

/* In a child, because what is closed is everything. Exits with 0 when all is as wanted. */
static int in_child(bool (*closes)(int first, bool at_execve)) {
    pid_t child = fork();
    if (child == 0) {
        int low = fcntl(0, F_DUPFD, 100), high = fcntl(0, F_DUPFD, 500);
        if (!closes(200, true) || (fcntl(high, F_GETFD) & FD_CLOEXEC) == 0 ||
            (fcntl(low, F_GETFD) & FD_CLOEXEC) != 0) {
            _exit(1);
        }
        _exit(closes(200, false) && is_open(low) && !is_open(high) && closes(3, false) && !is_open(low) &&
                      is_open(0)
                  ? 0
                  : 2);
    }
    int status = -1;
    waitpid(child, &status, 0);
    return status;
}

void test_descriptors(void) {
    CHECK(in_child(close_from) == 0);
    CHECK(in_child(close_from_by_looking) == 0);
}
