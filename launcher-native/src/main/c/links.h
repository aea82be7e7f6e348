/*
 * Links and files that a confined app has opened by other apps, outside. Programs of the session ask over a
 * socket of the session's own (hand_on.h); a thread looks at what they ask for, the agent decides which app
 * opens it and starts that app.
 *
 * The app is hostile. So it can name links of three schemes only (uri.h), and no file at all: of a file it
 * passes a descriptor. That is held against what the session may read itself, by the path the kernel knows
 * the descriptor by, so that a descriptor from elsewhere, or one opened without reading, opens nothing. What
 * is passed on names the very file; an app that is not confined and would follow the name wherever it leads
 * by then gets a copy that only its reader can change.
 *
 * Requests are few at a time and not many in a while: an app that opens pages can tell their servers things.
 */
#ifndef LANDGRANT_LINKS_H
#define LANDGRANT_LINKS_H

#include <stdbool.h>

#include "frames.h"
#include "reach.h"

enum {
    LINKS_MOST = 8,       /* requests at a time */
    LINKS_BURST = 10,     /* so many at once, */
    LINKS_EACH_MS = 2000, /* and one more after each of these */
    LINKS_WAIT_MS = 30000,
    HINT_BYTES = 256,
};
/* What one request or answer is at most: a byte, an app's ID, a link. */
enum { LINKS_PACKET_BYTES = 1 + HINT_BYTES + 8192 + 1 };
enum links_word { LINKS_LINK = 'l', LINKS_FILE = 'f', LINKS_DONE = '+', LINKS_REFUSED = '-' };

/* Folders of copies begin so. Their readers may outlive the session: the app's next launch removes them. */
#define LINKS_COPIES "shown-"

struct links;

/*
 * Serves the listening socket on a thread of its own; it now belongs to that thread. Copies come into a new
 * folder of `folder`, whose path is given. `reach` NULL: no file is opened. NULL and errno when that cannot
 * be.
 */
struct links *links_make(int socket, int folder, const char *path, struct reach *reach);

/* Becomes readable when there is something to tell the agent; links_say() reads it. */
int links_fd(const struct links *links);

/* Whether somebody waits for an agent. */
bool links_are_waiting(struct links *links);

/* The main thread's: says what is new, as frames. */
void links_say(struct links *links, struct buffer *out);

/* The main thread's: the agent's answer. False when it is none. */
bool links_answer(struct links *links, const struct frame *frame);

/* The main thread's: the agent went, and with it what it was asked. */
void links_agent_went(struct links *links);

/*
 * What `fd` holds, as another app may open it: an existing regular file, open for reading, that still lies at
 * the path the kernel knows it by. False with the reason. Not yet whether the session may read it.
 */
bool links_file(int fd, char path[PATH_BYTES], const char **reason);

/* Copies what `fd` holds, at most `most` bytes, to a new file that can be read only. How many; -1 and errno.
 */
int64_t links_copy(int fd, int folder, const char *name, int64_t most);

#endif
