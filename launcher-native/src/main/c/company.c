#include "company.h"

#include <ctype.h>
#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include "util.h"

enum { TEXT_BYTES = 4096, OURS = 3 };

/* What the app's supervisor is called; the app cannot change that, nor end it and go on. */
static const char SUPERVISOR[] = "landgrant";

int company_terminal(const char *stat, const char *name) {
    /* A name may have parentheses in it. */
    const char *start = strchr(stat, '('), *end = strrchr(stat, ')');
    size_t length = strlen(name);
    char state;
    int terminal = 0;
    if (start == NULL || end == NULL || (size_t)(end - start) != length + 1 ||
        strncmp(start + 1, name, length) != 0 ||
        sscanf(end + 1, " %c %*d %*d %*d %d", &state, &terminal) != 2 || state == 'Z' || state == 'X') {
        return 0;
    }
    return terminal;
}

/* As the kernel writes a terminal in /proc/PID/stat. */
static int number_of(int fd) {
    struct stat status;
    if (fstat(fd, &status) != 0 || !S_ISCHR(status.st_mode)) {
        return 0;
    }
    unsigned low = minor(status.st_rdev);
    return (int)((low & 0xff) | major(status.st_rdev) << 8 | (low & ~0xffu) << 12);
}

/* The beginning of a file of a process; false when there is nothing, as when the process has ended. */
static bool read_of(const char *process, const char *file, char text[TEXT_BYTES]) {
    FREES char *path = text_of("/proc/%s/%s", process, file);
    CLOSES int fd = open(path, O_RDONLY | O_CLOEXEC);
    ssize_t got = fd < 0 ? -1 : read(fd, text, TEXT_BYTES - 1);
    memset(text + (got < 0 ? 0 : got), 0, (size_t)(TEXT_BYTES - (got < 0 ? 0 : got)));
    return got > 0;
}

/* Whether the process only asks, as we do. */
static bool asks(const char *process) {
    char words[TEXT_BYTES];
    return read_of(process, "cmdline", words) && strlen(words) + 1 < sizeof words &&
           strcmp(words + strlen(words) + 1, "ask") == 0;
}

static int own_terminal(void) {
    char stat[TEXT_BYTES], name[TEXT_BYTES];
    if (!read_of("self", "stat", stat)) {
        return 0;
    }
    const char *start = strchr(stat, '('), *end = strrchr(stat, ')');
    if (start == NULL || end == NULL || end < start) {
        return 0;
    }
    snprintf(name, sizeof name, "%.*s", (int)(end - start - 1), start + 1);
    return company_terminal(stat, name);
}

bool company_is_there(void) {
    const int ours[OURS] = {own_terminal(), number_of(STDIN_FILENO), number_of(STDOUT_FILENO)};
    DIR *processes = opendir("/proc");
    if (processes == NULL) {
        return true;
    }
    bool there = false;
    for (struct dirent *entry; !there && (entry = readdir(processes)) != NULL;) {
        char stat[TEXT_BYTES];
        if (!isdigit((unsigned char)entry->d_name[0]) || atoi(entry->d_name) == getpid() ||
            !read_of(entry->d_name, "stat", stat)) {
            continue;
        }
        int terminal = company_terminal(stat, SUPERVISOR);
        for (size_t i = 0; terminal != 0 && i < OURS; i++) {
            there = there || (terminal == ours[i] && !asks(entry->d_name));
        }
    }
    closedir(processes);
    return there;
}
