/* The session bus, a real one: by its own socket, and by the one the session was given. */
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "bus.h"
#include "themes.h"

enum { ANSWER_MS = 3000 };

#define BUS_NAME "org.freedesktop.DBus"
#define PLANTED  "planted"

void align(struct message *message, size_t to) {
    while (message->length % to != 0) {
        message->bytes[message->length++] = 0;
    }
}

void put_number(struct message *message, uint32_t number) {
    align(message, 4);
    memcpy(message->bytes + message->length, &number, 4);
    message->length += 4;
}

void put_text(struct message *message, const char *value) {
    put_number(message, (uint32_t)strlen(value));
    memcpy(message->bytes + message->length, value, strlen(value) + 1);
    message->length += strlen(value) + 1;
}

static void put_field(struct message *message, unsigned char code, char kind, const char *value) {
    align(message, 8);
    unsigned char head[4] = {code, 1, (unsigned char)kind, 0};
    memcpy(message->bytes + message->length, head, 4);
    message->length += 4;
    put_text(message, value);
}

/* Its type is a signature itself, and its length one byte. */
static void put_signature(struct message *message, const char *signature) {
    align(message, 8);
    unsigned char head[5] = {8, 1, 'g', 0, (unsigned char)strlen(signature)};
    memcpy(message->bytes + message->length, head, sizeof head);
    message->length += sizeof head;
    memcpy(message->bytes + message->length, signature, strlen(signature) + 1);
    message->length += strlen(signature) + 1;
}

/* A call, whose arguments are what `body` holds; without any, the bus looks no further to start a name. */
void make_call(struct message *message, uint32_t serial, const struct call *call) {
    const struct message *body = &call->body;
    static const unsigned char HEAD[4] = {'l', 1, 0, 1};
    message->length = 0;
    memcpy(message->bytes, HEAD, 4);
    message->length = 4;
    put_number(message, (uint32_t)body->length);
    put_number(message, serial);
    put_number(message, 0);
    size_t start = message->length;
    put_field(message, 1, 'o', call->path);
    put_field(message, 6, 's', call->name);
    put_field(message, 2, 's', call->interface);
    put_field(message, 3, 's', call->member);
    if (call->signature != NULL) {
        put_signature(message, call->signature);
    }
    uint32_t fields = (uint32_t)(message->length - start);
    memcpy(message->bytes + 12, &fields, 4);
    align(message, 8);
    memcpy(message->bytes + message->length, body->bytes, body->length);
    message->length += body->length;
}

bool answered(int fd, char *bytes, size_t room) {
    struct pollfd line = {.fd = fd, .events = POLLIN};
    ssize_t got = poll(&line, 1, ANSWER_MS) == 1 ? read(fd, bytes, room - 1) : -1;
    bytes[got > 0 ? got : 0] = '\0';
    return got > 0;
}

/* The user's number as the bus wants it: its digits as hex. */
static const char *own_number(void) {
    char digits[16], hex[40] = "";
    snprintf(digits, sizeof digits, "%u", getuid());
    for (size_t i = 0; digits[i] != '\0'; i++) {
        snprintf(hex + 2 * i, 3, "%02x", (unsigned char)digits[i]);
    }
    return text("%s", hex);
}

/* As bus(), with that as the greeting's last line. */
static int greeted(const char *path, const char *last) {
    uint32_t length = 0;
    struct sockaddr_un address = unix_address(path, &length);
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (connect(fd, (struct sockaddr *)&address, length) != 0) {
        return -1;
    }
    char answer[512];
    const char *hello = text("AUTH EXTERNAL %s\r\n", own_number());
    if (write(fd, "", 1) != 1 || write(fd, hello, strlen(hello)) < 0 ||
        !answered(fd, answer, sizeof answer) || strncmp(answer, "OK", 2) != 0 ||
        write(fd, last, strlen(last)) < 0) {
        close(fd);
        return -1;
    }
    struct message first;
    struct call hello_bus = {BUS_NAME, "/org/freedesktop/DBus", BUS_NAME, "Hello", NULL, {{0}, 0}};
    make_call(&first, 1, &hello_bus);
    if (write(fd, first.bytes, first.length) < 0 || !answered(fd, answer, sizeof answer)) {
        close(fd);
        return -1;
    }
    return fd;
}

int bus(const char *path) {
    return greeted(path, "BEGIN\r\n");
}

/* The bus the app was told of; outside that is the real one, inside it lets through what is granted. */
const char *own_bus(void) {
    static const char KIND[] = "unix:path=";
    const char *address = getenv("DBUS_SESSION_BUS_ADDRESS");
    if (address == NULL || strncmp(address, KIND, sizeof KIND - 1) != 0) {
        return "/nonexistent";
    }
    char *path = strdup(address + sizeof KIND - 1);
    path[strcspn(path, ",;")] = '\0';
    return path;
}

static const char *real_bus(void) {
    return in_world("runtime/real-bus");
}

static bool is_started(void) {
    return access(in_world("outside/started"), F_OK) == 0;
}

