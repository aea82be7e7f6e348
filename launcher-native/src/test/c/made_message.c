#include "made_message.h"

#include <string.h>

static void store(uint8_t *to, uint32_t number, bool big) {
    for (unsigned i = 0; i < 4; i++) {
        to[i] = (uint8_t)(number >> 8 * (big ? 3 - i : i));
    }
}

void made_pad(struct made *made, size_t to) {
    while (made->length % to != 0) {
        made->bytes[made->length++] = 0;
    }
}

void made_number(struct made *made, uint32_t number) {
    made_pad(made, 4);
    store(made->bytes + made->length, number, made->big);
    made->length += 4;
}

void made_text(struct made *made, const char *text) {
    made_number(made, (uint32_t)strlen(text));
    memcpy(made->bytes + made->length, text, strlen(text) + 1);
    made->length += strlen(text) + 1;
}

void made_signature(struct made *made, const char *signature) {
    made->bytes[made->length++] = (uint8_t)strlen(signature);
    memcpy(made->bytes + made->length, signature, strlen(signature) + 1);
    made->length += strlen(signature) + 1;
}

void made_begin(struct made *made, bool big, uint8_t type, uint32_t serial) {
    const uint8_t start[] = {big ? 'B' : 'l', type, 0, 1};
    memcpy(made->bytes, start, sizeof start);
    made->big = big;
    made->length = sizeof start;
    made->body = 0;
    made_number(made, 0);
    made_number(made, serial);
    made_number(made, 0);
}

static void begin_field(struct made *made, uint8_t field, char type) {
    const char signature[] = {type, '\0'};
    made_pad(made, 8);
    made->bytes[made->length++] = field;
    made_signature(made, signature);
}

void made_field(struct made *made, uint8_t field, char type, const char *text) {
    begin_field(made, field, type);
    if (type == 'g') {
        made_signature(made, text);
    } else {
        made_text(made, text);
    }
}

void made_reply_to(struct made *made, uint32_t serial) {
    begin_field(made, 5, 'u');
    made_number(made, serial);
}

void made_body(struct made *made, const char *signature) {
    if (signature != NULL) {
        made_field(made, 8, 'g', signature);
    }
    store(made->bytes + 12, (uint32_t)(made->length - 16), made->big);
    made_pad(made, 8);
    made->body = made->length;
}

void made_end(struct made *made) {
    store(made->bytes + 4, (uint32_t)(made->length - made->body), made->big);
}

void made_call(struct made *made, bool big, uint32_t serial, const char *to, const char *path,
               const char *interface, const char *member) {
    made_begin(made, big, 1, serial);
    made_field(made, 1, 'o', path);
    made_field(made, 2, 's', interface);
    made_field(made, 3, 's', member);
    made_field(made, 6, 's', to);
}
