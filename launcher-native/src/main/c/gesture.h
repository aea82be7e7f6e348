/*
 * The files a launch opens: permission for this session, and for one of the same app that runs already, since
 * a second start of many apps only hands its files over to the first.
 */
#ifndef LANDGRANT_GESTURE_H
#define LANDGRANT_GESTURE_H

#include "agent.h"
#include "opened.h"
#include "rules.h"

/*
 * How the agent says which file another app's session had it open, to its launcher only: the rights that
 * session has on it, and what it is, "rw DEVICE:INODE". Whatever lies there by now, only that file is
 * granted.
 */
#define HANDED_VARIABLE "LANDGRANT_HANDED"

/*
 * Grants the opened files, and names them by absolute paths so that they can be opened again. With
 * HANDED_VARIABLE dies when a file is another one, and says so by true: nobody opened it by hand, so only a
 * launcher that still has that variable may open it again.
 */
bool gesture_grant(struct opened *opened, const struct guard *guards, struct rules *rules);

/*
 * Has running sessions of the app take those files that have a rule still, and waits for that, but not long.
 * Without an agent, or files, does nothing.
 */
void gesture_tell(struct agent *agent, const struct opened *opened, const struct rules *rules);

#endif
