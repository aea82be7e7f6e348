/*
 * Calls on files. Landlock is the boundary: where it allows a call by its own rules, and where the kernel
 * would fail the call anyway, the answer is “continue”. Only what the session may and Landlock refuses is
 * done here, by us, in the caller's place, and only on descriptors we hold. Where that cannot be done as the
 * kernel would do it for the caller, the call is left to the kernel, which refuses it.
 *
 * Not told, because Landlock did not refuse it: a file that does not exist and would not be made; what
 * ordinary permissions, a read-only file system or the kind of file refuse anyway; files without a name.
 */
#include "files.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "caller.h"
#include "kernel.h"
#include "peek.h"

/* Linux takes no longer struct from openat2(): a page. */
enum { HOW_MOST = 4096 };

static unsigned kernel_abi = ABI_OF_TRUNCATION;

void files_begin(unsigned abi) {
    kernel_abi = abi;
}

bool truncates_unseen(void) {
    return kernel_abi < ABI_OF_TRUNCATION;
}

bool empties_unseen(uint64_t flags) {
    uint64_t mode = flags & O_ACCMODE;
    /* Who opens for writing needs the right to write; the fourth mode opens for nothing. */
    return truncates_unseen() && (flags & (O_TRUNC | O_PATH)) == O_TRUNC &&
           (mode == O_RDONLY || mode == O_ACCMODE);
}

bool permits(const struct place *place, int fd, int mode) {
    (void)place;
    return syscall(NR_FACCESSAT2, fd, "", mode, AT_EMPTY_PATH | AT_EACCESS) == 0;
}

bool is_for_later(const struct judge *judge) {
    judge->request->later = judge->request->later || judge->request->prompt;
    return judge->request->later;
}

bool may_perform(struct judge *judge) {
    if (judge->like_us < 0) {
        judge->like_us = caller_is_like_us(judge->request->thread);
    }
    return judge->like_us == 1;
}

void refuse_silently(struct judge *judge, char access, const struct place *place, bool needs_folder) {
    verdict_wants(judge->verdict, DENIED_FILE, access, place->path, needs_folder, 0);
    judge->verdict->only_told = true;
}

bool is_pinned(struct judge *judge, const struct place *place) {
    if (!reach_is_pinned(judge->reach, place->path, place->fd >= 0 ? &place->status : NULL)) {
        return false;
    }
    refuse_silently(judge, 'w', place, true);
    judge->verdict->refusal = EACCES;
    return true;
}

void wants(struct judge *judge, unsigned missing, struct place *place, bool needs_folder) {
    char access = missing & RIGHT_WRITE ? 'w' : missing & RIGHT_EXECUTE ? 'x' : 'r';
    refuse_silently(judge, access, place, needs_folder);
    if (reach_asks(judge->reach, &judge->verdict->wish)) {
        place_look(place);
        judge->verdict->only_told = !place->no_proc || !may_perform(judge);
    }
}

bool is_alias(struct judge *judge, const struct place *place) {
    if (place->prompt) {
        return false;
    }
    return is_for_later(judge) ||
           reach_is_alias(judge->reach, place->path, place->fd >= 0 ? place->fd : place->parent);
}

bool may_perform_at(struct judge *judge, char access, struct place *place, bool needs_folder) {
    place_look(place);
    if (place->no_proc && !is_alias(judge, place) && may_perform(judge)) {
        return true;
    }
    refuse_silently(judge, access, place, needs_folder);
    return false;
}

bool take_umask(const struct judge *judge) {
    mode_t mask;
    if (is_for_later(judge) || !caller_umask(judge->request->thread, &mask) ||
        !request_is_alive(judge->request)) {
        return false;
    }
    umask(mask); /* this worker's own */
    return true;
}

int error_of_way(int error) {
    return error == EPERM || error == ESRCH ? EACCES : error;
}

static int folder_argument(const struct request *request, int argument) {
    return argument == ARGUMENT_NONE ? AT_FDCWD : (int)request->arguments[argument];
}

struct way first_way(const struct judge *judge) {
    struct request *request = judge->request;
    return (struct way){.request = request,
                        .folder = folder_argument(request, request->row->folder),
                        .text = request->first,
                        .resolve = judge->how.resolve};
}

struct way second_way(const struct judge *judge) {
    struct request *request = judge->request;
    return (struct way){.request = request,
                        .folder = folder_argument(request, request->row->second_folder),
                        .text = request->second};
}

/* The struct of openat2(); a longer one of a newer kernel has zeros where we know nothing. */
static bool copy_how(struct request *request) {
    static const uint8_t zeros[HOW_MOST];
    uint64_t size = request->arguments[3];
    if (size < sizeof(struct how) || size > HOW_MOST) {
        return false;
    }
    request->bytes = grow(NULL, 1, size);
    request->byte_count = size;
    return peek_bytes(request->thread, request->arguments[2], request->bytes, size) &&
           memcmp(request->bytes + sizeof(struct how), zeros, size - sizeof(struct how)) == 0;
}

/* An empty path may mean the descriptor itself. Linking it is then the same as by its name in /proc. */
static void name_descriptor(struct request *request) {
    const struct trapped_call *row = request->row;
    if (row->call == CALL_LINK && row->flags != ARGUMENT_NONE && request->first != NULL &&
        request->first[0] == '\0' && (request->arguments[row->flags] & AT_EMPTY_PATH) != 0 &&
        (int)request->arguments[row->folder] >= 0) {
        free(request->first);
        request->first = text_of("/proc/self/fd/%d", (int)request->arguments[row->folder]);
        request->arguments[row->flags] |= AT_SYMLINK_FOLLOW;
    }
}

