#include "legible.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "util.h"

unsigned point_at(const unsigned char *at, size_t *size) {
    *size = at[0] < 0x80 ? 1 : at[0] < 0xe0 ? 2 : at[0] < 0xf0 ? 3 : 4;
    unsigned point = *size == 1 ? at[0] : at[0] & (0xffu >> (*size + 1));
    for (size_t i = 1; i < *size; i++) {
        point = point << 6 | (at[i] & 0x3fu);
    }
    return point;
}

bool is_unseen(unsigned point) {
    static const unsigned RANGES[][2] = {
        {0x00, 0x1f},     {0x7f, 0x9f},     {0xad, 0xad},      {0x34f, 0x34f},   {0x61c, 0x61c},
        {0x115f, 0x1160}, {0x17b4, 0x17b5}, {0x180b, 0x180f},  {0x2000, 0x200f}, {0x2028, 0x202f},
        {0x205f, 0x206f}, {0x3000, 0x3000}, {0x3164, 0x3164},  {0xfe00, 0xfe0f}, {0xfeff, 0xfeff},
        {0xffa0, 0xffa0}, {0xfff0, 0xfffb}, {0xe0000, 0xe0fff}};
    for (size_t i = 0; i < sizeof RANGES / sizeof RANGES[0]; i++) {
        if (point >= RANGES[i][0] && point <= RANGES[i][1]) {
            return true;
        }
    }
    return false;
}

char *legible(const char *text) {
    FREES char *plain = escaped(text); /* bytes that are no UTF-8 are escaped by now */
    size_t length = strlen(plain), size = 1;
    char *result = grow(NULL, length + 1, 4), *end = result;
    for (size_t at = 0; at < length; at += size) {
        if (!is_unseen(point_at((const unsigned char *)plain + at, &size))) {
            memcpy(end, plain + at, size);
            end += size;
            continue;
        }
        for (size_t i = 0; i < size; i++) {
            end += snprintf(end, 5, "\\x%02x", (unsigned char)plain[at + i]);
        }
    }
    *end = '\0';
    return result;
}
