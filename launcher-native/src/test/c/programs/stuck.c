/*
 * stuck LEASED CALL OTHER: 70 threads make a CALL ("cut", "open", "connect") that has to wait: for a lease
 * that this program has on the file LEASED, or for a server of its own that takes nobody. Says how many
 * milliseconds OTHER takes to be opened meanwhile, for reading and to be cut off.
 */
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

enum { THREADS = 70, PAUSE_MS = 500 };

static const char *leased, *call;
static struct sockaddr_un server = {.sun_family = AF_UNIX};

static void connect_and_wait(void) {
    int fd = socket(AF_UNIX, SOCK_STREAM, 0);
    (void)!connect(fd, (struct sockaddr *)&server, sizeof server);
}

static void *get_stuck(void *unused) {
    if (strcmp(call, "cut") == 0) {
        (void)!truncate(leased, 0);
    } else if (strcmp(call, "open") == 0) {
        (void)!open(leased, O_WRONLY | O_TRUNC);
    } else {
        connect_and_wait();
    }
    return unused;
}

static int64_t now_ms(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* Who opened it for us may still be closing it. */
static bool take_lease(int file) {
    bool taken = false;
    for (int i = 0; i < 1000 && !taken; i++) {
        taken = fcntl(file, F_SETLEASE, F_RDLCK) == 0;
        nanosleep(&(struct timespec){.tv_nsec = taken ? 0 : 1000000}, NULL);
    }
    return taken;
}

int main(int count, char **words) {
    if (count != 4) {
        return 2;
    }
    leased = words[1];
    call = words[2];
    signal(SIGIO, SIG_IGN);
    /* What is new in a folder above an exception is opened by the supervisor. */
    close(open(leased, O_RDWR | O_CREAT | O_CLOEXEC, 0600));
    close(open(words[3], O_RDWR | O_CREAT | O_CLOEXEC, 0600));
    int file = open(leased, O_RDONLY | O_CLOEXEC);
    if (strcmp(call, "connect") == 0) {
        int fd = socket(AF_UNIX, SOCK_STREAM, 0);
        snprintf(server.sun_path, sizeof server.sun_path, "%s.socket", leased);
        if (bind(fd, (struct sockaddr *)&server, sizeof server) != 0 || listen(fd, 0) != 0) {
            return 3;
        }
    } else if (!take_lease(file)) {
        printf("no leases\n");
        return 0;
    }
    for (int i = 0; i < THREADS; i++) {
        pthread_t thread;
        pthread_attr_t small;
        pthread_attr_init(&small);
        pthread_attr_setstacksize(&small, 65536);
        pthread_create(&thread, &small, get_stuck, NULL);
    }
    nanosleep(&(struct timespec){.tv_nsec = PAUSE_MS * 1000000L}, NULL);
    int64_t start = now_ms();
    int read_one = open(words[3], O_RDONLY | O_CLOEXEC),
        cut_one = open(words[3], O_WRONLY | O_TRUNC | O_CLOEXEC);
    printf("took %ld %s\n", (long)(now_ms() - start), read_one >= 0 && cut_one >= 0 ? "ok" : "failed");
    return 0;
}
