/* What a command needs to start: the file its name stands for, its loader, its libraries. */
#ifndef LANDGRANT_LIBRARIES_H
#define LANDGRANT_LIBRARIES_H

#include <stdbool.h>
#include <stddef.h>

#include "policy.h"

enum { OBJECTS_MOST = 1024 }; /* more libraries are not looked for */

/* The file that a word of a command line stands for under that PATH; NULL and errno. Caller frees. */
char *find_program(const char *word, const char *path);

/* The interpreter a script names in its first line, and "" or its argument; NULL when it is none. */
char *interpreter_of(const char *program);

/*
 * Adds `file rx` lines for the loader and all libraries of a program (of a script: of its interpreter), and
 * the loader's list of libraries. `library_path`: what LD_LIBRARY_PATH will be, or NULL. `tell`: says which
 * are not found. False with a sentence when the program is none.
 */
bool add_libraries(const char *program, const char *library_path, bool tell, struct policy *policy,
                   char *problem, size_t problem_bytes);

/* Adds one `file rx` line for the file that the path leads to now, if there is one; it is held open. */
void add_executable(const char *path, struct policy *policy);

/* Adds the program, and the interpreter of a script when that is a program. */
void add_program(const char *program, struct policy *policy);

#endif
