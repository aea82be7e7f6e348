#include "process_rules.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/vfs.h>
#include <unistd.h>

#include "excepts.h"
#include "util.h"

enum { PROC_SYSTEM = 0x9fa0, MOUNTINFO_BYTES = 16 * 1024 * 1024 };

/* Blanks and the like in a path are written as a backslash and three octal digits. */
static void decode(char *path) {
    char *to = path;
    for (const char *from = path; *from != '\0'; to++) {
        bool escaped = *from == '\\' && strspn(from + 1, "01234567") >= 3;
        *to = escaped ? (char)((from[1] - '0') * 64 + (from[2] - '0') * 8 + (from[3] - '0')) : *from;
        from += escaped ? 4 : 1;
    }
    *to = '\0';
}

void process_folders(void (*each)(void *context, const char *path), void *context) {
    CLOSES int fd = open("/proc/self/mountinfo", O_RDONLY | O_CLOEXEC);
    size_t length = 0;
    FREES char *all = fd >= 0 ? read_everything(fd, MOUNTINFO_BYTES, &length) : NULL;
    if (all == NULL) {
        die("the list of mounts could not be read, so nothing was started: %s", strerror(errno));
    }
    char *next = NULL;
    for (char *line = strtok_r(all, "\n", &next); line != NULL; line = strtok_r(NULL, "\n", &next)) {
        int begin = 0, end = 0;
        const char *system = strstr(line, " - ");
        if (system != NULL && strncmp(system, " - proc ", 8) == 0 &&
            sscanf(line, "%*s %*s %*s %*s %n%*s%n", &begin, &end) == 0 && end > begin) {
            line[end] = '\0';
            decode(line + begin);
            each(context, line + begin);
        }
    }
}

bool rules_write_processes(const struct rules *rules) {
    for (size_t i = 0; i < rules->count; i++) {
        const struct rule *rule = &rules->list[i];
        if ((rule->rights & ~excepted_rights(rules, rule->path, "/proc") & RIGHT_WRITE) != 0 &&
            is_below("/proc", rule->path)) {
            return true;
        }
    }
    return false;
}

void rules_keep_processes(struct rules *rules) {
    for (size_t i = 0; i < rules->count; i++) {
        struct statfs system;
        if (fstatfs(rules->list[i].fd, &system) != 0 || system.f_type == PROC_SYSTEM) {
            rules->list[i].rights &= ~(unsigned)RIGHT_WRITE;
        }
    }
}
