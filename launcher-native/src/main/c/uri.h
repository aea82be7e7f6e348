/*
 * Links as a confined app may have them opened by another one: http, https and mailto, nothing else. Pure.
 * What comes out is printable ASCII and begins with its scheme, so no program takes it for an option or for
 * several words.
 */
#ifndef LANDGRANT_URI_H
#define LANDGRANT_URI_H

#include <stdbool.h>
#include <stddef.h>

enum { LINK_BYTES = 8192 };

/*
 * The link in the form that is passed on: what is not ASCII, and quotes and brackets, are percent-encoded
 * (RFC 3986). NULL with the reason when it is none, is longer than LINK_BYTES, or holds control characters; a
 * mailto that wants more than recipients, a subject and a text (an attachment, for instance) is none. Caller
 * frees.
 */
char *link_checked(const char *text, size_t length, const char **reason);

/* Whether a word begins like a link of these schemes. */
bool is_like_link(const char *word);

#endif
