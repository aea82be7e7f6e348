#include "places.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "policy.h"
#include "util.h"

/* An absolute path from the environment without trailing slashes, or NULL. Others are ignored, as XDG says.
 */
static char *folder_from(const char *name) {
    const char *value = getenv(name);
    if (value == NULL || value[0] != '/' || strlen(value) >= PATH_BYTES) {
        return NULL;
    }
    char *folder = copy_text(value);
    for (size_t end = strlen(folder); end > 1 && folder[end - 1] == '/';) {
        folder[--end] = '\0';
    }
    return folder;
}

/* The password file is read directly: name services are libraries, and this program is static. */
static char *home_of_user(void) {
    char *home = NULL;
    FILE *users = fopen("/etc/passwd", "re");
    struct passwd *user = NULL;
    while (users != NULL && home == NULL && (user = fgetpwent(users)) != NULL) {
        if (user->pw_uid == getuid() && user->pw_dir != NULL && user->pw_dir[0] == '/') {
            home = copy_text(user->pw_dir);
        }
    }
    if (users != NULL) {
        fclose(users);
    }
    return home;
}

/* Landgrant's data folder in a home; NULL without one. */
static char *data_in(const char *home) {
    return home != NULL ? text_of("%s/.local/share/landgrant", strcmp(home, "/") == 0 ? "" : home) : NULL;
}

static char *agent_program(void) {
    char own[PATH_BYTES];
    ssize_t length = readlink("/proc/self/exe", own, sizeof own - 1);
    if (length <= 0) {
        die("the program's own place is not known: %s", strerror(errno));
    }
    own[length] = '\0';
    char *name = strrchr(own, '/');
    *(name != NULL ? name : own) = '\0';
    return text_of("%s/../libexec/landgrant-agent", own);
}

static struct places find(const char *without_home) {
    FREES char *data = folder_from("XDG_DATA_HOME"), *runtime = folder_from("XDG_RUNTIME_DIR");
    FREES char *home = folder_from("HOME"), *user_home = home_of_user();
    struct places places = {
        .agent = agent_program(),
        .home_data = data_in(home),
        .user_data = data_in(user_home),
        .user_runtime = text_of("/run/user/%u/landgrant", getuid()),
    };
    const char *usual = places.home_data != NULL   ? places.home_data
                        : places.user_data != NULL ? places.user_data
                                                   : without_home;
    if (data == NULL && usual == NULL) {
        die("there is no home folder: neither HOME nor the password file names one");
    }
    places.data = data != NULL ? text_of("%s/landgrant", data) : copy_text(usual);
    places.runtime = runtime != NULL ? text_of("%s/landgrant", runtime) : text_of("%s/runtime", places.data);
    places.buses = text_of("%s-buses", runtime != NULL ? places.runtime : places.data);
    return places;
}

struct places places_find(void) {
    return find(NULL);
}

struct places places_find_any(void) {
    return find("/nonexistent/landgrant");
}

bool is_app_id(const char *word) {
    static const char ending[] = ".desktop";
    size_t length = strlen(word), tail = sizeof ending - 1;
    if (length <= tail || length > APP_ID_BYTES || word[0] == '.' ||
        strcmp(word + length - tail, ending) != 0 || strchr(word, '/') != NULL || !is_utf8(word, length)) {
        return false;
    }
    for (const unsigned char *at = (const unsigned char *)word; *at != '\0'; at++) {
        /* C0 and C1 controls */
        if (*at < 0x20 || *at == 0x7f || (*at == 0xc2 && at[1] < 0xa0)) {
            return false;
        }
    }
    return true;
}

char *app_id_of(char *word) {
    if (is_app_id(word)) {
        return word;
    }
    char *whole = text_of("%s.desktop", word);
    if (!is_app_id(whole)) {
        free(whole);
        return NULL;
    }
    return whole;
}

bool path_of_fd(int fd, char *path) {
    char link[32];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, path, PATH_BYTES - 1);
    if (length <= 0 || path[0] != '/') {
        return false;
    }
    path[length] = '\0';
    return true;
}

