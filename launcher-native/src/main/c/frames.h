/* The frames of PROTOCOL.md §2. Pure: bytes in, bytes out. */
#ifndef LANDGRANT_FRAMES_H
#define LANDGRANT_FRAMES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "denials.h"
#include "util.h"

enum {
    FRAME_BYTES = 2097152, /* after the length */
    FRAME_FIELDS = 4102,   /* most any type has */
    FRAME_HEADER_BYTES = 4,
};

enum frame_type {
    FRAME_HELLO = 1,
    FRAME_LAUNCH = 2,
    FRAME_POLICY = 3,
    FRAME_STARTED = 4,
    FRAME_DENIED = 5,
    FRAME_EXITED = 6,
    FRAME_END = 7,
    FRAME_COMMAND = 8,
    FRAME_OUTPUT = 9,
    FRAME_STATUS = 10,
    FRAME_REFUSED = 11,
    FRAME_WELCOME = 12,
    FRAME_ASK = 13,
    FRAME_ANSWER = 14,
    FRAME_WITHDRAWN = 15,
    FRAME_LIVE = 16,
    FRAME_HOLDS = 17,
    FRAME_WAITING = 30,
    FRAME_HELPER = 31,
    FRAME_HAND_ON = 18,
    FRAME_HANDED_ON = 19,
    FRAME_BRINGS = 20,
    FRAME_TAKEN = 21,
    FRAME_MARK = 22,
    FRAME_MARKED = 23,
};

/* Writing: begin, fields, end. False and `buffer` as before when a limit is passed or a field is not UTF-8.
 */
struct frame_writer {
    struct buffer *buffer;
    size_t start;
    bool good;
};
struct frame_writer frame_begin(struct buffer *buffer, enum frame_type type);
void frame_field(struct frame_writer *writer, const char *text);
void frame_number(struct frame_writer *writer, int64_t number);
bool frame_end(struct frame_writer *writer);

struct field {
    const char *bytes; /* not NUL-terminated */
    size_t length;
};

/* Frames an agent sends have at most four fields. */
enum { AGENT_FIELDS = 4 };
struct frame {
    enum frame_type type;
    size_t count;
    struct field fields[AGENT_FIELDS];
    size_t size; /* all of it, with its length */
};

enum frame_reading { FRAME_READ, FRAME_NEEDS_MORE, FRAME_BAD };

/* Reads the first frame an agent sent; whatever is not in PROTOCOL.md for an agent is BAD. */
enum frame_reading frame_read(const uint8_t *bytes, size_t length, struct frame *frame);

/* Whether a field is exactly this word. */
bool field_is(struct field field, const char *word);

/* An answer's number and word. False when they are anything else than PROTOCOL.md says. */
bool frame_answer(const struct frame *frame, uint64_t *number, bool *allowed);

/* What `live` changes. */
struct live_change {
    bool grants;
    enum denial_kind kind;
    unsigned rights; /* 0 for ports */
    char what[PATH_BYTES];
};
/* An absolute path without empty, `.` or `..` parts and without a slash at its end, unless it is `/`. */
bool is_plain_path(const char *path);

bool frame_live(const struct frame *frame, struct live_change *change);

/* What became of something that was handed on; the sentence says why it was refused. */
enum handed_word { HANDED_DONE, HANDED_COPY, HANDED_REFUSED };
enum { HANDED_SENTENCE_BYTES = 1001 };
struct handed_on {
    uint64_t number;
    enum handed_word word;
    char sentence[HANDED_SENTENCE_BYTES];
};
bool frame_handed_on(const struct frame *frame, struct handed_on *answer);

/* The number of a mark, or of how many sessions took files. False when it is none. */
bool frame_number_in(const struct frame *frame, uint64_t *number);

/* The words for a kind, and for rights (`-` for none), as in messages. */
extern const char *const KIND_WORDS[];
enum { RIGHTS_BYTES = 8 };
void rights_word(unsigned rights, char word[RIGHTS_BYTES]);

#endif
