#include "relay.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "check.h"
#include "made_message.h"
#include "util.h"
#include "wire.h"

#define PORTAL  "org.freedesktop.portal.Desktop"
#define PLACE   "/org/freedesktop/portal/desktop"
#define OPENING "org.freedesktop.portal.OpenURI"
#define REQUEST "/org/freedesktop/portal/desktop/request/1_42/"
#define PAGE    "https://example.org/a"

enum { WAIT_MS = 10000 };

static struct relay_ways ways = {.proxy.sun_family = AF_UNIX, .broker.sun_family = AF_UNIX};
static struct sockaddr_un address = {.sun_family = AF_UNIX};
static int bus_listens, broker_listens, alive;
static pid_t relay;
static struct made made;

static int listen_at(int type, const struct sockaddr_un *at) {
    int fd = socket(AF_UNIX, type | SOCK_CLOEXEC, 0);
    CHECK(bind(fd, (const struct sockaddr *)at, sizeof *at) == 0 && listen(fd, 8) == 0);
    return fd;
}

static void begin(const char *folder) {
    int pipes[2];
    snprintf(address.sun_path, sizeof address.sun_path, "%s/bus", folder);
    snprintf(ways.proxy.sun_path, sizeof ways.proxy.sun_path, "%s/proxy", folder);
    snprintf(ways.broker.sun_path, sizeof ways.broker.sun_path, "%s/open", folder);
    bus_listens = listen_at(SOCK_STREAM, &ways.proxy);
    broker_listens = listen_at(SOCK_SEQPACKET, &ways.broker);
    int listens = listen_at(SOCK_STREAM | SOCK_NONBLOCK, &address);
    CHECK(pipe2(pipes, O_CLOEXEC) == 0);
    relay = fork();
    if (relay == 0) {
        close(pipes[0]);
        _exit(relay_serve(listens, pipes[1], &ways));
    }
    close(listens);
    close(pipes[1]);
    alive = pipes[0];
}

static bool comes(int fd) {
    struct pollfd watched = {.fd = fd, .events = POLLIN};
    return poll(&watched, 1, WAIT_MS) == 1;
}

static void write_all(int fd, const void *bytes, size_t length) {
    CHECK(write_everything(fd, bytes, length));
}

static bool read_all(int fd, void *bytes, size_t length) {
    for (size_t have = 0; have < length;) {
        ssize_t got = comes(fd) ? read(fd, (char *)bytes + have, length - have) : 0;
        if (got <= 0) {
            return false;
        }
        have += (size_t)got;
    }
    return true;
}

static void hears_text(int fd, const char *text) {
    char got[256] = "";
    CHECK(read_all(fd, got, strlen(text)));
    SAME(text, got);
}

/* Two sides of a connection that has greeted. */
struct pair {
    int app, bus;
};

static int accepted(int listens) {
    return comes(listens) ? accept4(listens, NULL, NULL, SOCK_CLOEXEC) : -1;
}

static void say_hello(struct pair *pair) {
    made_call(&made, false, 1, "org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus",
              "Hello");
    made_body(&made, NULL);
    made_end(&made);
    write_all(pair->app, made.bytes, made.length);
    uint8_t got[256];
    CHECK(read_all(pair->bus, got, made.length) && memcmp(got, made.bytes, made.length) == 0);
    made_begin(&made, false, 2, 1);
    made_field(&made, 6, 's', ":1.42");
    made_field(&made, 7, 's', "org.freedesktop.DBus");
    made_reply_to(&made, 1);
    made_body(&made, "s");
    made_text(&made, ":1.42");
    made_end(&made);
    write_all(pair->bus, made.bytes, made.length);
    CHECK(read_all(pair->app, got, made.length) && memcmp(got, made.bytes, made.length) == 0);
}

static struct pair meet(void) {
    struct pair pair = {.app = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0)};
    CHECK(connect(pair.app, (struct sockaddr *)&address, sizeof address) == 0);
    pair.bus = accepted(bus_listens);
    write_all(pair.app, "\0AUTH EXTERNAL 30\r\n", 19);
    char nul = 'x';
    CHECK(read_all(pair.bus, &nul, 1) && nul == '\0');
    hears_text(pair.bus, "AUTH EXTERNAL 30\r\n");
    write_all(pair.bus, "OK 1234\r\n", 9);
    hears_text(pair.app, "OK 1234\r\n");
    write_all(pair.app, "NEGOTIATE_UNIX_FD\r\nBEGIN\r\n", 26);
    hears_text(pair.bus, "NEGOTIATE_UNIX_FD\r\nBEGIN\r\n");
    write_all(pair.bus, "AGREE_UNIX_FD\r\n", 15);
    hears_text(pair.app, "AGREE_UNIX_FD\r\n");
    say_hello(&pair);
    return pair;
}

