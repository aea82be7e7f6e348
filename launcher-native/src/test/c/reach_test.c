#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "check.h"
#include "reach.h"

static char USR[] = "/usr", HOME_FOLDER[] = "/home/ada", NOTES[] = "/home/ada/notes", HOSTS[] = "/etc/hosts";

/* Where the app may change the folder, only the very socket that was asked about is granted. */
static void sockets_are_not_replaced(struct reach *reach, const char *folder, const char *path) {
    struct stat first, second = {.st_dev = 1, .st_ino = 1};
    CHECK(stat(path, &first) == 0);
    CHECK(reach_add(reach, DENIED_FILE, RIGHT_WRITE, path));
    CHECK(reach_all_socket(reach, path, &first) && reach_all_socket(reach, path, &second));
    CHECK((reach_all_entry(reach, path) & RIGHT_WRITE) == 0);
    CHECK(reach_add(reach, DENIED_FILE, RIGHT_READ | RIGHT_WRITE, folder));
    CHECK(reach_all_socket(reach, path, &first) && !reach_all_socket(reach, path, &second));
    reach_remove(reach, DENIED_FILE, RIGHT_WRITE, path);
    CHECK(!reach_all_socket(reach, path, &first));
    /* Another took its name while the user thought about it. */
    CHECK(reach_means_socket(reach, path, &second) && reach_means_socket(reach, path, &first));
    CHECK(reach_add(reach, DENIED_FILE, RIGHT_WRITE, path));
    CHECK(!reach_all_socket(reach, path, &first) && reach_all_socket(reach, path, &second));
    for (unsigned i = 0; i <= MEANT_MOST; i++) {
        FREES char *other = text_of("%s/%u", folder, i);
        CHECK(reach_means_socket(reach, other, &first) == (i < MEANT_MOST));
    }
    reach_remove(reach, DENIED_FILE, RIGHT_READ | RIGHT_WRITE, folder);
}

/* The session bus is reached by names only, whoever grants its socket. */
static void bus_is_not_granted(struct reach *reach) {
    char folder[] = "/tmp/landgrant-reach-XXXXXX";
    CHECK(mkdtemp(folder) != NULL);
    FREES char *bus = text_of("%s/bus", folder), *other = text_of("%s/other", folder),
               *kept = getenv("XDG_RUNTIME_DIR") != NULL ? copy_text(getenv("XDG_RUNTIME_DIR")) : NULL;
    CHECK(mknod(bus, S_IFSOCK | 0600, 0) == 0 && link(bus, other) == 0);
    struct stat status;
    CHECK(reach_add(reach, DENIED_FILE, RIGHT_WRITE, other) && stat(other, &status) == 0 &&
          reach_all_socket(reach, other, &status));
    reach_remove(reach, DENIED_FILE, RIGHT_WRITE, other);
    sockets_are_not_replaced(reach, folder, bus);
    setenv("XDG_RUNTIME_DIR", folder, 1);
    CHECK(!reach_add(reach, DENIED_FILE, RIGHT_WRITE, bus) &&
          !reach_add(reach, DENIED_FILE, RIGHT_WRITE, other));
    kept != NULL ? setenv("XDG_RUNTIME_DIR", kept, 1) : unsetenv("XDG_RUNTIME_DIR");
    CHECK(unlink(bus) == 0 && unlink(other) == 0 && rmdir(folder) == 0);
}

/* A message is UTF-8, so what is not can only be refused. */
static void only_text_is_asked_about(void) {
    static char home[] = "/home";
    struct ask asks[] = {{.kind = DENIED_FILE, .path = home}};
    struct rules rules = {.asks = asks, .ask_count = 1};
    struct reach *reach = reach_make(&rules, NULL, true, true);
    struct wish plain = {.kind = DENIED_FILE, .access = 'r', .what = "/home/\xc3\xa4"};
    struct wish bytes = {.kind = DENIED_FILE, .access = 'r', .what = "/home/\xff"};
    CHECK(reach_asks(reach, &plain) && !reach_asks(reach, &bytes));
    reach_free(reach);
}

