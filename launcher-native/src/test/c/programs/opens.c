/*
 * opens COUNT FILE [MICROSECONDS]: opens FILE that often, with an alarm every so many microseconds whose
 * handler does not restart calls. Says how many opens succeeded, were interrupted, and failed otherwise.
 * Nobody would expect an open of a plain file to be interrupted.
 */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/time.h>
#include <unistd.h>

static volatile sig_atomic_t alarms;

static void count_alarm(int number) {
    (void)number;
    alarms++;
}

int main(int count, char **words) {
    if (count < 3) {
        return 2;
    }
    if (count > 3) {
        struct sigaction action = {.sa_handler = count_alarm};
        struct itimerval timer = {{0, atoi(words[3])}, {0, atoi(words[3])}};
        sigaction(SIGALRM, &action, NULL);
        setitimer(ITIMER_REAL, &timer, NULL);
    }
    long opened = 0, interrupted = 0, other = 0, leaked = 0;
    for (long i = 0, all = atol(words[1]); i < all; i++) {
        int fd = open(words[2], O_RDWR | O_CLOEXEC);
        opened += fd >= 0;
        interrupted += fd < 0 && errno == EINTR;
        other += fd < 0 && errno != EINTR;
        leaked += fd > 3;
        close(fd);
    }
    printf("opened %ld interrupted %ld other %ld leaked %ld alarms %d\n", opened, interrupted, other, leaked,
           alarms);
    return 0;
}
