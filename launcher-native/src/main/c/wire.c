#include "wire.h"

#include <string.h>

enum { VERSION = 1, BODY_LENGTH_AT = 4, FIELDS_LENGTH_AT = 12, SIGNATURE_MOST = 255 };

static size_t padded(size_t length, size_t to) {
    return (length + to - 1) / to * to;
}

static uint32_t number_at(const uint8_t *bytes, bool big) {
    return big ? (uint32_t)bytes[0] << 24 | (uint32_t)bytes[1] << 16 | (uint32_t)bytes[2] << 8 | bytes[3]
               : (uint32_t)bytes[3] << 24 | (uint32_t)bytes[2] << 16 | (uint32_t)bytes[1] << 8 | bytes[0];
}

size_t wire_length(const uint8_t fixed[WIRE_FIXED_BYTES], size_t *header) {
    bool big = fixed[0] == 'B';
    size_t body = number_at(fixed + BODY_LENGTH_AT, big), fields = number_at(fixed + FIELDS_LENGTH_AT, big);
    if ((fixed[0] != 'l' && !big) || fixed[1] == 0 || fixed[3] != VERSION || fields > WIRE_FIELDS_MOST ||
        body > WIRE_MOST) {
        return 0;
    }
    *header = padded(WIRE_FIXED_BYTES + fields, 8);
    return *header + body <= WIRE_MOST ? *header + body : 0;
}

void wire_align(struct wire_reader *reader, size_t to) {
    size_t at = padded(reader->at, to);
    if (reader->broken || at > reader->end) {
        reader->broken = true;
        return;
    }
    reader->at = at;
}

/* So many bytes; NULL when they are not there. */
static const uint8_t *take(struct wire_reader *reader, size_t length) {
    if (reader->broken || length > reader->end - reader->at) {
        reader->broken = true;
        return NULL;
    }
    const uint8_t *taken = reader->bytes + reader->at;
    reader->at += length;
    return taken;
}

uint8_t wire_byte(struct wire_reader *reader) {
    const uint8_t *byte = take(reader, 1);
    return byte != NULL ? *byte : 0;
}

uint32_t wire_number(struct wire_reader *reader) {
    wire_align(reader, 4);
    const uint8_t *bytes = take(reader, 4);
    return bytes != NULL ? number_at(bytes, reader->big) : 0;
}

/* With the NUL behind it, and none in it. */
static const char *take_text(struct wire_reader *reader, size_t length) {
    const uint8_t *text = take(reader, length);
    const uint8_t *end = text != NULL ? take(reader, 1) : NULL;
    if (end == NULL || *end != '\0' || memchr(text, '\0', length) != NULL) {
        reader->broken = true;
        return "";
    }
    return (const char *)text;
}

const char *wire_text(struct wire_reader *reader) {
    size_t length = wire_number(reader);
    return take_text(reader, length);
}

const char *wire_signature(struct wire_reader *reader) {
    size_t length = wire_byte(reader);
    return take_text(reader, length);
}

void wire_skip(struct wire_reader *reader, char type) {
    switch (type) {
    case 'y':
        (void)wire_byte(reader);
        return;
    case 'n':
    case 'q':
        wire_align(reader, 2);
        (void)take(reader, 2);
        return;
    case 'b':
    case 'i':
    case 'u':
    case 'h':
        (void)wire_number(reader);
        return;
    case 'x':
    case 't':
    case 'd':
        wire_align(reader, 8);
        (void)take(reader, 8);
        return;
    case 's':
    case 'o':
        (void)wire_text(reader);
        return;
    case 'g':
        (void)wire_signature(reader);
        return;
    default:
        reader->broken = true;
    }
}

/* One field of a header, into its place. Fields that we do not know are of a basic type, too. */
static void read_field(struct wire_reader *reader, struct wire_message *message) {
    const char **const PLACES[] = {[FIELD_PATH] = &message->path,
                                   [FIELD_INTERFACE] = &message->interface,
                                   [FIELD_MEMBER] = &message->member,
                                   [FIELD_DESTINATION] = &message->destination,
                                   [FIELD_SENDER] = &message->sender};
    wire_align(reader, 8);
    uint8_t field = wire_byte(reader);
    const char *signature = wire_signature(reader);
    char type = signature[0];
    if (reader->broken || strlen(signature) != 1) {
        reader->broken = true;
    } else if (field < sizeof PLACES / sizeof PLACES[0] && PLACES[field] != NULL) {
        reader->broken = type != (field == FIELD_PATH ? 'o' : 's');
        *PLACES[field] = wire_text(reader);
    } else if (field == FIELD_REPLY_SERIAL) {
        reader->broken = type != 'u';
        message->reply_serial = wire_number(reader);
    } else if (field == FIELD_SIGNATURE) {
        reader->broken = type != 'g';
        message->signature = wire_signature(reader);
    } else {
        wire_skip(reader, type);
    }
}

