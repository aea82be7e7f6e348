/* Sockets of a child whose calls are trapped, as if the kernel had an older or a newer Landlock. */
#include "sockets.h"

#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <unistd.h>

#include "check.h"
#include "trapped.h"

enum { RACES = 300 };

/* Ports of the test's own listeners, and the length of its abstract names. */
static uint16_t open_port, shut_port, listen_port;
static char abstract[32];

static int new_socket(int domain) {
    return socket(domain, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
}

static struct sockaddr_un at(const char *folder, const char *name) {
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    snprintf(address.sun_path, sizeof address.sun_path, "%s/%s", folder, name);
    return address;
}

static int bound(struct sockaddr_un address, size_t length) {
    int fd = new_socket(AF_UNIX);
    CHECK(bind(fd, (struct sockaddr *)&address, (socklen_t)length) == 0 && listen(fd, 8) == 0);
    return fd;
}

static long connect_unix(struct sockaddr_un address, size_t length) {
    CLOSES int fd = new_socket(AF_UNIX);
    return connect(fd, (struct sockaddr *)&address, (socklen_t)length);
}

static struct sockaddr_in port_of(uint16_t port) {
    return (struct sockaddr_in){
        .sin_family = AF_INET, .sin_port = htons(port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
}

/* EINPROGRESS is as good as 0: the connection was begun. */
static long connect_port(uint16_t port, bool mapped, size_t length) {
    CLOSES int fd = new_socket(mapped ? AF_INET6 : AF_INET);
    struct sockaddr_in address = port_of(port);
    struct sockaddr_in6 wide = {.sin6_family = AF_INET6, .sin6_port = htons(port)};
    uint8_t bytes[16] = {[10] = 0xff, [11] = 0xff, [12] = 127, [15] = 1};
    memcpy(&wide.sin6_addr, bytes, sizeof bytes);
    long result = mapped ? connect(fd, (struct sockaddr *)&wide, (socklen_t)length)
                         : connect(fd, (struct sockaddr *)&address, (socklen_t)length);
    return result < 0 && errno == EINPROGRESS ? 0 : result;
}

static void connects(struct trapped *trapped) {
    struct sockaddr_un own = at(trapped->folder, "own"), foreign = at(trapped->folder, "foreign");
    struct sockaddr_un named = at(trapped->folder, "named"), missing = at(trapped->folder, "missing");
    struct sockaddr_un hidden = {.sun_family = AF_UNIX}, others = {.sun_family = AF_UNIX};
    size_t length = sizeof own, hidden_length = sizeof own.sun_family + sizeof abstract;
    snprintf(hidden.sun_path + 1, 30, "own-%d", getpid());
    memcpy(others.sun_path, abstract, sizeof abstract);
    note(trapped, bound(own, length) < 0 ? -1 : 0);
    note(trapped, connect_unix(own, length));
    note(trapped, connect_unix(foreign, length)); /* refused */
    note(trapped, connect_unix(named, length));
    note(trapped, connect_unix(missing, length));
    note(trapped, connect_unix(at(trapped->folder, "."), length));
    note(trapped, connect_unix(own, 1));
    note(trapped, connect_unix(own, 111));
    int fd = bound(hidden, hidden_length);
    note(trapped, connect_unix(hidden, hidden_length));
    note(trapped, connect_unix(others, hidden_length)); /* refused */
    close(fd);

    size_t four = sizeof(struct sockaddr_in), six = sizeof(struct sockaddr_in6);
    note(trapped, connect_port(open_port, false, four));
    note(trapped, connect_port(open_port, true, six));
    note(trapped, connect_port(shut_port, false, four)); /* refused */
    note(trapped, connect_port(shut_port, true, six));   /* refused */
    note(trapped, connect_port(open_port, false, 8));
    struct sockaddr_in nobody = {.sin_family = AF_UNSPEC};
    CLOSES int tcp = new_socket(AF_INET);
    CLOSES int udp = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    struct sockaddr_in any = port_of(shut_port);
    note(trapped, connect(tcp, (struct sockaddr *)&nobody, sizeof nobody));
    note(trapped, connect(udp, (struct sockaddr *)&any, sizeof any));
    note(trapped, connect(udp, (struct sockaddr *)&nobody, sizeof nobody));
    note(trapped, syscall(SYS_connect, tcp, 8, sizeof any));
    note(trapped, syscall(SYS_connect, tcp, &any, -1));
    note(trapped, syscall(SYS_connect, tcp, &any, 129));
    note(trapped, syscall(SYS_connect, 999, &any, sizeof any));
    CLOSES int file = open("/dev/null", O_RDONLY | O_CLOEXEC);
    note(trapped, syscall(SYS_connect, file, &any, sizeof any));
}

static void connects_to_named(struct trapped *trapped) {
    note(trapped, connect_unix(at(trapped->folder, "named"), sizeof(struct sockaddr_un)));
}

static const int CONNECTED[] = {0, 0,     EACCES, 0,      ENOENT, ECONNREFUSED, EINVAL,  EINVAL,
                                0, EPERM, 0,      0,      EACCES, EACCES,       EINVAL,  0,
                                0, 0,     EFAULT, EINVAL, EINVAL, EBADF,        ENOTSOCK};

static void binds(struct trapped *trapped) {
    struct stat status;
    CLOSES int fd = new_socket(AF_UNIX);
    CLOSES int tcp = new_socket(AF_INET);
    CLOSES int other = new_socket(AF_INET);
    CLOSES int udp = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    struct sockaddr_un made = at(trapped->folder, "made"), taken = at(trapped->folder, "foreign");
    struct sockaddr_un elsewhere = {.sun_family = AF_UNIX, .sun_path = "/tmp/landgrant-never-made"};
    struct sockaddr_in shut = port_of(0), open_one = port_of(listen_port);
    umask(0);
    note(trapped, bind(fd, (struct sockaddr *)&taken, sizeof taken));
    note(trapped, bind(fd, (struct sockaddr *)&elsewhere, sizeof elsewhere)); /* refused */
    umask(027);
    note(trapped, bind(fd, (struct sockaddr *)&made, sizeof made));
    note(trapped, stat(made.sun_path, &status) == 0 && (status.st_mode & 07777) == 0750 ? 0 : -1);
    note(trapped, bind(tcp, (struct sockaddr *)&shut, sizeof shut)); /* refused */
    note(trapped, listen(tcp, 1));                                   /* refused: it has no name */
    setsockopt(other, SOL_SOCKET, SO_REUSEADDR, &(int){1}, sizeof(int));
    note(trapped, bind(other, (struct sockaddr *)&open_one, sizeof open_one));
    note(trapped, listen(other, 1));
    note(trapped, listen(fd, 1));
    note(trapped, bind(udp, (struct sockaddr *)&shut, sizeof shut));
    note(trapped, listen(999, 1));
    note(trapped, bind(999, (struct sockaddr *)&shut, sizeof shut));
}

static const int BOUND[] = {EADDRINUSE, EACCES, 0, 0, EACCES, EACCES, 0, 0, 0, 0, EBADF, EBADF};

static struct {
    struct sockaddr_un address;
    atomic_bool over;
    int number, one, other;
    char one_path[108], other_path[108];
} race;

static void *swap(void *unused) {
    while (!atomic_load(&race.over)) {
        memcpy(race.address.sun_path, race.other_path, sizeof race.other_path);
        dup2(race.other, race.number);
        memcpy(race.address.sun_path, race.one_path, sizeof race.one_path);
        dup2(race.one, race.number);
    }
    return unused;
}

static void start_race(pthread_t *thread) {
    atomic_store(&race.over, false);
    CHECK(pthread_create(thread, NULL, swap, NULL) == 0);
}

static void end_race(pthread_t thread) {
    atomic_store(&race.over, true);
    pthread_join(thread, NULL);
}

/* Swaps the address under connect() for one that is not allowed; the test looks whether anybody came there.
 */
static void race_addresses(struct trapped *trapped) {
    struct sockaddr_un own = at(trapped->folder, "own"), foreign = at(trapped->folder, "foreign");
    CLOSES int mine = bound(own, sizeof own);
    pthread_t thread;
    race.number = dup(0);
    race.one = race.other = 0;
    race.address = own;
    memcpy(race.one_path, own.sun_path, sizeof race.one_path);
    memcpy(race.other_path, foreign.sun_path, sizeof race.other_path);
    start_race(&thread);
    for (int i = 0; i < RACES; i++) {
        CLOSES int fd = new_socket(AF_UNIX);
        (void)connect(fd, (struct sockaddr *)&race.address, sizeof race.address);
        close(accept(mine, NULL, NULL));
    }
    end_race(thread);
    note(trapped, 0);
}

/* Swaps the descriptor under listen() for a TCP socket without a name. */
static void race_descriptors(struct trapped *trapped) {
    struct sockaddr_un own = at(trapped->folder, "own");
    int listening = 0;
    socklen_t size = sizeof listening;
    pthread_t thread;
    race.one = bound(own, sizeof own);
    race.other = new_socket(AF_INET);
    race.number = dup(race.one);
    start_race(&thread);
    for (int i = 0; i < RACES && listening == 0; i++) {
        (void)listen(race.number, 1);
        getsockopt(race.other, SOL_SOCKET, SO_ACCEPTCONN, &listening, &size);
    }
    end_race(thread);
    note(trapped, listening == 0 ? 0 : -1);
}

static void compare(const struct trapped *trapped, const int *wanted, size_t count) {
    CHECK(trapped->count == count);
    for (size_t i = 0; i < count; i++) {
        if (trapped->answers[i] != wanted[i]) {
            fprintf(stderr, "answer %zu: %d instead of %d\n", i, trapped->answers[i], wanted[i]);
        }
        CHECK(trapped->answers[i] == wanted[i]);
    }
}

static int tcp_listener(uint16_t *port) {
    struct sockaddr_in address = port_of(0);
    socklen_t size = sizeof address;
    int fd = new_socket(AF_INET);
    CHECK(bind(fd, (struct sockaddr *)&address, size) == 0 && listen(fd, 8) == 0 &&
          getsockname(fd, (struct sockaddr *)&address, &size) == 0);
    *port = ntohs(address.sin_port);
    return fd;
}

static void remove_names(const char *folder, const char *const names[], size_t count) {
    for (size_t i = 0; i < count; i++) {
        unlink(at(folder, names[i]).sun_path);
    }
}

static bool has_wish(const struct trapped *trapped, enum denial_kind kind, const char *what) {
    for (size_t i = 0; i < trapped->wish_count; i++) {
        if (trapped->wishes[i].kind == kind && strcmp(trapped->wishes[i].what, what) == 0) {
            return true;
        }
    }
    return false;
}

static void test_displays(void) {
    CHECK(display_number(":0") == 0 && display_number(":12.3") == 12 && display_number("unix:1") == 1);
    CHECK(display_number(NULL) == NO_DISPLAY && display_number("") == NO_DISPLAY);
    CHECK(display_number("host:0") == NO_DISPLAY && display_number(":") == NO_DISPLAY);
    CHECK(display_number(":0/../x") == NO_DISPLAY && display_number(":123456") == NO_DISPLAY);
    CHECK(display_number("unix") == NO_DISPLAY && display_number("wayland-0") == NO_DISPLAY);
}

void test_sockets(void) {
    static const char *const NAMES[] = {"own", "foreign", "named", "made"};
    char folder[] = "/tmp/landgrant-sockets-XXXXXX", named_path[108], text[8];
    test_displays();
    CHECK(mkdtemp(folder) != NULL);
    CLOSES int granted = tcp_listener(&open_port);
    CLOSES int not_granted = tcp_listener(&shut_port);
    close(tcp_listener(&listen_port));
    CLOSES int foreign = bound(at(folder, "foreign"), sizeof(struct sockaddr_un));
    CLOSES int named = bound(at(folder, "named"), sizeof(struct sockaddr_un));
    struct sockaddr_un hidden = {.sun_family = AF_UNIX};
    snprintf(abstract + 1, sizeof abstract - 1, "others-%d", getpid());
    memcpy(hidden.sun_path, abstract, sizeof abstract);
    CLOSES int unseen = bound(hidden, sizeof hidden.sun_family + sizeof abstract);
    memcpy(named_path, at(folder, "named").sun_path, sizeof named_path);

    struct rule list[] = {
        {.fd = -1, .mode = S_IFDIR, .rights = RIGHT_READ | RIGHT_WRITE, .path = folder},
        {.fd = -1, .mode = S_IFSOCK, .rights = RIGHT_WRITE, .path = named_path},
    };
    struct stat status;
    CHECK(stat(named_path, &status) == 0);
    list[1].device = status.st_dev;
    list[1].inode = status.st_ino;
    uint16_t connect_ports[] = {open_port}, listen_ports[] = {listen_port};
    struct rules rules = {.list = list,
                          .count = 2,
                          .connect = connect_ports,
                          .connects = 1,
                          .listen = listen_ports,
                          .listens = 1};
    struct reach *reach = reach_make(&rules, NULL, true, true);
    static const unsigned ABIS[] = {1, 4, 8};
    for (size_t i = 0; i < sizeof ABIS / sizeof ABIS[0]; i++) {
        sockets_begin(&(struct socket_ways){.abi = ABIS[i], .display = NO_DISPLAY});
        remove_names(folder, NAMES, 1);
        struct trapped *connected = run_trapped(connects, folder, reach);
        compare(connected, CONNECTED, sizeof CONNECTED / sizeof CONNECTED[0]);
        CHECK(has_wish(connected, DENIED_FILE, at(folder, "foreign").sun_path));
        snprintf(text, sizeof text, "%u", shut_port);
        CHECK(has_wish(connected, DENIED_CONNECT, text) && connected->wish_count == 3);
        trapped_free(connected);
    }
    sockets_begin(&(struct socket_ways){.abi = 3, .display = NO_DISPLAY});
    struct trapped *named_sockets = run_trapped(binds, folder, reach);
    compare(named_sockets, BOUND, sizeof BOUND / sizeof BOUND[0]);
    CHECK(has_wish(named_sockets, DENIED_LISTEN, "0"));
    CHECK(has_wish(named_sockets, DENIED_FILE, "/tmp/landgrant-never-made"));
    trapped_free(named_sockets);

    /* Whoever came to the sockets that are not granted came from an earlier part. */
    while (close(accept(foreign, NULL, NULL)) == 0) {
    }
    remove_names(folder, NAMES, 1);
    trapped_free(run_trapped(race_addresses, folder, reach));
    CHECK(accept(foreign, NULL, NULL) < 0 && errno == EAGAIN);
    remove_names(folder, NAMES, 1);
    struct trapped *raced = run_trapped(race_descriptors, folder, reach);
    CHECK(raced->count == 1 && raced->answers[0] == 0);
    trapped_free(raced);

    /* A newer kernel decides by itself: there is none here, so everything goes. But it is told as refused. */
    sockets_begin(&(struct socket_ways){.abi = 9, .display = NO_DISPLAY});
    remove_names(folder, NAMES, 1);
    struct trapped *free_one = run_trapped(connects, folder, reach);
    CHECK(free_one->answers[2] == 0 && free_one->answers[10] == 0 && free_one->answers[13] == 0);
    CHECK(free_one->wish_count == 3 && has_wish(free_one, DENIED_CONNECT, text));
    trapped_free(free_one);

    /* Another's socket gets the name of the granted one: the app may have done so. */
    sockets_begin(&(struct socket_ways){.abi = 8, .display = NO_DISPLAY});
    while (close(accept(foreign, NULL, NULL)) == 0) {
    }
    CHECK(rename(at(folder, "foreign").sun_path, named_path) == 0);
    struct trapped *replaced = run_trapped(connects_to_named, folder, reach);
    CHECK(replaced->count == 1 && replaced->answers[0] == EACCES);
    trapped_free(replaced);
    CHECK(accept(foreign, NULL, NULL) < 0 && errno == EAGAIN);
    reach_free(reach);
    remove_names(folder, NAMES, 4);
    rmdir(folder);
}
