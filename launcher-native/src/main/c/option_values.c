#include "option_values.h"

#include <errno.h>
#include <pwd.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "util.h"

bool complain(const struct complaint *complaint, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(complaint->text, complaint->bytes, format, arguments);
    va_end(arguments);
    return false;
}

char *next_of_list(const char **list) {
    const char *at = *list;
    if (at == NULL) {
        return NULL;
    }
    char *part = grow(NULL, strlen(at) + 1, 1);
    size_t length = 0;
    for (; *at != '\0' && *at != ','; at++) {
        at += *at == '\\' && (at[1] == ',' || at[1] == '\\');
        part[length++] = *at;
    }
    part[length] = '\0';
    *list = *at == ',' ? at + 1 : NULL;
    return part;
}

/* NULL when the path is relative to a folder that is gone. */
static char *absolute(const char *path) {
    char folder[PATH_BYTES];
    if (path[0] == '/') {
        return copy_text(path);
    }
    /* The kernel writes "(unreachable)" before folders outside this root. */
    if (getcwd(folder, sizeof folder) == NULL || folder[0] != '/') {
        return NULL;
    }
    return text_of("%s/%s", strcmp(folder, "/") == 0 ? "" : folder, path);
}

/* Takes out empty and "." parts, in place; whether a ".." is left. */
static bool tidy(char *path) {
    char *end = path;
    bool above = false;
    for (const char *at = path; *at != '\0';) {
        at += strspn(at, "/");
        size_t length = strcspn(at, "/");
        above = above || (length == 2 && at[0] == '.' && at[1] == '.');
        if (length > 0 && !(length == 1 && at[0] == '.')) {
            *end++ = '/';
            memmove(end, at, length);
            end += length;
        }
        at += length;
    }
    if (end == path) {
        *end++ = '/';
    }
    *end = '\0';
    return above;
}

static char *expand_home(const char *word) {
    const char *home = getenv("HOME");
    return word[0] == '~' && (word[1] == '\0' || word[1] == '/') && home != NULL && home[0] == '/'
               ? text_of("%s%s", home, word + 1)
               : copy_text(word);
}

char *path_from(const char *word, bool home, const struct complaint *complaint) {
    if (*word == '\0') {
        complain(complaint, "a path is missing");
        return NULL;
    }
    FREES char *expanded = home ? expand_home(word) : copy_text(word);
    char *path = absolute(expanded);
    if (path == NULL) {
        complain(complaint, "%.4000s cannot be granted: the current folder does not exist any more", word);
        return NULL;
    }
    if (tidy(path)) {
        char *real = realpath(path, NULL);
        if (real == NULL) {
            complain(complaint, "%.4000s: %s; write the path without \"..\"", word, strerror(errno));
        }
        free(path);
        path = real;
    }
    if (path != NULL && strlen(path) > POLICY_PATH_BYTES) {
        complain(complaint, "a path is longer than %d bytes: %.200s…", POLICY_PATH_BYTES, path);
        free(path);
        return NULL;
    }
    return path;
}

bool take_paths(const char *option, const char *list, enum directive kind, unsigned rights, bool home,
                struct policy *policy, const struct complaint *complaint) {
    if (*list == '\0') {
        return complain(complaint, "%s takes a path, or several with commas between them", option);
    }
    while (list != NULL) {
        FREES char *word = next_of_list(&list);
        if (*word == '\0') {
            return complain(complaint,
                            "%s: a path is missing beside a comma (write \\, for a comma in a name)", option);
        }
        char *path = path_from(word, home, complaint);
        if (path == NULL) {
            return false;
        }
        policy_add(policy,
                   (struct line){.kind = kind, .rights = rights, .ref = copy_text("-"), .text = path});
    }
    return true;
}

bool take_ports(const char *option, const char *list, enum directive kind, struct policy *policy,
                const struct complaint *complaint) {
    do {
        FREES char *word = next_of_list(&list);
        uint64_t port = 0;
        if (!parse_number(word, UINT16_MAX, &port)) {
            return complain(complaint, "%s takes a port, a number from 0 to 65535, not \"%.40s\"", option,
                            word);
        }
        policy_add(policy, (struct line){.kind = kind, .port = (uint16_t)port, .ref = copy_text("-")});
    } while (list != NULL);
    return true;
}

