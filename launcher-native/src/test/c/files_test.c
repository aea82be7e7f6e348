/* Calls on files that must not go on, because the kernel's own rules would allow too much. There is no
 * Landlock here, so whatever goes on succeeds. */
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "check.h"
#include "files.h"
#include "trapped.h"

enum { RACES = 300, FOURTH_MODE = 3 };

static void open_and_note(struct trapped *trapped, const char *path, int flags) {
    int fd = open(path, flags | O_CLOEXEC, 0600);
    note(trapped, fd);
    if (fd >= 0) {
        close(fd);
    }
}

static void empty(struct trapped *trapped) {
    note(trapped, chdir(trapped->folder));
    note(trapped, truncate("read", 0));
    note(trapped, truncate("write/file", 1));
    note(trapped, truncate("shut", 0));
    note(trapped, truncate("missing", 0));
    note(trapped, truncate("", 0));
    note(trapped, truncate((char *)8, 0));
    note(trapped, truncate("write", 0));
    note(trapped, truncate("write/file", -1));
    open_and_note(trapped, "read", O_RDONLY | O_TRUNC);
    open_and_note(trapped, "shut", FOURTH_MODE | O_TRUNC);
    open_and_note(trapped, "write/file", O_RDONLY | O_TRUNC);
    open_and_note(trapped, "write/new", O_RDONLY | O_TRUNC | O_CREAT);
    open_and_note(trapped, "new", O_RDONLY | O_TRUNC | O_CREAT);
    open_and_note(trapped, "missing", O_RDONLY | O_TRUNC);
    open_and_note(trapped, "write", O_RDONLY | O_TRUNC);
    open_and_note(trapped, "write/file", O_RDONLY | O_TRUNC | O_CREAT | O_EXCL);
    open_and_note(trapped, "read", O_RDONLY);
    signal(SIGXFSZ, SIG_IGN);
    note(trapped, setrlimit(RLIMIT_FSIZE, &(struct rlimit){100, 100}));
    note(trapped, truncate("write/file", 100));
    note(trapped, truncate("write/file", 101));
}

static char raced[64];
static atomic_bool over;

static void *swap(void *two) {
    const char *const *paths = two;
    for (unsigned i = 0; !over; i++) {
        const char *path = paths[i % 2];
        for (size_t at = 0; at <= strlen(path); at++) {
            ((volatile char *)raced)[at] = path[at];
        }
    }
    return NULL;
}

static void race_truncate(struct trapped *trapped) {
    static const char *paths[] = {"write/file", "././././read"};
    pthread_t other;
    note(trapped, chdir(trapped->folder));
    pthread_create(&other, NULL, swap, paths);
    for (unsigned i = 0; i < RACES; i++) {
        (void)!truncate(raced, 0);
    }
    over = true;
    pthread_join(other, NULL);
}

/* From a folder that cannot be read to one that only the supervisor lets be read. */
static void race_rename(struct trapped *trapped) {
    static const char *paths[] = {"blind/moved", "asked/moved"};
    pthread_t other;
    struct stat status;
    note(trapped, chdir(trapped->folder));
    note(trapped, rename("blind/file", "asked/file"));
    note(trapped, link("blind/file", "asked/file"));
    note(trapped, rename("blind/missing", "blind/other"));
    pthread_create(&other, NULL, swap, paths);
    for (unsigned i = 0; i < RACES; i++) {
        if (rename("blind/file", raced) == 0) {
            rename("blind/moved", "blind/file");
        }
    }
    over = true;
    pthread_join(other, NULL);
    note(trapped, stat("asked/moved", &status));
}

static char *make(const char *folder, const char *name, mode_t type) {
    char *path = text_of("%s/%s", folder, name);
    if (type == S_IFDIR) {
        CHECK(mkdir(path, 0700) == 0);
    } else {
        CLOSES int fd = open(path, O_CREAT | O_WRONLY | O_CLOEXEC, 0600);
        CHECK(write(fd, "text", 4) == 4);
    }
    return path;
}

