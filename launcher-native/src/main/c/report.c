#include "report.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "refusals.h"
#include "util.h"
#include "walk.h"

enum { LINE_BYTES = 65536 };

/* Whether the app could put a file or a link there, or on the way there. */
static bool is_in_reach(const struct walk *walk, const char *end, const struct rules *rules) {
    char folder[PATH_BYTES];
    for (size_t i = 0; i < rules->count; i++) {
        const struct rule *rule = &rules->list[i];
        if ((rule->rights & RIGHT_WRITE) == 0 || !S_ISDIR(rule->mode)) {
            continue;
        }
        if (is_below(end, rule->path)) {
            return true;
        }
        for (unsigned at = 0; at < walk->link_count; at++) {
            if (!path_of_fd(walk->links[at].folder, folder) || is_below(folder, rule->path)) {
                return true;
            }
        }
    }
    return false;
}

int report_open(const char *path, const struct rules *rules, char *problem, size_t problem_bytes) {
    char folder[PATH_BYTES];
    WALKS walk;
    const char *name = strrchr(path, '/');
    if (name == NULL || name[1] == '\0') {
        snprintf(problem, problem_bytes, "the report %.4000s is no file", path);
        walk = (struct walk){.fd = -1};
        return -1;
    }
    FREES char *above = name == path ? copy_text("/") : copy_bytes(path, (size_t)(name - path));
    if (!walk_to(above, &walk) || !path_of_fd(walk.fd, folder)) {
        snprintf(problem, problem_bytes, "the report %.4000s cannot be written: %s", path, strerror(errno));
        return -1;
    }
    if (is_in_reach(&walk, folder, rules)) {
        snprintf(problem, problem_bytes,
                 "the report %.4000s would lie where the command may change files; put it elsewhere", path);
        return -1;
    }
    int fd = openat(walk.fd, name + 1,
                    O_WRONLY | O_CREAT | O_APPEND | O_NOFOLLOW | O_CLOEXEC | O_NOCTTY | O_NONBLOCK, 0600);
    struct stat status;
    if (fd >= 0 && (fstat(fd, &status) != 0 || !S_ISREG(status.st_mode))) {
        close(fd);
        fd = -1;
        errno = EINVAL;
    }
    if (fd < 0) {
        snprintf(problem, problem_bytes, "the report %.4000s cannot be written: %s", path,
                 errno == ELOOP    ? "it is a link"
                 : errno == EINVAL ? "it is no file"
                                   : strerror(errno));
    }
    return fd;
}

/* A JSON string of these bytes; what is no UTF-8 becomes U+FFFD, byte by byte. */
static void add_string(struct buffer *line, const char *text) {
    size_t length = strlen(text);
    bool utf8 = is_utf8(text, length);
    (void)buffer_add(line, "\"", 1);
    for (size_t i = 0; i < length; i++) {
        unsigned char byte = (unsigned char)text[i];
        char escape[8];
        if (byte < 0x20 || byte == 0x7f || (byte >= 0x80 && !utf8)) {
            snprintf(escape, sizeof escape, "\\u%04x", byte >= 0x80 ? 0xfffdu : byte);
            (void)buffer_add(line, escape, 6);
        } else if (byte == '"' || byte == '\\') {
            escape[0] = '\\';
            escape[1] = (char)byte;
            (void)buffer_add(line, escape, 2);
        } else {
            (void)buffer_add(line, &text[i], 1);
        }
    }
    (void)buffer_add(line, "\"", 1);
}

static void add_text(struct buffer *line, const char *text) {
    (void)buffer_add(line, text, strlen(text));
}

static void add_member(struct buffer *line, const char *name, const char *text) {
    add_text(line, ",\"");
    add_text(line, name);
    add_text(line, "\":");
    add_string(line, text);
}

/* The very bytes, where the text above is not what they are. */
static void add_bytes(struct buffer *line, const char *text) {
    if (is_utf8(text, strlen(text))) {
        return;
    }
    add_text(line, ",\"whatHex\":\"");
    for (const char *at = text; *at != '\0'; at++) {
        char digits[3];
        snprintf(digits, sizeof digits, "%02x", (unsigned char)*at);
        (void)buffer_add(line, digits, 2);
    }
    add_text(line, "\"");
}

char *report_line(const struct denial *denial, uint64_t count) {
    static const char *const KINDS[] = {"file", "connect-tcp", "listen-tcp", "bus"};
    struct buffer line = {.limit = LINE_BYTES};
    char numbers[80];
    snprintf(numbers, sizeof numbers, "{\"schema\":1,\"time\":%lld,\"count\":%llu", (long long)denial->last,
             (unsigned long long)count);
    add_text(&line, numbers);
    add_member(&line, "kind", KINDS[denial->kind]);
    add_member(&line, "access",
               denial->kind == DENIED_CONNECT  ? "connect"
               : denial->kind == DENIED_LISTEN ? "listen"
               : denial->kind == DENIED_BUS    ? (denial->access == 'w' ? "own" : "talk")
               : denial->access == 'x'         ? "execute"
               : denial->access == 'w'         ? "write"
                                               : "read");
    add_member(&line, "what", denial->what);
    add_bytes(&line, denial->what);
    add_member(&line, "program", denial->program);
    char *value = NULL;
    const char *option = option_for(denial, &value);
    if (option != NULL && is_utf8(value, strlen(value))) {
        add_member(&line, "option", option);
        add_member(&line, "value", value);
    }
    free(value);
    add_text(&line, "}\n");
    (void)buffer_add(&line, "", 1);
    return (char *)line.bytes;
}

bool report_write(int fd, const struct denial *denial, uint64_t count) {
    FREES char *line = report_line(denial, count);
    return write_everything(fd, line, strlen(line));
}
