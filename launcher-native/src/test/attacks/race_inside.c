/*
 * The app's side of a race: one thread asks for something in a folder that was granted while it runs; another
 * makes the same words mean the secret folder beside it, and back, as fast as it can.
 */
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "outside.h"
#include "races.h"

enum { SWAPS_LEAST = 100, SWAPPED = 100, PATH_ROOM = 512, WAYS = 5 };

/* How the words change: the memory they stand in, a link on the way, a descriptor, the own folder, or names
 * inside the live folder itself. */
enum way { MEMORY, LINK, DESCRIPTOR, CWD, NAMES };

static struct {
    enum way way;
    atomic_bool over;
    atomic_long swaps;
    int live, secret, base, granted; /* base: the folder that is meant */
    char path[PATH_ROOM];            /* of the folder; its end changes under MEMORY */
    char *word;                      /* the six bytes that change */
    long honest;
} race;

/* The folder's place as the call is to be told it: a descriptor and a path of `name`. */
struct place {
    int folder;
    char path[PATH_ROOM];
};

static struct place at(const char *name) {
    struct place place = {.folder = AT_FDCWD};
    switch (race.way) {
    case DESCRIPTOR:
        place.folder = SWAPPED;
        snprintf(place.path, sizeof place.path, "%s", name);
        break;
    case CWD:
        snprintf(place.path, sizeof place.path, "%s", name);
        break;
    default:
        snprintf(place.path, sizeof place.path, "%.300s/%.100s", race.path, name);
    }
    return place;
}

/* Under MEMORY the call gets the very bytes that are being changed. */
static const char *words_of(struct place *place, const char *name) {
    if (race.way == MEMORY) {
        char *end = race.word + 6;
        snprintf(end, (size_t)(race.path + sizeof race.path - end), "/%s", name);
        return race.path;
    }
    return place->path;
}

static void *swap(void *unused) {
    bool secret = false;
    const char *one = in_world("home/granted/door"), *other = in_world("home/granted/trap");
    while (!atomic_load(&race.over)) {
        secret = !secret;
        atomic_fetch_add(&race.swaps, 1);
        switch (race.way) {
        case MEMORY:
            memcpy(race.word, secret ? "secret" : "./live", 6);
            break;
        case LINK:
            renameat2(AT_FDCWD, one, AT_FDCWD, other, RENAME_EXCHANGE);
            break;
        case DESCRIPTOR:
            dup2(secret ? race.secret : race.live, SWAPPED);
            break;
        case CWD:
            (void)!fchdir(secret ? race.secret : race.live);
            break;
        case NAMES:
            renameat2(race.live, "sub", race.live, "sly", RENAME_EXCHANGE);
            break;
        }
    }
    return unused;
}

static void look(int fd) {
    char bytes[64];
    ssize_t got = read(fd, bytes, sizeof bytes);
    if (got > 0 && (got != 6 || memcmp(bytes, "honest", 6) != 0)) {
        loot(bytes, (size_t)got);
    }
    race.honest += got == 6;
    close(fd);
}

static bool again(int folder, const char *name) {
    int fd = openat(folder, name, O_WRONLY | O_CREAT, 0600);
    bool good = fd >= 0 && write(fd, "honest", 6) == 6;
    close(fd);
    return good;
}

static void try_open(int folder, const char *path) {
    int fd = openat(folder, path, O_RDONLY);
    if (fd >= 0) {
        look(fd);
    }
}

static void try_creat(int folder, const char *path) {
    int fd = openat(folder, path, O_WRONLY | O_CREAT | O_EXCL, 0600);
    if (fd >= 0) {
        close(fd);
        race.honest += unlinkat(race.base, "made", 0) == 0;
    }
}

static void try_mkdir(int folder, const char *path) {
    if (mkdirat(folder, path, 0700) == 0) {
        race.honest += unlinkat(race.base, "made", AT_REMOVEDIR) == 0;
    }
}

static void try_rename(int folder, const char *path) {
    if (renameat(race.base, "from", folder, path) == 0) {
        race.honest += renameat(race.base, "made", race.base, "from") == 0;
        again(race.base, "from");
    }
}

static void try_take(int folder, const char *path) {
    if (renameat(folder, path, race.base, "taken") == 0) {
        try_open(race.base, "taken");
        renameat(race.base, "taken", race.base, "key");
    }
}

static void try_unlink(int folder, const char *path) {
    if (unlinkat(folder, path, 0) == 0) {
        race.honest++;
        again(race.base, "odd");
    }
}

static void try_link(int folder, const char *path) {
    if (linkat(folder, path, race.base, "linked", 0) == 0) {
        try_open(race.base, "linked");
        unlinkat(race.base, "linked", 0);
    }
}

