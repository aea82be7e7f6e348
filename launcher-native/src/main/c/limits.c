#include "limits.h"

#include <stdbool.h>
#include <sys/resource.h>

static struct rlimit before;
static bool raised;

void limits_raise(void) {
    if (getrlimit(RLIMIT_NOFILE, &before) == 0 && before.rlim_cur < before.rlim_max) {
        struct rlimit most = {before.rlim_max, before.rlim_max};
        raised = setrlimit(RLIMIT_NOFILE, &most) == 0;
    }
}

void limits_restore(void) {
    if (raised) {
        (void)setrlimit(RLIMIT_NOFILE, &before);
    }
}
