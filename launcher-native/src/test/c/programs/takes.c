/* takes PID FD: takes a descriptor of another process for itself. Ends with 0 or the error. */
#include <errno.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <unistd.h>

int main(int argc, char **argv) {
    if (argc != 3) {
        return 2;
    }
    long process = syscall(SYS_pidfd_open, atoi(argv[1]), 0);
    return process >= 0 && syscall(SYS_pidfd_getfd, (int)process, atoi(argv[2]), 0) >= 0 ? 0 : errno;
}
