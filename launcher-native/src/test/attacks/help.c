/* What attacks share. */
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <sched.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include "attacks.h"

struct world world;
const char *cannot_reason;

enum { LOOT_BYTES = 65536 };

const char *text(const char *format, ...) {
    char *made = NULL;
    va_list values;
    va_start(values, format);
    if (vasprintf(&made, format, values) < 0) {
        abort();
    }
    va_end(values);
    return made;
}

const char *in_world(const char *rest) {
    return text("%s/%s", world.folder, rest);
}

void loot(const void *bytes, size_t length) {
    const char *at = bytes;
    while (length > 0) {
        ssize_t done = write(STDOUT_FILENO, at, length);
        if (done <= 0) {
            return;
        }
        at += done;
        length -= (size_t)done;
    }
}

enum result loot_from(int fd) {
    static char bytes[LOOT_BYTES];
    if (fd < 0) {
        return FAILED;
    }
    ssize_t got = read(fd, bytes, sizeof bytes);
    int error = errno;
    close(fd);
    errno = error;
    if (got > 0) {
        loot(bytes, (size_t)got);
    }
    return got > 0 ? SUCCEEDED : FAILED;
}

enum result verdict(long result) {
    return result < 0 ? FAILED : SUCCEEDED;
}

enum result cannot(const char *reason) {
    cannot_reason = reason;
    return CANNOT;
}

enum result in_child(enum result (*attempt)(void)) {
    int out[2];
    if (pipe(out) != 0) {
        return FAILED;
    }
    pid_t child = fork();
    if (child == 0) {
        int said[2] = {(int)attempt(), 0};
        said[1] = errno;
        (void)!write(out[1], said, sizeof said);
        _exit(0);
    }
    close(out[1]);
    int said[2] = {FAILED, ECHILD};
    (void)!read(out[0], said, sizeof said);
    close(out[0]);
    waitpid(child, NULL, 0);
    errno = said[1];
    return said[0] == CANNOT ? cannot("see the child") : (enum result)said[0];
}

bool write_file(const char *path, const char *content) {
    int fd = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0644);
    bool good = fd >= 0 && write(fd, content, strlen(content)) == (ssize_t)strlen(content);
    int error = errno;
    if (fd >= 0) {
        close(fd);
    }
    errno = error;
    return good;
}

bool own_namespaces(int flags) {
    uid_t user = getuid();
    gid_t group = getgid();
    if (unshare(CLONE_NEWUSER | flags) != 0) {
        return false;
    }
    /* Where only some files of /proc may be written, one goes on without the map. */
    (void)write_file("/proc/self/setgroups", "deny");
    (void)write_file("/proc/self/uid_map", text("0 %u 1", user));
    (void)write_file("/proc/self/gid_map", text("0 %u 1", group));
    return true;
}

struct sockaddr_un unix_address(const char *path, uint32_t *length) {
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    snprintf(address.sun_path, sizeof address.sun_path, "%s", path);
    *length = (uint32_t)sizeof address;
    if (path[0] == '@') {
        address.sun_path[0] = '\0';
        *length = (uint32_t)(offsetof(struct sockaddr_un, sun_path) + strlen(path));
    }
    return address;
}

enum result greet_unix(int type, const char *path) {
    uint32_t length = 0;
    struct sockaddr_un address = unix_address(path, &length);
    int fd = socket(AF_UNIX, type | SOCK_CLOEXEC, 0);
    if (fd < 0 || connect(fd, (struct sockaddr *)&address, length) != 0) {
        return FAILED;
    }
    if (send(fd, "hello", 5, MSG_NOSIGNAL) < 0) {
        return FAILED;
    }
    return type == SOCK_DGRAM ? SUCCEEDED : loot_from(fd);
}

enum result greet_port(int port) {
    struct sockaddr_in address = {
        .sin_family = AF_INET, .sin_port = htons((uint16_t)port), .sin_addr = {htonl(INADDR_LOOPBACK)}};
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (fd < 0 || connect(fd, (struct sockaddr *)&address, sizeof address) != 0 ||
        send(fd, "hello", 5, MSG_NOSIGNAL) < 0) {
        return FAILED;
    }
    return loot_from(fd);
}
