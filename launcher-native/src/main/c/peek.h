/* Looking into a stopped thread of the app: its memory, folders and sockets. Bounded; fails softly. */
#ifndef LANDGRANT_PEEK_H
#define LANDGRANT_PEEK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "util.h"

/* Bytes of its memory; false unless all of them can be read. */
bool peek_bytes(pid_t thread, uint64_t address, void *bytes, size_t length);

/* A string of its memory, at most PATH_BYTES with its NUL; NULL when there is none. Caller frees. */
char *peek_text(pid_t thread, uint64_t address);

/* Whether the thread sees the same root folder as we do. */
bool peek_same_root(pid_t thread);

/* The process a thread belongs to, 0 when it is gone; and that process's name. */
pid_t peek_process(pid_t thread);
pid_t peek_parent(pid_t thread); /* of that process; 0 too when it is outside of our namespace */
void peek_program(pid_t thread, char *program, size_t bytes);

/* Whether a descriptor of the thread is a plain TCP socket. */
bool peek_is_tcp(pid_t thread, int fd);

#endif