/* What a live grant gives must not be kept where it lasts longer. */
static void nothing_outlasts_its_grant(void) {
    static char own[] = "/own", wide[] = "/wide", paper[] = "/doc/paper", sub[] = "/doc/sub";
    struct rule rules[] = {
        {.mode = S_IFDIR, .device = 1, .inode = 7, .rights = RIGHT_READ | RIGHT_WRITE, .path = own},
        {.mode = S_IFREG, .device = 1, .inode = 8, .rights = RIGHT_READ | RIGHT_WRITE, .path = paper},
        {.mode = S_IFDIR, .device = 1, .inode = 9, .rights = RIGHT_READ | RIGHT_WRITE, .path = sub}};
    struct served served[] = {{.path = wide, .rights = RIGHT_READ | RIGHT_WRITE}};
    struct rules all = {.list = rules, .count = 3, .served = served, .served_count = 1};
    struct reach *reach = reach_make(&all, NULL, true, true);
    CHECK(reach_add(reach, DENIED_FILE, RIGHT_READ | RIGHT_WRITE, "/doc") &&
          reach_add(reach, DENIED_FILE, RIGHT_READ | RIGHT_WRITE, "/more"));
    static const struct {
        const char *from, *to;
        enum renaming how;
        bool gains;
    } CASES[] = {
        {"/doc/a", "/doc/b", MOVES_FILE, false},    {"/doc/a", "/doc/b", LINKS, false},
        {"/doc/a", "/doc/b", MOVES_FOLDER, false},  {"/own/a", "/doc/b", MOVES_FILE, false},
        {"/wide/a", "/doc/b", LINKS, false},        {"/own/a", "/wide/b", MOVES_FOLDER, false},
        {"/doc/a", "/own/b", MOVES_FILE, true},     {"/doc/a", "/own/b", LINKS, true},
        {"/doc/a", "/wide/b", MOVES_FILE, true},    {"/doc/a", "/more/b", MOVES_FILE, true},
        {"/doc/a", "/more/b", LINKS, true},         {"/doc/a", "/doc/paper", MOVES_FILE, false},
        {"/doc/a", "/doc/paper", LINKS, true},      {"/doc/a", "/doc/sub", MOVES_FOLDER, true},
        {"/doc/a", "/doc/sub/b", MOVES_FILE, true},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof CASES[0]; i++) {
        FREES char *name = text_of("%s to %s", CASES[i].from, CASES[i].to);
        check_that(reach_gains(reach, CASES[i].from, CASES[i].to, CASES[i].how, 0) == CASES[i].gains, name,
                   __FILE__, __LINE__);
    }
    struct stat status = {.st_dev = 1, .st_ino = 7}, other = {.st_dev = 2, .st_ino = 7};
    CHECK(reach_carried(reach, &status) == (RIGHT_LIST | RIGHT_READ | RIGHT_WRITE));
    CHECK(reach_carried(reach, &other) == 0);
    CHECK(reach_gains(reach, "/doc/a", "/doc/b", LINKS, RIGHT_READ));
    reach_free(reach);
}

