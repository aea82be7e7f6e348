#include "check.h"
#include "reach.h"

static char USR[] = "/usr", HOME_FOLDER[] = "/home/ada", NOTES[] = "/home/ada/notes", HOSTS[] = "/etc/hosts";

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
}
