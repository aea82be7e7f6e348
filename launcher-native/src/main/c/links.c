#include "links.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include "uri.h"

enum { ASK_MS = 2000, LOOK_MS = 1000, FDS_MOST = 4 };
static const int64_t COPIES_BYTES = 256 * 1024 * 1024;

enum state { FREE, NEW, SAID, TO_COPY, COPIED };

struct wanted {
    enum state state;
    uint64_t number;
    int line, file; /* -1: none */
    int64_t until;
    unsigned rights;
    dev_t device;
    ino_t inode;
    char hint[HINT_BYTES], *text; /* link or path */
};

struct links {
    int socket, folder, wake, told; /* `wake` wakes the thread, `told` the main one */
    char *path;
    struct reach *reach;
    int64_t copied, tokens_at; /* the thread's alone */
    int tokens;
    pthread_mutex_t lock; /* over what follows */
    uint64_t last;
    struct wanted all[LINKS_MOST];
};

static void ring(int bell) {
    uint64_t one = 1;
    (void)!write(bell, &one, sizeof one);
}

static void hush(int bell) {
    uint64_t count;
    (void)!read(bell, &count, sizeof count);
}

static void reply(int line, enum links_word word, const char *sentence) {
    FREES char *packet = text_of("%c%.1000s", word, sentence);
    (void)!send(line, packet, strlen(packet), MSG_DONTWAIT | MSG_NOSIGNAL);
}

/* Ends a request. */
static void done(struct wanted *wanted, enum links_word word, const char *sentence) {
    reply(wanted->line, word, sentence);
    close_later(&wanted->line);
    close_later(&wanted->file);
    free(wanted->text);
    *wanted = (struct wanted){.line = -1, .file = -1};
}

/* One more, if it is not one too many. */
static bool is_in_time(struct links *links) {
    int64_t now = now_ms(), more = (now - links->tokens_at) / LINKS_EACH_MS;
    if (more > 0) {
        links->tokens = more > LINKS_BURST - links->tokens ? LINKS_BURST : links->tokens + (int)more;
        links->tokens_at += more * LINKS_EACH_MS;
    }
    return links->tokens > 0 && links->tokens-- > 0;
}

/* Takes what is asked on a line; the descriptors that come with it beyond the first are closed. */
static ssize_t receive(int line, char packet[LINKS_PACKET_BYTES], int *file) {
    union {
        struct cmsghdr header;
        char room[CMSG_SPACE(FDS_MOST * sizeof(int))];
    } control;
    struct iovec bytes = {.iov_base = packet, .iov_len = LINKS_PACKET_BYTES};
    struct msghdr message = {.msg_iov = &bytes,
                             .msg_iovlen = 1,
                             .msg_control = control.room,
                             .msg_controllen = sizeof control.room};
    ssize_t got;
    do {
        got = recvmsg(line, &message, MSG_CMSG_CLOEXEC);
    } while (got < 0 && errno == EINTR);
    for (struct cmsghdr *header = CMSG_FIRSTHDR(&message); got >= 0 && header != NULL;
         header = CMSG_NXTHDR(&message, header)) {
        size_t count = header->cmsg_level == SOL_SOCKET && header->cmsg_type == SCM_RIGHTS
                           ? (header->cmsg_len - CMSG_LEN(0)) / sizeof(int)
                           : 0;
        for (size_t i = 0; i < count; i++) {
            int fd;
            memcpy(&fd, CMSG_DATA(header) + i * sizeof fd, sizeof fd);
            if (*file < 0) {
                *file = fd;
            } else {
                close(fd);
            }
        }
    }
    return (message.msg_flags & (MSG_TRUNC | MSG_CTRUNC)) != 0 ? -1 : got;
}

/* Whether the session may read the file, by its own name and by what it is. */
static bool is_readable(struct links *links, struct wanted *wanted) {
    wanted->rights = links->reach == NULL ? 0u : reach_all(links->reach, wanted->text);
    return (wanted->rights & RIGHT_READ) != 0 && !reach_is_protected(links->reach, wanted->text) &&
           !reach_is_alias(links->reach, wanted->text, wanted->file);
}

