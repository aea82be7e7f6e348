/*
 * Within a session: entries for the apps that open links, which lead outside instead of starting those apps
 * within the session's walls. Libraries (GLib, Qt) read entries themselves and start what stands there. All
 * this runs with the app's rights and is no part of any wall.
 */
#ifndef LANDGRANT_HANDLERS_H
#define LANDGRANT_HANDLERS_H

#include <stdbool.h>

/* Entries at most. */
enum { HANDLERS_MOST = 64 };

/*
 * Writes `applications` into the folder: for every app that the system's and the user's lists of default apps
 * name for http, https or mailto, except `own`, an entry of the same ID that runs `program`. False and errno.
 */
bool handlers_make(int folder, const char *program, const char *own);

/* The app IDs in one list (`mimeapps.list`, `mimeinfo.cache`) for these kinds of links; how many. */
unsigned handlers_read(const char *list, char *ids[HANDLERS_MOST], unsigned count);

#endif
