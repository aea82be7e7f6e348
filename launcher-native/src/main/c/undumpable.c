/*
 * Programs that hold secrets close themselves to others (prctl PR_SET_DUMPABLE), which closes them to us as
 * well: then no path and no address of theirs could be read, and nothing done in their place; they would be
 * refused all that is granted through us, their display for one, and fail. What they mostly want by it is
 * that a crash leaves no picture of their memory on the disk. That they get for good; the rest, that programs
 * of the same user which are not confined cannot look into them, they do not.
 */
#include <errno.h>
#include <stddef.h>
#include <sys/resource.h>

#include "broker.h"
#include "peek.h"

/*
 * A limit of 0 still feeds a dump to a program, which then drops it (core(5)); 1 is "none" for both (kernel:
 * fs/coredump.c). Who has 0 cannot have 1 any more.
 */
enum { NO_DUMP = 1 };

static bool without_dumps(pid_t process) {
    struct rlimit limit, none = {NO_DUMP, NO_DUMP};
    return process > 0 && prlimit(process, RLIMIT_CORE, NULL, &limit) == 0 &&
           (limit.rlim_max < NO_DUMP || prlimit(process, RLIMIT_CORE, &none, NULL) == 0);
}

void undumpable_handle(struct request *request, struct reach *reach, struct verdict *verdict) {
    (void)reach;
    pid_t process = peek_process(request->thread);
    if (request_is_alive(request) && without_dumps(process)) {
        verdict_error(verdict, 0);
    }
    /* Else it closes itself, and what follows from that is refused. */
}
