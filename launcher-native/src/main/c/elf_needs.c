#include "elf_needs.h"

#include <elf.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "util.h"

#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
#define OWN_ORDER ELFDATA2LSB
#else
#define OWN_ORDER ELFDATA2MSB
#endif

/* One program header, of either width. */
struct segment {
    uint32_t type;
    uint64_t offset, address, size;
};

struct image {
    int fd;
    struct segment *segments;
    size_t count;
    uint64_t names, names_size; /* file offset of the string table */
};

static bool read_at(int fd, void *bytes, size_t length, uint64_t offset) {
    if (offset > INT64_MAX - length) {
        return false;
    }
    for (size_t have = 0; have < length;) {
        ssize_t got = pread(fd, (char *)bytes + have, length - have, (off_t)(offset + have));
        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got <= 0) {
            return false;
        }
        have += (size_t)got;
    }
    return true;
}

/* The text of at most `most` bytes there, its NUL within them; NULL when there is none. */
static char *text_at(int fd, uint64_t offset, uint64_t most) {
    char text[ELF_TEXT_BYTES];
    size_t room = most < sizeof text ? (size_t)most : sizeof text, have = 0;
    if (offset > INT64_MAX - sizeof text) {
        return NULL;
    }
    while (have < room) {
        ssize_t got = pread(fd, text + have, room - have, (off_t)(offset + have));
        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got <= 0) {
            break;
        }
        have += (size_t)got;
    }
    return have > 0 && memchr(text, '\0', have) != NULL && text[0] != '\0' ? copy_text(text) : NULL;
}

static bool read_segments(struct image *image, unsigned char bits, uint64_t table, uint16_t count,
                          uint16_t size) {
    size_t wanted = bits == ELFCLASS64 ? sizeof(Elf64_Phdr) : sizeof(Elf32_Phdr);
    if (size != wanted || count == 0 || count > ELF_SEGMENTS) {
        return false;
    }
    image->segments = grow(NULL, count, sizeof *image->segments);
    for (uint16_t i = 0; i < count; i++) {
        Elf64_Phdr wide;
        Elf32_Phdr narrow;
        void *header = bits == ELFCLASS64 ? (void *)&wide : (void *)&narrow;
        if (table > INT64_MAX / 2 || !read_at(image->fd, header, wanted, table + (uint64_t)i * wanted)) {
            return false;
        }
        image->segments[i] =
            bits == ELFCLASS64
                ? (struct segment){wide.p_type, wide.p_offset, wide.p_vaddr, wide.p_filesz}
                : (struct segment){narrow.p_type, narrow.p_offset, narrow.p_vaddr, narrow.p_filesz};
        image->count++;
    }
    return true;
}

/* Where an address lies in the file; `left` bytes follow it there. */
static bool place_of(const struct image *image, uint64_t address, uint64_t *offset, uint64_t *left) {
    for (size_t i = 0; i < image->count; i++) {
        const struct segment *segment = &image->segments[i];
        if (segment->type == PT_LOAD && address >= segment->address &&
            address - segment->address < segment->size &&
            segment->offset <= INT64_MAX - (address - segment->address)) {
            *offset = segment->offset + (address - segment->address);
            *left = segment->size - (address - segment->address);
            return true;
        }
    }
    return false;
}

/* Tag and value of an entry of the dynamic section. False behind its end. */
static bool entry_at(const struct image *image, unsigned char bits, const struct segment *dynamic,
                     size_t index, int64_t *tag, uint64_t *value) {
    Elf64_Dyn wide;
    Elf32_Dyn narrow;
    size_t size = bits == ELFCLASS64 ? sizeof wide : sizeof narrow;
    if (index >= ELF_ENTRIES || dynamic->size < (index + 1) * size || dynamic->offset > INT64_MAX / 2 ||
        !read_at(image->fd, bits == ELFCLASS64 ? (void *)&wide : (void *)&narrow, size,
                 dynamic->offset + index * size)) {
        return false;
    }
    *tag = bits == ELFCLASS64 ? wide.d_tag : narrow.d_tag;
    *value = bits == ELFCLASS64 ? wide.d_un.d_val : narrow.d_un.d_val;
    return *tag != DT_NULL;
}

