/*
 * Exceptions inside what is granted. The kernel only ever adds rights: what a rule gives for a folder, it
 * gives for everything below. So a folder with an exception below it gets no rule for the excepted rights;
 * each file and folder in it gets one of its own instead, down to the exception, which gets none. What
 * appears in such a folder later has no rule: the supervisor serves it, or nobody does.
 *
 * Exceptions are the policy's `except` lines, and Landgrant's own folders in every session. One holds by its
 * own words, for the place they really lead to, and (for changing) for every symbolic link on the way,
 * whether or not any of it exists yet; a second mount or a hard link of the place that is met on the way down
 * is excepted too. What is moved away by somebody else while the session runs has left its exception.
 */
#ifndef LANDGRANT_EXCEPTS_H
#define LANDGRANT_EXCEPTS_H

#include "rules.h"

/* So many files and folders get rules of their own beside exceptions; more are left to the supervisor. */
enum { BESIDE_MOST = 65536 };

/*
 * Finds the exceptions and takes them out of all rules. Last step before the rules are used; says so when
 * there is more beside an exception than can be given.
 */
void rules_except(struct rules *rules, const struct policy *policy, const struct guard guards[GUARDS]);

/*
 * Which of the rights that something gives for `above` and all below it are excepted for `path`, which is
 * `above` or lies in it. Both canonical. Landgrant's own folders are always excepted.
 */
unsigned excepted_rights(const struct rules *rules, const char *above, const char *path);

/*
 * The rights excepted somewhere below `path`. Where this holds RIGHT_WRITE, moving or removing the folder
 * would move an exception: that is refused.
 */
unsigned excepted_below(const struct rules *rules, const char *path);

#endif
