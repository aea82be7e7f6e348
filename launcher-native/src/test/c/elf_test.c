/* ELF files and the loader's list: this program's own, and hostile ones. */
#include <elf.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "check.h"
#include "elf_needs.h"
#include "libraries.h"
#include "loader_cache.h"
#include "places.h"
#include "rules.h"
#include "util.h"

enum { KEPT_BYTES = 65536 };

/* A file in memory with these bytes. */
static int file_of(const char *bytes, size_t length) {
    int fd = memfd_create("elf", MFD_CLOEXEC);
    CHECK(fd >= 0 && write_everything(fd, bytes, length));
    return fd;
}

static bool reads(const char *bytes, size_t length, struct elf *elf) {
    CLOSES int fd = file_of(bytes, length);
    return elf_read(fd, elf);
}

/* One segment that holds all, one for the loader's name, one dynamic section. */
struct small {
    Elf64_Ehdr header;
    Elf64_Phdr segments[3];
    Elf64_Dyn dynamic[6];
    char names[64];
};

static struct small small_file(void) {
    static const char NAMES[] = "\0libone.so\0libtwo.so\0$ORIGIN/../lib:/opt";
    struct small file = {
        .header = {.e_ident = {0x7f, 'E', 'L', 'F', ELFCLASS64, ELFDATA2LSB, 1},
                   .e_machine = EM_X86_64,
                   .e_phoff = offsetof(struct small, segments),
                   .e_phentsize = sizeof(Elf64_Phdr),
                   .e_phnum = 3},
        .segments = {{.p_type = PT_LOAD, .p_vaddr = 0x1000, .p_filesz = sizeof(struct small)},
                     {.p_type = PT_INTERP, .p_offset = offsetof(struct small, names) + 48, .p_filesz = 12},
                     {.p_type = PT_DYNAMIC,
                      .p_offset = offsetof(struct small, dynamic),
                      .p_filesz = 6 * sizeof(Elf64_Dyn)}},
        .dynamic = {{.d_tag = DT_NEEDED, .d_un = {.d_val = 1}},
                    {.d_tag = DT_NEEDED, .d_un = {.d_val = 11}},
                    {.d_tag = DT_RUNPATH, .d_un = {.d_val = 21}},
                    {.d_tag = DT_STRTAB, .d_un = {.d_val = 0x1000 + offsetof(struct small, names)}},
                    {.d_tag = DT_STRSZ, .d_un = {.d_val = 64}},
                    {.d_tag = DT_NULL}},
    };
    memcpy(file.names, NAMES, sizeof NAMES);
    memcpy(file.names + 48, "/lib/ld.so", 11);
    return file;
}

static void a_small_file_says_what_it_needs(void) {
    struct small file = small_file();
    struct elf elf;
    CHECK(reads((const char *)&file, sizeof file, &elf));
    CHECK(elf.bits == ELFCLASS64 && elf.machine == EM_X86_64 && elf.needed_count == 2);
    SAME("libone.so", elf.needed_count == 2 ? elf.needed[0] : "");
    SAME("libtwo.so", elf.needed_count == 2 ? elf.needed[1] : "");
    SAME("$ORIGIN/../lib:/opt", elf.runpath != NULL ? elf.runpath : "");
    SAME("/lib/ld.so", elf.interpreter != NULL ? elf.interpreter : "");
    CHECK(elf.rpath == NULL);
    elf_free(&elf);
}