static void part(struct pair *pair) {
    close(pair->app);
    close(pair->bus);
}

/* The next message, into `made`. */
static bool hear(int fd, struct wire_message *message) {
    size_t header = 0;
    if (!read_all(fd, made.bytes, WIRE_FIXED_BYTES)) {
        return false;
    }
    made.length = wire_length(made.bytes, &header);
    made.body = header;
    return made.length > 0 && made.length <= sizeof made.bytes &&
           read_all(fd, made.bytes + WIRE_FIXED_BYTES, made.length - WIRE_FIXED_BYTES) &&
           wire_parse(made.bytes, header, message);
}

static struct wire_reader body(void) {
    return (struct wire_reader){.bytes = made.bytes + made.body, .end = made.length - made.body};
}

static void send_with(int fd, int file) {
    struct iovec bytes = {.iov_base = made.bytes, .iov_len = made.length};
    union {
        struct cmsghdr header;
        char room[CMSG_SPACE(sizeof(int))];
    } control = {
        .header = {.cmsg_level = SOL_SOCKET, .cmsg_type = SCM_RIGHTS, .cmsg_len = CMSG_LEN(sizeof(int))}};
    struct msghdr message = {.msg_iov = &bytes, .msg_iovlen = 1};
    if (file >= 0) {
        message.msg_control = control.room;
        message.msg_controllen = sizeof control.room;
        memcpy(CMSG_DATA(&control.header), &file, sizeof file);
    }
    CHECK(sendmsg(fd, &message, MSG_NOSIGNAL) == (ssize_t)made.length);
}

/* Receives some bytes, and the descriptor that came with them or -1. */
static ssize_t receive_with(int fd, void *bytes, size_t length, int *file) {
    struct iovec room = {.iov_base = bytes, .iov_len = length};
    union {
        struct cmsghdr header;
        char room[CMSG_SPACE(4 * sizeof(int))];
    } control;
    struct msghdr message = {.msg_iov = &room,
                             .msg_iovlen = 1,
                             .msg_control = control.room,
                             .msg_controllen = sizeof control.room};
    ssize_t got = comes(fd) ? recvmsg(fd, &message, MSG_CMSG_CLOEXEC) : -1;
    struct cmsghdr *header = got > 0 ? CMSG_FIRSTHDR(&message) : NULL;
    *file = -1;
    if (header != NULL) {
        memcpy(file, CMSG_DATA(header), sizeof *file);
    }
    return got;
}

/* OpenURI, or with `file` OpenFile; `to` is whom it is said to. */
static void make_opening(bool big, uint32_t serial, const char *to, const char *link, const char *member) {
    made_call(&made, big, serial, to, PLACE, OPENING, member);
    made_body(&made, link != NULL ? "ssa{sv}" : "sha{sv}");
    made_text(&made, "x11:1");
    if (link != NULL) {
        made_text(&made, link);
    } else {
        made_number(&made, 0);
    }
    made_pad(&made, 4);
    size_t at = made.length;
    made_number(&made, 0);
    made_pad(&made, 8);
    size_t start = made.length;
    made_text(&made, "ask");
    made_signature(&made, "b");
    made_number(&made, 1);
    made_pad(&made, 8);
    made_text(&made, "handle_token");
    made_signature(&made, "s");
    made_text(&made, "tok_1");
    size_t end = made.length;
    made.length = at;
    made_number(&made, (uint32_t)(end - start));
    made.length = end;
    made_end(&made);
}

/* The broker: what was asked, as one text; the line to answer on. */
static int asked(const char *wanted, int *file) {
    char packet[9000] = "";
    int line = accepted(broker_listens);
    ssize_t got = receive_with(line, packet, sizeof packet - 1, file);
    CHECK(got >= 2 && packet[1] == '\0');
    packet[1] = ':';
    SAME(wanted, packet);
    return line;
}

static void hears_return(int app, uint32_t serial) {
    struct wire_message message;
    CHECK(hear(app, &message) && message.type == WIRE_RETURN && message.reply_serial == serial);
    struct wire_reader values = body();
    SAME("o", message.signature);
    SAME(":1.42", message.destination);
    SAME(REQUEST "tok_1", wire_text(&values));
}

