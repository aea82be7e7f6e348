#include "util.h"

#include <errno.h>
#include <poll.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "legible.h"

/* How long a full pipe is waited for. */
enum { WRITE_MS = 2000 };

static const char *speaker = "landgrant";
static int failure_status = EXIT_OURS;

void speak_as(const char *name, int status) {
    speaker = name;
    failure_status = status;
}

static noreturn void out_of_memory(void) {
    static const char sentence[] = "landgrant: out of memory\n";
    (void)write_everything(STDERR_FILENO, sentence, sizeof sentence - 1);
    _exit(failure_status);
}

static void say_list(const char *format, va_list arguments) {
    char *sentence = NULL;
    if (vasprintf(&sentence, format, arguments) < 0) {
        out_of_memory();
    }
    char *line = legible(sentence);
    /* One write, so that lines of parallel launchers do not mix. */
    char *whole = text_of("%s: %s\n", speaker, line);
    (void)write_everything(STDERR_FILENO, whole, strlen(whole));
    free(whole);
    free(line);
    free(sentence);
}

void say(const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    say_list(format, arguments);
    va_end(arguments);
}

void die(const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    say_list(format, arguments);
    va_end(arguments);
    exit(failure_status);
}

void *grow(void *old, size_t count, size_t size) {
    void *memory = reallocarray(old, count > 0 ? count : 1, size);
    if (memory == NULL) {
        out_of_memory();
    }
    return memory;
}

char *copy_bytes(const char *bytes, size_t length) {
    char *copy = grow(NULL, length + 1, 1);
    memcpy(copy, bytes, length);
    copy[length] = '\0';
    return copy;
}

char *copy_text(const char *text) {
    return copy_bytes(text, strlen(text));
}

char *text_of(const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    char *text = NULL;
    if (vasprintf(&text, format, arguments) < 0) {
        out_of_memory();
    }
    va_end(arguments);
    return text;
}

void close_later(int *fd) {
    if (*fd >= 0) {
        int kept = errno;
        close(*fd);
        errno = kept;
    }
}

void free_later(void *pointer) {
    free(*(void **)pointer);
}

/* Length of the well-formed UTF-8 sequence at `bytes`, 0 when there is none. */
static size_t utf8_sequence(const unsigned char *bytes, size_t length) {
    unsigned char first = bytes[0];
    if (first < 0x80) {
        return 1;
    }
    size_t size = first >= 0xc2 && first <= 0xdf   ? 2
                  : first >= 0xe0 && first <= 0xef ? 3
                  : first >= 0xf0 && first <= 0xf4 ? 4
                                                   : 0;
    if (size == 0 || size > length) {
        return 0;
    }
    for (size_t i = 1; i < size; i++) {
        if ((bytes[i] & 0xc0) != 0x80) {
            return 0;
        }
    }
    bool over_long = (first == 0xe0 && bytes[1] < 0xa0) || (first == 0xf0 && bytes[1] < 0x90);
    bool surrogate = first == 0xed && bytes[1] > 0x9f;
    bool beyond = first == 0xf4 && bytes[1] > 0x8f;
    return over_long || surrogate || beyond ? 0 : size;
}

bool is_utf8(const char *bytes, size_t length) {
    for (size_t at = 0; at < length;) {
        size_t size = utf8_sequence((const unsigned char *)bytes + at, length - at);
        if (size == 0) {
            return false;
        }
        at += size;
    }
    return true;
}

char *escaped(const char *text) {
    size_t length = strlen(text);
    bool utf8 = is_utf8(text, length);
    char *result = grow(NULL, length + 1, 4);
    char *end = result;
    for (const char *at = text; *at != '\0'; at++) {
        unsigned char byte = (unsigned char)*at;
        const char *letter = byte == '\\'   ? "\\\\"
                             : byte == '\n' ? "\\n"
                             : byte == '\t' ? "\\t"
                             : byte == '\r' ? "\\r"
                                            : NULL;
        if (letter != NULL) {
            end = stpcpy(end, letter);
        } else if (byte < 0x20 || byte == 0x7f || (byte >= 0x80 && !utf8)) {
            end += snprintf(end, 5, "\\x%02x", byte);
        } else {
            *end++ = *at;
        }
    }
    *end = '\0';
    return result;
}

bool parse_number(const char *text, uint64_t most, uint64_t *number) {
    uint64_t value = 0;
    if (*text == '\0' || (text[0] == '0' && text[1] != '\0')) {
        return false;
    }
    for (; *text != '\0'; text++) {
        if (*text < '0' || *text > '9') {
            return false;
        }
        uint64_t digit = (uint64_t)(*text - '0');
        if (value > (most - digit) / 10 || digit > most) {
            return false;
        }
        value = value * 10 + digit;
    }
    *number = value;
    return true;
}

bool is_below(const char *path, const char *folder) {
    size_t length = strlen(folder);
    if (length == 1) {
        return true;
    }
    return strncmp(path, folder, length) == 0 && (path[length] == '\0' || path[length] == '/');
}

char *read_everything(int fd, size_t most, size_t *length) {
    size_t room = 4096, have = 0;
    char *bytes = grow(NULL, room + 1, 1);
    for (;;) {
        ssize_t got = read(fd, bytes + have, room - have);
        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got < 0 || have + (size_t)got > most) {
            int kept = got < 0 ? errno : EFBIG;
            free(bytes);
            errno = kept;
            return NULL;
        }
        if (got == 0) {
            bytes[have] = '\0';
            *length = have;
            return bytes;
        }
        have += (size_t)got;
        if (have == room) {
            room *= 2;
            bytes = grow(bytes, room + 1, 1);
        }
    }
}

bool write_everything(int fd, const void *bytes, size_t length) {
    const char *at = bytes;
    int64_t deadline = now_ms() + WRITE_MS;
    while (length > 0) {
        ssize_t done = write(fd, at, length);
        if (done < 0 && errno == EINTR) {
            continue;
        }
        /* Whoever shares a pipe or terminal can make writing to it not wait, and fill it. */
        struct pollfd writable = {.fd = fd, .events = POLLOUT};
        if (done < 0 && errno == EAGAIN && now_ms() < deadline) {
            poll(&writable, 1, WRITE_MS);
            continue;
        }
        if (done <= 0) {
            return false;
        }
        at += done;
        length -= (size_t)done;
    }
    return true;
}

bool buffer_add(struct buffer *buffer, const void *bytes, size_t length) {
    if (length > buffer->limit - buffer->length) {
        return false;
    }
    if (length > buffer->room - buffer->length) {
        size_t room = buffer->room * 2 > buffer->length + length ? buffer->room * 2 : buffer->length + length;
        buffer->bytes = grow(buffer->bytes, room, 1);
        buffer->room = room;
    }
    if (length > 0) {
        memcpy(buffer->bytes + buffer->length, bytes, length);
    }
    buffer->length += length;
    return true;
}

void buffer_drop_front(struct buffer *buffer, size_t length) {
    buffer->length -= length;
    if (buffer->length > 0) {
        memmove(buffer->bytes, buffer->bytes + length, buffer->length);
    }
}

void buffer_free(struct buffer *buffer) {
    free(buffer->bytes);
    buffer->bytes = NULL;
    buffer->length = buffer->room = 0;
}

static int64_t clock_ms(clockid_t clock) {
    struct timespec now;
    clock_gettime(clock, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

int64_t now_ms(void) {
    return clock_ms(CLOCK_MONOTONIC);
}

int64_t wall_ms(void) {
    return clock_ms(CLOCK_REALTIME);
}
