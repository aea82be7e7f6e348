/* The contents of the messages about questions, live grants and what is handed on. Pure. */
#include <string.h>

#include "frames.h"
#include "landlock.h"

const char *const KIND_WORDS[] = {[DENIED_FILE] = "file",
                                  [DENIED_CONNECT] = "connect-tcp",
                                  [DENIED_LISTEN] = "listen-tcp",
                                  [DENIED_BUS] = "bus"};
/* What can be granted while a session runs: its bus is set up before it begins. */
enum { KINDS = DENIED_BUS };

static const char LETTERS[] = "lrwxd"; /* bit by bit as in enum right */

/* A field as text; false when it is too long or holds a NUL. */
static bool text_in(struct field field, char *text, size_t bytes) {
    if (field.length >= bytes || memchr(field.bytes, '\0', field.length) != NULL) {
        return false;
    }
    memcpy(text, field.bytes, field.length);
    text[field.length] = '\0';
    return true;
}

bool frame_answer(const struct frame *frame, uint64_t *number, bool *allowed) {
    char text[24];
    *allowed = field_is(frame->fields[1], "allow");
    return text_in(frame->fields[0], text, sizeof text) && parse_number(text, INT64_MAX, number) &&
           *number > 0 && (*allowed || field_is(frame->fields[1], "deny"));
}

bool frame_number_in(const struct frame *frame, uint64_t *number) {
    char text[24];
    return text_in(frame->fields[0], text, sizeof text) && parse_number(text, INT64_MAX, number);
}

bool frame_handed_on(const struct frame *frame, struct handed_on *answer) {
    static const char *const WORDS[] = {
        [HANDED_DONE] = "done", [HANDED_COPY] = "copy", [HANDED_REFUSED] = "refused"};
    unsigned word = 0;
    while (word <= HANDED_REFUSED && !field_is(frame->fields[1], WORDS[word])) {
        word++;
    }
    answer->word = (enum handed_word)word;
    return word <= HANDED_REFUSED && frame_number_in(frame, &answer->number) && answer->number > 0 &&
           text_in(frame->fields[2], answer->sentence, sizeof answer->sentence);
}

/* Letters in their order, each at most once; 0 when they are anything else. */
static unsigned rights_in(struct field field) {
    unsigned rights = 0, next = 0;
    for (size_t i = 0; i < field.length; i++) {
        const char *letter = field.bytes[i] != '\0' ? strchr(LETTERS, field.bytes[i]) : NULL;
        unsigned bit = letter != NULL ? (unsigned)(letter - LETTERS) : 0;
        if (letter == NULL || bit < next) {
            return 0;
        }
        next = bit + 1;
        rights |= 1u << bit;
    }
    return rights;
}

bool is_plain_path(const char *path) {
    size_t length = strlen(path);
    if (path[0] != '/' || length >= PATH_BYTES) {
        return false;
    }
    for (const char *part = path; length > 1 && *part != '\0';) {
        size_t size = strcspn(++part, "/");
        if (size == 0 || (size == 1 && part[0] == '.') || (size == 2 && part[0] == '.' && part[1] == '.')) {
            return false;
        }
        part += size;
    }
    return true;
}

bool frame_live(const struct frame *frame, struct live_change *change) {
    unsigned kind = 0;
    while (kind < KINDS && !field_is(frame->fields[1], KIND_WORDS[kind])) {
        kind++;
    }
    change->grants = field_is(frame->fields[0], "grant");
    change->kind = (enum denial_kind)kind;
    if ((!change->grants && !field_is(frame->fields[0], "revoke")) || kind == KINDS ||
        !text_in(frame->fields[3], change->what, sizeof change->what)) {
        return false;
    }
    if (change->kind == DENIED_FILE) {
        change->rights = rights_in(frame->fields[2]);
        return change->rights != 0 && is_plain_path(change->what);
    }
    uint64_t port;
    change->rights = 0;
    return field_is(frame->fields[2], "-") && parse_number(change->what, 65535, &port);
}

void rights_word(unsigned rights, char word[RIGHTS_BYTES]) {
    size_t length = 0;
    for (unsigned bit = 0; LETTERS[bit] != '\0'; bit++) {
        if (rights & (1u << bit)) {
            word[length++] = LETTERS[bit];
        }
    }
    strcpy(word + length, length == 0 ? "-" : "");
}
