#include "own_sockets.h"

#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "companions.h"
#include "unix_diag.h"
#include "util.h"

enum { MOUNTINFO_BYTES = 16 * 1024 * 1024, NO_DEVICE = 0 };

static uint64_t kept[OWN_SOCKETS_MOST];

static struct {
    pthread_mutex_t lock;
    uint64_t *cookies;
    size_t next;
} own = {.lock = PTHREAD_MUTEX_INITIALIZER, .cookies = kept};

void own_sockets_keep_in(uint64_t *table) {
    own.cookies = table;
}

void own_sockets_remember(int socket) {
    uint64_t cookie = 0;
    socklen_t bytes = sizeof cookie, name_bytes = sizeof(struct sockaddr_un);
    struct sockaddr_un name;
    /* One that is bound already may be anybody's and was only passed on. */
    if (getsockname(socket, (struct sockaddr *)&name, &name_bytes) != 0 ||
        name_bytes > sizeof name.sun_family ||
        getsockopt(socket, SOL_SOCKET, SO_COOKIE, &cookie, &bytes) != 0) {
        return;
    }
    pthread_mutex_lock(&own.lock);
    own.cookies[own.next++ % OWN_SOCKETS_MOST] = cookie;
    pthread_mutex_unlock(&own.lock);
}

static bool is_own(uint64_t cookie) {
    bool found = false;
    pthread_mutex_lock(&own.lock);
    for (size_t i = 0; i < OWN_SOCKETS_MOST && !found; i++) {
        found = own.cookies[i] == cookie;
    }
    pthread_mutex_unlock(&own.lock);
    return found && cookie != 0;
}

struct search {
    uint32_t file, device;
    const char *name;
    size_t name_bytes;
    bool companions; /* count as own */
    bool own, others;
};

static void compare(void *context, const struct bound_socket *socket) {
    struct search *search = context;
    bool same = search->name != NULL
                    ? socket->name_bytes == search->name_bytes &&
                          memcmp(socket->name, search->name, search->name_bytes) == 0
                    : socket->has_file && socket->file == search->file && socket->device == search->device;
    if (same) {
        bool ours = is_own(socket->cookie) || (search->companions && companions_have(socket->cookie));
        *(ours ? &search->own : &search->others) = true;
    }
}

static bool finds_own_only(struct search *search) {
    return unix_sockets(compare, search) && search->own && !search->others;
}

/*
 * The number of the file system a file lies in, as the kernel keeps it: stat() gives another one on btrfs and
 * overlay file systems. 0 when it cannot be told.
 */
static uint32_t device_of(int file) {
    char path[48], text[512];
    snprintf(path, sizeof path, "/proc/self/fdinfo/%d", file);
    CLOSES int info = open(path, O_RDONLY | O_CLOEXEC);
    ssize_t got = info >= 0 ? read(info, text, sizeof text - 1) : 0;
    text[got > 0 ? got : 0] = '\0';
    const char *line = strstr(text, "mnt_id:");
    CLOSES int mounts = line != NULL ? open("/proc/self/mountinfo", O_RDONLY | O_CLOEXEC) : -1;
    size_t length;
    FREES char *all = mounts >= 0 ? read_everything(mounts, MOUNTINFO_BYTES, &length) : NULL;
    if (all == NULL) {
        return NO_DEVICE;
    }
    unsigned long wanted = strtoul(line + strlen("mnt_id:"), NULL, 10);
    for (const char *at = all; *at != '\0';) {
        unsigned long mount;
        unsigned major, minor;
        if (sscanf(at, "%lu %*u %u:%u ", &mount, &major, &minor) == 3 && mount == wanted) {
            return major << 20 | minor;
        }
        const char *end = strchr(at, '\n');
        at = end != NULL ? end + 1 : at + strlen(at);
    }
    return NO_DEVICE;
}

static bool search_of_file(int file, struct search *search) {
    struct stat status;
    if (fstat(file, &status) != 0) {
        return false;
    }
    *search = (struct search){.file = (uint32_t)status.st_ino, .device = device_of(file)};
    return search->device != NO_DEVICE;
}

bool own_sockets_has_file(int file) {
    struct search search;
    return search_of_file(file, &search) && finds_own_only(&search);
}

bool own_sockets_or_companions_have_file(int file) {
    struct search search;
    if (!search_of_file(file, &search)) {
        return false;
    }
    search.companions = true;
    return finds_own_only(&search);
}

bool own_sockets_has_name(const char *name, size_t bytes) {
    struct search search = {.name = name, .name_bytes = bytes};
    return bytes > 0 && finds_own_only(&search);
}

static bool finds_nobody(struct search *search) {
    return unix_sockets(compare, search) && !search->own && !search->others;
}

bool nobody_has_socket_file(int file) {
    struct search search;
    return search_of_file(file, &search) && finds_nobody(&search);
}

bool nobody_has_socket_name(const char *name, size_t bytes) {
    struct search search = {.name = name, .name_bytes = bytes};
    return bytes > 0 && finds_nobody(&search);
}
