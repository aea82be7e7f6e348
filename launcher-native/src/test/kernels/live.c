/*
 * Answers while the program waits: this file plays the agent of PROTOCOL.md §2, hands out a policy that asks,
 * and answers what the launcher asks.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include "checks.h"

enum { FRAME_BYTES = 65536, FIELDS = 16 };
enum frame_type {
    FRAME_HELLO = 1,
    FRAME_LAUNCH = 2,
    FRAME_POLICY = 3,
    FRAME_WELCOME = 12,
    FRAME_ASK = 13,
    FRAME_ANSWER = 14,
    FRAME_LIVE = 16
};
enum answer { ALLOW, DENY, LEAVE };

/* What was asked, shared with the process that plays the agent. */
struct asked {
    int questions;
    char last[256]; /* the last question in words */
};

struct live_check {
    const char *name;
    enum answer answer;
    int questions;    /* how many must be asked */
    bool works;       /* whether the action must succeed */
    const char *word; /* what has to be restricted for anything to be asked; NULL for files */
    const char *asks; /* the policy's ask line, or a comment */
    const char *action;
};

static const struct live_check LIVE_CHECKS[] = {
    {"ask, allow: read", ALLOW, 1, true, NULL, "ask file $/closed", "read $/closed/file"},
    {"ask, allow: list", ALLOW, 1, true, NULL, "ask file $/closed", "list $/closed"},
    {"ask, allow: write", ALLOW, 1, true, NULL, "ask file $/closed", "write $/closed/file"},
    {"ask, allow: create", ALLOW, 1, true, NULL, "ask file $/closed", "create $/closed/new"},
    {"ask, allow: make a folder", ALLOW, 1, true, NULL, "ask file $/closed", "make-folder $/closed/new"},
    {"ask, allow: remove", ALLOW, 1, true, NULL, "ask file $/closed", "remove $/closed/file"},
    {"ask, allow: connect to a TCP port", ALLOW, 1, true, "connect-tcp", "ask connect-tcp", "connect @tcp"},
    {"ask, allow: listen on a TCP port", ALLOW, 1, true, "listen-tcp", "ask listen-tcp", "listen @free"},
    {"ask, deny: read", DENY, 1, false, NULL, "ask file $/closed", "read $/closed/file"},
    {"ask, the agent goes away: read", LEAVE, 1, false, NULL, "ask file $/closed", "read $/closed/file"},
    {"what is not to be asked about", ALLOW, 0, false, NULL, "ask file $/closed/sub", "read $/closed/file"},
};

struct frame {
    uint8_t type;
    size_t count;
    char *fields[FIELDS];
    char bytes[FRAME_BYTES];
};

static bool read_whole(int fd, void *bytes, size_t length) {
    for (size_t have = 0; have < length;) {
        ssize_t got = read(fd, (char *)bytes + have, length - have);
        if (got <= 0) {
            return false;
        }
        have += (size_t)got;
    }
    return true;
}

static uint32_t number_at(const char *bytes) {
    uint32_t number;
    memcpy(&number, bytes, sizeof number);
    return ntohl(number);
}

/* Fields become C strings in place: each NUL overwrites the length of the next, which was read before. */
static bool read_frame(int fd, struct frame *frame) {
    uint32_t length = 0;
    if (!read_whole(fd, &length, sizeof length) || (length = ntohl(length)) == 0 || length >= FRAME_BYTES ||
        !read_whole(fd, frame->bytes, length)) {
        return false;
    }
    frame->type = (uint8_t)frame->bytes[0];
    frame->count = 0;
    uint32_t at = 1;
    while (at + 4 <= length) {
        uint32_t bytes = number_at(frame->bytes + at);
        frame->bytes[at] = '\0';
        at += 4;
        if (bytes > length - at) {
            return false;
        }
        if (frame->count < FIELDS) {
            frame->fields[frame->count++] = frame->bytes + at;
        }
        at += bytes;
    }
    frame->bytes[length] = '\0';
    return at == length;
}

static void send_frame(int fd, enum frame_type type, size_t count, const char *const *fields) {
    char bytes[FRAME_BYTES];
    size_t length = 5;
    for (size_t i = 0; i < count; i++) {
        size_t field = strlen(fields[i]);
        uint32_t big_endian = htonl((uint32_t)field);
        if (length + 4 + field > sizeof bytes) {
            abort();
        }
        memcpy(bytes + length, &big_endian, 4);
        memcpy(bytes + length + 4, fields[i], field);
        length += 4 + field;
    }
    uint32_t big_endian = htonl((uint32_t)length - 4);
    memcpy(bytes, &big_endian, 4);
    bytes[4] = (char)type;
    if (send(fd, bytes, length, MSG_NOSIGNAL) != (ssize_t)length) {
        return; /* the launcher is gone, which the next read says too */
    }
}

/* Number, kind, access, path or port, program. False when the agent is to go away. */
static bool answer(int fd, const struct frame *ask, enum answer how) {
    if (how == LEAVE) {
        return false;
    }
    bool file = strcmp(ask->fields[1], "file") == 0, writes = strcmp(ask->fields[2], "w") == 0;
    if (how == ALLOW) {
        const char *rights = !file ? "-" : writes ? "rw" : ask->fields[2];
        send_frame(fd, FRAME_LIVE, 4, (const char *[]){"grant", ask->fields[1], rights, ask->fields[3]});
    }
    send_frame(fd, FRAME_ANSWER, 2, (const char *[]){ask->fields[0], how == ALLOW ? "allow" : "deny"});
    return true;
}

