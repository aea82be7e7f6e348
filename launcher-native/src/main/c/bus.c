#include "bus.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include "limits.h"
#include "util.h"

enum { READY_MS = 5000 };

/* D-Bus Specification, "Server addresses": bytes that stand for themselves. */
static const char PLAIN[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-/.\\*";

char *bus_address_of(const char *path) {
    char *address = text_of("unix:path=");
    for (; *path != '\0'; path++) {
        bool plain = strchr(PLAIN, *path) != NULL;
        char *longer =
            plain ? text_of("%s%c", address, *path) : text_of("%s%%%02x", address, (unsigned char)*path);
        free(address);
        address = longer;
    }
    return address;
}

/* $XDG_RUNTIME_DIR/bus, where it is when nobody says; NULL without a runtime folder. */
static char *usual_path(void) {
    const char *runtime = getenv("XDG_RUNTIME_DIR");
    return runtime != NULL && runtime[0] == '/' ? text_of("%s/bus", runtime) : NULL;
}

char *bus_real_address(void) {
    const char *said = getenv("DBUS_SESSION_BUS_ADDRESS");
    if (said != NULL && *said != '\0') {
        /* Others would have the proxy search for a bus, or start one. */
        return strncmp(said, "unix:", 5) == 0 ? copy_text(said) : NULL;
    }
    FREES char *usual = usual_path();
    struct stat status;
    return usual != NULL && stat(usual, &status) == 0 && S_ISSOCK(status.st_mode) ? bus_address_of(usual)
                                                                                  : NULL;
}

static int hex_digit(char digit) {
    return digit >= '0' && digit <= '9'   ? digit - '0'
           : digit >= 'a' && digit <= 'f' ? digit - 'a' + 10
           : digit >= 'A' && digit <= 'F' ? digit - 'A' + 10
                                          : -1;
}

/* The value that runs up to the next , or ; with %HH undone. */
static char *value_of(const char *from) {
    char *value = copy_bytes(from, strcspn(from, ",;")), *end = value;
    for (const char *at = value; *at != '\0'; at++) {
        int high = *at == '%' ? hex_digit(at[1]) : -1, low = high >= 0 ? hex_digit(at[2]) : -1;
        *end++ = low >= 0 ? (char)(high * 16 + low) : *at;
        at += low >= 0 ? 2 : 0;
    }
    *end = '\0';
    return value;
}

static bool is_at(const char *path, const struct stat *socket) {
    struct stat status;
    return path != NULL && stat(path, &status) == 0 && status.st_dev == socket->st_dev &&
           status.st_ino == socket->st_ino;
}

bool bus_is_real(const struct stat *socket) {
    FREES char *usual = usual_path(), *users = text_of("/run/user/%u/bus", getuid());
    if (!S_ISSOCK(socket->st_mode)) {
        return false;
    }
    bool real = is_at(usual, socket) || is_at(users, socket);
    const char *address = getenv("DBUS_SESSION_BUS_ADDRESS");
    while (!real && address != NULL && (address = strstr(address, "path=")) != NULL) {
        address += strlen("path=");
        FREES char *path = value_of(address);
        real = is_at(path, socket);
    }
    return real;
}

const char *bus_proxy_program(void) {
    static const char *const PROGRAMS[] = {
        "/usr/bin/xdg-dbus-proxy", "/usr/local/bin/xdg-dbus-proxy",
        "/run/current-system/sw/bin/xdg-dbus-proxy",      /* NixOS */
        "/run/current-system/profile/bin/xdg-dbus-proxy", /* Guix */
    };
    for (size_t i = 0; i < sizeof PROGRAMS / sizeof PROGRAMS[0]; i++) {
        struct stat status;
        if (stat(PROGRAMS[i], &status) == 0 && S_ISREG(status.st_mode) && access(PROGRAMS[i], X_OK) == 0) {
            return PROGRAMS[i];
        }
    }
    return NULL;
}

/*
 * Names that every app has, and that often are the whole desktop's: by interfaces of its own it lets others
 * press the buttons of any notification, ours among them, or run scripts. So these names alone mean what they
 * are for, and what libraries ask of everybody.
 */
#define NOTES      "org.freedesktop.Notifications"
#define NOTES_PATH "@/org/freedesktop/Notifications"
#define SAVER      "org.freedesktop.ScreenSaver"
#define TRAY       "org.kde.StatusNotifierWatcher"
#define TRAY_PATH  "@/StatusNotifierWatcher"
#define READING(name, path)                                                                                  \
    {name, "call", "org.freedesktop.DBus.Introspectable.Introspect" path},                                   \
        {name, "call", "org.freedesktop.DBus.Properties.Get" path}, {                                        \
        name, "call", "org.freedesktop.DBus.Properties.GetAll" path                                          \
    }

/*
 * Portals take an app for a program of the system and act with their own rights. Those that take a descriptor
 * believe that whoever has one may do with the file what he likes, but one for its path only is had of
 * everything; others start programs now or at the next log-in. So only those are let through that ask the
 * person in the one way that counts here, or tell what everybody may know. Links do not come this far
 * (relay.h).
 */
#define PORTALS     "org.freedesktop.portal.*"
#define PORTAL      "org.freedesktop.portal.Desktop"
#define PORTAL_PATH "@/org/freedesktop/portal/desktop"
#define ASKS(portal)                                                                                         \
    { PORTAL, "call", "org.freedesktop.portal." portal ".*" PORTAL_PATH }

static const struct {
    const char *name, *way, *rule;
} NARROWED[] = {
    {NOTES, "call", NOTES ".Notify" NOTES_PATH},
    {NOTES, "call", NOTES ".CloseNotification" NOTES_PATH},
    {NOTES, "call", NOTES ".GetCapabilities" NOTES_PATH},
    {NOTES, "call", NOTES ".GetServerInformation" NOTES_PATH},
    {NOTES, "broadcast", NOTES ".*" NOTES_PATH},
    READING(NOTES, NOTES_PATH),
    {SAVER, "call", SAVER ".*@/org/freedesktop/ScreenSaver"},
    {SAVER, "call", SAVER ".*@/ScreenSaver"},
    {SAVER, "broadcast", SAVER ".*"},
    {TRAY, "call", TRAY ".*" TRAY_PATH},
    {TRAY, "broadcast", TRAY ".*" TRAY_PATH},
    READING(TRAY, TRAY_PATH),
    READING(PORTAL, PORTAL_PATH),
    {PORTAL, "call", "org.freedesktop.portal.Request.*" PORTAL_PATH "/request/*"},
    {PORTAL, "call", "org.freedesktop.portal.Session.*" PORTAL_PATH "/session/*"},
    {PORTAL, "broadcast", "*" PORTAL_PATH "/*"},
    ASKS("Account"),
    ASKS("Camera"),
    ASKS("FileChooser"),
    ASKS("GameMode"),
    ASKS("GlobalShortcuts"),
    ASKS("Inhibit"),
    ASKS("Location"),
    ASKS("MemoryMonitor"),
    ASKS("NetworkMonitor"),
    ASKS("Notification"),
    ASKS("PowerProfileMonitor"),
    ASKS("Print"),
    ASKS("ProxyResolver"),
    ASKS("ScreenCast"),
    ASKS("Settings"),
};

/* What stands for all names of portals in a policy: that one, and typing. */
static const char *const PORTAL_NAMES[] = {PORTAL, "org.freedesktop.portal.IBus",
                                           "org.freedesktop.portal.Fcitx"};
enum { PORTAL_NAME_COUNT = sizeof PORTAL_NAMES / sizeof PORTAL_NAMES[0] };

enum { MOST_RULES = 32, NARROWED_COUNT = sizeof NARROWED / sizeof NARROWED[0] };

static size_t say_name(enum bus_access access, const char *name, char **words) {
    size_t count = 0;
    for (size_t i = 0; access == BUS_TALK && i < NARROWED_COUNT; i++) {
        if (strcmp(name, NARROWED[i].name) == 0) {
            words[count++] = text_of("--%s=%s=%s", NARROWED[i].way, name, NARROWED[i].rule);
        }
    }
    if (count == 0) {
        words[count++] = text_of("--%s=%s", BUS_WORDS[access], name);
    }
    return count;
}

/* Adds what that line means to the words; how many. At most MOST_RULES. */
static size_t say_line(const struct line *line, char **words) {
    if (line->bus != BUS_TALK || strcmp(line->name, PORTALS) != 0) {
        return say_name(line->bus, line->name, words);
    }
    size_t count = 0;
    for (size_t i = 0; i < PORTAL_NAME_COUNT; i++) {
        count += say_name(BUS_TALK, PORTAL_NAMES[i], words + count);
    }
    return count;
}

/*
 * What an app does on the screen readers' bus: says what its windows hold when it is asked, and what was
 * pressed in them. It neither asks others nor steers them: as Flatpak has it (flatpak-run.c).
 */
#define REGISTRY "--call=org.a11y.atspi.Registry="
#define KEYS(name)                                                                                           \
    REGISTRY "org.a11y.atspi.DeviceEventController." name "@/org/a11y/atspi/registry/deviceeventcontroller"
static const char *const READER_RULES[] = {
    "--filter",
    "--sloppy-names",
    REGISTRY "org.a11y.atspi.Socket.Embed@/org/a11y/atspi/accessible/root",
    REGISTRY "org.a11y.atspi.Socket.Unembed@/org/a11y/atspi/accessible/root",
    REGISTRY "org.a11y.atspi.Registry.GetRegisteredEvents@/org/a11y/atspi/registry",
    KEYS("GetKeystrokeListeners"),
    KEYS("GetDeviceEventListeners"),
    KEYS("NotifyListenersSync"),
    KEYS("NotifyListenersAsync"),
};
enum { READER_RULE_COUNT = sizeof READER_RULES / sizeof READER_RULES[0] };

char *bus_reader_address(const struct policy *policy) {
    bool granted = false;
    for (size_t i = 0; i < policy->count; i++) {
        const struct line *line = &policy->lines[i];
        granted |= line->kind == LINE_BUS && line->bus == BUS_TALK && strcmp(line->name, "org.a11y.Bus") == 0;
    }
    const char *said = getenv("AT_SPI_BUS_ADDRESS"), *runtime = getenv("XDG_RUNTIME_DIR");
    if (!granted || (said != NULL && *said != '\0')) {
        return granted && strncmp(said, "unix:path=", 10) == 0 ? copy_text(said) : NULL;
    }
    /* Where at-spi-bus-launcher puts it: one for each display by its number, or one for all. */
    const char *display = getenv("DISPLAY");
    size_t number = display != NULL && display[0] == ':' ? strspn(display + 1, "0123456789") : 0;
    for (int numbered = number > 0 && number < 10; runtime != NULL && runtime[0] == '/' && numbered >= 0;
         numbered--) {
        FREES char *path = numbered ? text_of("%s/at-spi/bus_%.*s", runtime, (int)number, display + 1)
                                    : text_of("%s/at-spi/bus", runtime);
        struct stat status;
        if (lstat(path, &status) == 0 && S_ISSOCK(status.st_mode)) {
            return bus_address_of(path);
        }
    }
    return NULL;
}

/* The command line. Grows for any number of names; more than the kernel takes fails at execve. */
static char **words_of(const char *program, int alive, const struct bus_doors *doors,
                       const struct policy *policy) {
    char **words = grow(NULL, MOST_RULES * policy->count + READER_RULE_COUNT + 9, sizeof(char *));
    size_t count = 0;
    words[count++] = copy_text(program);
    words[count++] = text_of("--fd=%d", alive);
    words[count++] = copy_text(doors->address);
    words[count++] = copy_text(doors->path);
    words[count++] = copy_text("--filter");
    words[count++] = copy_text("--log");
    for (size_t i = 0; i < policy->count; i++) {
        if (policy->lines[i].kind == LINE_BUS) {
            count += say_line(&policy->lines[i], words + count);
        }
    }
    if (doors->reader != NULL) {
        words[count++] = copy_text(doors->reader);
        words[count++] = copy_text(doors->reader_path);
        for (size_t i = 0; i < READER_RULE_COUNT; i++) {
            words[count++] = copy_text(READER_RULES[i]);
        }
    }
    words[count] = NULL;
    return words;
}

static noreturn void become_proxy(int alive, int log, char **words) {
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    limits_restore();
    setsid(); /* Ctrl-C is the app's */
    prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
    int nothing = open("/dev/null", O_RDWR);
    if (nothing < 0 || dup2(nothing, 0) < 0 || dup2(log, 1) < 0 || dup2(nothing, 2) < 0 || chdir("/") != 0 ||
        fcntl(alive, F_SETFD, 0) != 0) {
        _exit(EXIT_OURS);
    }
    if (nothing > 2) {
        close(nothing);
    }
    execve(words[0], words, (char *[]){NULL});
    _exit(EXIT_OURS);
}

/* The proxy writes one byte when it listens. */
static bool is_ready(int alive) {
    int64_t deadline = now_ms() + READY_MS;
    for (;;) {
        struct pollfd pipe = {.fd = alive, .events = POLLIN};
        int64_t left = deadline - now_ms();
        int polled = left > 0 ? poll(&pipe, 1, (int)left) : 0;
        if (polled < 0 && errno == EINTR) {
            continue;
        }
        char byte;
        return polled == 1 && read(alive, &byte, 1) == 1;
    }
}

enum { ALIVE, NUMBER, SAID, PIPES };

static void close_pipes(int pipes[PIPES][2]) {
    for (int i = 0; i < PIPES; i++) {
        close_later(&pipes[i][0]);
        close_later(&pipes[i][1]);
    }
}

static bool make_pipes(int pipes[PIPES][2]) {
    memset(pipes, -1, sizeof(int[PIPES][2]));
    for (int i = 0; i < PIPES; i++) {
        if (pipe2(pipes[i], O_CLOEXEC) != 0) {
            return false;
        }
    }
    return fcntl(pipes[SAID][0], F_SETFL, O_NONBLOCK) == 0;
}

int bus_proxy_start(const char *program, const struct bus_doors *doors, const struct policy *policy,
                    pid_t *proxy, int *said, char *problem, size_t problem_bytes) {
    if (strlen(doors->path) >= sizeof(((struct sockaddr_un *)NULL)->sun_path) ||
        strlen(doors->reader_path) >= sizeof(((struct sockaddr_un *)NULL)->sun_path)) {
        snprintf(problem, problem_bytes, "%s is too long for a socket", doors->reader_path);
        return -1;
    }
    int pipes[PIPES][2];
    if (!make_pipes(pipes)) {
        snprintf(problem, problem_bytes, "no pipe could be made: %s", strerror(errno));
        close_pipes(pipes);
        return -1;
    }
    char **words = words_of(program, pipes[ALIVE][1], doors, policy);
    pid_t child = fork();
    if (child == 0) {
        pid_t grandchild = fork();
        if (grandchild == 0) {
            become_proxy(pipes[ALIVE][1], pipes[SAID][1], words);
        }
        (void)!write(pipes[NUMBER][1], &grandchild, sizeof grandchild);
        _exit(grandchild > 0 ? 0 : EXIT_OURS);
    }
    for (int i = 0; i < PIPES; i++) {
        close_later(&pipes[i][1]);
        pipes[i][1] = -1;
    }
    if (read(pipes[NUMBER][0], proxy, sizeof *proxy) != (ssize_t)sizeof *proxy) {
        *proxy = 0;
    }
    if (child > 0) {
        waitpid(child, NULL, 0);
    }
    for (char **word = words; *word != NULL; word++) {
        free(*word);
    }
    free(words);
    if (child < 0 || !is_ready(pipes[ALIVE][0])) {
        close_pipes(pipes);
        snprintf(problem, problem_bytes, "%s did not start", program);
        return -1;
    }
    close(pipes[NUMBER][0]);
    *said = pipes[SAID][0];
    return pipes[ALIVE][0];
}