static void live_grants(void) {
    static char keys[] = "/home/ada/keys", ada[] = "/home/ada", away[] = "/srv/own";
    struct rule rules[] = {{.fd = -1, .mode = S_IFREG, .rights = RIGHT_READ | RIGHT_WRITE, .path = HOSTS}};
    struct served served[] = {{.path = ada, .rights = RIGHT_READ | RIGHT_WRITE}};
    struct except excepts[] = {{.path = keys, .rights = RIGHT_READ | RIGHT_WRITE},
                               {.path = away, .rights = RIGHT_READ | RIGHT_WRITE, .ours = true}};
    struct rules all = {.list = rules,
                        .count = 1,
                        .served = served,
                        .served_count = 1,
                        .excepts = excepts,
                        .except_count = 2};
    enum { ANY = RIGHT_LIST | RIGHT_READ | RIGHT_WRITE };
    struct reach *reach = reach_make(&all, NULL, true, true);

    /* What only the supervisor gives, less what is excepted; a file's own rule does not let it be removed. */
    CHECK(reach_kernel(reach, "/home/ada/x") == 0 && reach_all(reach, "/home/ada/x") == ANY);
    CHECK(reach_all(reach, "/home/ada/keys") == 0 && reach_all(reach, "/home/ada/keys/id") == 0);
    CHECK(reach_all_entry(reach, "/home/ada/x") == ANY && reach_all_entry(reach, "/home/ada") == 0);
    CHECK(reach_all_entry(reach, "/home/ada/keys") == 0);
    CHECK((reach_all(reach, "/etc/hosts") & RIGHT_WRITE) != 0 && reach_all_entry(reach, "/etc/hosts") == 0);

    /* A live grant above an exception does not reach into it, one at or below it does. */
    CHECK(reach_add(reach, DENIED_FILE, RIGHT_READ, "/home"));
    CHECK(reach_all(reach, "/home/ada/keys/id") == 0 && (reach_all(reach, "/home/bob") & RIGHT_READ) != 0);
    CHECK(reach_add(reach, DENIED_FILE, RIGHT_READ, "/home/ada/keys/id"));
    CHECK((reach_all(reach, "/home/ada/keys/id") & RIGHT_READ) != 0);
    CHECK(reach_all(reach, "/home/ada/keys/other") == 0);

    /* Our own folders are never reached, whatever is granted. */
    CHECK(reach_add(reach, DENIED_FILE, RIGHT_READ, "/srv"));
    CHECK(reach_all(reach, "/srv/x") != 0 && reach_all(reach, "/srv/own/secret") == 0);

    CHECK(!reach_add(reach, DENIED_FILE, RIGHT_WRITE, "/srv/own") &&
          !reach_add(reach, DENIED_FILE, RIGHT_WRITE, "/srv/own/secret"));

    /* A name that is not there yet may be made, and nothing beside it. */
    CHECK(reach_add(reach, DENIED_FILE, RIGHT_WRITE, "/opt/new"));
    CHECK(reach_all_entry(reach, "/opt/new") == RIGHT_WRITE && reach_all_entry(reach, "/opt/other") == 0);
    CHECK(reach_below(reach, "/opt") == RIGHT_WRITE && reach_below(reach, "/opt/new") == 0);

    /* Taken back at or below a path; what the policy gives stays. */
    reach_remove(reach, DENIED_FILE, RIGHT_READ, "/home");
    CHECK(reach_all(reach, "/home/bob") == 0 && reach_all(reach, "/home/ada/keys/id") == 0);
    CHECK(reach_all(reach, "/home/ada/x") == ANY);

    CHECK(!reach_all_port(reach, false, 443) && reach_add(reach, DENIED_CONNECT, 0, "443"));
    CHECK(reach_all_port(reach, false, 443) && !reach_all_port(reach, true, 443));
    CHECK(!reach_kernel_port(reach, false, 443));
    reach_remove(reach, DENIED_CONNECT, 0, "443");
    CHECK(!reach_all_port(reach, false, 443));

    bus_is_not_granted(reach);

    /* Nonsense and too much are not granted. */
    CHECK(!reach_add(reach, DENIED_FILE, RIGHT_READ, "relative") &&
          !reach_add(reach, DENIED_FILE, RIGHT_READ, "/a/../b"));
    CHECK(!reach_add(reach, DENIED_FILE, 0, "/a") && !reach_add(reach, DENIED_LISTEN, 0, "65536"));
    unsigned added = 0;
    for (unsigned i = 0; i < LIVE_MOST + 5; i++) {
        FREES char *path = text_of("/many/%u", i);
        added += reach_add(reach, DENIED_FILE, RIGHT_READ, path);
    }
    CHECK(added == LIVE_MOST - 2); /* /srv and /opt/new are still there */

    /* Exceptions and what holds them stay where they are. */
    struct stat nothing = {0};
    CHECK(reach_is_pinned(reach, "/home/ada/keys", &nothing) && reach_is_pinned(reach, "/home", &nothing));
    CHECK(!reach_is_pinned(reach, "/home/ada/x", &nothing));
    CHECK(reach_is_pinned(reach, "/home/ada", NULL) && reach_is_pinned(reach, "/home/ada/keys", NULL));
    CHECK(!reach_is_pinned(reach, "/home/ada/x", NULL) && !reach_is_pinned(reach, "/home/ad", NULL));
    reach_free(reach);
}

