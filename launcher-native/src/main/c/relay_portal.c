/*
 * The portal's OpenURI, in its place. Source: org.freedesktop.portal.OpenURI.xml and
 * org.freedesktop.portal.Request.xml of xdg-desktop-portal.
 */
#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "relay.h"
#include "uri.h"
#include "wire.h"

#define BUS        "org.freedesktop.DBus"
#define PORTAL     "org.freedesktop.portal.Desktop"
#define PLACE      "/org/freedesktop/portal/desktop"
#define OPENING    "org.freedesktop.portal.OpenURI"
#define PROPERTIES "org.freedesktop.DBus.Properties"
#define ERRORS     "org.freedesktop.DBus.Error."

/* Nobody has it: those of a bus begin with :1. What we say comes from there when the app knows of no real
 * portal. */
#define STAND_IN ":0.1"

enum { PORTAL_VERSION = 5, TOKEN_MOST = 128, OPENED = 0, NOT_OPENED = 2, MESSAGES_AT_ONCE = 4 };

static bool same(const char *one, const char *other) {
    return strcmp(one, other) == 0;
}

static bool is_unique(const char *name) {
    return name[0] == ':' && strlen(name) < NAME_BYTES;
}

bool portal_has_room(const struct connection *connection) {
    return sizeof connection->own - connection->own_length >= (size_t)MESSAGES_AT_ONCE * WIRE_WRITTEN_BYTES;
}

static uint32_t next_serial(struct connection *connection) {
    connection->serial += connection->serial == UINT32_MAX ? 2 : 1;
    return connection->serial;
}

/* Adds the message to what the app hears from us; there is room (portal_has_room), or it is lost. */
static void say_it(struct connection *connection, struct wire_writer *writer) {
    if (wire_end(writer) && writer->length <= sizeof connection->own - connection->own_length) {
        memcpy(connection->own + connection->own_length, writer->bytes, writer->length);
        connection->own_length += writer->length;
    }
}

static const char *sender_of(const struct connection *connection) {
    return connection->owner[0] != '\0' ? connection->owner : STAND_IN;
}

static void address(const struct connection *connection, const char *sender, struct wire_writer *writer) {
    wire_field_text(writer, FIELD_SENDER, 's', sender);
    if (connection->name[0] != '\0') {
        wire_field_text(writer, FIELD_DESTINATION, 's', connection->name);
    }
}

static void begin_return(struct connection *connection, const struct wire_message *call,
                         const char *signature, struct wire_writer *writer) {
    wire_begin(writer, WIRE_RETURN, next_serial(connection));
    wire_field_number(writer, FIELD_REPLY_SERIAL, call->serial);
    address(connection, sender_of(connection), writer);
    wire_field_signature(writer, signature);
    wire_body(writer);
}

static void end_return(struct connection *connection, const struct wire_message *call,
                       struct wire_writer *writer) {
    if ((call->flags & WIRE_NO_REPLY) == 0) {
        say_it(connection, writer);
    }
}

static void refuse_call(struct connection *connection, const struct wire_message *call, const char *error,
                        const char *sentence) {
    struct wire_writer writer;
    wire_begin(&writer, WIRE_ERROR, next_serial(connection));
    wire_field_text(&writer, FIELD_ERROR, 's', error);
    wire_field_number(&writer, FIELD_REPLY_SERIAL, call->serial);
    address(connection, sender_of(connection), &writer);
    wire_field_signature(&writer, "s");
    wire_body(&writer);
    wire_put_text(&writer, sentence);
    end_return(connection, call, &writer);
}

/* Says whose the portal's name is from now on. */
static void say_owner(struct connection *connection, const char *before, const char *now) {
    struct wire_writer writer;
    wire_begin(&writer, WIRE_SIGNAL, next_serial(connection));
    wire_field_text(&writer, FIELD_PATH, 'o', "/org/freedesktop/DBus");
    wire_field_text(&writer, FIELD_INTERFACE, 's', BUS);
    wire_field_text(&writer, FIELD_MEMBER, 's', "NameOwnerChanged");
    address(connection, BUS, &writer);
    wire_field_signature(&writer, "sss");
    wire_body(&writer);
    wire_put_text(&writer, PORTAL);
    wire_put_text(&writer, before);
    wire_put_text(&writer, now);
    say_it(connection, &writer);
}

void portal_returns(struct connection *connection, const struct request_of_app *request) {
    const struct wire_message call = {.serial = request->serial};
    struct wire_writer writer;
    begin_return(connection, &call, "o", &writer);
    wire_put_text(&writer, request->handle);
    if (request->answers) {
        say_it(connection, &writer);
    }
}

