/*
 * Inside of a session: what stands in the place of xdg-open and its like. It asks the session's supervisor
 * (links.h) to have a link or file opened by another app. All this runs with the app's rights and is no part
 * of any wall: an app that speaks to the socket itself gets no more.
 */
#ifndef LANDGRANT_HAND_ON_H
#define LANDGRANT_HAND_ON_H

#include <stdbool.h>

/* Names the socket; set in every session that may have links opened. */
#define HAND_ON_VARIABLE "LANDGRANT_LINKS"

/* The programs that apps open links by; NULL at the end. */
extern const char *const HAND_ON_NAMES[];

/* Whether this program was started by one of those names. */
bool hand_on_is_name(const char *word);

/* Does what a program of that name would; our exit status, or runs the real program for what is no link. */
int hand_on_as(char **argv);

/*
 * `landgrant launch APP …` within a session: the links and files among the words are handed on, to be opened
 * by that app if it may be. An app starts no other app but to open something.
 */
int hand_on_launch(const char *app, char **words);

#endif