/* Sends it and listens to all that comes; the last answer comes after the program that the bus starts. */
static enum result send_call(int fd, uint32_t serial, const struct call *call) {
    struct message message;
    char answer[MESSAGE_BYTES * 4];
    make_call(&message, serial, call);
    if (fd < 0 || write(fd, message.bytes, message.length) < 0) {
        return FAILED;
    }
    while (answered(fd, answer, sizeof answer)) {
        loot(answer, sizeof answer);
        if (is_started()) {
            return SUCCEEDED;
        }
        if (memmem(answer, sizeof answer, "org.freedesktop.DBus.Error", 26) != NULL) {
            return FAILED;
        }
    }
    return is_started() ? SUCCEEDED : FAILED;
}

static const struct call SYSTEMD = {"org.freedesktop.systemd1",
                                    "/org/freedesktop/systemd1",
                                    "org.freedesktop.systemd1.Manager",
                                    "StartTransientUnit",
                                    NULL,
                                    {{0}, 0}};
static const struct call STAND = {
    "org.landgrant.Stand", "/org/landgrant/Stand", "org.landgrant.Stand", "Run", NULL, {{0}, 0}};
static const struct call PORTAL = {"org.freedesktop.portal.Desktop",
                                   "/org/freedesktop/portal/desktop",
                                   "org.freedesktop.portal.OpenURI",
                                   "OpenURI",
                                   NULL,
                                   {{0}, 0}};
static const struct call SECRETS = {"org.freedesktop.secrets",
                                    "/org/freedesktop/secrets",
                                    "org.freedesktop.Secret.Service",
                                    "GetSecrets",
                                    NULL,
                                    {{0}, 0}};
static const struct call WANTED = {
    "org.landgrant.Granted", "/org/landgrant/Granted", "org.landgrant.Granted", "Run", NULL, {{0}, 0}};

static enum result systemd_run(void) {
    return send_call(bus(real_bus()), 2, &SYSTEMD);
}

static enum result activation(void) {
    return send_call(bus(real_bus()), 2, &STAND);
}

static enum result portal(void) {
    return send_call(bus(real_bus()), 2, &PORTAL);
}

static enum result secrets(void) {
    return send_call(bus(real_bus()), 2, &SECRETS);
}

static enum result granted_by_own(void) {
    return send_call(bus(own_bus()), 2, &WANTED);
}

static enum result systemd_by_own(void) {
    return send_call(bus(own_bus()), 2, &SYSTEMD);
}

static enum result portal_by_own(void) {
    return send_call(bus(own_bus()), 2, &PORTAL);
}

/* What the launcher takes out of the bus, in a way that it may not see: it holds the greeting for unended. */
static enum result portal_by_greeting(void) {
    return send_call(greeted(own_bus(), "BEGIN \r\n"), 2, &PORTAL);
}

/* And past the launcher, at what it passes all else on to. */
static enum result portal_behind(void) {
    const char *path = own_bus();
    if (getenv("LANDGRANT_LINKS") != NULL) {
        path = text("%.*s/proxy", (int)(strrchr(path, '/') - path), path);
    }
    return send_call(bus(path), 2, &PORTAL);
}

static enum result secrets_by_own(void) {
    return send_call(bus(own_bus()), 2, &SECRETS);
}

static struct call to_bus(const char *member, const char *signature) {
    return (struct call){
        BUS_NAME, "/org/freedesktop/DBus", BUS_NAME, member, signature, {{0}, 0},
    };
}

static enum result starts_by_own(void) {
    struct call call = to_bus("StartServiceByName", "su");
    put_text(&call.body, STAND.name);
    put_number(&call.body, 0);
    return send_call(bus(own_bus()), 2, &call);
}

static enum result lists_names(void) {
    struct call call = to_bus("ListActivatableNames", NULL);
    struct message message;
    char answer[MESSAGE_BYTES * 4];
    int fd = bus(own_bus());
    make_call(&message, 2, &call);
    if (fd < 0 || write(fd, message.bytes, message.length) < 0) {
        return FAILED;
    }
    while (answered(fd, answer, sizeof answer)) {
        loot(answer, sizeof answer);
        if (memmem(answer, sizeof answer, "org.landgrant.", 14) != NULL) {
            return SUCCEEDED;
        }
    }
    return FAILED;
}

/* What the bus starts later gets this in its environment: a library of the app's, for instance. */
static enum result plants_environment(void) {
    struct call call = to_bus("UpdateActivationEnvironment", "a{ss}");
    size_t start = 8; /* an array's length, and its first element at a multiple of 8 */
    put_number(&call.body, 0);
    align(&call.body, 8);
    put_text(&call.body, "LANDGRANT_PLANTED");
    put_text(&call.body, PLANTED);
    uint32_t length = (uint32_t)(call.body.length - start);
    memcpy(call.body.bytes, &length, 4);
    int fd = bus(own_bus());
    struct message message;
    char answer[MESSAGE_BYTES];
    make_call(&message, 2, &call);
    if (fd < 0 || write(fd, message.bytes, message.length) < 0 || !answered(fd, answer, sizeof answer)) {
        return FAILED;
    }
    return send_call(fd, 3, &WANTED);
}