bool wire_parse(const uint8_t *bytes, size_t header, struct wire_message *message) {
    *message = (struct wire_message){
        .path = "", .interface = "", .member = "", .destination = "", .sender = "", .signature = ""};
    if (header < WIRE_FIXED_BYTES) {
        return false;
    }
    message->big = bytes[0] == 'B';
    message->type = bytes[1];
    message->flags = bytes[2];
    message->serial = number_at(bytes + 8, message->big);
    size_t fields = number_at(bytes + FIELDS_LENGTH_AT, message->big);
    if (fields > header - WIRE_FIXED_BYTES) {
        return false;
    }
    struct wire_reader reader = {
        .bytes = bytes, .at = WIRE_FIXED_BYTES, .end = WIRE_FIXED_BYTES + fields, .big = message->big};
    while (!reader.broken && reader.at < reader.end) {
        read_field(&reader, message);
    }
    return !reader.broken;
}

static void put(struct wire_writer *writer, const void *bytes, size_t length) {
    if (writer->broken || length > sizeof writer->bytes - writer->length) {
        writer->broken = true;
        return;
    }
    memcpy(writer->bytes + writer->length, bytes, length);
    writer->length += length;
}

void wire_put_byte(struct wire_writer *writer, uint8_t byte) {
    put(writer, &byte, 1);
}

void wire_pad(struct wire_writer *writer, size_t to) {
    while (!writer->broken && writer->length % to != 0) {
        wire_put_byte(writer, 0);
    }
}

static void number_to(uint8_t bytes[4], size_t number) {
    for (unsigned i = 0; i < 4; i++) {
        bytes[i] = (uint8_t)(number >> 8 * i);
    }
}

void wire_put_number(struct wire_writer *writer, uint32_t number) {
    uint8_t bytes[4];
    number_to(bytes, number);
    wire_pad(writer, 4);
    put(writer, bytes, sizeof bytes);
}

void wire_put_text(struct wire_writer *writer, const char *text) {
    size_t length = strlen(text);
    wire_put_number(writer, (uint32_t)length);
    put(writer, text, length + 1);
}

void wire_put_signature(struct wire_writer *writer, const char *signature) {
    size_t length = strlen(signature);
    writer->broken = writer->broken || length > SIGNATURE_MOST;
    wire_put_byte(writer, (uint8_t)length);
    put(writer, signature, length + 1);
}

void wire_begin(struct wire_writer *writer, enum wire_type type, uint32_t serial) {
    const uint8_t start[] = {'l', (uint8_t)type, WIRE_NO_REPLY, VERSION};
    writer->length = writer->body = 0;
    writer->broken = false;
    put(writer, start, sizeof start);
    wire_put_number(writer, 0);
    wire_put_number(writer, serial);
    wire_put_number(writer, 0);
}

static void begin_field(struct wire_writer *writer, uint8_t field, char type) {
    const char signature[] = {type, '\0'};
    wire_pad(writer, 8);
    wire_put_byte(writer, field);
    wire_put_signature(writer, signature);
}

void wire_field_text(struct wire_writer *writer, uint8_t field, char type, const char *text) {
    begin_field(writer, field, type);
    wire_put_text(writer, text);
}

void wire_field_number(struct wire_writer *writer, uint8_t field, uint32_t number) {
    begin_field(writer, field, 'u');
    wire_put_number(writer, number);
}

void wire_field_signature(struct wire_writer *writer, const char *signature) {
    begin_field(writer, FIELD_SIGNATURE, 'g');
    wire_put_signature(writer, signature);
}

void wire_body(struct wire_writer *writer) {
    number_to(writer->bytes + FIELDS_LENGTH_AT, writer->length - WIRE_FIXED_BYTES);
    wire_pad(writer, 8);
    writer->body = writer->length;
}

bool wire_end(struct wire_writer *writer) {
    number_to(writer->bytes + BODY_LENGTH_AT, writer->length - writer->body);
    return !writer->broken;
}
