/*
 * What a session may reach. Two answers to every question: what the kernel's own rules give, which no handler
 * needs to widen, and everything, which is those and what only the supervisor gives: folders that have
 * exceptions in them, and live grants. Thread-safe.
 *
 * Paths are canonical, absolute. Rights are bits of enum right; READ covers LIST.
 */
#ifndef LANDGRANT_REACH_H
#define LANDGRANT_REACH_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/stat.h>

#include "denials.h"
#include "rules.h"
#include "util.h"

/* Something that was refused and that the user may be asked about. */
struct wish {
    enum denial_kind kind;
    char access;           /* r w x; ports have r */
    bool needs_folder;     /* the right is needed on the folder the path lies in */
    char what[PATH_BYTES]; /* canonical path, or port */
};

struct reach;

/*
 * `rules` and `guards` (GUARDS of them, or NULL) must outlive it. `connects` and `listens`: whether the
 * kernel enforces these.
 */
struct reach *reach_make(const struct rules *rules, const struct guard *guards, bool connects, bool listens);
void reach_free(struct reach *reach);

/* The rights the kernel gives, and all, on an existing file or folder. */
unsigned reach_kernel(struct reach *reach, const char *path);
unsigned reach_all(struct reach *reach, const char *path);

/*
 * The rights on a name in its folder: to make, remove, rename or replace it. Kernel: those of the folder it
 * lies in. All: also a live grant of exactly that name.
 */
unsigned reach_kernel_entry(struct reach *reach, const char *path);
unsigned reach_all_entry(struct reach *reach, const char *path);

/*
 * Whether there is a folder that the kernel lets be changed but not read. What is moved from there to where
 * only the supervisor gives reading would become readable, and the kernel sees nothing wrong in that: then it
 * is left to judge no move at all.
 */
bool reach_has_blind_folders(const struct reach *reach);

/* The rights that only the supervisor gives somewhere below the path, joined. */
unsigned reach_below(struct reach *reach, const char *path);

/* The rights of the kernel's rules for this very file or folder, whatever it is called by now. */
unsigned reach_carried(const struct reach *reach, const struct stat *status);

/*
 * Whether a file or folder at `from` would be reached with more rights at `to`, or for longer: what a live
 * grant gives ends with it, what the policy gives does not, and of two live grants nobody here knows which
 * one lasts. `carried`: reach_carried() of the folders above `to`, joined. A file that is moved may
 * take the place of one that was granted by its name: so programs save.
 */
enum renaming { MOVES_FILE, MOVES_FOLDER, LINKS };
bool reach_gains(struct reach *reach, const char *from, const char *to, enum renaming how, unsigned carried);

/*
 * Connecting to a Unix socket of somebody else at a path, whose status is given. The kernel, where it judges
 * that, and all: a rule or live grant with `w` that names the socket itself; a folder is not enough. A server
 * may make its socket anew: the name counts, unless the session may change the folder and so could have put
 * another socket there. Then it has to be the very socket that was granted.
 */
bool reach_kernel_socket(struct reach *reach, const char *path, const struct stat *status);
bool reach_all_socket(struct reach *reach, const char *path, const struct stat *status);

/*
 * The user is about to be asked about this socket: if it is granted, this one was meant. False when too many
 * are remembered; then nobody is to be asked.
 */
enum { MEANT_MOST = 64 };
bool reach_means_socket(struct reach *reach, const char *path, const struct stat *status);

/* Whether a TCP port may be connected to or listened on; true when that is not enforced. */
bool reach_kernel_port(struct reach *reach, bool listening, unsigned port);
bool reach_all_port(struct reach *reach, bool listening, unsigned port);

/*
 * Whether the path is, or has below it, an exception or a protected place, which need not exist: then it
 * stays what it is. `identity` of what is there; NULL: nothing.
 */
bool reach_is_pinned(struct reach *reach, const char *path, const struct stat *identity);

/* Whether what only the supervisor gives is an exception under another name; see aliases.h. */
bool reach_is_alias(const struct reach *reach, const char *path, int fd);

/* Whether the path is or lies in one of Landgrant's own folders. */
bool reach_is_protected(struct reach *reach, const char *path);

/* Whether the policy wants the user to be asked about this. */
bool reach_asks(struct reach *reach, const struct wish *wish);

/*
 * Live grants. Adding fails (false) for protected places, for what has no meaning, and beyond LIVE_MOST
 * grants or LIVE_BYTES of their paths, so that one message can name them all.
 * Removing takes the rights from every live grant at or below the path; ports have rights 0 and go whole.
 */
enum { LIVE_MOST = 1024, LIVE_BYTES = 1048576 };
bool reach_add(struct reach *reach, enum denial_kind kind, unsigned rights, const char *what);
void reach_remove(struct reach *reach, enum denial_kind kind, unsigned rights, const char *what);

/* Calls `each` with every live grant. */
void reach_holds(struct reach *reach,
                 void (*each)(void *context, enum denial_kind kind, unsigned rights, const char *what),
                 void *context);

#endif