void test_reach(void) {
    struct rule rules[] = {
        {.fd = -1, .mode = S_IFDIR, .rights = RIGHT_READ | RIGHT_EXECUTE, .path = USR},
        {.fd = -1, .mode = S_IFDIR, .rights = RIGHT_LIST, .path = HOME_FOLDER},
        {.fd = -1, .mode = S_IFDIR, .rights = RIGHT_READ | RIGHT_WRITE, .path = NOTES},
        {.fd = -1, .mode = S_IFREG, .rights = RIGHT_READ, .path = HOSTS},
    };
    uint16_t connect[] = {80, 443}, listen[] = {0};
    struct rules all = {
        .list = rules, .count = 4, .connect = connect, .connects = 2, .listen = listen, .listens = 1};
    struct reach *reach = reach_make(&all, NULL, true, true);
    static const struct {
        const char *path;
        unsigned wanted, missing;
    } CASES[] = {
        {"/usr", RIGHT_LIST, 0},
        {"/usr/bin/true", RIGHT_READ | RIGHT_EXECUTE, 0},
        {"/usr/bin/true", RIGHT_WRITE, RIGHT_WRITE},
        {"/usrlocal", RIGHT_READ, RIGHT_READ},
        {"/", RIGHT_LIST, RIGHT_LIST},
        {"/home/ada", RIGHT_LIST, 0},
        {"/home/ada/x", RIGHT_LIST, 0},
        {"/home/ada/x", RIGHT_READ, RIGHT_READ},
        {"/home/ada/notes/deep/er", RIGHT_READ | RIGHT_WRITE, 0},
        {"/home/ada/notes", RIGHT_EXECUTE | RIGHT_WRITE, RIGHT_EXECUTE},
        {"/home/adam", RIGHT_LIST, RIGHT_LIST},
        {"/etc/hosts", RIGHT_READ, 0},
        {"/etc/hosts/x", RIGHT_READ, RIGHT_READ},
        {"/etc/hosts.allow", RIGHT_READ, RIGHT_READ},
        {"/etc", RIGHT_LIST, RIGHT_LIST},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof CASES[0]; i++) {
        check_that((CASES[i].wanted & ~reach_kernel(reach, CASES[i].path)) == CASES[i].missing, CASES[i].path,
                   __FILE__, __LINE__);
    }
    CHECK(reach_kernel_port(reach, false, 80));
    CHECK(reach_kernel_port(reach, false, 443));
    CHECK(!reach_kernel_port(reach, false, 0));
    CHECK(reach_kernel_port(reach, true, 0));
    CHECK(!reach_kernel_port(reach, true, 443));
    reach_free(reach);
    reach = reach_make(&all, NULL, false, false);
    CHECK(reach_kernel_port(reach, false, 1));
    CHECK(reach_kernel_port(reach, true, 1));
    all.count = 0;
    CHECK(reach_kernel(reach, "/") == 0);
    reach_free(reach);
    live_grants();
    nothing_outlasts_its_grant();
    only_text_is_asked_about();
}
