/*
 * Having other apps open things by the desktop's portal, over the bus of the session's own. The launcher
 * stands in the portal's place there; outside, whoever likes starts an app of his own.
 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "bus.h"
#include "themes.h"

enum { FLOOD = 400, ANSWERS = 6, ANSWER_BYTES = 4096 };

/* OpenURI of the word, or OpenFile of the descriptor with a number that may be none. */
static void make_opening(struct message *message, uint32_t serial, const char *word, uint32_t number) {
    struct call call = {"org.freedesktop.portal.Desktop",     "/org/freedesktop/portal/desktop",
                        "org.freedesktop.portal.OpenURI",     word != NULL ? "OpenURI" : "OpenFile",
                        word != NULL ? "ssa{sv}" : "sha{sv}", {{0}, 0}};
    put_text(&call.body, "");
    if (word != NULL) {
        put_text(&call.body, word);
    } else {
        put_number(&call.body, number);
    }
    put_number(&call.body, 0);
    align(&call.body, 8);
    make_call(message, serial, &call);
}

static bool send_with(int line, const struct message *message, int file) {
    struct iovec bytes = {.iov_base = (void *)(uintptr_t)message->bytes, .iov_len = message->length};
    union {
        struct cmsghdr header;
        char room[CMSG_SPACE(sizeof(int))];
    } control = {
        .header = {.cmsg_level = SOL_SOCKET, .cmsg_type = SCM_RIGHTS, .cmsg_len = CMSG_LEN(sizeof(int))}};
    struct msghdr all = {.msg_iov = &bytes, .msg_iovlen = 1};
    if (file >= 0) {
        all.msg_control = control.room;
        all.msg_controllen = sizeof control.room;
        memcpy(CMSG_DATA(&control.header), &file, sizeof file);
    }
    return sendmsg(line, &all, MSG_NOSIGNAL) == (ssize_t)message->length;
}

/* Until the portal says what became of it: what ends so is no error, and says 0. */
static enum result hear(int line) {
    static char answer[ANSWER_BYTES];
    for (int i = 0; i < ANSWERS && answered(line, answer, sizeof answer); i++) {
        loot(answer, sizeof answer);
        if (memmem(answer, sizeof answer, "Response", 8) != NULL) {
            return SUCCEEDED; /* whether it was opened is seen outside */
        }
        if (memmem(answer, sizeof answer, ".Error.", 7) != NULL) {
            return FAILED;
        }
    }
    return FAILED;
}

static enum result opens(const char *word, int file) {
    if (getenv("LANDGRANT_LINKS") == NULL) {
        return open_outside(word != NULL ? word : "", file);
    }
    static struct message message;
    int line = bus(own_bus());
    make_opening(&message, 2, word, 0);
    return line >= 0 && send_with(line, &message, file) ? hear(line) : FAILED;
}

static enum result granted(void) {
    const char *path = in_world("home/granted/shown.txt");
    write_file(path, "shown");
    return opens(NULL, open(path, O_RDONLY | O_CLOEXEC));
}

static enum result by_name(void) {
    return opens(text("file://%s", in_world("home/secret/key")), -1);
}

static enum result by_bare_name(void) {
    return opens(in_world("home/secret/key"), -1);
}

static enum result path_descriptor(void) {
    return opens(NULL, open(in_world("home/secret/key"), O_PATH | O_CLOEXEC));
}

static enum result path_descriptor_excepted(void) {
    return opens(NULL, open(in_world("home/wide/deep/secret/key"), O_PATH | O_CLOEXEC));
}

static enum result proc_descriptor(void) {
    int named = open(in_world("home/secret/key"), O_PATH | O_CLOEXEC);
    int file = open(text("/proc/self/fd/%d", named), O_RDONLY | O_CLOEXEC);
    return opens(NULL, file >= 0 ? file : named);
}