/* Without having been let in: what comes before the first message is no message. */
static enum result calls_before_hello(void) {
    uint32_t length = 0;
    struct sockaddr_un address = unix_address(own_bus(), &length);
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    struct message hello, call;
    char answer[MESSAGE_BYTES];
    struct call to_itself = to_bus("Hello", NULL);
    const char *words = text("AUTH EXTERNAL %s\r\nNEGOTIATE_UNIX_FD\r\nBEGIN\r\n", own_number());
    if (connect(fd, (struct sockaddr *)&address, length) != 0) {
        return FAILED;
    }
    /* All at once, so that a filter that looks at one line after the other may miss the rest. */
    make_call(&hello, 1, &to_itself);
    make_call(&call, 2, &SYSTEMD);
    struct message all = {{0}, 1};
    memcpy(all.bytes + all.length, words, strlen(words));
    all.length += strlen(words);
    memcpy(all.bytes + all.length, hello.bytes, hello.length);
    all.length += hello.length;
    memcpy(all.bytes + all.length, call.bytes, call.length);
    all.length += call.length;
    if (write(fd, all.bytes, all.length) < 0) {
        return FAILED;
    }
    while (!is_started() && answered(fd, answer, sizeof answer)) {
    }
    return is_started() ? SUCCEEDED : FAILED;
}

static bool started_seen(const struct world *where, pid_t app) {
    (void)app;
    /* The bus starts programs in its own time. */
    for (int i = 0; i < 20; i++) {
        if (access(text("%s/outside/started", where->folder), F_OK) == 0) {
            return true;
        }
        poll(NULL, 0, 10);
    }
    return false;
}

static bool planted_seen(const struct world *where, pid_t app) {
    char said[32] = "";
    if (!started_seen(where, app)) {
        return false;
    }
    int fd = open(text("%s/outside/started", where->folder), O_RDONLY | O_CLOEXEC);
    (void)!read(fd, said, sizeof said - 1);
    close(fd);
    return strcmp(said, PLANTED) == 0;
}

static const struct attack ROWS[] = {
    ATTACK("systemd-run", "asking the user's systemd over the bus to start a program", systemd_run,
           UNTIL(SUPERVISOR, 9), .needs = NEEDS_BUS, .seen = started_seen),
    ATTACK("activation", "having the bus start a program", activation, UNTIL(SUPERVISOR, 9),
           .needs = NEEDS_BUS, .seen = started_seen),
    ATTACK("portal", "asking a portal that was not granted", portal, UNTIL(SUPERVISOR, 9), .needs = NEEDS_BUS,
           .seen = started_seen),
    ATTACK("secret-service", "asking the password store over the bus", secrets, UNTIL(SUPERVISOR, 9),
           .needs = NEEDS_BUS, .seen = started_seen),
    ATTACK("bus-granted", "a granted name, over the bus of the session's own", granted_by_own, MUST_WORK,
           .needs = NEEDS_PROXY, .seen = started_seen),
    ATTACK("bus-systemd", "the user's systemd, over that bus", systemd_by_own, CLOSED(PROXY, 0),
           .needs = NEEDS_PROXY, .seen = started_seen),
    ATTACK("bus-portal", "a portal that was not granted, over that bus", portal_by_own, CLOSED(PROXY, 0),
           .needs = NEEDS_PROXY, .seen = started_seen),
    ATTACK("bus-portal-greeting", "the same, after a greeting that may be read in two ways",
           portal_by_greeting, CLOSED(PROXY, 0), .needs = NEEDS_PROXY, .seen = started_seen),
    ATTACK("bus-portal-behind", "the same, past the launcher's part of that bus", portal_behind,
           UNTIL(SUPERVISOR, 9), .needs = NEEDS_PROXY, .seen = started_seen),
    ATTACK("bus-secrets", "the password store, over that bus", secrets_by_own, CLOSED(PROXY, 0),
           .needs = NEEDS_PROXY, .seen = started_seen),
    ATTACK("bus-start", "having that bus start a name that was not granted", starts_by_own, CLOSED(PROXY, 0),
           .needs = NEEDS_PROXY, .seen = started_seen),
    ATTACK("bus-environment", "changing the environment of what the bus starts", plants_environment,
           CLOSED(PROXY, 0), .needs = NEEDS_PROXY, .seen = planted_seen),
    ATTACK("bus-names", "learning which names there are", lists_names, CLOSED(PROXY, 0),
           .needs = NEEDS_PROXY),
    ATTACK("bus-hurry", "calling in one breath with the greeting", calls_before_hello, CLOSED(PROXY, 0),
           .needs = NEEDS_PROXY, .seen = started_seen),
};
const struct theme BUS = THEME(ROWS, "Session bus");