/* Fills the request; the reason when it is refused. */
static const char *understand(struct links *links, const char *packet, size_t length, struct wanted *wanted) {
    const char *reason = NULL, *end = length > 1 ? memchr(packet + 1, '\0', length - 1) : NULL;
    size_t hint = end != NULL ? (size_t)(end - packet) - 1 : HINT_BYTES;
    if (hint >= HINT_BYTES || (hint > 0 && !is_app_id(packet + 1))) {
        return "it is not asked for as it should be";
    }
    memcpy(wanted->hint, packet + 1, hint + 1);
    if (packet[0] == LINKS_LINK && wanted->file < 0) {
        wanted->text = link_checked(end + 1, length - hint - 2, &reason);
        return reason;
    }
    if (packet[0] != LINKS_FILE || wanted->file < 0 || length != hint + 2) {
        return "it is not asked for as it should be";
    }
    char path[PATH_BYTES];
    struct stat status;
    if (!links_file(wanted->file, path, &reason)) {
        return reason;
    }
    wanted->text = copy_text(path);
    if (!is_readable(links, wanted) || fstat(wanted->file, &status) != 0) {
        return "the app may not open that file itself";
    }
    wanted->device = status.st_dev;
    wanted->inode = status.st_ino;
    return NULL;
}

/* One program has come and says what it wants. */
static void welcome(struct links *links, int line) {
    struct timeval patience = {.tv_sec = ASK_MS / 1000};
    static char packet[LINKS_PACKET_BYTES]; /* the thread's */
    struct wanted wanted = {.state = NEW, .line = line, .file = -1, .until = now_ms() + LINKS_WAIT_MS};
    setsockopt(line, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    ssize_t got = receive(line, packet, &wanted.file);
    const char *reason = got <= 0             ? "it is not asked for as it should be"
                         : !is_in_time(links) ? "too much is opened at once"
                                              : understand(links, packet, (size_t)got, &wanted);
    pthread_mutex_lock(&links->lock);
    struct wanted *place = NULL;
    for (size_t i = 0; i < LINKS_MOST && reason == NULL && place == NULL; i++) {
        place = links->all[i].state == FREE ? &links->all[i] : NULL;
    }
    if (place != NULL) {
        wanted.number = ++links->last;
        *place = wanted;
    }
    pthread_mutex_unlock(&links->lock);
    if (place != NULL) {
        ring(links->told);
    } else {
        done(&wanted, LINKS_REFUSED, reason != NULL ? reason : "too much is opened at once");
    }
}

/* A folder for each copy, so that it keeps its name. The path of the copy, NULL when there is none. */
static char *copy(struct links *links, int file, const char *path, uint64_t number) {
    FREES char *folder = text_of(LINKS_COPIES "%llu", (unsigned long long)number);
    const char *name = strrchr(path, '/') + 1;
    CLOSES int inside = mkdirat(links->folder, folder, 0700) == 0
                            ? openat(links->folder, folder, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
                            : -1;
    int64_t bytes = inside >= 0 ? links_copy(file, inside, name, COPIES_BYTES - links->copied) : -1;
    if (bytes < 0) {
        return NULL;
    }
    links->copied += bytes;
    return text_of("%s/%s/%s", links->path, folder, name);
}

/* Makes the copies that the agent asked for. They are ours meanwhile: nobody else touches TO_COPY. */
static void copy_all(struct links *links) {
    for (size_t i = 0; i < LINKS_MOST; i++) {
        struct wanted *wanted = &links->all[i];
        pthread_mutex_lock(&links->lock);
        bool mine = wanted->state == TO_COPY;
        pthread_mutex_unlock(&links->lock);
        char *made = mine ? copy(links, wanted->file, wanted->text, wanted->number) : NULL;
        if (!mine) {
            continue;
        }
        pthread_mutex_lock(&links->lock);
        if (made == NULL) {
            done(wanted, LINKS_REFUSED, "it cannot be copied for an app that is not confined");
        } else {
            free(wanted->text);
            wanted->text = made;
            wanted->state = COPIED;
        }
        pthread_mutex_unlock(&links->lock);
        ring(links->told);
    }
}

/* Milliseconds until somebody has waited too long; -1 when nobody waits. */
static int look(struct links *links) {
    bool waits = false;
    pthread_mutex_lock(&links->lock);
    for (size_t i = 0; i < LINKS_MOST; i++) {
        struct wanted *wanted = &links->all[i];
        if (wanted->state != FREE && wanted->state != TO_COPY && now_ms() >= wanted->until) {
            done(wanted, LINKS_REFUSED, "nobody answered");
        }
        waits = waits || wanted->state != FREE;
    }
    pthread_mutex_unlock(&links->lock);
    return waits ? LOOK_MS : -1;
}

static void *serve(void *context) {
    struct links *links = context;
    for (;;) {
        struct pollfd watched[] = {{.fd = links->socket, .events = POLLIN},
                                   {.fd = links->wake, .events = POLLIN}};
        if (poll(watched, 2, look(links)) < 0 && errno != EINTR) {
            return NULL;
        }
        hush(links->wake);
        copy_all(links);
        int line = accept4(links->socket, NULL, NULL, SOCK_CLOEXEC);
        if (line >= 0) {
            welcome(links, line);
        }
    }
}

struct links *links_make(int socket, int folder, const char *path, struct reach *reach) {
    struct links *links = grow(NULL, 1, sizeof *links);
    *links = (struct links){.socket = socket,
                            .folder = folder,
                            .path = copy_text(path),
                            .reach = reach,
                            .wake = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK),
                            .told = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK),
                            .tokens = LINKS_BURST,
                            .tokens_at = now_ms()};
    for (size_t i = 0; i < LINKS_MOST; i++) {
        links->all[i] = (struct wanted){.line = -1, .file = -1};
    }
    pthread_mutex_init(&links->lock, NULL);
    pthread_t thread;
    int error = links->wake < 0 || links->told < 0 ? errno : pthread_create(&thread, NULL, serve, links);
    if (error != 0) {
        close_later(&links->wake);
        close_later(&links->told);
        free(links->path);
        free(links);
        errno = error;
        return NULL;
    }
    pthread_detach(thread);
    return links;
}

