#include "links.h"

#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "check.h"

static struct links *links;
static struct sockaddr_un address = {.sun_family = AF_UNIX};

/* Asks like a program of the session; the line to hear the answer on. `files` end with -1. */
static int ask(const void *packet, size_t length, const int *files) {
    int line = socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0);
    struct iovec bytes = {.iov_base = (void *)(uintptr_t)packet, .iov_len = length};
    union {
        struct cmsghdr header;
        char room[CMSG_SPACE(8 * sizeof(int))];
    } control = {0};
    struct msghdr message = {.msg_iov = &bytes, .msg_iovlen = 1};
    size_t count = 0;
    while (files[count] >= 0) {
        count++;
    }
    if (count > 0) {
        message.msg_control = control.room;
        message.msg_controllen = CMSG_SPACE(count * sizeof(int));
        struct cmsghdr *header = CMSG_FIRSTHDR(&message);
        if (header != NULL) {
            header->cmsg_level = SOL_SOCKET;
            header->cmsg_type = SCM_RIGHTS;
            header->cmsg_len = CMSG_LEN(count * sizeof(int));
            memcpy(CMSG_DATA(header), files, count * sizeof(int));
        }
    }
    CHECK(connect(line, (struct sockaddr *)&address, sizeof address) == 0);
    CHECK(sendmsg(line, &message, MSG_NOSIGNAL) == (ssize_t)length);
    return line;
}

/* What was answered, at once or because the agent did. */
static char *heard(int line) {
    static char answer[1200];
    struct pollfd watched = {.fd = line, .events = POLLIN};
    ssize_t got = poll(&watched, 1, 10000) == 1 ? recv(line, answer, sizeof answer - 1, 0) : 0;
    answer[got > 0 ? got : 0] = '\0';
    close(line);
    return answer;
}

/* What the agent is told next; its fields one below the other. */
static char *told(void) {
    static char text[9000];
    struct buffer out = {.limit = FRAME_BYTES};
    struct pollfd watched = {.fd = links_fd(links), .events = POLLIN};
    CHECK(poll(&watched, 1, 10000) == 1);
    links_say(links, &out);
    size_t end = 0;
    for (size_t at = 5; at + 4 <= out.length;) {
        size_t size = (size_t)out.bytes[at] << 24 | (size_t)out.bytes[at + 1] << 16 |
                      (size_t)out.bytes[at + 2] << 8 | out.bytes[at + 3];
        memcpy(text + end, out.bytes + at + 4, size);
        end += size;
        text[end++] = '\n';
        at += 4 + size;
    }
    text[end] = '\0';
    CHECK(out.length > 5 && out.bytes[4] == FRAME_HAND_ON);
    buffer_free(&out);
    return text;
}

static bool answer(const char *number, const char *word, const char *sentence) {
    struct frame frame = {
        .type = FRAME_HANDED_ON,
        .count = 3,
        .fields = {{number, strlen(number)}, {word, strlen(word)}, {sentence, strlen(sentence)}}};
    return links_answer(links, &frame);
}

static const int NONE[] = {-1};

static void make(const char *folder, struct reach *reach, int room) {
    snprintf(address.sun_path, sizeof address.sun_path, "%s/open", folder);
    unlink(address.sun_path);
    int listens = socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    CHECK(bind(listens, (struct sockaddr *)&address, sizeof address) == 0 && listen(listens, 8) == 0);
    links = links_make(listens, room, folder, reach);
    CHECK(links != NULL);
}

static void links_are_told_and_answered(void) {
    static const char LINK[] = "l\0https://example.org/\xc3\xa4";
    int line = ask(LINK, sizeof LINK - 1, NONE);
    SAME("1\nlink\nhttps://example.org/%C3%A4\n-\n-\n-\n", told());
    CHECK(!answer("1", "perhaps", "") && answer("2", "done", "") && answer("1", "done", ""));
    SAME("+", heard(line));
    CHECK(answer("1", "done", "")); /* over: means nothing */
    static const char HINT[] = "lb.desktop\0mailto:ada@example.org";
    line = ask(HINT, sizeof HINT - 1, NONE);
    SAME("2\nlink\nmailto:ada@example.org\n-\n-\nb.desktop\n", told());
    links_agent_went(links);
    SAME("-Landgrant's agent went away", heard(line));
    line = ask(LINK, sizeof LINK - 1, NONE);
    CHECK(told()[0] == '3' && answer("3", "copy", "")); /* a link has no copy */
    SAME("-", heard(line));
}

static void refuses(const void *packet, size_t length, int file, const char *why) {
    const int files[] = {file, -1};
    char *said = heard(ask(packet, length, files));
    check_same(why, said, __FILE__, __LINE__);
}
#define REFUSES(literal, file, why) refuses(literal, sizeof(literal) - 1, file, "-" why)

