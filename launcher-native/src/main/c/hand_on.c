#include "hand_on.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/un.h>
#include <unistd.h>

#include "descriptors.h"
#include "links.h"
#include "opened.h"
#include "uri.h"
#include "util.h"

/* xdg-open's own exit statuses. */
enum { OPENED = 0, WRONG_WORDS = 1, NO_FILE = 2, FAILED = 4 };
enum { ANSWER_SECONDS = 40, WORDS_MOST = 16 };

const char *const HAND_ON_NAMES[] = {
    "xdg-open",          "gio",         "exo-open",  "kde-open",         "kde-open5",
    "gnome-open",        "gvfs-open",   "xdg-email", "sensible-browser", "x-www-browser",
    "gnome-www-browser", "www-browser", NULL};

static const char *name_of(const char *word) {
    const char *slash = strrchr(word, '/');
    return slash != NULL ? slash + 1 : word;
}

bool hand_on_is_name(const char *word) {
    for (const char *const *name = HAND_ON_NAMES; *name != NULL; name++) {
        if (strcmp(*name, name_of(word)) == 0) {
            return true;
        }
    }
    return false;
}

static int connect_supervisor(void) {
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    struct timeval patience = {.tv_sec = ANSWER_SECONDS};
    const char *path = getenv(HAND_ON_VARIABLE);
    if (path == NULL || strlen(path) >= sizeof address.sun_path) {
        errno = ENOENT;
        return -1;
    }
    strcpy(address.sun_path, path);
    int line = socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0);
    if (line >= 0 && (setsockopt(line, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience) != 0 ||
                      connect(line, (struct sockaddr *)&address, sizeof address) != 0)) {
        int error = errno;
        close(line);
        errno = error;
        return -1;
    }
    return line;
}

/* Has one link (`file` -1) or file opened; says why when it is not. */
static int ask(const char *hint, const char *shown, const char *link, int file) {
    CLOSES int line = connect_supervisor();
    char packet[LINKS_PACKET_BYTES + 1];
    if (line < 0) {
        say("%s cannot be opened by another app: %s", shown, strerror(errno));
        return FAILED;
    }
    int length = snprintf(packet, sizeof packet, "%c%s%c%s", file < 0 ? LINKS_LINK : LINKS_FILE, hint, '\0',
                          file < 0 ? link : "");
    if (length < 0 || (size_t)length > LINKS_PACKET_BYTES) {
        say("%.200s… is too long to be opened by another app", shown);
        return FAILED;
    }
    ssize_t got =
        send_with(line, packet, (size_t)length, file, 0) ? recv(line, packet, sizeof packet - 1, 0) : -1;
    if (got <= 0) {
        say("%s cannot be opened by another app: nobody answered", shown);
        return FAILED;
    }
    packet[got] = '\0';
    if (packet[0] != LINKS_DONE) {
        say("%s is not opened by another app: %s", shown, packet + 1);
        return FAILED;
    }
    return OPENED;
}

static int hand_on(const char *hint, const char *word) {
    char folder[PATH_BYTES];
    if (is_like_link(word)) {
        return ask(hint, word, word, -1);
    }
    FREES char *path = local_path(word, getcwd(folder, sizeof folder) != NULL ? folder : "/");
    if (path == NULL) {
        say("%s is neither a link to the web or a mail address nor a file, so it is not opened", word);
        return FAILED;
    }
    CLOSES int file = open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
    if (file < 0) {
        say("%s cannot be opened: %s", path, strerror(errno));
        return NO_FILE;
    }
    return ask(hint, path, NULL, file);
}

/* The same name further on in PATH; we are there, too. */
static noreturn void become_real(char **argv) {
    struct stat own, other;
    const char *name = name_of(argv[0]), *all = getenv("PATH");
    FREES char *rest = copy_text(all != NULL ? all : "");
    bool known = stat("/proc/self/exe", &own) == 0;
    for (char *folder = strtok(rest, ":"); known && folder != NULL; folder = strtok(NULL, ":")) {
        FREES char *path = text_of("%s/%s", folder, name);
        if (stat(path, &other) == 0 && (other.st_ino != own.st_ino || other.st_dev != own.st_dev)) {
            argv[0] = path;
            execv(path, argv);
        }
    }
    die("there is no other %s", name);
}

static int hand_on_all(char **words) {
    int worst = words[0] != NULL ? OPENED : WRONG_WORDS;
    if (words[0] == NULL) {
        say("there is nothing to open: a link or a file is missing");
    }
    for (size_t i = 0; words[i] != NULL && i < WORDS_MOST; i++) {
        int status = WRONG_WORDS;
        if (words[i][0] == '-' || words[i][0] == '\0') {
            say("\"%s\" is no link and no file", words[i]);
        } else {
            status = hand_on("", words[i]);
        }
        worst = status > worst ? status : worst;
    }
    return worst;
}

static int mail(char **words) {
    if (words[0] == NULL || words[1] != NULL || words[0][0] == '-') {
        say("only a mail address or a mailto link is handed on, nothing else about a mail");
        return WRONG_WORDS;
    }
    FREES char *link =
        strncmp(words[0], "mailto:", 7) == 0 ? copy_text(words[0]) : text_of("mailto:%s", words[0]);
    return hand_on("", link);
}

int hand_on_as(char **argv) {
    const char *name = name_of(argv[0]);
    char **words = argv + 1;
    if (strcmp(name, "gio") == 0) {
        if (words[0] == NULL || strcmp(words[0], "open") != 0) {
            become_real(argv);
        }
        words++;
    }
    if (strcmp(name, "xdg-email") == 0) {
        return mail(words);
    }
    if (strcmp(name, "exo-open") == 0 && words[0] != NULL && strcmp(words[0], "--launch") == 0) {
        words += words[1] != NULL ? 2 : 1; /* which kind of app; the link decides that, too */
    }
    return hand_on_all(words);
}

int hand_on_launch(const char *app, char **words) {
    int worst = OPENED;
    size_t count = 0;
    if (words[0] != NULL && strcmp(words[0], "--") == 0) {
        words += words[1] != NULL ? 2 : 1;
    }
    for (; *words != NULL && count < WORDS_MOST; words++) {
        struct stat status;
        FREES char *path = is_like_link(*words) || **words == '-' ? NULL : local_path(*words, "/");
        if (is_like_link(*words) || (path != NULL && stat(path, &status) == 0 && S_ISREG(status.st_mode))) {
            int result = hand_on(app, *words);
            worst = result > worst ? result : worst;
            count++;
        }
    }
    if (count == 0) {
        die("a confined app starts another one only to open a link or a file");
    }
    return worst;
}