/* What the call names, copied once. False when the kernel is to say what is wrong with it. */
static bool copy_call(struct request *request) {
    const struct trapped_call *row = request->row;
    if (!request->copied) {
        request->copied = true;
        if (row->call == CALL_OPENAT2 && !copy_how(request)) {
            return false;
        }
        if (request->first == NULL) {
            request->first = peek_text(request->thread, request->arguments[row->path]);
        }
        name_descriptor(request);
        if (row->second_path != ARGUMENT_NONE) {
            request->second = peek_text(request->thread, request->arguments[row->second_path]);
        }
    }
    /* Empty paths mean a descriptor itself, or nothing. */
    return request->first != NULL && request->first[0] != '\0' &&
           (row->second_path == ARGUMENT_NONE || (request->second != NULL && request->second[0] != '\0')) &&
           (row->call != CALL_OPENAT2 || request->bytes != NULL);
}

/* Flags, mode and way of the calls that open. False for those that are never refused, or always. */
static bool read_how(struct judge *judge) {
    const struct request *request = judge->request;
    const struct trapped_call *row = request->row;
    if (row->call == CALL_OPENAT2) {
        memcpy(&judge->how, request->bytes, sizeof judge->how);
        bool makes = (judge->how.flags & (O_CREAT | (O_TMPFILE & ~O_DIRECTORY))) != 0;
        if (judge->how.flags > INT32_MAX || (judge->how.mode & ~07777ull) != 0 ||
            (!makes && judge->how.mode != 0)) {
            return false;
        }
        /* What needs no disk may be found as if it needed one; the kernel never makes or cuts that way. */
        if ((judge->how.resolve & RESOLVE_FROM_CACHE) != 0 && (makes || (judge->how.flags & O_TRUNC) != 0)) {
            return false;
        }
        judge->how.resolve &= ~(uint64_t)RESOLVE_FROM_CACHE;
    } else if (row->call == CALL_CREAT) {
        judge->how.flags = O_CREAT | O_WRONLY | O_TRUNC;
        judge->how.mode = request->arguments[row->mode] & 07777;
    } else {
        judge->how.flags = (uint32_t)request->arguments[row->flags];
        judge->how.mode = request->arguments[row->mode] & 07777;
    }
    return (judge->how.flags & O_PATH) == 0;
}

static bool must_stay_with_us(const struct request *request, struct reach *reach) {
    switch (request->row->call) {
    case CALL_OPEN:
        return empties_unseen((uint32_t)request->arguments[request->row->flags]);
    case CALL_TRUNCATE:
        return truncates_unseen();
    case CALL_RENAME:
    case CALL_LINK:
        return reach_has_blind_folders(reach);
    default:
        return false;
    }
}

static void judge_call(struct judge *judge) {
    switch (judge->request->row->call) {
    case CALL_OPEN:
    case CALL_OPENAT2:
    case CALL_CREAT:
        if (read_how(judge)) {
            judge_open(judge);
        }
        break;
    case CALL_MKDIR:
    case CALL_MKNOD:
    case CALL_SYMLINK:
        judge_make(judge);
        break;
    case CALL_UNLINK:
    case CALL_RMDIR:
        judge_remove(judge);
        break;
    case CALL_RENAME:
        judge_rename(judge);
        break;
    case CALL_LINK:
        judge_link(judge);
        break;
    case CALL_TRUNCATE:
        judge_truncate(judge);
        break;
    default:
        break;
    }
}

/*
 * What was found out about paths means nothing for a caller with another root folder: that is left to the
 * kernel. Looked at last, because most calls are left to it anyway.
 */
static void finish(struct judge *judge) {
    struct verdict *verdict = judge->verdict;
    if (judge->request->later) {
        return;
    }
    if (verdict->outcome != OUTCOME_CONTINUE && judge->like_us != 1 &&
        !peek_same_root(judge->request->thread)) {
        verdict_continue(verdict);
    }
    if (!judge->alone) {
        return;
    }
    if (verdict->outcome == OUTCOME_CONTINUE) {
        verdict_error(verdict, judge->error);
    } else if (verdict->outcome == OUTCOME_WANTS && verdict->refusal == 0) {
        verdict->refusal = EACCES;
    }
}

void files_handle(struct request *request, struct reach *reach, struct verdict *verdict) {
    struct judge judge = {.request = request,
                          .reach = reach,
                          .verdict = verdict,
                          .like_us = -1,
                          .alone = must_stay_with_us(request, reach),
                          .error = EACCES};
    if (copy_call(request)) {
        judge_call(&judge);
    } else {
        judge.error = request->first == NULL ? EFAULT : ENOENT;
    }
    finish(&judge);
}

/* Programs are never run in somebody's place. */
void exec_handle(struct request *request, struct reach *reach, struct verdict *verdict) {
    struct judge judge = {.request = request, .reach = reach, .verdict = verdict, .like_us = -1};
    PLACE place = NO_PLACE;
    if (!copy_call(request)) {
        return;
    }
    struct way way = first_way(&judge);
    bool follow = request->row->flags == ARGUMENT_NONE ||
                  (request->arguments[request->row->flags] & AT_SYMLINK_NOFOLLOW) == 0;
    if (resolve_existing(&way, follow, &place) && S_ISREG(place.status.st_mode) &&
        place.status.st_nlink > 0 && permits(&place, place.fd, X_OK) &&
        (reach_kernel(reach, place.path) & RIGHT_EXECUTE) == 0) {
        refuse_silently(&judge, 'x', &place, false);
    }
    finish(&judge);
}