int make_folders(const char *path) {
    FREES char *part = copy_text(path);
    for (char *at = part + 1;; at++) {
        if (*at != '/' && *at != '\0') {
            continue;
        }
        char kept = *at;
        *at = '\0';
        int error = mkdir(part, 0700) == 0 ? 0 : errno;
        if (error != 0 && error != EEXIST && (kept == '\0' || access(part, F_OK) != 0)) {
            errno = error;
            return -1;
        }
        *at = kept;
        if (kept == '\0') {
            break;
        }
    }
    struct stat status;
    if (stat(path, &status) != 0) {
        return -1;
    }
    if (!S_ISDIR(status.st_mode)) {
        errno = ENOTDIR;
        return -1;
    }
    return 0;
}

int open_own_folder(const char *path) {
    int fd = open(path, O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    struct stat status;
    if (fd >= 0 && (fstat(fd, &status) != 0 || status.st_uid != getuid() || (status.st_mode & 077) != 0)) {
        close(fd);
        errno = EPERM;
        return -1;
    }
    return fd;
}

/* Writes the secret beside its place and links it there, so that nobody ever reads half of it. */
static bool make_secret(const char *path) {
    unsigned char bytes[SECRET_DIGITS / 2];
    char digits[SECRET_DIGITS + 1];
    if (getrandom(bytes, sizeof bytes, 0) != (ssize_t)sizeof bytes) {
        return false;
    }
    for (size_t i = 0; i < sizeof bytes; i++) {
        snprintf(digits + 2 * i, 3, "%02x", bytes[i]);
    }
    FREES char *beside = text_of("%s.%d", path, getpid());
    unlink(beside);
    CLOSES int fd = open(beside, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
    bool written = fd >= 0 && write_everything(fd, digits, SECRET_DIGITS) && fsync(fd) == 0 &&
                   (link(beside, path) == 0 || errno == EEXIST);
    int kept = errno;
    unlink(beside);
    errno = kept;
    return written;
}

bool read_secret(const struct places *places, char secret[SECRET_DIGITS + 1], char *problem,
                 size_t problem_bytes) {
    FREES char *path = text_of("%s/secret", places->data);
    CLOSES int fd = open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK);
    if (fd < 0 && errno == ENOENT && make_folders(places->data) == 0 && make_secret(path)) {
        fd = open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK);
    }
    size_t length = 0;
    FREES char *text = fd >= 0 ? read_everything(fd, SECRET_DIGITS + 1, &length) : NULL;
    if (text == NULL) {
        snprintf(problem, problem_bytes, "%s cannot be read: %s", path, strerror(errno));
        return false;
    }
    if (length == SECRET_DIGITS + 1 && text[SECRET_DIGITS] == '\n') {
        length--;
    }
    if (length != SECRET_DIGITS || strspn(text, "0123456789abcdefABCDEF") < SECRET_DIGITS) {
        snprintf(problem, problem_bytes, "%s does not hold 64 hex digits", path);
        return false;
    }
    memcpy(secret, text, SECRET_DIGITS);
    secret[SECRET_DIGITS] = '\0';
    return true;
}

int connect_agent(const struct places *places) {
    errno = 0;
    CLOSES int folder = open_own_folder(places->runtime);
    if (folder < 0) {
        return -1;
    }
    /* Through the opened folder: what was checked is what is used, and no path is too long for a socket. */
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    snprintf(address.sun_path, sizeof address.sun_path, "/proc/self/fd/%d/agent", folder);
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    struct ucred peer;
    socklen_t size = sizeof peer;
    if (fd >= 0 && (connect(fd, (struct sockaddr *)&address, sizeof address) != 0 ||
                    getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &peer, &size) != 0 || peer.uid != getuid())) {
        int error = errno;
        close(fd);
        fd = -1;
        errno = error;
    }
    return fd;
}

char *read_last_policy(const struct places *places, const char *app, size_t *length) {
    FREES char *folder_path = text_of("%s/policies", places->data), *name = text_of("%s.policy", app);
    CLOSES int folder = open(folder_path, O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    CLOSES int fd = folder >= 0 ? openat(folder, name, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK) : -1;
    struct stat status;
    if (fd < 0 || fstat(fd, &status) != 0) {
        return NULL;
    }
    if (!S_ISREG(status.st_mode) || status.st_uid != getuid() || (status.st_mode & 022) != 0) {
        errno = EPERM;
        return NULL;
    }
    return read_everything(fd, POLICY_BYTES, length);
}
