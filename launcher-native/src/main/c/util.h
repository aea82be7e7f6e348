/* Small helpers: sentences for people, escaped text, bounded growing buffers, descriptors that close
 * themselves. */
#ifndef LANDGRANT_UTIL_H
#define LANDGRANT_UTIL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdnoreturn.h>
#include <sys/types.h>

/* Exit statuses of our own; everything else is the app's. */
enum { EXIT_OURS = 125, EXIT_NOT_EXECUTABLE = 126, EXIT_NOT_FOUND = 127 };

#define PATH_BYTES     4096 /* longest path the kernel takes, with its NUL */
#define SENTENCE_BYTES 4608 /* one sentence for people, with a longest path in it */

/* Writes "landgrant: SENTENCE\n" to stderr, whole however long it is; what is not seen is escaped
 * (legible.h). */
void say(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* From now on say() begins with `name`, and die() ends with `status`. */
void speak_as(const char *name, int status);

/* say(), then exit status 125. */
noreturn void die(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* Memory or die. */
void *grow(void *old, size_t count, size_t size);
char *copy_text(const char *text);
char *copy_bytes(const char *bytes, size_t length);
char *text_of(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* Closes a descriptor at the end of its scope; -1 is none. */
void close_later(int *fd);
#define CLOSES __attribute__((cleanup(close_later)))

/* Frees memory at the end of its scope. */
void free_later(void *pointer);
#define FREES __attribute__((cleanup(free_later)))

/* Whether these bytes are well-formed UTF-8 (no surrogates, nothing over-long). */
bool is_utf8(const char *bytes, size_t length);

/* The escaped form of PROTOCOL.md: \\ \n \t \r \xHH. Bytes that are not UTF-8 become \xHH too. Caller frees.
 */
char *escaped(const char *text);

/* Decimal number without sign or leading zeros, at most `most`; false when it is anything else. */
bool parse_number(const char *text, uint64_t most, uint64_t *number);

/* Whether `path` is `folder` or lies below it; both absolute and without a trailing slash. */
bool is_below(const char *path, const char *folder);

/* Whole content of a descriptor, at most `most` bytes, NUL-terminated. NULL and errno when it fails; EFBIG
 * when there is more. Caller frees. */
char *read_everything(int fd, size_t most, size_t *length);

/* All of it, or false; waits two seconds at most for a full descriptor that does not wait itself. */
bool write_everything(int fd, const void *bytes, size_t length);

/* A byte buffer that never holds more than `limit` bytes. */
struct buffer {
    uint8_t *bytes;
    size_t length, room, limit;
};

/* False, and nothing changed, when the limit would be passed. */
bool buffer_add(struct buffer *buffer, const void *bytes, size_t length);
void buffer_drop_front(struct buffer *buffer, size_t length);
void buffer_free(struct buffer *buffer);

/* Milliseconds: on the clock that never jumps, and since 1970. */
int64_t now_ms(void);
int64_t wall_ms(void);

#endif
