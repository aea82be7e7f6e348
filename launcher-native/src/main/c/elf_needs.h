/*
 * What an ELF file says it needs: its loader and its libraries. The file may be anybody's: every offset and
 * size in it is checked before it is used, nothing is mapped, and what is read is bounded.
 * Source: elf(5).
 */
#ifndef LANDGRANT_ELF_NEEDS_H
#define LANDGRANT_ELF_NEEDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    ELF_SEGMENTS = 512,    /* more program headers are not looked at */
    ELF_ENTRIES = 16384,   /* nor more entries of the dynamic section */
    ELF_LIBRARIES = 512,   /* nor more libraries */
    ELF_TEXT_BYTES = 4096, /* longest name or search path, with its NUL */
};

struct elf {
    unsigned char bits; /* 1: 32, 2: 64 */
    uint16_t machine;
    char *interpreter; /* the loader; NULL: none */
    char **needed;
    size_t needed_count;
    char *rpath, *runpath; /* NULL: none */
};

/*
 * Reads a file of this machine's byte order. False when it is no ELF file, or one whose sizes and offsets
 * make no sense; `elf` is empty then.
 */
bool elf_read(int fd, struct elf *elf);

void elf_free(struct elf *elf);

#endif
