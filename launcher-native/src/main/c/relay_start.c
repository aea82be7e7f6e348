/* Starting the relay, and how it begins. */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "descriptors.h"
#include "limits.h"
#include "relay.h"
#include "util.h"

/* The first three always exist (main.c), so none of ours is one of them. */
enum { LISTENS_FD, ALIVE_FD, NOTHING_FD, NO_FD };

/* Anew, so that nothing of what the launcher knows is in its memory. */
static noreturn void become_relay(int listens, int alive, char **words) {
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    limits_restore();
    setsid();
    int nothing = open("/dev/null", O_RDWR);
    if (nothing < 0 || dup2(nothing, NOTHING_FD) < 0 || dup2(listens, LISTENS_FD) < 0 ||
        dup2(alive, ALIVE_FD) < 0 || !close_from(NO_FD, false) || chdir("/") != 0) {
        _exit(EXIT_OURS);
    }
    execve("/proc/self/exe", words, (char *[]){NULL});
    _exit(EXIT_OURS);
}

int relay_start(int listens, const char *proxy, const char *broker) {
    int alive[2] = {-1, -1};
    FREES char *one = copy_text(proxy), *other = copy_text(broker);
    char *words[] = {(char[]){"landgrant"}, (char[]){RELAY_WORD}, one, other, NULL};
    pid_t child = pipe2(alive, O_CLOEXEC) == 0 ? fork() : -1;
    if (child == 0) {
        pid_t relay = fork();
        if (relay == 0) {
            become_relay(listens, alive[1], words);
        }
        _exit(relay > 0 ? 0 : EXIT_OURS);
    }
    int error = errno, status = 0;
    close_later(&listens);
    close_later(&alive[1]);
    if (child < 0 || (waitpid(child, &status, 0) == child && status != 0)) {
        close_later(&alive[0]);
        errno = child < 0 ? error : EAGAIN;
        return -1;
    }
    return alive[0];
}

static bool set_path(const char *path, struct sockaddr_un *address) {
    address->sun_family = AF_UNIX;
    if (strlen(path) >= sizeof address->sun_path) {
        return false;
    }
    strcpy(address->sun_path, path);
    return true;
}

int command_relay(char **words) {
    struct relay_ways *ways =
        mmap(NULL, sizeof *ways, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (words[0] == NULL || words[1] == NULL || words[2] != NULL || ways == MAP_FAILED ||
        !set_path(words[0], &ways->proxy) || !set_path(words[1], &ways->broker)) {
        die("that is the launcher's own word");
    }
    /* No supervisor is looked for among such (company.c). */
    prctl(PR_SET_NAME, "landgrant-relay", 0, 0, 0);
    if (mprotect(ways, sizeof *ways, PROT_READ) != 0 || !relay_jail(ways)) {
        die("the relay could not be closed: %s", strerror(errno));
    }
    return relay_serve(LISTENS_FD, ALIVE_FD, ways);
}
