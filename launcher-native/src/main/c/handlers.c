#include "handlers.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "places.h"
#include "util.h"

enum { LIST_BYTES = 1024 * 1024 };

#define KINDS "x-scheme-handler/http;x-scheme-handler/https;x-scheme-handler/mailto;"
static const char *const KEYS[] = {
    "x-scheme-handler/http=", "x-scheme-handler/https=", "x-scheme-handler/mailto="};

static unsigned add_ids(const char *from, size_t length, char *ids[HANDLERS_MOST], unsigned count) {
    FREES char *all = copy_bytes(from, length);
    char *rest = NULL;
    for (char *id = strtok_r(all, "; \t\r", &rest); id != NULL && count < HANDLERS_MOST;
         id = strtok_r(NULL, "; \t\r", &rest)) {
        bool known = !is_app_id(id);
        for (unsigned i = 0; i < count && !known; i++) {
            known = strcmp(ids[i], id) == 0;
        }
        if (!known) {
            ids[count++] = copy_text(id);
        }
    }
    return count;
}

unsigned handlers_read(const char *list, char *ids[HANDLERS_MOST], unsigned count) {
    for (const char *line = list; *line != '\0';) {
        size_t length = strcspn(line, "\n");
        for (size_t i = 0; i < sizeof KEYS / sizeof KEYS[0]; i++) {
            size_t key = strlen(KEYS[i]);
            if (length > key && strncmp(line, KEYS[i], key) == 0) {
                count = add_ids(line + key, length - key, ids, count);
            }
        }
        line += length + (line[length] != '\0');
    }
    return count;
}

static unsigned read_list(char *path, char *ids[HANDLERS_MOST], unsigned count) {
    CLOSES int file = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    struct stat status;
    size_t length;
    FREES char *list = file >= 0 && fstat(file, &status) == 0 && S_ISREG(status.st_mode)
                           ? read_everything(file, LIST_BYTES, &length)
                           : NULL;
    free(path);
    return list != NULL ? handlers_read(list, ids, count) : count;
}

/* Folders of a variable like XDG_DATA_DIRS. */
static unsigned read_lists(const char *folders, const char *name, char *ids[HANDLERS_MOST], unsigned count) {
    FREES char *all = copy_text(folders);
    char *rest = NULL;
    for (char *folder = strtok_r(all, ":", &rest); folder != NULL; folder = strtok_r(NULL, ":", &rest)) {
        count = read_list(text_of("%s/%s", folder, name), ids, count);
    }
    return count;
}

static const char *said(const char *name, const char *usual) {
    const char *value = getenv(name);
    return value != NULL && *value != '\0' ? value : usual;
}

static unsigned read_all(char *ids[HANDLERS_MOST]) {
    const char *data = said("XDG_DATA_DIRS", "/usr/local/share:/usr/share"),
               *config = said("XDG_CONFIG_HOME", NULL), *home = said("HOME", "/");
    unsigned count = read_list(config != NULL ? text_of("%s/mimeapps.list", config)
                                              : text_of("%s/.config/mimeapps.list", home),
                               ids, 0);
    count = read_lists(said("XDG_CONFIG_DIRS", "/etc/xdg"), "mimeapps.list", ids, count);
    count = read_lists(data, "applications/mimeapps.list", ids, count);
    return read_lists(data, "applications/mimeinfo.cache", ids, count);
}

static bool write_text(int folder, const char *name, const char *text) {
    CLOSES int file = openat(folder, name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
    return file >= 0 && write_everything(file, text, strlen(text));
}

bool handlers_make(int folder, const char *program, const char *own) {
    char *ids[HANDLERS_MOST];
    unsigned count = read_all(ids);
    CLOSES int apps = mkdirat(folder, "applications", 0700) == 0
                          ? openat(folder, "applications", O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
                          : -1;
    FREES char *entry = text_of("[Desktop Entry]\nType=Application\nName=Another app\nNoDisplay=true\n"
                                "Exec=\"%s\" %%u\nMimeType=" KINDS "\n",
                                program);
    FREES char *list = copy_text("");
    bool good = apps >= 0;
    for (unsigned i = 0; i < count; i++) {
        if (strcmp(ids[i], own) != 0) {
            good = good && write_text(apps, ids[i], entry);
            char *longer = text_of("%s%s;", list, ids[i]);
            free(list);
            list = longer;
        }
        free(ids[i]);
    }
    FREES char *index =
        text_of("[MIME Cache]\n%s%s\n%s%s\n%s%s\n", KEYS[0], list, KEYS[1], list, KEYS[2], list);
    return good && write_text(apps, "mimeinfo.cache", index);
}
