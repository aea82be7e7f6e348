#include "own_sockets.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "check.h"
#include "util.h"

static int bound(const char *name, size_t bytes, bool own) {
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    memcpy(address.sun_path, name, bytes);
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (own) {
        own_sockets_remember(fd);
    }
    CHECK(bind(fd, (struct sockaddr *)&address, (socklen_t)(sizeof address.sun_family + bytes)) == 0);
    if (!own) {
        own_sockets_remember(fd); /* too late: it has a name, so it may be anybody's */
    }
    listen(fd, 1);
    return fd;
}

static bool is_own(const char *path) {
    CLOSES int file = open(path, O_PATH | O_CLOEXEC);
    return own_sockets_has_file(file);
}

void test_own_sockets(void) {
    char folder[] = "/tmp/landgrant-own-XXXXXX", mine[64], theirs[64], kept[64], abstract[64];
    CHECK(mkdtemp(folder) != NULL);
    snprintf(mine, sizeof mine, "%s/mine", folder);
    snprintf(theirs, sizeof theirs, "%s/theirs", folder);
    snprintf(kept, sizeof kept, "%s/kept", folder);
    CLOSES int own = bound(mine, strlen(mine) + 1, true);
    CLOSES int other = bound(theirs, strlen(theirs), false);
    CHECK(is_own(mine));
    CHECK(!is_own(theirs));
    CHECK(!is_own(folder));

    /* A name says nothing: another socket's file under the name of one's own. */
    CHECK(rename(mine, kept) == 0 && rename(theirs, mine) == 0);
    CHECK(is_own(kept));
    CHECK(!is_own(mine));

    int length = snprintf(abstract, sizeof abstract, "%clandgrant-own-%d", 0, getpid());
    CLOSES int hidden = bound(abstract, (size_t)length, true);
    CHECK(own_sockets_has_name(abstract, (size_t)length));
    CHECK(!own_sockets_has_name(abstract, (size_t)length - 1));
    abstract[1] = 'L';
    CLOSES int foreign = bound(abstract, (size_t)length, false);
    CHECK(!own_sockets_has_name(abstract, (size_t)length));

    /* Nobody is bound to it any more. */
    close(own);
    own = -1;
    CHECK(!is_own(kept));
    unlink(mine);
    unlink(kept);
    rmdir(folder);
}