static void serve(int fd, const char *policy, enum answer how, volatile struct asked *asked) {
    static struct frame frame;
    while (read_frame(fd, &frame)) {
        if (frame.type == FRAME_HELLO) {
            send_frame(fd, FRAME_WELCOME, 1, (const char *[]){"checks"});
        } else if (frame.type == FRAME_LAUNCH) {
            send_frame(fd, FRAME_POLICY, 1, (const char *[]){policy});
        } else if (frame.type == FRAME_ASK && frame.count == 5) {
            asked->questions++;
            snprintf((char *)(uintptr_t)asked->last, sizeof asked->last, "%s %s %s", frame.fields[1],
                     frame.fields[2], frame.fields[3]);
            if (!answer(fd, &frame, how)) {
                return;
            }
        }
    }
}

static int agent_socket(const struct world *world) {
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    char path[TEXT_BYTES + 32];
    snprintf(path, sizeof path, "%s/runtime/landgrant", world->folder);
    mkdir(path, 0700);
    strcat(path, "/agent");
    unlink(path);
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (strlen(path) >= sizeof address.sun_path) {
        return -1;
    }
    memcpy(address.sun_path, path, strlen(path));
    return bind(fd, (struct sockaddr *)&address, sizeof address) == 0 && listen(fd, 4) == 0 ? fd : -1;
}

static void add_line(char *policy, const char *word, const char *value) {
    size_t length = strlen(policy);
    snprintf(policy + length, FRAME_BYTES / 2 - length, "%s%s\n", word, value);
}

static void write_policy(const struct world *world, const struct live_check *check, char *policy) {
    static const char *const PROTECTIONS[] = {"connect-tcp", "listen-tcp", "udp", "signals",
                                              "abstract-sockets"};
    char *words[WORDS], ask[TEXT_BYTES] = "";
    strcpy(policy, "landgrant-policy 1\napp checks.desktop\nprotect files\naccept-partial\n");
    for (size_t i = 0; i < sizeof PROTECTIONS / sizeof PROTECTIONS[0]; i++) {
        char with_space[32];
        snprintf(with_space, sizeof with_space, "%s ", PROTECTIONS[i]);
        bool missing = strstr(world->missing, with_space) != NULL;
        add_line(policy, missing ? "missing " : "protect ", PROTECTIONS[i]);
        if (missing) {
            policy[strlen(policy) - 1] = '\0';
            add_line(policy, " this kernel", "");
        }
    }
    add_line(policy, "file rx template/base ", world->self);
    size_t count = world_words(world, check->asks, words, 0);
    for (size_t i = 0; i < count; i++) {
        size_t length = strlen(ask);
        snprintf(ask + length, sizeof ask - length, "%s%s", i > 0 ? " " : "", words[i]);
    }
    add_line(policy, ask, "");
    count = world_words(world, check->action, words, world_words(world, "@self do", words, 0));
    for (size_t i = 0; i < count; i++) {
        add_line(policy, "command ", words[i]);
    }
}

static void live_check(const struct world *world, const struct live_check *check,
                       volatile struct asked *asked) {
    char policy[FRAME_BYTES / 2], detail[TEXT_BYTES + 512];
    world_renew(world);
    write_policy(world, check, policy);
    *asked = (struct asked){0};
    int listener = agent_socket(world);
    pid_t agent = listener >= 0 ? fork() : -1;
    if (agent == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0);
        int fd = accept(listener, NULL, NULL);
        close(listener); /* whoever went away does not come back */
        serve(fd, policy, check->answer, asked);
        _exit(0);
    }
    close(listener);
    char *words[WORDS] = {strdup(world->launcher)};
    world_words(world, "launch checks.desktop", words, 1);
    struct outcome outcome = world_run(world, words);
    if (agent > 0) {
        kill(agent, SIGKILL);
        waitpid(agent, NULL, 0);
    }
    snprintf(detail, sizeof detail, "ended with %d after %d questions %s %s", outcome.status,
             asked->questions, (const char *)(uintptr_t)asked->last, outcome.said);
    char with_space[32];
    snprintf(with_space, sizeof with_space, "%s ", check->word != NULL ? check->word : "?");
    bool missing = strstr(world->missing, with_space) != NULL;
    const char *result = "FAILED";
    if (world->abi == 0) {
        result =
            outcome.status == 125 && strstr(outcome.said, "no Landlock") != NULL ? "not started" : result;
    } else if (missing) {
        result = outcome.status == 0 && asked->questions == 0 ? "missing, said" : result;
    } else if (asked->questions == check->questions && outcome.status == (check->works ? 0 : EACCES)) {
        result = check->works ? "works" : "launcher";
    }
    report(check->name, result, detail);
}

void live_checks(const struct world *world) {
    volatile struct asked *asked =
        mmap(NULL, sizeof *asked, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (asked == MAP_FAILED) {
        exit(2);
    }
    for (size_t i = 0; i < sizeof LIVE_CHECKS / sizeof LIVE_CHECKS[0]; i++) {
        live_check(world, &LIVE_CHECKS[i], asked);
    }
}
