/* The session bus and the display, real ones. */
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "themes.h"

enum { MESSAGE_BYTES = 1024, ANSWER_MS = 3000 };

struct message {
    unsigned char bytes[MESSAGE_BYTES];
    size_t length;
};

static void align(struct message *message, size_t to) {
    while (message->length % to != 0) {
        message->bytes[message->length++] = 0;
    }
}

static void put_number(struct message *message, uint32_t number) {
    align(message, 4);
    memcpy(message->bytes + message->length, &number, 4);
    message->length += 4;
}

static void put_text(struct message *message, const char *value) {
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

/* A call without arguments; the bus looks no further to start whoever owns the name. */
static void make_call(struct message *message, uint32_t serial, const char *name, const char *path,
                      const char *interface, const char *member) {
    static const unsigned char HEAD[4] = {'l', 1, 0, 1};
    message->length = 0;
    memcpy(message->bytes, HEAD, 4);
    message->length = 4;
    put_number(message, 0);
    put_number(message, serial);
    put_number(message, 0);
    size_t start = message->length;
    put_field(message, 1, 'o', path);
    put_field(message, 6, 's', name);
    put_field(message, 2, 's', interface);
    put_field(message, 3, 's', member);
    uint32_t fields = (uint32_t)(message->length - start);
    memcpy(message->bytes + 12, &fields, 4);
    align(message, 8);
}

static bool answered(int fd, char *bytes, size_t room) {
    struct pollfd line = {.fd = fd, .events = POLLIN};
    ssize_t got = poll(&line, 1, ANSWER_MS) == 1 ? read(fd, bytes, room - 1) : -1;
    bytes[got > 0 ? got : 0] = '\0';
    return got > 0;
}

static int bus(const char *path) {
    uint32_t length = 0;
    struct sockaddr_un address = unix_address(path, &length);
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (connect(fd, (struct sockaddr *)&address, length) != 0) {
        return -1;
    }
    char digits[16], hex[40] = "", answer[512];
    snprintf(digits, sizeof digits, "%u", getuid());
    for (size_t i = 0; digits[i] != '\0'; i++) {
        snprintf(hex + 2 * i, 3, "%02x", (unsigned char)digits[i]);
    }
    const char *hello = text("AUTH EXTERNAL %s\r\n", hex);
    if (write(fd, "", 1) != 1 || write(fd, hello, strlen(hello)) < 0 ||
        !answered(fd, answer, sizeof answer) || strncmp(answer, "OK", 2) != 0 ||
        write(fd, "BEGIN\r\n", 7) != 7) {
        close(fd);
        return -1;
    }
    struct message first;
    make_call(&first, 1, "org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus", "Hello");
    if (write(fd, first.bytes, first.length) < 0 || !answered(fd, answer, sizeof answer)) {
        close(fd);
        return -1;
    }
    return fd;
}

static enum result call_name(const char *name, const char *path, const char *interface, const char *member) {
    int fd = bus(in_world("runtime/real-bus"));
    if (fd < 0) {
        return FAILED;
    }
    struct message call;
    make_call(&call, 2, name, path, interface, member);
    if (write(fd, call.bytes, call.length) < 0) {
        return FAILED;
    }
    /* The program the bus starts writes what it was told; the last answer comes after that. */
    char answer[2048];
    while (answered(fd, answer, sizeof answer)) {
        if (memmem(answer, sizeof answer, "ServiceUnknown", 14) == NULL &&
            access(in_world("outside/started"), F_OK) == 0) {
            return SUCCEEDED;
        }
    }
    return access(in_world("outside/started"), F_OK) == 0 ? SUCCEEDED : FAILED;
}

static enum result systemd_run(void) {
    return call_name("org.freedesktop.systemd1", "/org/freedesktop/systemd1",
                     "org.freedesktop.systemd1.Manager", "StartTransientUnit");
}

static enum result activation(void) {
    return call_name("org.landgrant.Stand", "/org/landgrant/Stand", "org.landgrant.Stand", "Run");
}

static enum result portal(void) {
    return call_name("org.freedesktop.portal.Desktop", "/org/freedesktop/portal/desktop",
                     "org.freedesktop.portal.OpenURI", "OpenURI");
}

static enum result secrets(void) {
    return call_name("org.freedesktop.secrets", "/org/freedesktop/secrets", "org.freedesktop.Secret.Service",
                     "GetSecrets");
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

static enum result display(const char *path) {
    static const unsigned char SETUP[12] = {'l', 0, 11, 0, 0, 0, 0, 0, 0, 0, 0, 0};
    uint32_t length = 0;
    struct sockaddr_un address = unix_address(path, &length);
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    char answer[64];
    if (connect(fd, (struct sockaddr *)&address, length) != 0 || write(fd, SETUP, sizeof SETUP) < 0) {
        return FAILED;
    }
    return answered(fd, answer, sizeof answer) && answer[0] == 1 ? SUCCEEDED : FAILED;
}

static enum result display_abstract(void) {
    return display(text("@/tmp/.X11-unix/X%d", world.display));
}

static enum result display_path(void) {
    return display(text("/tmp/.X11-unix/X%d", world.display));
}

/* A byte pushed into the terminal is read by the shell when the app has ended. */
static enum result types(void) {
    return verdict(ioctl(STDIN_FILENO, TIOCSTI, "x"));
}

static enum result types_long(void) {
    /* The kernel looks at the low half of the number only; a filter that compares all of it does not. */
    return verdict(ioctl(STDIN_FILENO, TIOCSTI | 0x100000000ul, "x"));
}

static enum result pastes(void) {
    char what[8] = {3};
    return ioctl(STDIN_FILENO, TIOCLINUX, what) == 0 ? SUCCEEDED : cannot("this is no text console");
}

static enum result other_terminal(void) {
    int fd = open(text("/dev/pts/%d", world.terminal), O_RDWR | O_NOCTTY);
    return verdict(write(fd, "typed", 5));
}

static const struct attack ROWS[] = {
    ATTACK("systemd-run", "asking the user's systemd over the bus to start a program", systemd_run,
           CLOSED(SUPERVISOR, 0), .needs = NEEDS_BUS, .seen = started_seen),
    ATTACK("activation", "having the bus start a program", activation, CLOSED(SUPERVISOR, 0),
           .needs = NEEDS_BUS, .seen = started_seen),
    ATTACK("portal", "asking a portal that was not granted", portal, CLOSED(SUPERVISOR, 0),
           .needs = NEEDS_BUS, .seen = started_seen),
    ATTACK("secret-service", "asking the password store over the bus", secrets, CLOSED(SUPERVISOR, 0),
           .needs = NEEDS_BUS, .seen = started_seen),
    ATTACK("x11-abstract", "the X11 display by its abstract socket", display_abstract, CLOSED(LANDLOCK, 6),
           .needs = NEEDS_DISPLAY),
    ATTACK("x11-path", "the X11 display by its path", display_path,
           CLOSED_AS(SUPERVISOR, 0, "from ABI 9 on also by the kernel"), .needs = NEEDS_DISPLAY),
    ATTACK("typing", "pushing a character into the terminal (TIOCSTI)", types, CLOSED(FILTER, 0),
           .needs = NEEDS_TERMINAL),
    ATTACK("typing-long", "the same with a number of 64 bits", types_long, CLOSED(FILTER, 0),
           .needs = NEEDS_TERMINAL),
    ATTACK("pasting", "pasting into a text console (TIOCLINUX)", pastes, CLOSED(FILTER, 0)),
    ATTACK("other-terminal", "writing to another terminal", other_terminal, CLOSED(LANDLOCK, 1)),
};
const struct theme DESKTOP = THEME(ROWS, "Desktop and terminal");
