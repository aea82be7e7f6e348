#include "libraries.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "elf_needs.h"
#include "loader_cache.h"
#include "places.h"
#include "util.h"

static const char LIST[] = "/etc/ld.so.cache";

#if defined(__x86_64__)
#define PLATFORM "x86_64"
#elif defined(__aarch64__)
#define PLATFORM "aarch64"
#else
#define PLATFORM "unknown"
#endif

/* Where loaders look at last: both layouts, and the 32-bit one. */
static const char *const USUAL[] = {"/lib/" PLATFORM "-linux-gnu",
                                    "/usr/lib/" PLATFORM "-linux-gnu",
                                    "/lib64",
                                    "/usr/lib64",
                                    "/lib",
                                    "/usr/lib",
                                    "/usr/local/lib",
                                    "/lib/i386-linux-gnu",
                                    "/usr/lib/i386-linux-gnu"};
enum { USUAL_COUNT = sizeof USUAL / sizeof USUAL[0], TRIES_MOST = 65536 };

/* Everything that was found, in the order it was; each is looked into once. It stays open: what was looked
 * into is what gets the rule, whatever its name leads to by then. */
struct search {
    int objects[OBJECTS_MOST];
    char *paths[OBJECTS_MOST];
    size_t count;
    unsigned char bits;
    uint16_t machine;
    const char *library_path;
    char *inherited; /* the program's RPATH, which holds for all of its libraries */
    struct loader_cache list;
    bool tell;
    unsigned tries; /* files that were looked at */
};

static bool is_program(const char *path) {
    struct stat status;
    if (stat(path, &status) != 0) {
        return false;
    }
    errno = S_ISDIR(status.st_mode) ? EISDIR : EACCES;
    return S_ISREG(status.st_mode) && access(path, X_OK) == 0;
}

char *find_program(const char *word, const char *path) {
    if (strchr(word, '/') != NULL) {
        return is_program(word) ? copy_text(word) : NULL;
    }
    int error = ENOENT;
    for (const char *at = path; at != NULL && *word != '\0';) {
        size_t length = strcspn(at, ":");
        /* Not from wherever one happens to be: an empty part means that. */
        FREES char *whole = length > 0 && at[0] == '/' ? text_of("%.*s/%s", (int)length, at, word) : NULL;
        if (whole != NULL && is_program(whole)) {
            return copy_text(whole);
        }
        error = whole != NULL && errno == EACCES ? EACCES : error;
        at = at[length] == ':' ? at + length + 1 : NULL;
    }
    errno = error;
    return NULL;
}

/* The file at a path, not yet open for reading: opening a device can do things. -1 when it is no file. */
static int find_file(const char *path) {
    struct stat status;
    CLOSES int found = open(path, O_PATH | O_CLOEXEC);
    int file = found >= 0 && fstat(found, &status) == 0 && S_ISREG(status.st_mode) ? found : -1;
    found = file < 0 ? found : -1;
    return file;
}

/* The very same, open for reading. */
static int open_found(int found) {
    char link[32];
    snprintf(link, sizeof link, "/proc/self/fd/%d", found);
    return found >= 0 ? open(link, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK) : -1;
}

static char *path_of(int found) {
    char path[PATH_BYTES];
    return path_of_fd(found, path) ? copy_text(path) : NULL;
}

char *interpreter_of(const char *program) {
    char line[256] = "";
    CLOSES int found = find_file(program);
    CLOSES int fd = open_found(found);
    ssize_t got = fd >= 0 ? read(fd, line, sizeof line - 1) : -1;
    if (got < 3 || line[0] != '#' || line[1] != '!') {
        return NULL;
    }
    line[got] = '\0';
    char *start = line + 2 + strspn(line + 2, " \t");
    start[strcspn(start, " \t\r\n")] = '\0';
    return start[0] == '/' ? copy_text(start) : NULL;
}

/* Takes over the descriptor. */
static void add_found(int found, struct policy *policy) {
    char *path = found >= 0 ? path_of(found) : NULL;
    if (path == NULL) {
        close_later(&found);
        return;
    }
    policy_add(policy, (struct line){.kind = LINE_FILE,
                                     .rights = RIGHT_READ | RIGHT_EXECUTE,
                                     .optional = true,
                                     .held = found,
                                     .ref = copy_text("-"),
                                     .text = path});
}

void add_executable(const char *path, struct policy *policy) {
    add_found(find_file(path), policy);
}

static bool read_elf(int found, struct elf *elf) {
    CLOSES int fd = open_found(found);
    return fd >= 0 && elf_read(fd, elf);
}

void add_program(const char *program, struct policy *policy) {
    add_executable(program, policy);
    FREES char *interpreter = interpreter_of(program);
    CLOSES int found = interpreter != NULL ? find_file(interpreter) : -1;
    struct elf elf;
    if (read_elf(found, &elf)) {
        elf_free(&elf);
        add_found(found, policy);
        found = -1;
    }
}

/* Takes over the descriptor. */
static void note(struct search *search, int found) {
    char *path = path_of(found);
    bool known = path == NULL || search->count == OBJECTS_MOST;
    for (size_t i = 0; i < search->count && !known; i++) {
        known = strcmp(search->paths[i], path) == 0;
    }
    if (known) {
        free(path);
        close(found);
        return;
    }
    search->paths[search->count] = path;
    search->objects[search->count++] = found;
}

/* Whether it is a library for this program; if so, notes it. */
static bool try_file(struct search *search, const char *path) {
    struct elf elf;
    if (search->tries++ >= TRIES_MOST) {
        return false;
    }
    CLOSES int found = find_file(path);
    if (!read_elf(found, &elf)) {
        return false;
    }
    bool fits = elf.bits == search->bits && elf.machine == search->machine;
    elf_free(&elf);
    if (fits) {
        note(search, found);
        found = -1;
    }
    return fits;
}

