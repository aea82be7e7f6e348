/*
 * Having other apps open things. Outside, whoever starts such an app has it open what he likes; inside, the
 * agent's stand-in plays that app: it opens what it was told to and keeps what it saw.
 */
#include <fcntl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "themes.h"

enum { PACKET_BYTES = 8192, SEEN_BYTES = 256, RACES = 8 };

/* As an app of one's own that opens it; `file` -1: a word. */
enum result open_outside(const char *word, int file) {
    char content[SEEN_BYTES] = "";
    int from = file >= 0 ? open(text("/proc/self/fd/%d", file), O_RDONLY | O_CLOEXEC) : -1;
    if (file >= 0) {
        (void)!read(from, content, sizeof content - 1);
    } else {
        snprintf(content, sizeof content, "%s", word);
    }
    return write_file(in_world("outside/opened"), content) ? SUCCEEDED : FAILED;
}

/* Asks the session's launcher, without any of its programs in between. */
static enum result hand_on(const char *word, int file) {
    const char *path = getenv("LANDGRANT_LINKS");
    if (path == NULL) {
        return open_outside(word, file);
    }
    char packet[PACKET_BYTES];
    size_t length = (size_t)snprintf(packet, sizeof packet, "%c%c%s", file < 0 ? 'l' : 'f', '\0', word);
    struct iovec bytes = {.iov_base = packet, .iov_len = length};
    union {
        struct cmsghdr header;
        char room[CMSG_SPACE(sizeof(int))];
    } control = {0};
    struct msghdr message = {.msg_iov = &bytes, .msg_iovlen = 1};
    struct cmsghdr *header = &control.header;
    if (file >= 0) {
        message.msg_control = control.room;
        message.msg_controllen = sizeof control.room;
        header->cmsg_level = SOL_SOCKET;
        header->cmsg_type = SCM_RIGHTS;
        header->cmsg_len = CMSG_LEN(sizeof(int));
        memcpy(CMSG_DATA(header), &file, sizeof(int));
    }
    uint32_t size = 0;
    struct sockaddr_un address = unix_address(path, &size);
    int line = socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0);
    char answer[SEEN_BYTES];
    bool good = connect(line, (struct sockaddr *)&address, size) == 0 &&
                sendmsg(line, &message, MSG_NOSIGNAL) == (ssize_t)length &&
                answered(line, answer, sizeof answer) && answer[0] == '+';
    close(line);
    return good ? SUCCEEDED : FAILED;
}

static enum result granted(void) {
    const char *path = in_world("home/granted/shown.txt");
    write_file(path, "shown");
    return hand_on("", open(path, O_RDONLY | O_CLOEXEC));
}

static enum result by_name(void) {
    return hand_on(text("file://%s", in_world("home/secret/key")), -1);
}

static enum result by_name_and_file(void) {
    int own = open(in_world("home/granted/own"), O_RDONLY | O_CLOEXEC);
    return getenv("LANDGRANT_LINKS") == NULL ? by_name() : hand_on(in_world("home/secret/key"), own);
}

/* For its path only: that needs no right. */
static enum result path_descriptor(void) {
    return hand_on("", open(in_world("home/secret/key"), O_PATH | O_CLOEXEC));
}

static enum result path_descriptor_excepted(void) {
    return hand_on("", open(in_world("home/wide/deep/secret/key"), O_PATH | O_CLOEXEC));
}

static enum result link_descriptor(void) {
    const char *link = in_world("home/granted/link.txt");
    (void)!symlink(in_world("home/secret/key"), link);
    return hand_on("", open(link, O_PATH | O_CLOEXEC));
}

static enum result proc_descriptor(void) {
    int named = open(in_world("home/secret/key"), O_PATH | O_CLOEXEC);
    int file = open(text("/proc/self/fd/%d", named), O_RDONLY | O_CLOEXEC);
    return hand_on("", file >= 0 ? file : named);
}

static enum result hard_link(void) {
    const char *here = in_world("home/granted/hard.txt");
    (void)!link(in_world("home/secret/key"), here);
    int file = open(here, O_RDONLY | O_CLOEXEC);
    return file >= 0 ? hand_on("", file) : FAILED;
}

static enum result written_only(void) {
    return hand_on("", open(in_world("home/secret/odd"), O_PATH | O_CLOEXEC));
}

