/* What was typed, as the agent can understand it, which is elsewhere and sees neither our folder, our
 * terminal nor our files. */
#ifndef LANDGRANT_WORDS_H
#define LANDGRANT_WORDS_H

#include <stdbool.h>
#include <stddef.h>

/*
 * The words with these changes: a path beginning with "./" or "../" is absolute, without asking the disk; the
 * content of the file that `import` names goes along as "--text=…"; "--no-color" stands first when `plain`.
 * NULL and a sentence in `problem` when the file cannot be had.
 */
char **words_for_agent(char **words, bool plain, char *problem, size_t problem_bytes);

/* Frees what words_for_agent() returned; NULL is fine. */
void words_free(char **words);

/* The path without "." and ".." parts, below `folder`, which is absolute. Caller frees. */
char *words_absolute(const char *folder, const char *path);

/* Whether nothing should be coloured (no-color.org). */
bool words_plain(void);

#endif
