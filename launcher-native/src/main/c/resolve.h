/*
 * What a path of the app means, held by descriptors of ours. The path is led to its end once; whatever is
 * judged and done afterwards is judged and done on these descriptors, so that nothing the app swaps meanwhile
 * (a symbolic link, its working folder, a descriptor number) changes what it is done on.
 */
#ifndef LANDGRANT_RESOLVE_H
#define LANDGRANT_RESOLVE_H

#include <linux/limits.h>
#include <stdbool.h>
#include <sys/stat.h>

#include "broker.h"

struct place {
    int fd;     /* O_PATH of what is there; -1: nothing */
    int parent; /* O_PATH of the folder it lies in; -1 when it was not looked for by its name */
    char name[NAME_MAX + 1];
    bool slash;   /* the path ended with one */
    bool no_proc; /* after place_look(): not in /proc, where nothing is ever done for somebody else */
    bool ours;    /* in /proc, of our own process: by our number, or by a link to what would be the app's */
    bool prompt;  /* after place_look(): on a file system that answers by itself */
    struct stat status;
    char path[PATH_BYTES]; /* canonical; of something new: of its folder and its name */
};

/* Where a path starts: the number of the argument with the folder's descriptor, the text, and what openat2
 * was told about the way. */
struct way {
    struct request *request;
    int folder; /* the app's descriptor or AT_FDCWD */
    const char *text;
    uint64_t resolve;
};

/* What is there, symbolic links at the end followed or not. False and errno: the kernel will say the same. */
bool resolve_existing(const struct way *way, bool follow, struct place *place);

/* A name in its folder, whether or not it is there; nothing at the end is followed. False for what is no
 * name:
 * "/", "." and "..". */
bool resolve_entry(const struct way *way, struct place *place);

/* The name that open with O_CREAT would make: dangling symbolic links are followed. False when there is
 * something at the end after all, or no place for it. */
bool resolve_new(const struct way *way, struct place *place);

/* Looks what file system it lies in. Not before it matters, because most places are left to the kernel. */
void place_look(struct place *place);

void place_close(struct place *place);
#define PLACE __attribute__((cleanup(place_close))) struct place
#define NO_PLACE                                                                                             \
    { .fd = -1, .parent = -1 }

#endif