/* A name that runs out of its table is no name; a table of no end is cut. */
static void names_lie_within_their_table(void) {
    struct small file = small_file();
    struct elf elf;
    file.dynamic[1].d_un.d_val = 64;
    file.dynamic[4].d_un.d_val = UINT64_MAX;
    memset(file.names + 21, 'x', 43);
    CHECK(reads((const char *)&file, sizeof file, &elf));
    CHECK(elf.needed_count == 1 && elf.runpath == NULL);
    elf_free(&elf);
    file = small_file();
    file.dynamic[3].d_un.d_val = 0xffffffffffffff00u;
    CHECK(reads((const char *)&file, sizeof file, &elf) && elf.needed_count == 0);
    elf_free(&elf);
    file = small_file();
    file.segments[0].p_offset = file.segments[2].p_offset = INT64_MAX;
    CHECK(reads((const char *)&file, sizeof file, &elf) && elf.needed_count == 0);
    elf_free(&elf);
    file = small_file();
    file.header.e_phoff = UINT64_MAX - 8;
    CHECK(!reads((const char *)&file, sizeof file, &elf));
    file = small_file();
    file.header.e_phnum = ELF_SEGMENTS + 1;
    CHECK(!reads((const char *)&file, sizeof file, &elf));
    file = small_file();
    file.header.e_ident[EI_DATA] = ELFDATA2MSB;
    CHECK(!reads((const char *)&file, sizeof file, &elf));
}

/* Every cut and every byte made into each of some others: read or refused. */
static void survives_damage(const char *bytes, size_t length, size_t step) {
    static const unsigned char BYTES[] = {0, 1, 2, 0x7f, 0x80, 0xff};
    struct elf elf;
    for (size_t at = 0; at < length; at += step) {
        FREES char *changed = copy_bytes(bytes, length);
        if (reads(changed, at, &elf)) {
            elf_free(&elf);
        }
        CLOSES int fd = file_of(changed, length);
        for (size_t i = 0; i < sizeof BYTES; i++) {
            CHECK(pwrite(fd, &BYTES[i], 1, (off_t)at) == 1);
            if (elf_read(fd, &elf)) {
                elf_free(&elf);
            }
        }
    }
}

static void noise_is_survived(void) {
    struct small file = small_file();
    uint32_t state = 7;
    for (int round = 0; round < 20000; round++) {
        struct small changed = file;
        unsigned char *bytes = (unsigned char *)&changed;
        for (int i = 0; i < 4; i++) {
            state = state * 1664525u + 1013904223u;
            /* Not the mark, or there is nothing to see. */
            bytes[16 + (state >> 8) % (sizeof changed - 16)] = (unsigned char)(state >> 24);
        }
        struct elf elf;
        if (reads((const char *)&changed, sizeof changed, &elf)) {
            CHECK(elf.needed_count <= ELF_LIBRARIES);
            elf_free(&elf);
        }
    }
}

static char *own_bytes(size_t *length) {
    CLOSES int fd = open("/bin/sh", O_RDONLY | O_CLOEXEC);
    char *bytes = grow(NULL, KEPT_BYTES, 1);
    ssize_t got = fd >= 0 ? read(fd, bytes, KEPT_BYTES) : 0;
    *length = got > 0 ? (size_t)got : 0;
    return bytes;
}

/* A list of one library in the newer form, alone or behind an older one of two entries. */
static size_t list_of(char *bytes, bool behind_old) {
    size_t start = 0;
    memset(bytes, 0, 256);
    if (behind_old) {
        memcpy(bytes, "ld.so-1.7.0", 11);
        bytes[12] = 2;
        start = 40;
    }
    memcpy(bytes + start, "glibc-ld.so.cache1.1", 20);
    bytes[start + 20] = 1;
    uint32_t name = 72, path = 80;
    memcpy(bytes + start + 48 + 4, &name, 4);
    memcpy(bytes + start + 48 + 8, &path, 4);
    memcpy(bytes + start + 72, "libx.so", 8);
    memcpy(bytes + start + 80, "/lib/libx.so", 13);
    return start + 93;
}

static const char *found_in(const char *bytes, size_t length, struct loader_cache *cache) {
    char file[] = "/tmp/landgrant-list-XXXXXX";
    CLOSES int fd = mkstemp(file);
    CHECK(write_everything(fd, bytes, length));
    loader_cache_read(file, cache);
    unlink(file);
    size_t at = 0;
    const char *path = loader_cache_next(cache, "libx.so", &at);
    CHECK(path == NULL || loader_cache_next(cache, "libx.so", &at) == NULL);
    return path;
}

