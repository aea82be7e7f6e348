#include "companions.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include "check.h"
#include "own_sockets.h"
#include "util.h"

/* A session of the app in a process of its own, which has bound a socket there once this returns. */
static pid_t session(const struct places *places, const char *app, const char *path) {
    int ready[2];
    char byte = 0;
    CHECK(pipe(ready) == 0);
    pid_t child = fork();
    if (child == 0) {
        struct scratch scratch;
        struct sockaddr_un address = {.sun_family = AF_UNIX};
        snprintf(address.sun_path, sizeof address.sun_path, "%s", path);
        int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
        bool good = companions_begin(places, app, &scratch);
        own_sockets_remember(fd);
        good = good && bind(fd, (struct sockaddr *)&address, sizeof address) == 0 && listen(fd, 1) == 0;
        if (good && write(ready[1], "x", 1) == 1) {
            pause();
        }
        _exit(1);
    }
    close(ready[1]);
    CHECK(read(ready[0], &byte, 1) == 1);
    close(ready[0]);
    return child;
}

static bool known(const char *path) {
    CLOSES int file = open(path, O_PATH | O_CLOEXEC);
    CHECK(!own_sockets_has_file(file));
    return own_sockets_or_companions_have_file(file);
}

/* Each try makes a folder of its own, which there is no descriptor left for. */
static void what_cannot_be_is_tried_once(const struct places *places) {
    FREES char *of_app = text_of("%s/of-c.desktop", places->buses);
    _Alignas(struct inotify_event) char events[4096];
    struct scratch scratch;
    struct rlimit before, few;
    size_t made = 0;
    CHECK(mkdir(of_app, 0700) == 0 && getrlimit(RLIMIT_NOFILE, &before) == 0);
    CLOSES int watch = inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
    CHECK(inotify_add_watch(watch, of_app, IN_CREATE) >= 0);
    int first = dup(watch), second = dup(watch);
    few = (struct rlimit){.rlim_cur = (rlim_t)(first > second ? first : second) + 1,
                          .rlim_max = before.rlim_max};
    CHECK(close(first) == 0 && close(second) == 0 && setrlimit(RLIMIT_NOFILE, &few) == 0);
    bool begun = companions_begin(places, "c.desktop", &scratch);
    int error = errno;
    CHECK(setrlimit(RLIMIT_NOFILE, &before) == 0);
    CHECK(!begun && error == EMFILE);
    companions_end(&scratch);
    ssize_t got = read(watch, events, sizeof events);
    for (ssize_t at = 0; at < got; made++) {
        at += (ssize_t)(sizeof(struct inotify_event) + ((struct inotify_event *)(void *)(events + at))->len);
    }
    CHECK(made == 1);
    CHECK(companions_begin(places, "c.desktop", &scratch)); /* and clears that away */
    companions_end(&scratch);
    CHECK(access(of_app, F_OK) != 0);
}

void test_companions(void) {
    char folder[] = "/tmp/landgrant-companions-XXXXXX";
    CHECK(mkdtemp(folder) != NULL);
    struct places places = {.buses = folder};
    FREES char *of_app = text_of("%s/of-a.desktop", folder), *of_other = text_of("%s/of-b.desktop", folder);
    FREES char *mate = text_of("%s/mate", folder), *stranger = text_of("%s/stranger", folder);
    struct scratch scratch;

    CHECK(!known(folder));
    pid_t same = session(&places, "a.desktop", mate), other = session(&places, "b.desktop", stranger);
    CHECK(!known(mate)); /* this is no session yet */
    CHECK(companions_begin(&places, "a.desktop", &scratch));
    CHECK(known(mate));
    CHECK(!known(stranger));

    /* What is under the name is asked for, not the name. */
    FREES char *away = text_of("%s/away", folder);
    CHECK(rename(mate, away) == 0 && rename(stranger, mate) == 0);
    CHECK(known(away));
    CHECK(!known(mate));

    kill(same, SIGKILL);
    kill(other, SIGKILL);
    CHECK(waitpid(same, NULL, 0) == same && waitpid(other, NULL, 0) == other);
    CHECK(!known(away)); /* nobody is bound to it any more */
    companions_end(&scratch);

    what_cannot_be_is_tried_once(&places);

    /* What killed launchers left is cleared away by the next. */
    CHECK(companions_begin(&places, "a.desktop", &scratch));
    companions_end(&scratch);
    CHECK(companions_begin(&places, "b.desktop", &scratch));
    companions_end(&scratch);
    CHECK(unlink(away) == 0 && unlink(mate) == 0);
    CHECK(access(of_app, F_OK) != 0 && access(of_other, F_OK) != 0 && rmdir(folder) == 0);
}
