/* Somebody else's process. */
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "outside.h"

enum { BEAT_NS = 4000000, SHARED_AT = 60 };

static struct outside *noticed;

static void notice(int number) {
    (void)number;
    atomic_fetch_add(&noticed->signals, 1);
}

pid_t victim_start(const struct world *where, int shared) {
    struct outside *outside = mmap(NULL, sizeof *outside, PROT_READ, MAP_SHARED, shared, 0);
    int before = atomic_load(&outside->beats);
    pid_t victim = fork();
    if (victim == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0);
        setpgid(0, 0);
        dup2(shared, SHARED_AT);
        dup2(open(text("%s/home/secret/key", where->folder), O_RDONLY), VICTIM_READS);
        dup2(open(text("%s/home/secret/odd", where->folder), O_RDWR), VICTIM_CHANGES);
        (void)!chdir(text("%s/home/secret", where->folder));
        setenv("TOKEN", outside->token, 1);
        const char *program = text("%s/bin/attacks", where->folder);
        execl(program, program, "victim", where->folder, outside->token, (char *)NULL);
        _exit(1);
    }
    setpgid(victim, victim);
    struct timespec moment = {0, BEAT_NS / 8};
    for (int i = 0; i < 4000 && atomic_load(&outside->beats) == before; i++) {
        nanosleep(&moment, NULL);
    }
    munmap(outside, sizeof *outside);
    return victim;
}

int victim_main(char **words) {
    noticed = mmap(NULL, sizeof *noticed, PROT_READ | PROT_WRITE, MAP_SHARED, SHARED_AT, 0);
    char *page = mmap((void *)VICTIM_PAGE, 4096, PROT_READ | PROT_WRITE,
                      MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED_NOREPLACE, -1, 0);
    if (noticed == MAP_FAILED || page == MAP_FAILED) {
        return 1;
    }
    memcpy(page, noticed->token, TOKEN_BYTES);
    struct sigaction action = {.sa_handler = notice, .sa_flags = SA_RESTART};
    static const int SIGNALS_HEARD[] = {SIGUSR1, SIGUSR2, SIGURG, SIGTERM, SIGHUP, SIGINT, SIGIO};
    for (size_t i = 0; i < COUNT_OF(SIGNALS_HEARD); i++) {
        sigaction(SIGNALS_HEARD[i], &action, NULL);
    }
    const char *file = text("%s/busy/%s", words[0], words[1]);
    for (;;) {
        struct timespec moment = {0, BEAT_NS};
        utimensat(AT_FDCWD, file, NULL, 0);
        if (memcmp(page, noticed->token, TOKEN_BYTES) != 0) {
            atomic_fetch_add(&noticed->signals, 1); /* its memory was changed */
            memcpy(page, noticed->token, TOKEN_BYTES);
        }
        atomic_fetch_add(&noticed->beats, 1);
        nanosleep(&moment, NULL);
    }
}