static void hears_owner(int app, const char *before, const char *now) {
    struct wire_message message;
    CHECK(hear(app, &message) && message.type == WIRE_SIGNAL);
    SAME("NameOwnerChanged", message.member);
    struct wire_reader values = body();
    SAME(PORTAL, wire_text(&values));
    SAME(before, wire_text(&values));
    SAME(now, wire_text(&values));
}

static void hears_response(int app, const char *sender, uint32_t response) {
    struct wire_message message;
    CHECK(hear(app, &message) && message.type == WIRE_SIGNAL);
    SAME("Response", message.member);
    SAME("org.freedesktop.portal.Request", message.interface);
    SAME(REQUEST "tok_1", message.path);
    SAME(sender, message.sender);
    SAME("ua{sv}", message.signature);
    struct wire_reader values = body();
    CHECK(wire_number(&values) == response && wire_number(&values) == 0 && !values.broken);
}

static void links_are_taken_out_and_answered(void) {
    struct pair pair = meet();
    for (int big = 0; big < 2; big++) {
        int file;
        make_opening(big == 1, 5, PORTAL, PAGE, "OpenURI");
        write_all(pair.app, made.bytes, made.length);
        int line = asked("l:" PAGE, &file);
        CHECK(file < 0);
        CHECK(send(line, big ? "-no" : "+", big ? 3 : 1, 0) > 0);
        hears_return(pair.app, 5);
        hears_owner(pair.app, "", ":0.1");
        hears_response(pair.app, ":0.1", big ? 2 : 0);
        hears_owner(pair.app, ":0.1", "");
        close(line);
    }
    /* The bus heard of nothing: what it gets next is the next message. */
    made_call(&made, false, 6, PORTAL, PLACE, "org.freedesktop.portal.Settings", "Read");
    made_body(&made, NULL);
    made_end(&made);
    write_all(pair.app, made.bytes, made.length);
    struct wire_message message;
    CHECK(hear(pair.bus, &message) && message.serial == 6);
    part(&pair);
}

static void answers_come_from_the_portal_that_is_there(void) {
    struct pair pair = meet();
    struct wire_message message;
    made_call(&made, true, 4, "org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus",
              "GetNameOwner");
    made_body(&made, "s");
    made_text(&made, PORTAL);
    made_end(&made);
    write_all(pair.app, made.bytes, made.length);
    CHECK(hear(pair.bus, &message) && message.serial == 4);
    made_begin(&made, true, 2, 17);
    made_reply_to(&made, 4);
    made_field(&made, 7, 's', "org.freedesktop.DBus");
    made_body(&made, "s");
    made_text(&made, ":1.7");
    made_end(&made);
    write_all(pair.bus, made.bytes, made.length);
    CHECK(hear(pair.app, &message) && message.reply_serial == 4);
    int file;
    make_opening(false, 5, ":1.7", "mailto:ada@example.org", "OpenURI");
    write_all(pair.app, made.bytes, made.length);
    int line = asked("l:mailto:ada@example.org", &file);
    CHECK(send(line, "+", 1, 0) == 1);
    hears_return(pair.app, 5);
    hears_response(pair.app, ":1.7", 0);
    close(line);
    part(&pair);
}

static void files_come_as_they_were_given(const char *folder) {
    struct pair pair = meet();
    FREES char *path = text_of("%s/a.txt", folder);
    CLOSES int own = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    int file;
    make_opening(false, 5, PORTAL, NULL, "OpenFile");
    send_with(pair.app, own);
    int line = asked("f:", &file);
    struct stat one, other;
    CHECK(fstat(own, &one) == 0 && fstat(file, &other) == 0 && one.st_ino == other.st_ino);
    close(file);
    CHECK(send(line, "+", 1, 0) == 1);
    close(line);
    hears_return(pair.app, 5);
    hears_owner(pair.app, "", ":0.1");
    hears_response(pair.app, ":0.1", 0);
    hears_owner(pair.app, ":0.1", "");
    /* A folder, and no descriptor at all: nobody is asked. */
    make_opening(false, 6, PORTAL, NULL, "OpenDirectory");
    send_with(pair.app, own);
    hears_return(pair.app, 6);
    hears_owner(pair.app, "", ":0.1");
    hears_response(pair.app, ":0.1", 2);
    hears_owner(pair.app, ":0.1", "");
    struct wire_message message;
    make_opening(false, 7, PORTAL, NULL, "OpenFile");
    send_with(pair.app, -1);
    CHECK(hear(pair.app, &message) && message.type == WIRE_ERROR && message.reply_serial == 7);
    /* And those of other messages go on with just these. */
    made_call(&made, false, 8, "org.example.To", "/", "org.example.Face", "Take");
    made_body(&made, NULL);
    made_end(&made);
    send_with(pair.app, -1);
    send_with(pair.app, own);
    static uint8_t got[1000];
    size_t length = made.length;
    CHECK(receive_with(pair.bus, got, length, &file) == (ssize_t)length && file < 0);
    CHECK(receive_with(pair.bus, got, length, &file) == (ssize_t)length && file >= 0);
    CHECK(fstat(file, &other) == 0 && one.st_ino == other.st_ino);
    close(file);
    part(&pair);
    CHECK(unlink(path) == 0);
}

