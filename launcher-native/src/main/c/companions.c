#include "companions.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "own_sockets.h"
#include "util.h"

enum { TABLE_BYTES = OWN_SOCKETS_MOST * sizeof(uint64_t) };

static const char TABLE[] = "sockets";

/* How often the folder is made again that another session, which was the last one, takes away meanwhile. */
enum { TRIES = 8 };

/* Set before the session begins. */
static const struct scratch *here;
static char *base_path;

bool companions_begin(const struct places *places, const char *app, struct scratch *scratch) {
    char *base = text_of("%s/of-%s", places->buses, app);
    *scratch = (struct scratch){.base = -1, .folder = -1};
    bool made = false, again = true;
    for (int i = 0; i < TRIES && again; i++) {
        made = make_folders(base) == 0 && scratch_make(base, scratch);
        again = !made && errno == ENOENT;
    }
    base_path = base;
    if (!made) {
        return false;
    }
    CLOSES int fd = openat(scratch->folder, TABLE, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
    /* Its room is taken now: writing into a mapped file that has none would end us. */
    void *table = fd >= 0 && posix_fallocate(fd, 0, TABLE_BYTES) == 0
                      ? mmap(NULL, TABLE_BYTES, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0)
                      : MAP_FAILED;
    if (table == MAP_FAILED) {
        scratch_remove(scratch);
        return false;
    }
    own_sockets_keep_in(table);
    here = scratch;
    return true;
}

static bool table_has(int base, const char *name, uint64_t cookie) {
    char path[SCRATCH_NAME_BYTES + sizeof TABLE];
    uint64_t some[512];
    if (strlen(name) != SCRATCH_NAME_BYTES - 1 || strcmp(name, here->name) == 0) {
        return false;
    }
    snprintf(path, sizeof path, "%s/%s", name, TABLE);
    CLOSES int fd = openat(base, path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
    bool found = false;
    for (off_t at = 0; fd >= 0 && !found && at < TABLE_BYTES; at += (off_t)sizeof some) {
        if (pread(fd, some, sizeof some, at) != (ssize_t)sizeof some) {
            break;
        }
        for (size_t i = 0; i < sizeof some / sizeof *some && !found; i++) {
            found = some[i] == cookie;
        }
    }
    return found;
}

bool companions_have(uint64_t cookie) {
    if (here == NULL || cookie == 0) {
        return false;
    }
    int base = openat(here->base, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    DIR *names = base >= 0 ? fdopendir(base) : NULL;
    bool found = false;
    size_t looked = 0;
    for (struct dirent *entry = NULL;
         names != NULL && !found && looked < COMPANIONS_MOST && (entry = readdir(names)) != NULL; looked++) {
        found = table_has(here->base, entry->d_name, cookie);
    }
    if (names != NULL) {
        closedir(names);
    } else {
        close_later(&base);
    }
    return found;
}

void companions_end(struct scratch *scratch) {
    here = NULL;
    scratch_remove(scratch);
    (void)rmdir(base_path); /* unless another session is there */
    free(base_path);
    base_path = NULL;
}