void portal_responds(struct connection *connection, const struct request_of_app *request, uint32_t response) {
    struct wire_writer writer;
    /* Libraries believe a signal only when it comes from the name's owner. Where there is none, it is us for
     * that moment: for longer, an app would look for all other portals, too. */
    bool alone = connection->owner[0] == '\0';
    if (alone) {
        say_owner(connection, "", STAND_IN);
    }
    wire_begin(&writer, WIRE_SIGNAL, next_serial(connection));
    wire_field_text(&writer, FIELD_PATH, 'o', request->handle);
    wire_field_text(&writer, FIELD_INTERFACE, 's', "org.freedesktop.portal.Request");
    wire_field_text(&writer, FIELD_MEMBER, 's', "Response");
    address(connection, sender_of(connection), &writer);
    wire_field_signature(&writer, "ua{sv}");
    wire_body(&writer);
    wire_put_number(&writer, response);
    wire_put_number(&writer, 0);
    wire_pad(&writer, 8);
    say_it(connection, &writer);
    if (alone) {
        say_owner(connection, STAND_IN, "");
    }
}

/* The app's own word for the request, from its options; NULL without. Only options before one of another kind
 * count. */
static const char *token_in(struct wire_reader options) {
    size_t length = wire_number(&options);
    wire_align(&options, 8);
    size_t end = length <= options.end - options.at ? options.at + length : options.at;
    const char *token = NULL;
    while (!options.broken && options.at < end && token == NULL) {
        wire_align(&options, 8);
        const char *key = wire_text(&options), *signature = wire_signature(&options);
        if (same(key, "handle_token") && same(signature, "s")) {
            token = wire_text(&options);
        } else {
            wire_skip(&options, strlen(signature) == 1 ? signature[0] : '\0');
        }
    }
    return options.broken ? NULL : token;
}

static bool is_element(const char *text) {
    size_t length = strlen(text);
    for (size_t i = 0; i < length; i++) {
        if (!isalnum((unsigned char)text[i]) && text[i] != '_') {
            return false;
        }
    }
    return length > 0 && length <= TOKEN_MOST;
}

static void make_handle(struct connection *connection, const char *token, char handle[HANDLE_BYTES]) {
    char sender[NAME_BYTES] = "app", own[32];
    if (connection->name[0] != '\0') {
        strcpy(sender, connection->name + 1);
    }
    for (char *at = sender; *at != '\0'; at++) {
        *at = isalnum((unsigned char)*at) ? *at : '_';
    }
    snprintf(own, sizeof own, "landgrant%u", ++connection->handles);
    snprintf(handle, HANDLE_BYTES, PLACE "/request/%s/%s", sender,
             token != NULL && is_element(token) ? token : own);
}

static void answer_scheme(struct connection *connection, const struct wire_message *call,
                          struct wire_reader *body) {
    struct wire_writer writer;
    const char *scheme = same(call->signature, "sa{sv}") ? wire_text(body) : "";
    if (scheme[0] == '\0') {
        refuse_call(connection, call, ERRORS "InvalidArgs", "a scheme is missing");
        return;
    }
    begin_return(connection, call, "b", &writer);
    wire_put_number(&writer, same(scheme, "http") || same(scheme, "https") || same(scheme, "mailto"));
    end_return(connection, call, &writer);
}

static void open_it(struct connection *connection, const struct wire_message *call, struct wire_reader *body,
                    const struct stream *held) {
    bool links = same(call->member, "OpenURI"), folders = same(call->member, "OpenDirectory");
    if (!links && !folders && !same(call->member, "OpenFile")) {
        refuse_call(connection, call, ERRORS "UnknownMethod", "there is no such method");
        return;
    }
    bool good = same(call->signature, links ? "ssa{sv}" : "sha{sv}");
    (void)wire_text(body); /* a window of the app */
    const char *link = links ? wire_text(body) : NULL;
    uint32_t number = links ? 0 : wire_number(body);
    if (!good || body->broken || (!links && number >= held->fd_count)) {
        refuse_call(connection, call, ERRORS "InvalidArgs", "it is not asked for as it should be");
        return;
    }
    struct request_of_app request = {.serial = call->serial, .answers = (call->flags & WIRE_NO_REPLY) == 0};
    make_handle(connection, token_in(*body), request.handle);
    /* Folders are not handed on (docs/decisions/0014). */
    if (folders || !asks_begin(connection, &request, link, links ? -1 : held->fds[number])) {
        portal_returns(connection, &request);
        portal_responds(connection, &request, NOT_OPENED);
    }
}