bool take_variable(const char *word, struct policy *policy, const struct complaint *complaint) {
    static const char LETTERS[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_";
    size_t length = strspn(word, LETTERS);
    if (length == 0 || length > POLICY_NAME_BYTES || (word[length] != '\0' && word[length] != '=')) {
        return complain(complaint,
                        "--env takes NAME or NAME=VALUE; a name is 1 to %d characters of A-Z a-z 0-9 _",
                        POLICY_NAME_BYTES);
    }
    char *name = copy_bytes(word, length);
    const char *value = word[length] == '=' ? word + length + 1 : getenv(name);
    if (value == NULL) {
        free(name);
        return true; /* it has no value here, so it gets none there */
    }
    policy_add(policy, (struct line){.kind = LINE_SET, .name = name, .text = copy_text(value)});
    return true;
}

/* Of what one kind of device consists; `%u` counts. The same as the settings window gives (DevicePaths). */
static const struct {
    const char *kind;
    unsigned rights;
    const char *paths[10];
    unsigned most; /* of those with %u */
} DEVICES[] = {
    {"camera", RIGHT_READ | RIGHT_WRITE | RIGHT_DEVICE, {"/dev/video%u"}, 10},
    {"sound", RIGHT_READ | RIGHT_WRITE | RIGHT_DEVICE, {"/dev/snd"}, 1},
    {"gpu",
     RIGHT_READ | RIGHT_WRITE | RIGHT_DEVICE,
     {"/dev/dri", "/dev/kfd", "/dev/udmabuf", "/dev/nvidiactl", "/dev/nvidia-modeset", "/dev/nvidia-uvm",
      "/dev/nvidia-uvm-tools", "/dev/nvidia-caps", "/dev/nvidia%u"},
     16},
    {"terminal", RIGHT_READ | RIGHT_WRITE | RIGHT_DEVICE, {"/dev/ptmx", "/dev/pts"}, 1},
    {"shared-memory", RIGHT_READ | RIGHT_WRITE, {"/dev/shm"}, 1},
};
enum { DEVICE_KINDS = sizeof DEVICES / sizeof DEVICES[0], DEVICE_PATHS = 10 };

static unsigned add_existing(const char *pattern, unsigned kind, struct policy *policy) {
    const char *number = strstr(pattern, "%u");
    unsigned found = 0;
    for (unsigned i = 0; i < (number != NULL ? DEVICES[kind].most : 1); i++) {
        char *path =
            number != NULL ? text_of("%.*s%u", (int)(number - pattern), pattern, i) : copy_text(pattern);
        if (access(path, F_OK) != 0) {
            free(path);
            continue;
        }
        policy_add(policy, (struct line){.kind = LINE_FILE,
                                         .rights = DEVICES[kind].rights,
                                         .ref = copy_text("-"),
                                         .text = path});
        found++;
    }
    return found;
}

static bool take_kind(unsigned kind, bool ignore_missing, struct policy *policy,
                      const struct complaint *complaint) {
    unsigned found = 0;
    for (unsigned i = 0; i < DEVICE_PATHS && DEVICES[kind].paths[i] != NULL; i++) {
        found += add_existing(DEVICES[kind].paths[i], kind, policy);
    }
    return found > 0 || ignore_missing ||
           complain(complaint, "--device %s: there is none here (--ignore-missing goes on without)",
                    DEVICES[kind].kind);
}

/* A path below /dev, or whatever is a device. */
static bool take_device_path(const char *word, bool ignore_missing, struct policy *policy,
                             const struct complaint *complaint) {
    char *path = path_from(word, false, complaint);
    struct stat status;
    if (path == NULL) {
        return false;
    }
    bool there = stat(path, &status) == 0;
    if (there && !S_ISCHR(status.st_mode) && !S_ISBLK(status.st_mode) && !is_below(path, "/dev")) {
        complain(complaint, "--device %.4000s: that is no device (use --rw for files and folders)", path);
        free(path);
        return false;
    }
    if (!there && ignore_missing) {
        free(path);
        return true;
    }
    policy_add(policy, (struct line){.kind = LINE_FILE,
                                     .rights = RIGHT_READ | RIGHT_WRITE | RIGHT_DEVICE,
                                     .ref = copy_text("-"),
                                     .text = path});
    return true;
}

bool take_devices(const char *list, bool ignore_missing, struct policy *policy,
                  const struct complaint *complaint) {
    do {
        FREES char *word = next_of_list(&list);
        unsigned kind = 0;
        while (kind < DEVICE_KINDS && strcmp(word, DEVICES[kind].kind) != 0) {
            kind++;
        }
        if (kind == DEVICE_KINDS && strchr(word, '/') == NULL) {
            return complain(complaint,
                            "--device takes camera, sound, gpu, terminal, shared-memory or a path like "
                            "/dev/ttyUSB0, not \"%.40s\"",
                            word);
        }
        if (!(kind < DEVICE_KINDS ? take_kind(kind, ignore_missing, policy, complaint)
                                  : take_device_path(word, ignore_missing, policy, complaint))) {
            return false;
        }
    } while (list != NULL);
    return true;
}
