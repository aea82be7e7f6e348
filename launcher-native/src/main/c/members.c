#include "members.h"

#include <stddef.h>
#include <unistd.h>

#include "peek.h"

enum { GENERATIONS_MOST = 1024 };

/* The ancestors from the thread up to the first that we started; how many, 0 when it is none of ours. */
static size_t ancestors(pid_t thread, pid_t line[GENERATIONS_MOST]) {
    pid_t at = thread;
    for (size_t i = 0; i < GENERATIONS_MOST && at > 1; i++) {
        line[i] = at;
        pid_t parent = peek_parent(at);
        if (parent == getpid()) {
            return peek_process(at) != getpid() ? i + 1 : 0;
        }
        at = parent;
    }
    return 0;
}

/*
 * A parent that ended between two steps has passed its number on, perhaps to one of ours. Who has the same
 * ancestors a second time had them all the time between: no process gets a parent back.
 */
bool is_of_session(pid_t thread) {
    pid_t first[GENERATIONS_MOST], second[GENERATIONS_MOST];
    size_t count = ancestors(thread, first);
    bool same = count > 0 && ancestors(thread, second) == count;
    for (size_t i = 0; same && i < count; i++) {
        same = first[i] == second[i];
    }
    return same;
}