static void what_it_can_do_is_told(void) {
    struct pair pair = meet();
    struct wire_message message;
    made_call(&made, true, 5, PORTAL, PLACE, "org.freedesktop.DBus.Properties", "Get");
    made_body(&made, "ss");
    made_text(&made, OPENING);
    made_text(&made, "version");
    made_end(&made);
    write_all(pair.app, made.bytes, made.length);
    CHECK(hear(pair.app, &message) && message.type == WIRE_RETURN && message.reply_serial == 5);
    struct wire_reader values = body();
    SAME("u", wire_signature(&values));
    CHECK(wire_number(&values) == 5 && values.at == values.end && !values.broken);
    made_call(&made, false, 6, PORTAL, PLACE, "org.freedesktop.DBus.Properties", "GetAll");
    made_body(&made, "s");
    made_text(&made, OPENING);
    made_end(&made);
    write_all(pair.app, made.bytes, made.length);
    CHECK(hear(pair.app, &message) && message.type == WIRE_RETURN);
    values = body();
    size_t length = wire_number(&values);
    wire_align(&values, 8);
    CHECK(length == values.end - values.at);
    SAME("version", wire_text(&values));
    SAME("u", wire_signature(&values));
    CHECK(wire_number(&values) == 5 && values.at == values.end && !values.broken);
    made_call(&made, false, 7, PORTAL, PLACE, OPENING, "SchemeSupported");
    made_body(&made, "sa{sv}");
    made_text(&made, "ssh");
    made_number(&made, 0);
    made_end(&made);
    write_all(pair.app, made.bytes, made.length);
    CHECK(hear(pair.app, &message) && message.type == WIRE_RETURN);
    values = body();
    CHECK(wire_number(&values) == 0 && !values.broken);
    /* Of other portals nothing is known here. */
    made_call(&made, false, 8, PORTAL, PLACE, "org.freedesktop.DBus.Properties", "GetAll");
    made_body(&made, "s");
    made_text(&made, "org.freedesktop.portal.Settings");
    made_end(&made);
    write_all(pair.app, made.bytes, made.length);
    CHECK(hear(pair.bus, &message) && message.serial == 8);
    part(&pair);
}

static bool is_closed(int fd) {
    char byte;
    return comes(fd) && read(fd, &byte, 1) <= 0;
}

static void strange_apps_lose_their_connection_only(void) {
    struct pair good = meet();
    static const uint8_t STRANGE[][WIRE_FIXED_BYTES] = {{'x', 1, 0, 1},
                                                        {'l', 1, 0, 9},
                                                        {'l', 1, 0, 1, 0xff, 0xff, 0xff, 0xff},
                                                        {'B', 1, 0, 1, 0, 0, 0, 0, 0, 0, 0, 1, 0xff}};
    for (size_t i = 0; i < sizeof STRANGE / sizeof STRANGE[0]; i++) {
        struct pair pair = meet();
        write_all(pair.app, STRANGE[i], WIRE_FIXED_BYTES);
        CHECK(is_closed(pair.app) && is_closed(pair.bus));
        part(&pair);
    }
    struct pair endless = {.app = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0)};
    CHECK(connect(endless.app, (struct sockaddr *)&address, sizeof address) == 0);
    endless.bus = accepted(bus_listens);
    char line[2000];
    memset(line, 'a', sizeof line);
    (void)!send(endless.app, line, sizeof line, MSG_NOSIGNAL);
    CHECK(is_closed(endless.bus));
    part(&endless);
    /* Too long to be looked at: refused when it is ours, passed on when it is not. */
    struct wire_message message;
    static char big[20000];
    memset(big, 'a', sizeof big - 1);
    make_opening(false, 5, PORTAL, big, "OpenURI");
    write_all(good.app, made.bytes, made.length);
    CHECK(hear(good.app, &message) && message.type == WIRE_ERROR && message.reply_serial == 5);
    make_opening(false, 6, "org.example.To", big, "OpenURI");
    static struct made sent;
    sent = made;
    write_all(good.app, sent.bytes, sent.length);
    CHECK(hear(good.bus, &message) && made.length == sent.length &&
          memcmp(made.bytes, sent.bytes, sent.length) == 0);
    make_opening(false, 7, PORTAL, PAGE, "OpenURI");
    made.bytes[made.body] = 0xff; /* a length in its body */
    write_all(good.app, made.bytes, made.length);
    CHECK(hear(good.app, &message) && message.type == WIRE_ERROR && message.reply_serial == 7);
    part(&good);
}

