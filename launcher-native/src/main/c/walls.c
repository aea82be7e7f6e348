#include "walls.h"

#include <stdatomic.h>
#include <sys/resource.h>

#include "broker.h"
#include "caller.h"

static rlim_t unmarked;
static bool lasts;          /* a mark cannot be taken off again */
static atomic_bool all_are; /* walled: one of them could not be marked for good */

void walls_begin(void) {
    struct rlimit limit;
    lasts = prlimit(0, RLIMIT_LOCKS, NULL, &limit) == 0 && limit.rlim_max > 0 && we_are_powerless();
    unmarked = lasts ? limit.rlim_max : 0;
    atomic_store(&all_are, false);
}

/* Whether its mark is there, as far as it still waits. */
static bool mark(const struct request *request) {
    struct rlimit limit;
    if (!lasts || prlimit(request->thread, RLIMIT_LOCKS, NULL, &limit) != 0) {
        return false;
    }
    if (limit.rlim_max < unmarked) {
        return true;
    }
    limit.rlim_max = unmarked - 1;
    limit.rlim_cur = limit.rlim_cur < limit.rlim_max ? limit.rlim_cur : limit.rlim_max;
    return prlimit(request->thread, RLIMIT_LOCKS, &limit, NULL) == 0;
}

/* The number of a thread that has died may be somebody else's: a mark too many there does no harm. */
void walls_handle(struct request *request, struct reach *reach, struct verdict *verdict) {
    (void)reach;
    if (!mark(request) && request_is_alive(request)) {
        atomic_store(&all_are, true);
    }
    verdict_continue(verdict);
}

bool walls_are_ours(pid_t thread) {
    struct rlimit limit;
    if (atomic_load(&all_are)) {
        return false;
    }
    return !lasts || (prlimit(thread, RLIMIT_LOCKS, NULL, &limit) == 0 && limit.rlim_max == unmarked);
}
