#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "frames.h"
#include "landlock.h"

/* The bytes of a golden file. */
static size_t read_hex(const char *path, uint8_t *bytes, size_t room) {
    FILE *file = fopen(path, "re");
    size_t count = 0;
    for (unsigned byte; file != NULL && count < room && fscanf(file, "%2x", &byte) == 1;) {
        bytes[count++] = (uint8_t)byte;
    }
    if (file != NULL) {
        fclose(file);
    }
    return count;
}

/* Whether it is an answer, to a question or to what was handed on, or a live change as PROTOCOL.md says. */
static bool is_good(const uint8_t *bytes, size_t length) {
    struct frame frame;
    uint64_t number;
    bool allowed;
    struct live_change change;
    struct handed_on answer;
    if (frame_read(bytes, length, &frame) != FRAME_READ) {
        return false;
    }
    if (frame.type == FRAME_HANDED_ON) {
        return frame_handed_on(&frame, &answer);
    }
    return frame.type == FRAME_ANSWER ? frame_answer(&frame, &number, &allowed)
                                      : frame.type == FRAME_LIVE && frame_live(&frame, &change);
}

void test_live(const char *golden) {
    FREES char *folder = text_of("%s/frames", golden);
    DIR *files = opendir(folder);
    CHECK(files != NULL);
    unsigned good = 0, bad = 0;
    for (struct dirent *entry; files != NULL && (entry = readdir(files)) != NULL;) {
        const char *name = entry->d_name, *end = strrchr(name, '.');
        bool wanted =
            strncmp(name, "14-", 3) == 0 || strncmp(name, "16-", 3) == 0 || strncmp(name, "19-", 3) == 0;
        bool malformed = strncmp(name, "bad-answer-", 11) == 0 || strncmp(name, "bad-live-", 9) == 0 ||
                         strncmp(name, "bad-handed-on-", 14) == 0;
        if (end == NULL || strcmp(end, ".hex") != 0 || (!wanted && !malformed)) {
            continue;
        }
        FREES char *path = text_of("%s/%s", folder, name);
        uint8_t bytes[8192];
        size_t length = read_hex(path, bytes, sizeof bytes);
        check_that(length > 5 && is_good(bytes, length) == wanted, name, __FILE__, __LINE__);
        good += wanted;
        bad += malformed;
    }
    CHECK(good >= 9 && bad >= 12);
    if (files != NULL) {
        closedir(files);
    }
    char word[RIGHTS_BYTES];
    rights_word(RIGHT_READ | RIGHT_WRITE, word);
    SAME("rw", word);
    rights_word(0, word);
    SAME("-", word);
}
