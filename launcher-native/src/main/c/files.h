/* What the file handlers share: one call being judged. */
#ifndef LANDGRANT_FILES_H
#define LANDGRANT_FILES_H

#include "kernel.h"
#include "resolve.h"

struct judge {
    struct request *request;
    struct reach *reach;
    struct verdict *verdict;
    struct how how; /* of opening */
    int like_us;    /* caller_is_like_us(): -1 until somebody asks */
    /* The call must not go on, because the kernel's own rules would allow too much: it is done by us, or ends
     * with `error`. */
    bool alone;
    int error;
};

/*
 * Before the first call is handled: what the kernel of this ABI judges. Before ABI_OF_TRUNCATION it does not
 * see that an open for reading, or truncate(), empties a file.
 */
enum { ABI_OF_TRUNCATION = 3 };
void files_begin(unsigned abi);

/* Whether opening with these flags would empty a file without Landlock asking for a right to it. */
bool empties_unseen(uint64_t flags);

/* Whether truncate() would. */
bool truncates_unseen(void);

/* Whether the user's own permissions (not Landlock) let it: R_OK, W_OK, X_OK. */
bool permits(const struct place *place, int fd, int mode);

/* Whether we may do it in the caller's place; looked up once. */
bool may_perform(struct judge *judge);

/* Whether what comes next may take long, and somebody else than the leader has to do it; noted in the
 * request. */
bool is_for_later(const struct judge *judge);

/*
 * Rights on a place are missing. It becomes a question where we could do it afterwards, else only a denial;
 * Landlock refuses by itself either way.
 */
void wants(struct judge *judge, unsigned missing, struct place *place, bool needs_folder);

/* A denial without a question. */
void refuse_silently(struct judge *judge, char access, const struct place *place, bool needs_folder);

/*
 * Whether the name is an exception, one of Landgrant's own folders, or what holds them or would, if it were
 * there: then it is a denial. Such a name stays as it is, and nothing but an empty folder comes to stand
 * there.
 */
bool is_pinned(struct judge *judge, const struct place *place);

/* Whether the file system may know it under several names, and it is an exception under another one; true too
 * while somebody else has to look. */
bool is_alias(struct judge *judge, const struct place *place);

/* Whether we may do it at that place; else it is a denial without a question. */
bool may_perform_at(struct judge *judge, char access, struct place *place, bool needs_folder);

/*
 * Takes the caller's umask for what is made next. False when it cannot be had, or the caller is gone.
 */
bool take_umask(const struct judge *judge);

/* The way of the first or second path. */
struct way first_way(const struct judge *judge);
struct way second_way(const struct judge *judge);

/* What a call ends with whose way leads nowhere, by errno: what we may not look at is nobody's to see. */
int error_of_way(int error);

/* entries.c: names made in, taken from and moved between folders. */
void judge_make(struct judge *judge);
void judge_remove(struct judge *judge);
void judge_rename(struct judge *judge);
void judge_link(struct judge *judge);

/* opening.c */
void judge_open(struct judge *judge);
void judge_truncate(struct judge *judge);

/*
 * process_files.c: writing in /proc, where the policy gives it: only what belongs to a process of the
 * session, and only what is in a list. Everything else is refused.
 */
void judge_process_file(struct judge *judge, const struct place *place);

/* quick.c. The rights some flags need; on a thing that is there, 0 when the kernel fails the call anyway, or
 * never refuses it. */
unsigned wanted_by(uint64_t flags);
unsigned wanted_on(uint64_t flags, const struct stat *status);

/*
 * Whether the kernel can be left to answer this call, told without waiting for anything. Copies its path, so
 * that it is not read twice.
 */
bool is_quick(struct request *request, struct reach *reach);

#endif
