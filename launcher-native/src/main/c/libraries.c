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

/* Everything that was found, in the order it was; each is looked into once. */
struct search {
    char *objects[OBJECTS_MOST];
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

/* Opening a device can do things: only files are opened. What a path is may change, but not by a hostile
 * file. */
static int open_file(const char *path) {
    struct stat status;
    return stat(path, &status) == 0 && S_ISREG(status.st_mode)
               ? open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK)
               : -1;
}

char *interpreter_of(const char *program) {
    char line[256] = "";
    CLOSES int fd = open_file(program);
    ssize_t got = fd >= 0 ? read(fd, line, sizeof line - 1) : -1;
    if (got < 3 || line[0] != '#' || line[1] != '!') {
        return NULL;
    }
    line[got] = '\0';
    char *start = line + 2 + strspn(line + 2, " \t");
    start[strcspn(start, " \t\r\n")] = '\0';
    return start[0] == '/' ? copy_text(start) : NULL;
}

void add_executable(const char *path, struct policy *policy) {
    char *real = realpath(path, NULL);
    if (real != NULL) {
        policy_add(policy, (struct line){.kind = LINE_FILE,
                                         .rights = RIGHT_READ | RIGHT_EXECUTE,
                                         .optional = true,
                                         .ref = copy_text("-"),
                                         .text = real});
    }
}

static bool is_elf(const char *path) {
    CLOSES int fd = open_file(path);
    struct elf elf;
    bool is = fd >= 0 && elf_read(fd, &elf);
    if (is) {
        elf_free(&elf);
    }
    return is;
}

void add_program(const char *program, struct policy *policy) {
    add_executable(program, policy);
    FREES char *interpreter = interpreter_of(program);
    if (interpreter != NULL && is_elf(interpreter)) {
        add_executable(interpreter, policy);
    }
}

/* Takes over the path. */
static void note(struct search *search, char *path) {
    for (size_t i = 0; i < search->count; i++) {
        if (strcmp(search->objects[i], path) == 0) {
            free(path);
            return;
        }
    }
    if (search->count == OBJECTS_MOST) {
        free(path);
        return;
    }
    search->objects[search->count++] = path;
}

/* Whether it is a library for this program; if so, notes it. */
static bool try_file(struct search *search, const char *path) {
    struct stat status;
    struct elf elf;
    if (search->tries++ >= TRIES_MOST) {
        return false;
    }
    CLOSES int fd = open_file(path);
    if (fd < 0 || fstat(fd, &status) != 0 || !S_ISREG(status.st_mode) || !elf_read(fd, &elf)) {
        return false;
    }
    bool fits = elf.bits == search->bits && elf.machine == search->machine;
    elf_free(&elf);
    if (fits) {
        note(search, copy_text(path));
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

static char *folder_name(const char *path) {
    char *folder = realpath(path, NULL);
    char *end = folder != NULL ? strrchr(folder, '/') : NULL;
    if (end != NULL) {
        end[end == folder] = '\0';
    }
    return folder;
}

/* Finds what one object needs; the first is the program. */
static bool look_into(struct search *search, const char *path) {
    CLOSES int fd = open_file(path);
    struct elf elf;
    if (fd < 0 || !elf_read(fd, &elf)) {
        return false;
    }
    FREES char *origin = folder_name(path);
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
    bool good = look_into(search, interpreter != NULL ? interpreter : program);
    if (!good) {
        snprintf(problem, problem_bytes, "%.4000s is no program whose libraries could be found",
                 interpreter != NULL ? interpreter : program);
    }
    for (size_t i = 0; i < search->count; i++) {
        (void)look_into(search, search->objects[i]);
        add_executable(search->objects[i], policy);
    }
    if (good) {
        add_executable(LIST, policy);
    }
    for (size_t i = 0; i < search->count; i++) {
        free(search->objects[i]);
    }
    free(search->inherited);
    loader_cache_free(&search->list);
    free(search);
    return good;
}
