/* Messages of D-Bus in either byte order, as an app writes them; written apart from what is tested (wire.h).
 */
#ifndef LANDGRANT_MADE_MESSAGE_H
#define LANDGRANT_MADE_MESSAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct made {
    uint8_t bytes[40000];
    size_t length, body;
    bool big;
};

/* Begins one; then come fields, then the body's begin and values. */
void made_begin(struct made *made, bool big, uint8_t type, uint32_t serial);
void made_field(struct made *made, uint8_t field, char type, const char *text);
void made_reply_to(struct made *made, uint32_t serial);
void made_body(struct made *made, const char *signature);
void made_number(struct made *made, uint32_t number);
void made_text(struct made *made, const char *text);
void made_signature(struct made *made, const char *signature);
void made_pad(struct made *made, size_t to);
void made_end(struct made *made);

/* A call with all that says where it goes. */
void made_call(struct made *made, bool big, uint32_t serial, const char *to, const char *path,
               const char *interface, const char *member);

#endif