static void who_does_not_read_holds_up_nobody(void) {
    struct pair slow = meet(), quick = meet();
    /* Until nothing more is taken, in both ways. */
    fcntl(slow.app, F_SETFL, O_NONBLOCK);
    fcntl(slow.bus, F_SETFL, O_NONBLOCK);
    static struct made call;
    made_call(&call, false, 6, PORTAL, PLACE, OPENING, "Unknown");
    made_body(&call, NULL);
    made_end(&call);
    struct pollfd full = {.fd = slow.app, .events = POLLOUT};
    while (poll(&full, 1, 200) == 1) {
        ssize_t gone = send(slow.app, call.bytes, call.length, MSG_NOSIGNAL);
        if (gone >= 0 && gone < (ssize_t)call.length) {
            break;
        }
    }
    int file;
    make_opening(false, 5, PORTAL, PAGE, "OpenURI");
    write_all(quick.app, made.bytes, made.length);
    int line = asked("l:" PAGE, &file);
    close(line); /* the supervisor ended */
    hears_return(quick.app, 5);
    hears_owner(quick.app, "", ":0.1");
    hears_response(quick.app, ":0.1", 2);
    part(&slow);
    part(&quick);
}

/* Milliseconds of the processor that the relay took until now. */
static int64_t used_ms(void) {
    clockid_t clock;
    struct timespec time = {0, 0};
    CHECK(clock_getcpuclockid(relay, &clock) == 0 && clock_gettime(clock, &time) == 0);
    return (int64_t)time.tv_sec * 1000 + time.tv_nsec / 1000000;
}

/* Neither a bus that has not greeted yet nor one in the middle of a message is spoken over, or waited for
 * busily. */
static void an_answer_waits_for_its_turn_at_rest(void) {
    struct wire_message message;
    struct pair pair = {.app = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0)};
    CHECK(connect(pair.app, (struct sockaddr *)&address, sizeof address) == 0);
    pair.bus = accepted(bus_listens);
    write_all(pair.app, "\0AUTH EXTERNAL 30\r\nBEGIN\r\n", 26);
    make_opening(false, 5, PORTAL, PAGE, "Unknown");
    write_all(pair.app, made.bytes, made.length);
    char greeting[26];
    CHECK(read_all(pair.bus, greeting, sizeof greeting));
    struct pollfd quiet = {.fd = pair.app, .events = POLLIN};
    int64_t before = used_ms();
    CHECK(poll(&quiet, 1, 500) == 0 && used_ms() - before < 50);
    write_all(pair.bus, "OK 1234\r\n", 9);
    hears_text(pair.app, "OK 1234\r\n");
    CHECK(hear(pair.app, &message) && message.type == WIRE_ERROR && message.reply_serial == 5);

    static struct made piece;
    static char big[20000];
    memset(big, 'a', sizeof big - 1);
    make_opening(false, 6, "org.example.App", big, "OpenURI");
    piece = made;
    write_all(pair.bus, piece.bytes, 17000);
    static uint8_t got[sizeof piece.bytes];
    CHECK(read_all(pair.app, got, HELD_BYTES));
    make_opening(false, 7, PORTAL, PAGE, "Unknown");
    write_all(pair.app, made.bytes, made.length);
    before = used_ms();
    CHECK(poll(&quiet, 1, 500) == 0 && used_ms() - before < 50);
    write_all(pair.bus, piece.bytes + 17000, piece.length - 17000);
    CHECK(read_all(pair.app, got + HELD_BYTES, piece.length - HELD_BYTES) &&
          memcmp(got, piece.bytes, piece.length) == 0);
    CHECK(hear(pair.app, &message) && message.type == WIRE_ERROR && message.reply_serial == 7);
    part(&pair);
}