static char *name_at(const struct image *image, uint64_t index) {
    return index < image->names_size && image->names <= INT64_MAX - index
               ? text_at(image->fd, image->names + index, image->names_size - index)
               : NULL;
}

static bool find_names(struct image *image, unsigned char bits, const struct segment *dynamic) {
    uint64_t address = 0, size = 0, left = 0, value = 0;
    int64_t tag = 0;
    for (size_t i = 0; entry_at(image, bits, dynamic, i, &tag, &value); i++) {
        address = tag == DT_STRTAB ? value : address;
        size = tag == DT_STRSZ ? value : size;
    }
    if (!place_of(image, address, &image->names, &left)) {
        return false;
    }
    image->names_size = size < left ? size : left;
    return true;
}

static void keep(char **place, char *text) {
    free(*place);
    *place = text;
}

static void read_dynamic(struct image *image, const struct segment *dynamic, struct elf *elf) {
    uint64_t value = 0;
    int64_t tag = 0;
    if (!find_names(image, elf->bits, dynamic)) {
        return;
    }
    for (size_t i = 0; entry_at(image, elf->bits, dynamic, i, &tag, &value); i++) {
        char *name = tag == DT_NEEDED || tag == DT_RPATH || tag == DT_RUNPATH ? name_at(image, value) : NULL;
        if (name == NULL) {
            continue;
        }
        if (tag == DT_RPATH) {
            keep(&elf->rpath, name);
        } else if (tag == DT_RUNPATH) {
            keep(&elf->runpath, name);
        } else if (elf->needed_count < ELF_LIBRARIES) {
            elf->needed = grow(elf->needed, elf->needed_count + 1, sizeof *elf->needed);
            elf->needed[elf->needed_count++] = name;
        } else {
            free(name);
        }
    }
}

static bool read_header(struct image *image, struct elf *elf) {
    unsigned char mark[EI_NIDENT];
    if (!read_at(image->fd, mark, sizeof mark, 0) || memcmp(mark, ELFMAG, SELFMAG) != 0 ||
        mark[EI_DATA] != OWN_ORDER) {
        return false;
    }
    elf->bits = mark[EI_CLASS];
    if (elf->bits == ELFCLASS64) {
        Elf64_Ehdr header;
        if (!read_at(image->fd, &header, sizeof header, 0)) {
            return false;
        }
        elf->machine = header.e_machine;
        return read_segments(image, elf->bits, header.e_phoff, header.e_phnum, header.e_phentsize);
    }
    Elf32_Ehdr header;
    if (elf->bits != ELFCLASS32 || !read_at(image->fd, &header, sizeof header, 0)) {
        return false;
    }
    elf->machine = header.e_machine;
    return read_segments(image, elf->bits, header.e_phoff, header.e_phnum, header.e_phentsize);
}

bool elf_read(int fd, struct elf *elf) {
    struct image image = {.fd = fd};
    *elf = (struct elf){0};
    bool good = read_header(&image, elf);
    for (size_t i = 0; good && i < image.count; i++) {
        const struct segment *segment = &image.segments[i];
        if (segment->type == PT_INTERP) {
            keep(&elf->interpreter, text_at(fd, segment->offset, segment->size));
        } else if (segment->type == PT_DYNAMIC && elf->needed_count == 0) {
            read_dynamic(&image, segment, elf);
        }
    }
    free(image.segments);
    if (!good) {
        *elf = (struct elf){0};
    }
    return good;
}

void elf_free(struct elf *elf) {
    for (size_t i = 0; i < elf->needed_count; i++) {
        free(elf->needed[i]);
    }
    free(elf->needed);
    free(elf->interpreter);
    free(elf->rpath);
    free(elf->runpath);
    *elf = (struct elf){0};
}
