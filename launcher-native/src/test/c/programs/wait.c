/*
 * wait N MODE PATH: N threads open PATH at once, each for itself. MODE is "same", or "each" for PATH/1 to
 * PATH/N. Says how many could and how many were refused, and the errors.
 */
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char *path;
static int each;
static atomic_int opened, refused, other;

static void *try_it(void *argument) {
    char name[4200];
    snprintf(name, sizeof name, each ? "%s/%ld" : "%s", path, (long)argument);
    int fd = open(name, O_RDONLY);
    if (fd >= 0) {
        opened++;
        close(fd);
    } else if (errno == EACCES) {
        refused++;
    } else {
        other++;
    }
    return NULL;
}

int main(int argc, char **argv) {
    long count = argc == 4 ? strtol(argv[1], NULL, 10) : 0;
    if (count < 1 || count > 5000) {
        return 2;
    }
    each = strcmp(argv[2], "each") == 0;
    path = argv[3];
    pthread_t *threads = calloc((size_t)count, sizeof *threads);
    pthread_attr_t small;
    pthread_attr_init(&small);
    pthread_attr_setstacksize(&small, 65536);
    for (long i = 0; i < count; i++) {
        if (pthread_create(&threads[i], &small, try_it, (void *)(i + 1)) != 0) {
            return 3;
        }
    }
    for (long i = 0; i < count; i++) {
        pthread_join(threads[i], NULL);
    }
    printf("opened %d refused %d other %d\n", opened, refused, other);
    return 0;
}