/* The descriptor of another message, which came before. */
static enum result other_descriptor(void) {
    int secret = open(in_world("home/secret/key"), O_PATH | O_CLOEXEC);
    if (getenv("LANDGRANT_LINKS") == NULL) {
        return open_outside("", secret);
    }
    static struct message message;
    int line = bus(own_bus());
    make_opening(&message, 2, NULL, 1);
    bool sent = line >= 0 && send_with(line, &message, secret);
    make_opening(&message, 3, NULL, 0);
    return sent && send_with(line, &message, -1) ? hear(line) : FAILED;
}

static enum result scheme(void) {
    return opens("vnd.example.run:id", -1);
}

static enum result attachment(void) {
    return opens(text("mailto:a@example.org?attach=%s", in_world("home/secret/key")), -1);
}

/* So many that one may be taken for another; nobody reads the answers meanwhile. */
static enum result flood(void) {
    int secret = open(in_world("home/secret/key"), O_PATH | O_CLOEXEC);
    if (getenv("LANDGRANT_LINKS") == NULL) {
        return open_outside("", secret);
    }
    static struct message message;
    int line = bus(own_bus());
    const char *name = text("file://%s", in_world("home/secret/key"));
    (void)fcntl(line, F_SETFL, O_NONBLOCK);
    for (uint32_t i = 0; line >= 0 && i < FLOOD; i++) {
        make_opening(&message, 2 + i, i % 2 == 0 ? name : NULL, i % 3);
        if (!send_with(line, &message, secret)) {
            break;
        }
        char answer[ANSWER_BYTES];
        if (i % 32 == 31) {
            (void)!recv(line, answer, sizeof answer, MSG_DONTWAIT);
        }
    }
    return line >= 0 ? hear(line) : FAILED;
}

/* What stands between may be stopped by a message, and the next one reach the bus by itself. */
static enum result broken(void) {
    const char *name = text("file://%s", in_world("home/secret/key"));
    if (getenv("LANDGRANT_LINKS") == NULL) {
        return open_outside(name, -1);
    }
    static struct message message;
    for (size_t i = 0; i < 64; i++) {
        int line = bus(own_bus());
        make_opening(&message, 2, name, 0);
        message.bytes[i] ^= 0xff;
        if (line >= 0 && send_with(line, &message, -1)) {
            make_opening(&message, 3, name, 0);
            (void)send_with(line, &message, -1);
        }
        close(line);
    }
    return opens(name, -1);
}

#define ASKED(id, does, function, ...)                                                                       \
    ATTACK(id, does, function, __VA_ARGS__, .needs = NEEDS_PROXY, .seen = opened_seen)
static const struct attack ROWS[] = {
    ASKED("portal-granted", "a file it can read, in another app", granted, MUST_WORK),
    ASKED("portal-name", "another file, by its address", by_name, CLOSED(SUPERVISOR, 0)),
    ASKED("portal-bare-name", "another file, by its name", by_bare_name, CLOSED(SUPERVISOR, 0)),
    ASKED("portal-path", "by a descriptor for its path only", path_descriptor, CLOSED(SUPERVISOR, 0)),
    ASKED("portal-path-excepted", "the same of what is excepted", path_descriptor_excepted,
          CLOSED(SUPERVISOR, 0)),
    ASKED("portal-proc", "by a descriptor opened in /proc/self/fd", proc_descriptor, CLOSED(SUPERVISOR, 0)),
    ASKED("portal-other", "by the descriptor of another message", other_descriptor, CLOSED(SUPERVISOR, 0)),
    ASKED("portal-scheme", "a link of another kind", scheme, CLOSED(SUPERVISOR, 0)),
    ASKED("portal-attach", "a mail with another file attached", attachment, CLOSED(SUPERVISOR, 0)),
    ASKED("portal-flood", "another file, hundreds of times without listening", flood, CLOSED(SUPERVISOR, 0)),
    ASKED("portal-broken", "another file, after messages that are none", broken, CLOSED(SUPERVISOR, 0)),
};
const struct theme PORTALS = THEME(ROWS, "Links and files by the portal");
