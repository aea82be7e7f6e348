/* Messages of D-Bus, as an app of its own making says them. */
#ifndef LANDGRANT_ATTACKS_BUS_H
#define LANDGRANT_ATTACKS_BUS_H

#include <stddef.h>
#include <stdint.h>

enum { MESSAGE_BYTES = 1024 };

struct message {
    unsigned char bytes[MESSAGE_BYTES];
    size_t length;
};

struct call {
    const char *name, *path, *interface, *member, *signature;
    struct message body;
};

void align(struct message *message, size_t to);
void put_number(struct message *message, uint32_t number);
void put_text(struct message *message, const char *value);

/* A call, whose arguments are what `body` holds. */
void make_call(struct message *message, uint32_t serial, const struct call *call);

/* A connection that was let in, -1 when none was. */
int bus(const char *path);

/* The bus the app was told of. */
const char *own_bus(void);

#endif
