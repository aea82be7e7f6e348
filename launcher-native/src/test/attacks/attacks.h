/*
 * Ways out of a session, each tried for real: once outside, where it must succeed or proves nothing, and once
 * inside, where it must fail. Whether one succeeded is seen from outside (evidence.h), never believed.
 */
#ifndef LANDGRANT_ATTACKS_H
#define LANDGRANT_ATTACKS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdnoreturn.h>
#include <sys/types.h>

/* What an attempt says of itself; only CANNOT is taken at its word, and only outside. */
enum result { SUCCEEDED, FAILED, CANNOT };

/* Who stops it. */
enum closer {
    LANDLOCK,   /* the kernel's own right */
    FILTER,     /* a rule on system calls */
    SUPERVISOR, /* the launcher, which performs the call itself or refuses */
    LAUNCHER,   /* what the launcher does before the app starts or after it ended */
    PROXY,      /* the program that filters the session's bus */
    LINUX,      /* rules every Linux has, switched on by the launcher where needed */
    NOBODY,     /* not covered; the note is the reason */
    GRANTED,    /* no way out but what was granted: it has to work inside, or its neighbours prove nothing */
};

struct closing {
    enum closer by;
    unsigned abi;     /* the Landlock ABI it takes, 0 for any */
    const char *note; /* for NOBODY the reason, else NULL or what else is to know */
    unsigned kernel;  /* from this ABI on the kernel's own right stops it; 0: none does */
};

/* What an attack needs besides the usual world. */
enum needs {
    NEEDS_TERMINAL = 1, /* standard input is a terminal it shares with the outside */
    NEEDS_BUS = 2,      /* a real session bus */
    NEEDS_DISPLAY = 4,  /* a real X11 display */
    NEEDS_SETUID = 8,   /* a set-uid program of root; only root can make one */
    NEEDS_PROXY = 16,   /* a bus of the session's own, with some names granted */
    NEEDS_LIVE = 32,    /* a folder that is granted when the app asks for it */
    NEEDS_SILENCE = 64, /* nobody else of this user may be trying anything meanwhile */
};

struct world;
struct attack {
    const char *name, *what;
    enum result (*attempt)(void);
    struct closing closed;
    unsigned needs;
    const char
        *holds; /* it succeeded when the app holds a descriptor that /proc names so; /… is below the world */
    int domain, protocol; /* it succeeded when the app holds such a socket; domain 0: no matter */
    /* What only this attack can have changed outside; NULL: the usual evidence is enough. */
    bool (*seen)(const struct world *world, pid_t app);
};

struct theme {
    const char *title;
    const struct attack *attacks;
    size_t count;
};
extern const struct theme *const THEMES[];
extern const size_t THEME_COUNT;
const struct attack *attack_named(const char *name);

#define COUNT_OF(array) (sizeof(array) / sizeof(array)[0])

/* What every attack knows of the outside. */
enum { FOLDER_BYTES = 256 };
struct world {
    char folder[FOLDER_BYTES]; /* everything lies in here */
    pid_t victim;              /* somebody else's process */
    int tcp, udp;              /* ports of 127.0.0.1 with a server */
    int id;                    /* in names that are not files: keys, queues, abstract sockets */
    int terminal;              /* /dev/pts/N of somebody else; -1 without */
    int display;               /* the number of the X11 display; -1 without */
};
extern struct world world;

/* The victim keeps its secret at this address. */
#define VICTIM_PAGE 0x10000000ul
enum { VICTIM_READS = 40, VICTIM_CHANGES = 41, INHERITED = 50 };

/* A path in the world's folder. Texts are never freed: nobody here lives long. */
const char *in_world(const char *rest);
/* Formatted, likewise. */
const char *text(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* What was got goes to standard output; a secret in it is evidence. */
void loot(const void *bytes, size_t length);
/* Everything a descriptor has, a bit at most; closes it. SUCCEEDED when there was anything. */
enum result loot_from(int fd);
/* SUCCEEDED unless the result is negative; keeps errno for the table. */
enum result verdict(long result);
enum result cannot(const char *reason);
extern const char *cannot_reason;

/* Runs a function in a child of its own and gives what it says. */
enum result in_child(enum result (*attempt)(void));
/* A user namespace of one's own, with more if flags say so, where this user is root. */
bool own_namespaces(int flags);
bool write_file(const char *path, const char *content);
/* A Unix address; abstract when it begins with '@'. The length in `length`. */
struct sockaddr_un;
struct sockaddr_un unix_address(const char *path, uint32_t *length);
/* Connects to a Unix socket of this type, says hello, loots the answer. */
enum result greet_unix(int type, const char *path);
enum result greet_port(int port);

#endif
