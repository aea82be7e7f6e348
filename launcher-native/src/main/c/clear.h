/* Removing a folder's content that somebody else arranged. */
#ifndef LANDGRANT_CLEAR_H
#define LANDGRANT_CLEAR_H

#include <stdbool.h>
#include <stdint.h>

/*
 * Removes everything in `folder`, an opened folder of this user that nobody else changes; what lies in it may
 * have been arranged by an app, and may still be changed by one. Follows no links, goes into no other file
 * system, and needs no memory or descriptors for depth. Works until `deadline` (now_ms()) at most. True when
 * the folder is empty.
 */
bool clear_folder(int folder, int64_t deadline);

#endif