static void try_symlink(int folder, const char *path) {
    if (symlinkat("nowhere", folder, path) == 0) {
        race.honest += unlinkat(race.base, "made", 0) == 0;
    }
}

/* Calls that take no descriptor of a folder are told it by /proc. */
static const char *alone(int folder, const char *path, char *room) {
    if (folder == AT_FDCWD) {
        return path;
    }
    snprintf(room, PATH_ROOM, "/proc/self/fd/%d/%.200s", folder, path);
    return room;
}

static void try_truncate(int folder, const char *path) {
    char room[PATH_ROOM];
    race.honest += truncate(alone(folder, path, room), 3) == 0;
}

static void try_chmod(int folder, const char *path) {
    race.honest += fchmodat(folder, path, 0640, 0) == 0;
}

static void try_connect(int folder, const char *path) {
    char room[PATH_ROOM];
    uint32_t length = 0;
    struct sockaddr_un address = unix_address(alone(folder, path, room), &length);
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    race.honest += connect(fd, (struct sockaddr *)&address, length) == 0;
    close(fd);
}

static void try_bind(int folder, const char *path) {
    char room[PATH_ROOM];
    uint32_t length = 0;
    struct sockaddr_un address = unix_address(alone(folder, path, room), &length);
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (bind(fd, (struct sockaddr *)&address, length) == 0) {
        race.honest += unlinkat(race.base, "made", 0) == 0;
    }
    close(fd);
}

const struct race RACES[] = {
    {"open", "key", try_open},      {"creat", "made", try_creat},     {"mkdir", "made", try_mkdir},
    {"rename", "made", try_rename}, {"take", "key", try_take},        {"unlink", "odd", try_unlink},
    {"link", "key", try_link},      {"symlink", "made", try_symlink}, {"truncate", "odd", try_truncate},
    {"chmod", "odd", try_chmod},    {"connect", "sock", try_connect}, {"bind", "made", try_bind},
};
const size_t RACE_COUNT = COUNT_OF(RACES);

static void run_way(const struct race *what, enum way way, long tries) {
    pthread_t swapper;
    race.way = way;
    race.base = way == NAMES ? openat(race.live, "sub", O_PATH | O_DIRECTORY) : race.live;
    snprintf(race.path, sizeof race.path, "%s",
             way == LINK    ? in_world("home/granted/door")
             : way == NAMES ? in_world("home/live/sub")
                            : in_world("home/./live"));
    race.word = strstr(race.path, "./live");
    atomic_store(&race.over, false);
    atomic_store(&race.swaps, 0);
    dup2(race.live, SWAPPED);
    (void)!fchdir(race.live);
    if (pthread_create(&swapper, NULL, swap, NULL) != 0) {
        return;
    }
    /* Fast calls would be over before the first swap. */
    for (long i = 0; i < tries || atomic_load(&race.swaps) < SWAPS_LEAST; i++) {
        struct place place = at(what->name);
        what->attempt(place.folder, words_of(&place, what->name));
    }
    atomic_store(&race.over, true);
    pthread_join(swapper, NULL);
}

/* OPERATION TRIES FOLDER */
int races_inside(char **words) {
    const struct race *what = NULL;
    for (size_t i = 0; i < RACE_COUNT && words[0] != NULL && words[1] != NULL && words[2] != NULL; i++) {
        what = strcmp(RACES[i].operation, words[0]) == 0 ? &RACES[i] : what;
    }
    if (what == NULL) {
        return 2;
    }
    snprintf(world.folder, sizeof world.folder, "%s", words[2]);
    race.live = open(in_world("home/live"), O_PATH | O_DIRECTORY);
    race.secret = open(in_world("home/secret"), O_PATH | O_DIRECTORY);
    race.granted = open(in_world("home/granted"), O_PATH | O_DIRECTORY);
    /* The first call is the question; it is answered for the whole folder. */
    close(openat(race.live, "key", O_RDONLY));
    (void)!symlinkat(in_world("home/live"), race.granted, "door");
    (void)!symlinkat(in_world("home/secret"), race.granted, "trap");
    (void)!mkdirat(race.live, "sub", 0700);
    (void)!symlinkat("../secret", race.live, "sly");
    int sub = openat(race.live, "sub", O_PATH | O_DIRECTORY);
    static const char *const NEEDED[] = {"key", "odd", "from"};
    for (size_t i = 0; i < COUNT_OF(NEEDED); i++) {
        again(sub, NEEDED[i]);
    }
    long tries = atol(words[1]);
    for (int way = MEMORY; way < WAYS; way++) {
        run_way(what, (enum way)way, tries / WAYS + 1);
    }
    const char *result = text("\nhonest %ld\n", race.honest);
    loot(result, strlen(result));
    return 0;
}