static void compare(const struct trapped *trapped, const int *wanted, size_t count) {
    CHECK(trapped->count == count);
    for (size_t i = 0; i < count; i++) {
        if (trapped->answers[i] != wanted[i]) {
            fprintf(stderr, "answer %zu: %d, wanted %d\n", i, trapped->answers[i], wanted[i]);
        }
        CHECK(trapped->answers[i] == wanted[i]);
    }
}

void test_files(void) {
    static const int EMPTIED[] = {0,      EACCES, 0,      EACCES, ENOENT, ENOENT, EFAULT,
                                  EISDIR, EINVAL, EACCES, EACCES, 0,      0,      EACCES,
                                  ENOENT, EISDIR, EEXIST, 0,      0,      0,      EFBIG};
    static const int MOVED[] = {0, EXDEV, EXDEV, ENOENT, ENOENT};
    static const char *const FILES[] = {"read", "shut", "write/file", "write/new", "blind/file"};
    static const char *const FOLDERS[] = {"write", "blind", "asked", ""};
    char folder[] = "/tmp/landgrant-files-XXXXXX";
    struct stat status;
    CHECK(mkdtemp(folder) != NULL);
    FREES char *write = make(folder, "write", S_IFDIR), *blind = make(folder, "blind", S_IFDIR),
               *asked = make(folder, "asked", S_IFDIR), *read = make(folder, "read", S_IFREG),
               *shut = make(folder, "shut", S_IFREG);
    free(make(folder, "write/file", S_IFREG));
    free(make(folder, "blind/file", S_IFREG));
    struct rule list[] = {
        {.fd = -1, .mode = S_IFREG, .rights = RIGHT_READ, .path = read},
        {.fd = -1, .mode = S_IFDIR, .rights = RIGHT_READ | RIGHT_WRITE, .path = write},
        {.fd = -1, .mode = S_IFDIR, .rights = RIGHT_WRITE, .path = blind},
        {.fd = -1, .mode = S_IFDIR, .rights = RIGHT_WRITE, .path = asked},
    };
    struct rules some = {.list = list, .count = 2}, more = {.list = list, .count = 4};
    struct reach *reach = reach_make(&some, NULL, true, true), *odd = reach_make(&more, NULL, true, true);
    trapped_files = true;

    files_begin(ABI_OF_TRUNCATION - 1);
    struct trapped *emptied = run_trapped(empty, folder, reach);
    compare(emptied, EMPTIED, sizeof EMPTIED / sizeof EMPTIED[0]);
    CHECK(emptied->wish_count == 5 && emptied->wishes[0].access == 'w');
    trapped_free(emptied);
    trapped_free(run_trapped(race_truncate, folder, reach));
    CHECK(stat(read, &status) == 0 && status.st_size == 4);
    CHECK(stat(shut, &status) == 0 && status.st_size == 4);
    files_begin(ABI_OF_TRUNCATION);

    CHECK(!reach_has_blind_folders(reach) && reach_has_blind_folders(odd));
    CHECK(reach_add(odd, DENIED_FILE, RIGHT_READ, asked));
    struct trapped *moved = run_trapped(race_rename, folder, odd);
    compare(moved, MOVED, sizeof MOVED / sizeof MOVED[0]);
    trapped_free(moved);

    trapped_files = false;
    reach_free(reach);
    reach_free(odd);
    for (size_t i = 0; i < sizeof FILES / sizeof FILES[0]; i++) {
        FREES char *path = text_of("%s/%s", folder, FILES[i]);
        CHECK(unlink(path) == 0);
    }
    for (size_t i = 0; i < sizeof FOLDERS / sizeof FOLDERS[0]; i++) {
        FREES char *path = text_of("%s/%s", folder, FOLDERS[i]);
        CHECK(rmdir(path) == 0);
    }
}