int links_fd(const struct links *links) {
    return links->told;
}

bool links_are_waiting(struct links *links) {
    bool waits = false;
    pthread_mutex_lock(&links->lock);
    for (size_t i = 0; i < LINKS_MOST; i++) {
        waits = waits || links->all[i].state == NEW;
    }
    pthread_mutex_unlock(&links->lock);
    return waits;
}

static bool tell(const struct wanted *wanted, struct buffer *out) {
    char rights[RIGHTS_BYTES] = "-";
    FREES char *identity = wanted->file < 0 ? copy_text("-")
                                            : text_of("%llu:%llu", (unsigned long long)wanted->device,
                                                      (unsigned long long)wanted->inode);
    if (wanted->file >= 0) {
        rights_word(wanted->rights & (RIGHT_READ | RIGHT_WRITE), rights);
    }
    struct frame_writer frame = frame_begin(out, FRAME_HAND_ON);
    frame_number(&frame, (int64_t)wanted->number);
    frame_field(&frame, wanted->file < 0 ? "link" : wanted->state == COPIED ? "copy" : "file");
    frame_field(&frame, wanted->text);
    frame_field(&frame, rights);
    frame_field(&frame, identity);
    frame_field(&frame, wanted->hint[0] != '\0' ? wanted->hint : "-");
    return frame_end(&frame);
}

void links_say(struct links *links, struct buffer *out) {
    hush(links->told);
    pthread_mutex_lock(&links->lock);
    for (size_t i = 0; i < LINKS_MOST; i++) {
        struct wanted *wanted = &links->all[i];
        if (wanted->state == NEW || wanted->state == COPIED) {
            if (tell(wanted, out)) {
                wanted->state = SAID;
            } else {
                done(wanted, LINKS_REFUSED, "its name is not UTF-8");
            }
        }
    }
    pthread_mutex_unlock(&links->lock);
}

bool links_answer(struct links *links, const struct frame *frame) {
    struct handed_on answer;
    if (!frame_handed_on(frame, &answer)) {
        return false;
    }
    pthread_mutex_lock(&links->lock);
    for (size_t i = 0; i < LINKS_MOST; i++) {
        struct wanted *wanted = &links->all[i];
        if (wanted->state != SAID || wanted->number != answer.number) {
            continue;
        }
        if (answer.word == HANDED_COPY && wanted->file >= 0) {
            wanted->state = TO_COPY;
            ring(links->wake);
        } else {
            done(wanted, answer.word == HANDED_DONE ? LINKS_DONE : LINKS_REFUSED, answer.sentence);
        }
    }
    pthread_mutex_unlock(&links->lock);
    return true;
}

void links_agent_went(struct links *links) {
    pthread_mutex_lock(&links->lock);
    for (size_t i = 0; i < LINKS_MOST; i++) {
        if (links->all[i].state == SAID || links->all[i].state == COPIED) {
            done(&links->all[i], LINKS_REFUSED, "Landgrant's agent went away");
        }
    }
    pthread_mutex_unlock(&links->lock);
}