/* A folder of a search path, its variables replaced; NULL when that cannot be. `lib`: what $LIB stands for.
 */
static char *folder_of(const char *part, size_t length, const char *origin, const char *lib) {
    static const char *const NAMES[] = {"ORIGIN", "LIB", "PLATFORM"};
    const char *const values[] = {origin, lib, PLATFORM};
    char *folder = copy_text("");
    for (size_t at = 0; at < length;) {
        const char *value = NULL;
        size_t size = 0;
        for (unsigned i = 0; i < 3 && part[at] == '$'; i++) {
            size_t name = strlen(NAMES[i]);
            bool braces = at + 1 < length && part[at + 1] == '{';
            size_t whole = 1 + name + (braces ? 2u : 0u);
            if (at + whole <= length && strncmp(part + at + 1 + braces, NAMES[i], name) == 0 &&
                (!braces || part[at + whole - 1] == '}')) {
                value = values[i];
                size = whole;
            }
        }
        char *longer = value != NULL ? text_of("%s%s", folder, value) : text_of("%s%c", folder, part[at]);
        free(folder);
        folder = longer;
        at += value != NULL ? size : 1;
        if (strlen(folder) >= PATH_BYTES) {
            free(folder);
            return NULL;
        }
    }
    return folder;
}

/* In the folders of a search path, which has colons between them. */
static bool try_folders(struct search *search, const char *path, const char *origin, const char *name) {
    static const char *const LIBS[] = {"lib/" PLATFORM "-linux-gnu", "lib64", "lib"};
    for (const char *at = path; at != NULL && *at != '\0';) {
        size_t length = strcspn(at, ":;");
        bool has_lib = memmem(at, length, "LIB", 3) != NULL;
        for (unsigned i = 0; i < (has_lib ? 3u : 1u); i++) {
            FREES char *folder = folder_of(at, length, origin, LIBS[i]);
            FREES char *whole = folder != NULL && folder[0] == '/' ? text_of("%s/%s", folder, name) : NULL;
            if (whole != NULL && try_file(search, whole)) {
                return true;
            }
        }
        at = at[length] != '\0' ? at + length + 1 : NULL;
    }
    return false;
}

/* In the loader's list: all of them, because which one is taken depends on the processor. */
static bool try_list(struct search *search, const char *name) {
    bool found = false;
    const char *path;
    for (size_t at = 0; (path = loader_cache_next(&search->list, name, &at)) != NULL;) {
        found = try_file(search, path) || found;
    }
    return found;
}

static bool try_usual(struct search *search, const char *name) {
    for (unsigned i = 0; i < USUAL_COUNT; i++) {
        FREES char *whole = text_of("%s/%s", USUAL[i], name);
        if (try_file(search, whole)) {
            return true;
        }
    }
    return false;
}

/* In the order of ld.so(8). */
static void find_library(struct search *search, const struct elf *elf, const char *origin, const char *name) {
    if (strchr(name, '/') != NULL) {
        if (name[0] == '/') {
            (void)try_file(search, name);
        }
        return;
    }
    bool found = (elf->runpath == NULL && (try_folders(search, elf->rpath, origin, name) ||
                                           try_folders(search, search->inherited, "/", name))) ||
                 try_folders(search, search->library_path, origin, name) ||
                 try_folders(search, elf->runpath, origin, name) || try_list(search, name) ||
                 try_usual(search, name);
    if (!found && search->tell) {
        say("%s was not found, so no rule for it was made", name);
    }
}

/* Where it lies. */
static char *folder_of_found(int found) {
    char *folder = path_of(found);
    char *end = folder != NULL ? strrchr(folder, '/') : NULL;
    if (end != NULL) {
        end[end == folder] = '\0';
    }
    return folder;
}

/* Finds what one object needs; the first is the program. */
static bool look_into(struct search *search, int found) {
    struct elf elf;
    if (!read_elf(found, &elf)) {
        return false;
    }
    FREES char *origin = folder_of_found(found);
    if (search->count == 0 && search->bits == 0) {
        search->bits = elf.bits;
        search->machine = elf.machine;
        search->inherited =
            elf.runpath == NULL && elf.rpath != NULL && origin != NULL && strchr(elf.rpath, '$') == NULL
                ? copy_text(elf.rpath)
                : NULL;
    }
    if (elf.interpreter != NULL && elf.interpreter[0] == '/') {
        (void)try_file(search, elf.interpreter); /* what is no loader is not given because a file says so */
    }
    for (size_t i = 0; i < elf.needed_count; i++) {
        find_library(search, &elf, origin != NULL ? origin : "/", elf.needed[i]);
    }
    elf_free(&elf);
    return true;
}

bool add_libraries(const char *program, const char *library_path, bool tell, struct policy *policy,
                   char *problem, size_t problem_bytes) {
    struct search *search = grow(NULL, 1, sizeof *search);
    *search = (struct search){.library_path = library_path, .tell = tell};
    loader_cache_read(LIST, &search->list);
    FREES char *interpreter = interpreter_of(program);
    CLOSES int start = find_file(interpreter != NULL ? interpreter : program);
    bool good = look_into(search, start);
    if (!good) {
        snprintf(problem, problem_bytes, "%.4000s is no program whose libraries could be found",
                 interpreter != NULL ? interpreter : program);
    }
    for (size_t i = 0; i < search->count; i++) {
        (void)look_into(search, search->objects[i]);
        add_found(search->objects[i], policy);
    }
    if (good) {
        add_executable(LIST, policy);
    }
    for (size_t i = 0; i < search->count; i++) {
        free(search->paths[i]);
    }
    free(search->inherited);
    loader_cache_free(&search->list);
    free(search);
    return good;
}