/* So is a program that says one thing and ends. */
static void what_was_said_before_the_end_counts(void) {
    struct pair pair = meet();
    int file;
    make_opening(false, 5, PORTAL, PAGE, "OpenURI");
    write_all(pair.app, made.bytes, made.length);
    made_call(&made, false, 6, "org.example.To", "/", "org.example.Face", "Last");
    made_body(&made, NULL);
    made_end(&made);
    write_all(pair.app, made.bytes, made.length);
    close(pair.app);
    int line = asked("l:" PAGE, &file);
    struct wire_message message;
    CHECK(hear(pair.bus, &message) && message.serial == 6 && is_closed(pair.bus));
    close(line);
    close(pair.bus);
}

/* What the call ended with, in a jailed process of its own: 0, or the signal. */
static int jailed(int (*attempt)(const struct relay_ways *)) {
    int status = 0;
    pid_t child = fork();
    if (child == 0) {
        struct relay_ways *page =
            mmap(NULL, sizeof *page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
        *page = ways;
        int end = relay_jail(page) ? attempt(page) : 99;
        syscall(SYS_exit_group, end); /* what a sanitizer does at an end is not allowed either */
    }
    return waitpid(child, &status, 0) != child ? -1
           : WIFSIGNALED(status)               ? WTERMSIG(status)
                                               : WEXITSTATUS(status);
}

static int connects(const struct sockaddr_un *to) {
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    return connect(fd, (const struct sockaddr *)to, sizeof *to) == 0 ? 0 : 1;
}

static int to_the_proxy(const struct relay_ways *page) {
    return connects(&page->proxy);
}

static int elsewhere(const struct relay_ways *page) {
    struct sockaddr_un copy = page->proxy;
    return connects(&copy);
}

static int shorter(const struct relay_ways *page) {
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    return connect(fd, (const struct sockaddr *)&page->proxy, 10);
}

static int opens(const struct relay_ways *page) {
    return open(page->proxy.sun_path, O_RDONLY | O_CLOEXEC);
}

static int makes_writable(const struct relay_ways *page) {
    return mprotect((void *)(uintptr_t)page, sizeof *page, PROT_READ | PROT_WRITE);
}

static int forks(const struct relay_ways *page) {
    (void)page;
    return fork() == 0 ? 1 : 0;
}

static int of_the_internet(const struct relay_ways *page) {
    (void)page;
    return socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
}

static int begins_by_sending(const struct relay_ways *page) {
    (void)page;
    struct msghdr message = {0};
    return (int)sendmsg(0, &message, MSG_FASTOPEN);
}

static int sends_to_a_name(const struct relay_ways *page) {
    return (int)sendto(0, "a", 1, MSG_NOSIGNAL | MSG_DONTWAIT, (const struct sockaddr *)&page->proxy,
                       sizeof page->proxy);
}

static int signals(const struct relay_ways *page) {
    (void)page;
    return kill(getppid(), 0);
}

static void a_relay_that_was_taken_over_does_nothing_else(void) {
    CHECK(jailed(to_the_proxy) == 0);
    static int (*const CLOSED[])(const struct relay_ways *) = {
        elsewhere,       shorter,           opens,           makes_writable, forks,
        of_the_internet, begins_by_sending, sends_to_a_name, signals};
    for (size_t i = 0; i < sizeof CLOSED / sizeof CLOSED[0]; i++) {
        CHECK(jailed(CLOSED[i]) == SIGSYS);
    }
}

void test_relay(void) {
    char folder[] = "/tmp/landgrant-relay-XXXXXX";
    CHECK(mkdtemp(folder) != NULL);
    begin(folder);
    links_are_taken_out_and_answered();
    answers_come_from_the_portal_that_is_there();
    files_come_as_they_were_given(folder);
    what_it_can_do_is_told();
    strange_apps_lose_their_connection_only();
    who_does_not_read_holds_up_nobody();
    an_answer_waits_for_its_turn_at_rest();
    what_was_said_before_the_end_counts();
    int status = 1;
    close(alive);
    CHECK(waitpid(relay, &status, 0) == relay && status == 0);
    a_relay_that_was_taken_over_does_nothing_else();
    close(bus_listens);
    close(broker_listens);
    CHECK(unlink(address.sun_path) == 0 && unlink(ways.proxy.sun_path) == 0 &&
          unlink(ways.broker.sun_path) == 0 && rmdir(folder) == 0);
}
