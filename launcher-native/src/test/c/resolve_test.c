#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "check.h"
#include "kernel.h"
#include "resolve.h"

static struct request request;

static struct way way_to(const char *text, uint64_t resolve) {
    return (struct way){.request = &request, .folder = AT_FDCWD, .text = text, .resolve = resolve};
}

static void entry(const char *text, bool named, const char *path, bool there, bool slash) {
    PLACE place = NO_PLACE;
    struct way way = way_to(text, 0);
    bool good = resolve_entry(&way, &place);
    check_that(good == named, text, __FILE__, __LINE__);
    if (good && named) {
        SAME(path, place.path);
        check_that((place.fd >= 0) == there && place.slash == slash, text, __FILE__, __LINE__);
    }
}

static void new_name(const char *text, const char *path) {
    PLACE place = NO_PLACE;
    struct way way = way_to(text, 0);
    bool good = resolve_new(&way, &place);
    check_that(good == (path != NULL), text, __FILE__, __LINE__);
    if (good && path != NULL) {
        SAME(path, place.path);
    }
}

/* The app's own descriptor of a folder, by its name in /proc, is what it says; openat2 may have it otherwise.
 */
static void below_a_descriptor(const char *file, const char *missing) {
    PLACE place = NO_PLACE;
    CLOSES int folder = open("d", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    CLOSES int no_folder = open("d/f", O_RDONLY | O_CLOEXEC);
    FREES char *there = text_of("/proc/self/fd/%d/f", folder),
               *around = text_of("/dev/fd/%d//../d/f", folder),
               *new = text_of("/proc/self/fd/%d/none", folder),
               *through = text_of("/proc/self/fd/%d/f", no_folder);
    const char *const WAYS[] = {there, around};
    struct way way;
    for (size_t i = 0; i < 2; i++) {
        way = way_to(WAYS[i], 0);
        CHECK(resolve_existing(&way, true, &place));
        SAME(file, place.path);
        place_close(&place);
    }
    entry(there, true, file, true, false);
    entry(new, true, missing, false, false);
    way = way_to(there, RESOLVE_WITHOUT_MAGIC);
    CHECK(!resolve_existing(&way, true, &place) && errno == ELOOP);
    place_close(&place);
    way = way_to(through, 0);
    CHECK(!resolve_existing(&way, true, &place));
    place_close(&place);
}

void test_resolve(void) {
    char base[] = "/tmp/landgrant-resolve-XXXXXX", before[PATH_BYTES];
    request = (struct request){.thread = getpid(), .listener = -1};
    CHECK(mkdtemp(base) != NULL && getcwd(before, sizeof before) != NULL && chdir(base) == 0);
    char *real = realpath(".", NULL);
    CHECK(real != NULL);
    FREES char *file = text_of("%s/d/f", real), *missing = text_of("%s/d/none", real),
               *folder = text_of("%s/d", real);
    CHECK(mkdir("d", 0700) == 0 && close(open("d/f", O_CREAT | O_WRONLY, 0600)) == 0);
    CHECK(symlink("d/f", "to-f") == 0 && symlink("d/none", "dangling") == 0 && symlink("loop", "loop") == 0);
    CHECK(symlink("dangling", "twice") == 0 && symlink(missing, "absolute") == 0);

    entry("d/f", true, file, true, false);
    entry("d//f", true, file, true, false);
    entry("d/../d/./f", true, file, true, false);
    entry("d/", true, folder, true, true);
    entry("d///", true, folder, true, true);
    entry("d/none", true, missing, false, false);
    entry("/", false, "", false, false);
    entry(".", false, "", false, false);
    entry("d/..", false, "", false, false);
    entry("none/x", false, "", false, false);
    entry("d/f/x", false, "", false, false);

    /* What O_CREAT would make through links that dangle. */
    new_name("d/none", missing);
    new_name("dangling", missing);
    new_name("twice", missing);
    new_name("absolute", missing);
    new_name("to-f", NULL);
    new_name("loop", NULL);
    new_name("d/f", NULL);

    PLACE place = NO_PLACE;
    struct way way = way_to("to-f", 0);
    CHECK(resolve_existing(&way, true, &place) && S_ISREG(place.status.st_mode));
    place_look(&place);
    CHECK(place.no_proc);
    SAME(file, place.path);
    place_close(&place);
    CHECK(resolve_existing(&way, false, &place) && S_ISLNK(place.status.st_mode));
    place_close(&place);

    /* openat2's own restrictions hold. */
    way = way_to("to-f", RESOLVE_WITHOUT_LINKS);
    CHECK(!resolve_existing(&way, true, &place) && errno == ELOOP);
    place_close(&place);
    way = way_to("../x", RESOLVE_BELOW);
    CHECK(!resolve_existing(&way, true, &place) && errno == EXDEV);
    place_close(&place);

    /* Magic links are not followed, but for an opened file itself; nothing else in /proc is taken for a file.
     */
    way = way_to("/proc/self/cwd/d/f", 0);
    CHECK(!resolve_existing(&way, true, &place) && errno == ELOOP);
    place_close(&place);
    int fd = open("d/f", O_RDONLY | O_CLOEXEC);
    FREES char *descriptor = text_of("/proc/self/fd/%d", fd);
    way = way_to(descriptor, 0);
    CHECK(resolve_existing(&way, true, &place));
    place_look(&place);
    CHECK(place.no_proc);
    SAME(file, place.path);
    place_close(&place);
    below_a_descriptor(file, missing);
    way = way_to("/proc/self/status", 0);
    CHECK(resolve_existing(&way, true, &place));
    place_look(&place);
    CHECK(!place.no_proc);
    place_close(&place);
    way = way_to("/proc/self/none", 0);
    CHECK(resolve_new(&way, &place));
    place_look(&place);
    CHECK(!place.no_proc);
    place_close(&place);
    CHECK(close(fd) == 0 && unlink("d/f") == 0 && rmdir("d") == 0);
    const char *links[] = {"to-f", "dangling", "loop", "twice", "absolute"};
    for (size_t i = 0; i < sizeof links / sizeof links[0]; i++) {
        CHECK(unlink(links[i]) == 0);
    }
    CHECK(chdir(before) == 0 && rmdir(base) == 0);
    free(real);
}
