#include "wire.h"

#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "made_message.h"

static struct made made;

/* A message in memory that ends where it ends, so that reading beyond is seen. */
static bool parses(size_t length, struct wire_message *message) {
    uint8_t *bytes = malloc(length);
    memcpy(bytes, made.bytes, length);
    size_t header = 0;
    bool good =
        wire_length(bytes, &header) == length && header <= length && wire_parse(bytes, header, message);
    free(bytes);
    return good;
}

static void make_call(bool big) {
    made_call(&made, big, 7, "org.example.To", "/org/example", "org.example.Face", "Do");
    made_body(&made, "su");
    made_text(&made, "hello");
    made_number(&made, 0x01020304);
    made_end(&made);
}

static void both_byte_orders_say_the_same(void) {
    for (int big = 0; big < 2; big++) {
        struct wire_message message;
        size_t header = 0;
        make_call(big == 1);
        CHECK(wire_length(made.bytes, &header) == made.length && header == made.body);
        CHECK(wire_parse(made.bytes, header, &message));
        CHECK(message.big == (big == 1) && message.type == WIRE_CALL && message.serial == 7 &&
              message.flags == 0);
        SAME("org.example.To", message.destination);
        SAME("/org/example", message.path);
        SAME("org.example.Face", message.interface);
        SAME("Do", message.member);
        SAME("su", message.signature);
        SAME("", message.sender);
        struct wire_reader body = {
            .bytes = made.bytes + header, .end = made.length - header, .big = message.big};
        SAME("hello", wire_text(&body));
        CHECK(wire_number(&body) == 0x01020304 && !body.broken && body.at == body.end);
        CHECK(wire_number(&body) == 0 && body.broken);
        SAME("", wire_text(&body));
    }
}

static void lengths_beyond_all_bounds_are_none(void) {
    static const uint8_t GOOD[] = {'l', 1, 0, 1, 8, 0, 0, 0, 1, 0, 0, 0, 24, 0, 0, 0};
    size_t header = 0;
    CHECK(wire_length(GOOD, &header) == 48 && header == 40);
    static const struct {
        unsigned at;
        uint8_t byte;
    } WRONG[] = {{0, 'x'},  {0, 'L'},  {1, 0},     {3, 0},     {3, 2},
                 {7, 0xff}, {7, 0x08}, {15, 0xff}, {15, 0x04}, {15, 0x80}};
    for (size_t i = 0; i < sizeof WRONG / sizeof WRONG[0]; i++) {
        uint8_t bytes[sizeof GOOD];
        memcpy(bytes, GOOD, sizeof bytes);
        bytes[WRONG[i].at] = WRONG[i].byte;
        CHECK(wire_length(bytes, &header) == 0);
    }
    static const uint8_t FULL[] = {'B', 1, 0, 1, 0x08, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 1};
    CHECK(wire_length(FULL, &header) == 0); /* each allowed, but not together */
}

static void malformed_headers_are_refused(void) {
    struct wire_message message;
    make_call(false);
    CHECK(parses(made.length, &message));
    /* The lengths of texts and signatures, and their ends. */
    static const unsigned PLACES[] = {17, 20, 21, 22, 23, 36};
    for (size_t i = 0; i < sizeof PLACES / sizeof PLACES[0]; i++) {
        make_call(false);
        made.bytes[PLACES[i]] ^= 0xff;
        CHECK(!parses(made.length, &message));
    }
    /* A field of a kind that no header has. */
    made_begin(&made, false, 1, 7);
    made_field(&made, 1, 's', "/as/a/text");
    made_body(&made, NULL);
    made_end(&made);
    CHECK(!parses(made.length, &message));
    made_begin(&made, false, 1, 7);
    made_field(&made, 99, 'v', "");
    made_body(&made, NULL);
    made_end(&made);
    CHECK(!parses(made.length, &message));
    made_begin(&made, false, 1, 7);
    made_field(&made, 99, 's', "unknown, and passed over");
    made_field(&made, 3, 's', "Do");
    made_body(&made, NULL);
    made_end(&made);
    CHECK(parses(made.length, &message));
    CHECK(!wire_parse(made.bytes, 8, &message) && !wire_parse(made.bytes, 24, &message));
}

static void no_byte_and_no_end_leads_astray(void) {
    bool inside = true;
    srand(11);
    for (int i = 0; i < 200000; i++) {
        struct wire_message message;
        make_call(i % 2 == 1);
        for (int changes = rand() % 4; changes > 0; changes--) {
            made.bytes[(size_t)rand() % made.length] = (uint8_t)rand();
        }
        size_t header = 0, all = wire_length(made.bytes, &header), cut = (size_t)rand() % made.length + 1;
        if (all == 0 || header > cut) {
            continue;
        }
        uint8_t *bytes = malloc(cut);
        memcpy(bytes, made.bytes, cut);
        if (wire_parse(bytes, header, &message)) {
            struct wire_reader body = {.bytes = bytes + header, .end = cut - header, .big = message.big};
            static const char TYPES[] = "ynqbiuhxtdsogav(";
            for (int values = 0; values < 6; values++) {
                wire_skip(&body, TYPES[(size_t)rand() % (sizeof TYPES - 1)]);
            }
            inside = inside && body.at <= body.end;
        }
        free(bytes);
    }
    CHECK(inside);
}

static void what_is_written_can_be_read(void) {
    static struct wire_writer writer;
    struct wire_message message;
    wire_begin(&writer, WIRE_SIGNAL, 3);
    wire_field_text(&writer, FIELD_PATH, 'o', "/a");
    wire_field_number(&writer, FIELD_REPLY_SERIAL, 9);
    wire_field_signature(&writer, "ua{sv}");
    wire_body(&writer);
    wire_put_number(&writer, 2);
    wire_put_number(&writer, 0);
    CHECK(wire_end(&writer));
    size_t header = 0;
    CHECK(wire_length(writer.bytes, &header) == writer.length && wire_parse(writer.bytes, header, &message));
    CHECK(message.type == WIRE_SIGNAL && message.reply_serial == 9 && message.flags == WIRE_NO_REPLY);
    SAME("ua{sv}", message.signature);
    static char big[WIRE_WRITTEN_BYTES];
    memset(big, 'a', sizeof big - 1);
    wire_begin(&writer, WIRE_SIGNAL, 3);
    wire_field_text(&writer, FIELD_PATH, 'o', big);
    wire_body(&writer);
    CHECK(!wire_end(&writer));
}

void test_wire(void) {
    both_byte_orders_say_the_same();
    lengths_beyond_all_bounds_are_none();
    malformed_headers_are_refused();
    no_byte_and_no_end_leads_astray();
    what_is_written_can_be_read();
}