/* Whether it asks about OpenURI; then it was answered. Version is all there is to know. */
static bool tell_property(struct connection *connection, const struct wire_message *call,
                          struct wire_reader *body) {
    bool all = same(call->member, "GetAll");
    struct wire_writer writer;
    if ((!all && !same(call->member, "Get")) || !same(call->signature, all ? "s" : "ss") ||
        !same(wire_text(body), OPENING)) {
        return false;
    }
    if (!all && !same(wire_text(body), "version")) {
        refuse_call(connection, call, ERRORS "InvalidArgs", "there is no such property");
        return true;
    }
    begin_return(connection, call, all ? "a{sv}" : "v", &writer);
    if (all) {
        wire_put_number(&writer,
                        4 + sizeof "version" + sizeof "u" + 1 + 1 + 4); /* the only entry, padded by one */
        wire_pad(&writer, 8);
        wire_put_text(&writer, "version");
    }
    wire_put_signature(&writer, "u");
    wire_put_number(&writer, PORTAL_VERSION);
    end_return(connection, call, &writer);
    return true;
}

static struct wire_reader body_of(const struct stream *held, const struct wire_message *message) {
    return (struct wire_reader){
        .bytes = held->bytes + held->header, .end = held->filled - held->header, .big = message->big};
}

/* A call that asks the bus whose the portal's name is. */
static void note_lookup(struct connection *connection, const struct wire_message *call,
                        struct wire_reader *body) {
    if (!same(call->interface, BUS) || !same(call->member, "GetNameOwner") || !same(call->signature, "s") ||
        !same(wire_text(body), PORTAL)) {
        return;
    }
    size_t place = call->serial % LOOKUPS_MOST; /* of one that was never answered, when there is no other */
    for (size_t i = 0; i < LOOKUPS_MOST; i++) {
        place = connection->lookups[i] == 0 ? i : place;
    }
    connection->lookups[place] = call->serial;
}

bool portal_takes(struct connection *connection, const struct stream *held) {
    struct wire_message call;
    if (held->header > held->filled || !wire_parse(held->bytes, held->header, &call) ||
        call.type != WIRE_CALL) {
        return false;
    }
    struct wire_reader body = body_of(held, &call);
    if (same(call.destination, BUS)) {
        note_lookup(connection, &call, &body);
        return false;
    }
    bool meant = same(call.destination, PORTAL) || same(call.destination, STAND_IN) ||
                 (connection->owner[0] != '\0' && same(call.destination, connection->owner));
    if (!meant || !same(call.path, PLACE)) {
        return false;
    }
    if (same(call.interface, PROPERTIES)) {
        return tell_property(connection, &call, &body);
    }
    if (!same(call.interface, OPENING)) {
        return false;
    }
    if (held->filled < held->total) {
        refuse_call(connection, &call, ERRORS "LimitsExceeded", "it is too long");
    } else if (same(call.member, "SchemeSupported")) {
        answer_scheme(connection, &call, &body);
    } else {
        open_it(connection, &call, &body, held);
    }
    return true;
}

static void note_owner(struct connection *connection, const char *owner) {
    strcpy(connection->owner, is_unique(owner) ? owner : "");
}

void portal_hears(struct connection *connection, const struct stream *held) {
    struct wire_message message;
    if (held->header > held->filled || !wire_parse(held->bytes, held->header, &message)) {
        return;
    }
    if (connection->name[0] == '\0' && is_unique(message.destination)) {
        strcpy(connection->name, message.destination);
    }
    struct wire_reader body = body_of(held, &message);
    bool from_bus = same(message.sender, BUS);
    if (from_bus && message.type == WIRE_SIGNAL && same(message.member, "NameOwnerChanged") &&
        same(message.interface, BUS) && same(message.signature, "sss") && same(wire_text(&body), PORTAL)) {
        (void)wire_text(&body);
        note_owner(connection, wire_text(&body));
    }
    for (size_t i = 0; i < LOOKUPS_MOST && message.type != WIRE_SIGNAL && message.type != WIRE_CALL; i++) {
        if (connection->lookups[i] != 0 && connection->lookups[i] == message.reply_serial) {
            connection->lookups[i] = 0;
            note_owner(connection, from_bus && message.type == WIRE_RETURN && same(message.signature, "s")
                                       ? wire_text(&body)
                                       : "");
        }
    }
}
