#include "gesture.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "util.h"

enum { TAKEN_MS = 3000, TOLD_MOST = 256 };

struct handed {
    bool is;
    unsigned rights;
    unsigned long long device, inode;
};

static struct handed read_handed(void) {
    struct handed handed = {0};
    char word[3] = "", end = 0;
    const char *said = getenv(HANDED_VARIABLE);
    if (said == NULL) {
        return handed;
    }
    handed.is = sscanf(said, "%2[rw] %20llu:%20llu%c", word, &handed.device, &handed.inode, &end) == 3;
    if (!handed.is || word[0] != 'r' || (word[1] != '\0' && word[1] != 'w')) {
        die("%s says nothing, so nothing was started", HANDED_VARIABLE);
    }
    handed.rights = RIGHT_READ | (word[1] == 'w' ? RIGHT_WRITE : 0u);
    return handed;
}

static void grant(const char *path, const struct handed *handed, const struct guard *guards,
                  struct rules *rules) {
    size_t before = rules->count;
    rules_open_granted(path, handed->is ? handed->rights : RIGHT_READ | RIGHT_WRITE, guards, rules);
    struct rule *added = rules->count > before ? &rules->list[before] : NULL;
    if (handed->is && (added == NULL || added->device != handed->device || added->inode != handed->inode)) {
        die("%s is not the file that was to be opened, so nothing was started", path);
    }
    if (added != NULL) {
        added->opened = true;
    }
}

bool gesture_grant(struct opened *opened, const struct guard *guards, struct rules *rules) {
    struct handed handed = read_handed();
    char folder[PATH_BYTES];
    if (getcwd(folder, sizeof folder) == NULL) {
        if (handed.is) {
            die("the working folder is gone, so nothing was started");
        }
        return false;
    }
    for (char **file = opened->files; *file != NULL; file++) {
        FREES char *path = local_path(*file, folder);
        if (path != NULL && (handed.is || access(path, F_OK) == 0)) {
            grant(path, &handed, guards, rules);
            if (**file != '/' && strncasecmp(*file, "file:", 5) != 0) {
                *file = copy_text(path);
            }
        }
    }
    return handed.is;
}

/* The rule that a file got because it is opened; NULL when it got none, or lost it. */
static const struct rule *rule_of(const char *path, const struct rules *rules) {
    for (size_t i = rules->count; i > 0; i--) {
        if (rules->list[i - 1].opened && strcmp(rules->list[i - 1].named, path) == 0) {
            return &rules->list[i - 1];
        }
    }
    return NULL;
}

void gesture_tell(struct agent *agent, const struct opened *opened, const struct rules *rules) {
    size_t told = 0;
    if (agent->fd < 0) {
        return;
    }
    struct frame_writer brings = frame_begin(&agent->out, FRAME_BRINGS);
    for (char *const *file = opened->files; *file != NULL && told < TOLD_MOST; file++) {
        FREES char *path = local_path(*file, "/");
        const struct rule *rule = path != NULL ? rule_of(path, rules) : NULL;
        char word[RIGHTS_BYTES];
        if (rule != NULL && is_utf8(rule->path, strlen(rule->path))) {
            rights_word(rule->rights & (RIGHT_READ | RIGHT_WRITE), word);
            frame_field(&brings, word);
            frame_field(&brings, rule->path);
            told++;
        }
    }
    brings.good = brings.good && told > 0;
    struct frame frame = {0};
    if (frame_end(&brings) && agent_wait(agent, now_ms() + TAKEN_MS, &frame)) {
        bool good = frame.type == FRAME_TAKEN;
        buffer_drop_front(&agent->in, frame.size);
        if (!good) {
            agent_close(agent);
        }
    }
}