static void files_are_what_the_session_reads(const char *folder, int room) {
    static const char FILE_ASKED[] = "f";
    FREES char *path = text_of("%s/in/a.txt", folder), *other = text_of("%s/out/a.txt", folder),
               *link = text_of("%s/in/link.txt", folder), *pipe = text_of("%s/in/pipe", folder),
               *moved = text_of("%s/in/b.txt", folder), *copy = text_of("%s/shown-4/a.txt", folder);
    CLOSES int in = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    CLOSES int out = open(other, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    CHECK(write(in, "hello", 5) == 5 && symlink(other, link) == 0 && mkfifo(pipe, 0600) == 0);
    CLOSES int asked = open(path, O_RDONLY | O_CLOEXEC), named = open(path, O_PATH | O_CLOEXEC);
    CLOSES int through = open(link, O_RDONLY | O_CLOEXEC), writing = open(path, O_WRONLY | O_CLOEXEC);
    CLOSES int fifo = open(pipe, O_RDWR | O_CLOEXEC), memory = memfd_create("a.txt", MFD_CLOEXEC);
    CLOSES int proc = open("/proc/self/status", O_RDONLY | O_CLOEXEC);
    const int two[] = {asked, out, -1};
    int line = ask(FILE_ASKED, sizeof FILE_ASKED, two);
    struct stat status;
    CHECK(stat(path, &status) == 0);
    FREES char *wanted = text_of("4\nfile\n%s\nrw\n%llu:%llu\n-\n", path, (unsigned long long)status.st_dev,
                                 (unsigned long long)status.st_ino);
    SAME(wanted, told());
    /* The name leads elsewhere by now: the copy is of what was looked at. */
    CHECK(rename(path, moved) == 0 && symlink(other, path) == 0 && answer("4", "copy", ""));
    FREES char *said = text_of("4\ncopy\n%s\nrw\n%llu:%llu\n-\n", copy, (unsigned long long)status.st_dev,
                               (unsigned long long)status.st_ino);
    SAME(said, told());
    char content[8] = "";
    CLOSES int copied = open(copy, O_RDONLY | O_CLOEXEC);
    CHECK(read(copied, content, sizeof content) == 5 && memcmp(content, "hello", 5) == 0);
    CHECK(fstat(copied, &status) == 0 && (status.st_mode & 0777) == 0400);
    CHECK(answer("4", "done", ""));
    SAME("+", heard(line));
    REFUSES("f\0", out, "the app may not open that file itself");
    REFUSES("f\0", through, "the app may not open that file itself");
    REFUSES("f\0", named, "the app did not open that file for reading");
    REFUSES("f\0", writing, "the app did not open that file for reading");
    REFUSES("f\0", fifo, "only links and ordinary files are opened in another app");
    REFUSES("f\0", memory, "the file does not lie where it was opened any more");
    bool bounded = false;
    for (int i = 0; i < 2 * LINKS_BURST && !bounded; i++) {
        const int strange[] = {memory, -1};
        bounded = strcmp("-too much is opened at once", heard(ask("f\0", 2, strange))) == 0;
    }
    CHECK(bounded);
    CHECK(proc >= 0 && room >= 0);
    CHECK(unlink(copy) == 0);
    FREES char *shown = text_of("%s/shown-4", folder);
    CHECK(rmdir(shown) == 0 && unlink(path) == 0 && unlink(moved) == 0 && unlink(other) == 0 &&
          unlink(link) == 0 && unlink(pipe) == 0);
}

static void strange_requests(const char *folder) {
    static char big[LINKS_PACKET_BYTES + 100];
    memset(big, 'a', sizeof big);
    memcpy(big, "l\0https://", 10);
    CLOSES int proc = open("/proc/self/status", O_RDONLY | O_CLOEXEC);
    CLOSES int directory = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    REFUSES("l", -1, "it is not asked for as it should be");
    REFUSES("lno id\0https://a/", -1, "it is not asked for as it should be");
    REFUSES("l\0file:///etc/passwd", -1,
            "only links to the web and to mail addresses are opened in another app");
    REFUSES("l\0https://a/", proc, "it is not asked for as it should be");
    REFUSES("f\0", -1, "it is not asked for as it should be");
    REFUSES("f\0/etc/passwd", proc, "it is not asked for as it should be");
    REFUSES("x\0https://a/", -1, "it is not asked for as it should be");
    REFUSES("f\0", proc, "only links and ordinary files are opened in another app");
    REFUSES("f\0", directory, "only links and ordinary files are opened in another app");
    refuses(big, sizeof big, -1, "-it is not asked for as it should be");
}

void test_links(void) {
    char folder[] = "/tmp/landgrant-links-XXXXXX";
    CHECK(mkdtemp(folder) != NULL);
    FREES char *in = text_of("%s/in", folder), *out = text_of("%s/out", folder);
    CHECK(mkdir(in, 0700) == 0 && mkdir(out, 0700) == 0);
    CLOSES int room = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    static struct rules rules; /* threads outlive this function */
    static struct rule rule;
    rule = (struct rule){
        .fd = -1, .mode = S_IFDIR | 0700, .rights = RIGHT_READ | RIGHT_WRITE, .path = copy_text(in)};
    rules = (struct rules){.list = &rule, .count = 1};
    struct reach *reach = reach_make(&rules, NULL, true, true);
    make(folder, reach, room);
    links_are_told_and_answered();
    files_are_what_the_session_reads(folder, room);
    make(folder, NULL, room);
    strange_requests(folder);
    CHECK(unlink(address.sun_path) == 0 && rmdir(in) == 0 && rmdir(out) == 0 && rmdir(folder) == 0);
    room = fcntl(room, F_DUPFD_CLOEXEC, 3);
}