static atomic_bool over;

/* The name of what was handed on leads to the secret, and back, and again. */
static void *swap(void *context) {
    (void)context;
    const char *name = in_world("home/granted/raced.txt"), *link = in_world("home/granted/raced-link");
    while (!atomic_load(&over)) {
        (void)!renameat2(AT_FDCWD, name, AT_FDCWD, link, RENAME_EXCHANGE);
    }
    return NULL;
}

static enum result race(void) {
    const char *name = in_world("home/granted/raced.txt"), *link = in_world("home/granted/raced-link");
    pthread_t thread;
    write_file(name, "own\n");
    (void)!symlink(in_world("home/secret/key"), link);
    int file = open(name, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
    if (getenv("LANDGRANT_LINKS") == NULL) {
        return hand_on("", open(link, O_RDONLY | O_CLOEXEC)); /* nobody to race with */
    }
    atomic_store(&over, false);
    if (pthread_create(&thread, NULL, swap, NULL) != 0) {
        return FAILED;
    }
    for (int i = 0; i < RACES; i++) {
        (void)hand_on("", file);
    }
    atomic_store(&over, true);
    pthread_join(thread, NULL);
    return FAILED; /* whether it did is seen outside */
}

static enum result option(void) {
    return hand_on("--profile=https://example.org", -1);
}

static enum result attachment(void) {
    return hand_on(text("mailto:a@example.org?attach=%s", in_world("home/secret/key")), -1);
}

static enum result attachment_encoded(void) {
    return hand_on(text("mailto:a@example.org?%%61ttach=%s", in_world("home/secret/key")), -1);
}

static enum result line_end(void) {
    return hand_on("https://example.org/\n--profile=x", -1);
}

static enum result other_scheme(void) {
    return hand_on("vnd.example.run:id", -1);
}

/* Anything but the own file that is swapped about. */
bool opened_seen(const struct world *where, pid_t app) {
    char content[SEEN_BYTES] = "";
    (void)app;
    int fd = open(text("%s/outside/opened", where->folder), O_RDONLY | O_CLOEXEC);
    (void)!read(fd, content, sizeof content - 1);
    close(fd);
    return content[0] != '\0';
}

#define LINKED(id, does, function, ...) ATTACK(id, does, function, __VA_ARGS__, .seen = opened_seen)
static const struct attack ROWS[] = {
    LINKED("links-granted", "a file it can read, in another app", granted, MUST_WORK),
    LINKED("links-name", "another file, by its name", by_name, CLOSED(SUPERVISOR, 0)),
    LINKED("links-two", "another file, by its name beside a file it can read", by_name_and_file,
           CLOSED(SUPERVISOR, 0)),
    LINKED("links-path", "by a descriptor for its path only", path_descriptor, CLOSED(SUPERVISOR, 0)),
    LINKED("links-path-excepted", "the same of what is excepted", path_descriptor_excepted,
           CLOSED(SUPERVISOR, 0)),
    LINKED("links-symlink", "by such a descriptor of a link to it", link_descriptor, CLOSED(SUPERVISOR, 0)),
    LINKED("links-proc", "by a descriptor opened in /proc/self/fd", proc_descriptor, CLOSED(SUPERVISOR, 0)),
    LINKED("links-hard", "by a hard link in a granted folder", hard_link, CLOSED(LANDLOCK, 1)),
    LINKED("links-write", "a file that it may not even write", written_only, CLOSED(SUPERVISOR, 0)),
    LINKED("links-race", "a file whose name leads to another one in between", race, CLOSED(SUPERVISOR, 0)),
    LINKED("links-option", "an option in the place of a link", option, CLOSED(SUPERVISOR, 0)),
    LINKED("links-attach", "a mail with another file attached", attachment, CLOSED(SUPERVISOR, 0)),
    LINKED("links-attach-encoded", "the same, spelled otherwise", attachment_encoded, CLOSED(SUPERVISOR, 0)),
    LINKED("links-line", "a second word after a line end", line_end, CLOSED(SUPERVISOR, 0)),
    LINKED("links-scheme", "a link of another kind", other_scheme, CLOSED(SUPERVISOR, 0)),
};
const struct theme LINKING = THEME(ROWS, "Links and files in other apps");
