/* Opening a file as somebody in another user namespace would. */
#ifndef LANDGRANT_OPEN_INSIDE_H
#define LANDGRANT_OPEN_INSIDE_H

/*
 * Opens what `file` (a path descriptor) is, with the credentials that we have in the user namespace `users`:
 * the kernel lets the maps of a namespace be written only through a descriptor opened in it or right above
 * it. Close-on-exec; -1 and errno.
 */
int open_inside(int users, int file, int flags);

#endif
