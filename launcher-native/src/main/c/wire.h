/*
 * Messages of D-Bus, as far as the relay has to understand them (relay.h): where one ends, what its header
 * says, texts and numbers of its body; and writing short ones. Pure. Source: D-Bus Specification, "Message
 * Protocol".
 *
 * Everything that is read comes from an app that may be hostile. What is given out points into the bytes that
 * were read, which must stay as they are meanwhile.
 */
#ifndef LANDGRANT_WIRE_H
#define LANDGRANT_WIRE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    WIRE_FIXED_BYTES = 16,
    WIRE_MOST = 128 * 1024 * 1024,       /* of a message */
    WIRE_FIELDS_MOST = 64 * 1024 * 1024, /* of its header's fields */
    WIRE_WRITTEN_BYTES = 1536,           /* of a message that we write */
};
enum wire_type { WIRE_CALL = 1, WIRE_RETURN = 2, WIRE_ERROR = 3, WIRE_SIGNAL = 4 };
enum { WIRE_NO_REPLY = 1 }; /* a flag */

/* How long a message is, from its first 16 bytes: with its header in `header`. 0 when it is none. */
size_t wire_length(const uint8_t fixed[WIRE_FIXED_BYTES], size_t *header);

/* Texts are "" when the header says none. */
struct wire_message {
    bool big; /* byte order */
    uint8_t type, flags;
    uint32_t serial, reply_serial;
    const char *path, *interface, *member, *destination, *sender, *signature;
};

/* Reads the header, which is there whole. False when it is malformed, and then nothing of it may be used. */
bool wire_parse(const uint8_t *bytes, size_t header, struct wire_message *message);

/* Reads one value after the other. What does not fit breaks the reader, and gives 0 and "" from then on. */
struct wire_reader {
    const uint8_t *bytes;
    size_t at, end; /* alignment counts from bytes[0] */
    bool big, broken;
};
uint8_t wire_byte(struct wire_reader *reader);
uint32_t wire_number(struct wire_reader *reader);
const char *wire_text(struct wire_reader *reader); /* a string or an object path */
const char *wire_signature(struct wire_reader *reader);
void wire_align(struct wire_reader *reader, size_t to);

/* Passes over one value of a basic type; others break the reader. */
void wire_skip(struct wire_reader *reader, char type);

/* A message that is being written, little-endian. Too long a one is broken and must not be sent. */
struct wire_writer {
    uint8_t bytes[WIRE_WRITTEN_BYTES];
    size_t length, body;
    bool broken;
};
void wire_begin(struct wire_writer *writer, enum wire_type type, uint32_t serial);
/* Fields of the header, before wire_body(). */
void wire_field_text(struct wire_writer *writer, uint8_t field, char type, const char *text);
void wire_field_number(struct wire_writer *writer, uint8_t field, uint32_t number);
void wire_field_signature(struct wire_writer *writer, const char *signature);
void wire_body(struct wire_writer *writer);
/* Values of the body, then its end; false when it is broken. */
void wire_put_byte(struct wire_writer *writer, uint8_t byte);
void wire_put_number(struct wire_writer *writer, uint32_t number);
void wire_put_text(struct wire_writer *writer, const char *text);
void wire_put_signature(struct wire_writer *writer, const char *signature);
void wire_pad(struct wire_writer *writer, size_t to);
bool wire_end(struct wire_writer *writer);

/* Fields of a header. */
enum {
    FIELD_PATH = 1,
    FIELD_INTERFACE = 2,
    FIELD_MEMBER = 3,
    FIELD_ERROR = 4,
    FIELD_REPLY_SERIAL = 5,
    FIELD_DESTINATION = 6,
    FIELD_SENDER = 7,
    FIELD_SIGNATURE = 8,
};

#endif
