#include <string.h>

#include "check.h"
#include "frames.h"

static enum frame_reading reading(const char *bytes, size_t length) {
    struct frame frame;
    /* A copy of exactly this size, so that reading beyond it is noticed. */
    FREES char *copy = grow(NULL, length, 1);
    memcpy(copy, bytes, length);
    return frame_read((const uint8_t *)copy, length, &frame);
}
#define READING(literal) reading(literal, sizeof(literal) - 1)

static void written_frames(void) {
    struct buffer buffer = {.limit = 64};
    struct frame_writer writer = frame_begin(&buffer, FRAME_EXITED);
    frame_field(&writer, "exit");
    frame_number(&writer, 7);
    CHECK(frame_end(&writer));
    static const char WANTED[] = "\0\0\0\x0e\x06\0\0\0\4exit\0\0\0\1"
                                 "7";
    CHECK(buffer.length == sizeof WANTED - 1 && memcmp(buffer.bytes, WANTED, buffer.length) == 0);

    /* Too much for the buffer, or not UTF-8: nothing of it stays. */
    writer = frame_begin(&buffer, FRAME_EXITED);
    frame_field(&writer, "0123456789012345678901234567890123456789012345678901234567890123456789");
    CHECK(!frame_end(&writer));
    CHECK(buffer.length == sizeof WANTED - 1);
    writer = frame_begin(&buffer, FRAME_EXITED);
    frame_field(&writer, "\xff");
    CHECK(!frame_end(&writer));
    CHECK(buffer.length == sizeof WANTED - 1);
    buffer_drop_front(&buffer, 5);
    CHECK(buffer.length == sizeof WANTED - 6 && memcmp(buffer.bytes, WANTED + 5, buffer.length) == 0);
    buffer_free(&buffer);
}

static void round_trip(void) {
    struct buffer buffer = {.limit = FRAME_BYTES};
    struct frame_writer writer = frame_begin(&buffer, FRAME_OUTPUT);
    frame_field(&writer, "out");
    frame_field(&writer, "größe\n");
    CHECK(frame_end(&writer));
    struct frame frame;
    for (size_t cut = 0; cut < buffer.length; cut++) {
        CHECK(frame_read(buffer.bytes, cut, &frame) == FRAME_NEEDS_MORE);
    }
    CHECK(frame_read(buffer.bytes, buffer.length, &frame) == FRAME_READ);
    CHECK(frame.type == FRAME_OUTPUT && frame.count == 2 && frame.size == buffer.length);
    CHECK(field_is(frame.fields[0], "out") && field_is(frame.fields[1], "größe\n"));
    CHECK(!field_is(frame.fields[0], "outer"));
    buffer_free(&buffer);
}

void test_frames(void) {
    written_frames();
    round_trip();
    CHECK(READING("") == FRAME_NEEDS_MORE);
    CHECK(READING("\0\0\0\0") == FRAME_BAD);   /* empty */
    CHECK(READING("\0\x20\0\1") == FRAME_BAD); /* one byte too long, before it is here */
    CHECK(READING("\xff\xff\xff\xff") == FRAME_BAD);
    CHECK(READING("\0\x20\0\0") == FRAME_NEEDS_MORE);              /* the longest */
    CHECK(READING("\0\0\0\1\x0c") == FRAME_BAD);                   /* welcome without its field */
    CHECK(READING("\0\0\0\5\x0c\0\0\0\0") == FRAME_READ);          /* an empty field is one */
    CHECK(READING("\0\0\0\6\x0c\0\0\0\0x") == FRAME_BAD);          /* a byte too many */
    CHECK(READING("\0\0\0\x09\x0c\0\0\0\0\0\0\0\0") == FRAME_BAD); /* a field too many */
    CHECK(READING("\0\0\0\5\x0c\0\0\0\1") == FRAME_BAD);           /* a field longer than its frame */
    CHECK(READING("\0\0\0\5\x0c\xff\xff\xff\xff") == FRAME_BAD);
    CHECK(READING("\0\0\0\6\x0c\0\0\0\1\xff") == FRAME_BAD); /* not UTF-8 */
    CHECK(READING("\0\0\0\5\x63\0\0\0\0") == FRAME_BAD);     /* unknown type */
    CHECK(READING("\0\0\0\5\x02\0\0\0\0") == FRAME_BAD);     /* not an agent's */
    CHECK(READING("\0\0\0\5\0\0\0\0\0") == FRAME_BAD);
}
