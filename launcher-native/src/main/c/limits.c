#include "limits.h"

#include <stdbool.h>
#include <sys/resource.h>
#include <sys/stat.h>

static struct rlimit before;
static bool raised, masked;
static mode_t mask;

void limits_raise(void) {
    mask = umask(077); /* what we make is ours to use, and nobody else's */
    masked = true;
    if (getrlimit(RLIMIT_NOFILE, &before) == 0 && before.rlim_cur < before.rlim_max) {
        struct rlimit most = {before.rlim_max, before.rlim_max};
        raised = setrlimit(RLIMIT_NOFILE, &most) == 0;
    }
}

void limits_restore(void) {
    if (masked) {
        umask(mask);
    }
    if (raised) {
        (void)setrlimit(RLIMIT_NOFILE, &before);
    }
}
