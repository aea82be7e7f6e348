/*
 * hangs_up COMMAND…: runs it as the leader of a session with a terminal of its own, as ssh does, and takes
 * the terminal away once something was printed on it. Ends as the command did.
 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <unistd.h>

int main(int argc, char **argv) {
    int terminal = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);
    if (argc < 2 || terminal < 0 || grantpt(terminal) != 0 || unlockpt(terminal) != 0) {
        return 99;
    }
    pid_t child = fork();
    if (child == 0) {
        setsid();
        int own = open(ptsname(terminal), O_RDWR);
        if (own < 0 || ioctl(own, TIOCSCTTY, 0) != 0 || dup2(own, 0) < 0 || dup2(own, 1) < 0 ||
            dup2(own, 2) < 0) {
            _exit(98);
        }
        execv(argv[1], argv + 1);
        _exit(97);
    }
    char byte;
    if (read(terminal, &byte, 1) != 1) {
        return 96;
    }
    close(terminal);
    int status;
    waitpid(child, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}
