#include "frames.h"

#include <stdio.h>
#include <string.h>

static void put_length(uint8_t *to, size_t length) {
    to[0] = (uint8_t)(length >> 24);
    to[1] = (uint8_t)(length >> 16);
    to[2] = (uint8_t)(length >> 8);
    to[3] = (uint8_t)length;
}

static size_t take_length(const uint8_t *from) {
    return (size_t)from[0] << 24 | (size_t)from[1] << 16 | (size_t)from[2] << 8 | from[3];
}

struct frame_writer frame_begin(struct buffer *buffer, enum frame_type type) {
    struct frame_writer writer = {.buffer = buffer, .start = buffer->length};
    uint8_t head[5] = {0, 0, 0, 0, (uint8_t)type};
    writer.good = buffer_add(buffer, head, sizeof head);
    return writer;
}

void frame_field(struct frame_writer *writer, const char *text) {
    size_t length = strlen(text);
    uint8_t head[4];
    put_length(head, length);
    writer->good = writer->good && length <= FRAME_BYTES && is_utf8(text, length) &&
                   buffer_add(writer->buffer, head, sizeof head) && buffer_add(writer->buffer, text, length);
}

void frame_number(struct frame_writer *writer, int64_t number) {
    char text[24];
    snprintf(text, sizeof text, "%lld", (long long)number);
    frame_field(writer, text);
}

bool frame_end(struct frame_writer *writer) {
    size_t size = writer->buffer->length - writer->start;
    if (!writer->good || size > FRAME_BYTES + FRAME_HEADER_BYTES) {
        writer->buffer->length = writer->start;
        return false;
    }
    put_length(writer->buffer->bytes + writer->start, size - FRAME_HEADER_BYTES);
    return true;
}

/* How many fields an agent's frame of this type has; 0 when an agent sends no such frame. */
static size_t agent_fields(uint8_t type) {
    switch (type) {
    case FRAME_POLICY:
    case FRAME_END:
    case FRAME_STATUS:
    case FRAME_REFUSED:
    case FRAME_WELCOME:
    case FRAME_WAITING:
    case FRAME_TAKEN:
    case FRAME_MARK:
        return 1;
    case FRAME_OUTPUT:
    case FRAME_ANSWER:
        return 2;
    case FRAME_HANDED_ON:
        return 3;
    case FRAME_LIVE:
        return 4;
    default:
        return 0;
    }
}

enum frame_reading frame_read(const uint8_t *bytes, size_t length, struct frame *frame) {
    if (length < FRAME_HEADER_BYTES) {
        return FRAME_NEEDS_MORE;
    }
    size_t inside = take_length(bytes);
    if (inside < 1 || inside > FRAME_BYTES) {
        return FRAME_BAD;
    }
    if (length - FRAME_HEADER_BYTES < inside) {
        return FRAME_NEEDS_MORE;
    }
    const uint8_t *at = bytes + FRAME_HEADER_BYTES, *end = at + inside;
    size_t wanted = agent_fields(*at);
    *frame = (struct frame){.type = (enum frame_type) * at, .size = inside + FRAME_HEADER_BYTES};
    at++;
    while (at < end) {
        if (frame->count == wanted || end - at < 4) {
            return FRAME_BAD;
        }
        size_t size = take_length(at);
        at += 4;
        if (size > (size_t)(end - at) || !is_utf8((const char *)at, size)) {
            return FRAME_BAD;
        }
        frame->fields[frame->count++] = (struct field){.bytes = (const char *)at, .length = size};
        at += size;
    }
    return wanted > 0 && frame->count == wanted ? FRAME_READ : FRAME_BAD;
}

bool field_is(struct field field, const char *word) {
    return field.length == strlen(word) && memcmp(field.bytes, word, field.length) == 0;
}
