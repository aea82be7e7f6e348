/*
 * plants SOURCES NAME...: tries to have anything but an empty folder stand at each NAME, by every call that
 * gives something a name, from whatever SOURCES holds: "folder", "file" and "link". Names are given in
 * several ways. Prints which call came through, first while NAME is not there, then while it is an empty
 * folder.
 */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/fs.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#define COUNT_OF(list) (sizeof(list) / sizeof(list)[0])

static int sources;

/* A name as a call is given it. */
struct name {
    int folder;
    char text[PATH_MAX];
};

static long bind_there(const struct name *name, int type) {
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    int fd = socket(AF_UNIX, type, 0);
    long result = -1;
    if (strlen(name->text) < sizeof address.sun_path && fchdir(name->folder) == 0) {
        strcpy(address.sun_path, name->text);
        result = bind(fd, (struct sockaddr *)&address, sizeof address);
    }
    close(fd);
    return result;
}

static long try_call(unsigned call, const char *source, const struct name *name) {
    int folder = name->folder, fd;
    const char *text = name->text;
    switch (call) {
    case 0:
        return renameat(sources, source, folder, text);
    case 1:
        return renameat2(sources, source, folder, text, RENAME_NOREPLACE);
    case 2:
        return renameat2(sources, source, folder, text, RENAME_EXCHANGE);
    case 3:
        return renameat2(folder, text, sources, source, RENAME_EXCHANGE);
    case 4:
        return linkat(sources, source, folder, text, 0);
    case 5:
        return linkat(sources, source, folder, text, AT_SYMLINK_FOLLOW);
    case 6:
        return symlinkat(source, folder, text);
    case 7:
        return mkfifoat(folder, text, 0600);
    case 8:
        return mknodat(folder, text, S_IFREG | 0600, 0);
    case 9:
        return mknodat(folder, text, S_IFSOCK | 0600, 0);
    case 10:
        return (fd = openat(folder, text, O_CREAT | O_RDWR | O_CLOEXEC, 0600)) < 0 ? fd : close(fd);
    case 11:
        return bind_there(name, SOCK_STREAM);
    default:
        return bind_there(name, SOCK_DGRAM);
    }
}

/* Ways to say the same name; false when there are no more. */
static bool say(unsigned way, int above, const char *path, struct name *name) {
    const char *last = strrchr(path, '/') + 1;
    name->folder = above;
    switch (way) {
    case 0:
        snprintf(name->text, sizeof name->text, "%s", path);
        return true;
    case 1:
        snprintf(name->text, sizeof name->text, "%s", last);
        return true;
    case 2:
        snprintf(name->text, sizeof name->text, "./%s/", last);
        return true;
    case 3:
        snprintf(name->text, sizeof name->text, "/proc/self/fd/%d/%s", above, last);
        return true;
    default:
        return false;
    }
}

static void plant(const char *path) {
    static const char *const SOURCES[] = {"folder", "file", "link"};
    char parent[PATH_MAX];
    struct stat status;
    snprintf(parent, sizeof parent, "%.*s", (int)(strrchr(path, '/') - path), path);
    int above = open(parent, O_PATH | O_DIRECTORY | O_CLOEXEC);
    for (unsigned empty = 0; empty < 2; empty++) {
        struct name name;
        for (unsigned way = 0; say(way, above, path, &name); way++) {
            for (unsigned i = 0; i < COUNT_OF(SOURCES) * 13; i++) {
                bool before = fstatat(sources, SOURCES[i % 3], &status, AT_SYMLINK_NOFOLLOW) == 0;
                if (!before || try_call(i / 3, SOURCES[i % 3], &name) == 0) {
                    printf("%s: call %u of %s, way %u, %s\n", path, i / 3, SOURCES[i % 3], way,
                           before ? "done" : "lost");
                }
            }
        }
        if (empty == 0 && mkdir(path, 0700) != 0) {
            printf("%s: no folder, %s\n", path, strerrorname_np(errno));
        }
    }
    close(above);
}

int main(int count, char **words) {
    sources = count > 2 ? open(words[1], O_PATH | O_DIRECTORY | O_CLOEXEC) : -1;
    for (int i = 2; i < count; i++) {
        plant(words[i]);
    }
    printf("tried %d\n", count - 2);
    return sources < 0;
}