static void the_loaders_list_is_read_within_its_bounds(void) {
    char bytes[256];
    struct loader_cache cache;
    for (int behind = 0; behind < 2; behind++) {
        size_t length = list_of(bytes, behind == 1);
        const char *path = found_in(bytes, length, &cache);
        SAME("/lib/libx.so", path != NULL ? path : "nothing");
        loader_cache_free(&cache);
        for (size_t at = 0; at < length; at++) {
            (void)found_in(bytes, at, &cache);
            loader_cache_free(&cache);
            for (int value = 0; value < 256; value += 51) {
                FREES char *changed = copy_bytes(bytes, length);
                changed[at] = (char)value;
                (void)found_in(changed, length, &cache);
                loader_cache_free(&cache);
            }
        }
    }
    loader_cache_read("/nonexistent", &cache);
    CHECK(cache.count == 0);
    loader_cache_free(&cache);
}

static void programs_are_found_like_a_shell_does(void) {
    FREES char *shell = find_program("sh", "/nowhere::bin:/bin:/usr/bin");
    CHECK(shell != NULL && shell[0] == '/');
    CHECK(find_program("sh", "/nowhere") == NULL && find_program("", "/bin") == NULL);
    CHECK(find_program("/bin", "/bin") == NULL && find_program("/etc/passwd", "") == NULL);
}

/* The rule for one file of a policy, after its name was taken by a link to another. */
static void what_was_looked_into_gets_the_rule(void) {
    char folder[] = "/tmp/landgrant-elf-XXXXXX", problem[SENTENCE_BYTES];
    CHECK(mkdtemp(folder) != NULL);
    FREES char *library = text_of("%s/library", folder), *moved = text_of("%s/moved", folder),
               *secret = text_of("%s/secret", folder);
    CLOSES int first = open(library, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    CLOSES int second = open(secret, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    struct stat looked_into, granted;
    CHECK(first >= 0 && second >= 0 && fstat(first, &looked_into) == 0);
    const struct guard guards[GUARDS] = {0};
    struct policy policy = {0};
    struct rules rules = {0};
    add_executable(library, &policy);
    add_executable(folder, &policy); /* no file: no line */
    CHECK(policy.count == 1);
    CHECK(rename(library, moved) == 0 && symlink(secret, library) == 0);
    CHECK(rules_open(&policy, guards, true, &rules, problem, sizeof problem));
    CHECK(rules.count == 1 && fstat(rules.list[0].fd, &granted) == 0);
    CHECK(granted.st_dev == looked_into.st_dev && granted.st_ino == looked_into.st_ino);
    SAME(moved, rules.count == 1 ? rules.list[0].path : "");
    rules_free(&rules);
    CHECK(unlink(moved) == 0);
    CHECK(rules_open(&policy, guards, true, &rules, problem, sizeof problem) && rules.count == 0);
    rules_free(&rules);
    policy_free(&policy);
    CHECK(unlink(library) == 0 && unlink(secret) == 0 && rmdir(folder) == 0);
}

/* A program's libraries are held open from the look at them on. */
static void libraries_are_held(void) {
    char problem[SENTENCE_BYTES];
    struct policy policy = {0};
    CHECK(add_libraries("/bin/sh", NULL, true, &policy, problem, sizeof problem) && policy.count > 1);
    for (size_t i = 0; i < policy.count; i++) {
        char real[PATH_BYTES] = "";
        CHECK(policy.lines[i].held > 0 && path_of_fd(policy.lines[i].held, real));
        SAME(policy.lines[i].text, real);
    }
    policy_free(&policy);
}

void test_elf(void) {
    a_small_file_says_what_it_needs();
    names_lie_within_their_table();
    struct small file = small_file();
    survives_damage((const char *)&file, sizeof file, 1);
    size_t length = 0;
    FREES char *shell = own_bytes(&length);
    survives_damage(shell, length, 1021);
    noise_is_survived();
    the_loaders_list_is_read_within_its_bounds();
    programs_are_found_like_a_shell_does();
    what_was_looked_into_gets_the_rule();
    libraries_are_held();
}
