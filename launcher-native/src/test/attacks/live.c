/* A folder that is granted while the app waits: what it may reach by that, and what it may not. */
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include "themes.h"

/* The question; the stand-in grants the folder, and `granted/planted` with it. */
static bool ask(void) {
    int fd = open(in_world("home/live/key"), O_RDONLY);
    if (fd >= 0) {
        close(fd);
    }
    return fd >= 0;
}

static enum result granted(void) {
    return verdict(open(in_world("home/live/key"), O_RDONLY));
}

static enum result link_inside(void) {
    const char *link = in_world("home/live/link");
    return ask() && symlink("../secret", link) == 0 ? loot_from(open(text("%s/key", link), O_RDONLY))
                                                    : FAILED;
}

static enum result link_inside_written(void) {
    const char *link = in_world("home/live/link");
    return ask() && symlink("../secret/odd", link) == 0 ? verdict(open(link, O_WRONLY | O_TRUNC)) : FAILED;
}

static enum result link_inside_mode(void) {
    const char *link = in_world("home/live/link");
    return ask() && symlink("../secret/key", link) == 0 ? verdict(chmod(link, 0777)) : FAILED;
}

static enum result link_inside_socket(void) {
    const char *link = in_world("home/live/link");
    return ask() && symlink("../secret/sock", link) == 0 ? greet_unix(SOCK_STREAM, link) : FAILED;
}

/* The link stands at a granted path already when the grant comes. */
static enum result planted(void) {
    const char *link = in_world("home/granted/planted");
    (void)!symlink(in_world("home/secret"), link);
    return ask() ? loot_from(open(text("%s/key", link), O_RDONLY)) : FAILED;
}

/* A folder stands there, and is a link when it is used. */
static enum result planted_later(void) {
    const char *link = in_world("home/granted/planted");
    mkdir(link, 0700);
    int folder = ask() ? open(link, O_RDONLY | O_DIRECTORY) : -1;
    (void)!rmdir(link);
    (void)!symlink(in_world("home/secret"), link);
    enum result through_folder = loot_from(openat(folder, "key", O_RDONLY));
    return through_folder == SUCCEEDED ? SUCCEEDED : loot_from(open(text("%s/key", link), O_RDONLY));
}

static enum result dots(void) {
    return ask() ? loot_from(open(in_world("home/live/../secret/key"), O_RDONLY)) : FAILED;
}

/* A folder's descriptor that the supervisor has given. */
static enum result dots_of_descriptor(void) {
    int folder = ask() ? open(in_world("home/live"), O_RDONLY | O_DIRECTORY) : -1;
    return loot_from(openat(folder, "../secret/key", O_RDONLY));
}

static enum result dots_through_proc(void) {
    int folder = ask() ? open(in_world("home/live"), O_RDONLY | O_DIRECTORY) : -1;
    return loot_from(open(text("/proc/self/fd/%d/../secret/key", folder), O_RDONLY));
}

static enum result dots_from_there(void) {
    return ask() && chdir(in_world("home/live")) == 0 ? loot_from(open("../secret/key", O_RDONLY)) : FAILED;
}

static enum result hard_link(void) {
    const char *here = in_world("home/live/hard");
    return ask() && link(in_world("home/secret/key"), here) == 0 ? loot_from(open(here, O_RDONLY)) : FAILED;
}

static enum result moved_here(void) {
    const char *here = in_world("home/live/moved");
    return ask() && rename(in_world("home/secret/key"), here) == 0 ? loot_from(open(here, O_RDONLY)) : FAILED;
}

static enum result folder_moved_here(void) {
    const char *here = in_world("home/live/moved");
    (void)!ask();
    (void)!renameat2(AT_FDCWD, in_world("home/secret"), AT_FDCWD, here, 0);
    return loot_from(open(text("%s/key", here), O_RDONLY));
}

/* The granted folder changes places with the secret one, so that its name leads there. */
static enum result exchanged(void) {
    (void)!ask();
    (void)!renameat2(AT_FDCWD, in_world("home/live"), AT_FDCWD, in_world("home/secret"), RENAME_EXCHANGE);
    return loot_from(open(in_world("home/live/key"), O_RDONLY));
}

static enum result runs(void) {
    const char *program = in_world("home/live/program");
    if (!ask() || link(in_world("home/granted/program"), program) != 0) {
        return FAILED;
    }
    execl(program, program, "stay", (char *)NULL);
    return FAILED;
}

/* What was granted while it waits, kept in a folder of its own: that would outlast the grant. */
static enum result kept_link(void) {
    return ask() ? verdict(link(in_world("home/live/key"), in_world("home/granted/kept"))) : FAILED;
}

static enum result kept_link_of_descriptor(void) {
    int file = ask() ? open(in_world("home/live/key"), O_RDWR) : -1;
    return verdict(linkat(AT_FDCWD, text("/proc/self/fd/%d", file), AT_FDCWD, in_world("home/granted/kept"),
                          AT_SYMLINK_FOLLOW));
}

static enum result kept_moved(void) {
    return ask() ? verdict(rename(in_world("home/live/key"), in_world("home/granted/kept"))) : FAILED;
}

static enum result kept_exchanged(void) {
    return ask() ? verdict(renameat2(AT_FDCWD, in_world("home/live/key"), AT_FDCWD,
                                     in_world("home/granted/own"), RENAME_EXCHANGE))
                 : FAILED;
}

/* A folder that has a rule of its own keeps it where it is moved to. */
static enum result kept_in_moved_folder(void) {
    if (!ask() || rename(in_world("home/wide/other"), in_world("home/live/other")) != 0) {
        return FAILED;
    }
    return verdict(link(in_world("home/live/key"), in_world("home/live/other/kept")));
}

static bool kept_seen(const struct world *where, pid_t app) {
    static const char *const PLACES[] = {"home/granted/kept", "home/granted/own", "home/live/other/kept"};
    (void)app;
    char content[8] = "";
    for (size_t i = 0; i < COUNT_OF(PLACES) && content[0] != 'h'; i++) {
        int fd = open(text("%s/%s", where->folder, PLACES[i]), O_RDONLY | O_CLOEXEC);
        (void)!read(fd, content, sizeof content - 1);
        close(fd);
    }
    return strcmp(content, "honest") == 0;
}

static const struct attack ROWS[] = {
    ATTACK("live-granted", "a file in the folder, after the answer", granted, MUST_WORK, .needs = NEEDS_LIVE,
           .holds = "/home/live/key"),
    ATTACK("live-link", "reading through a link planted in it", link_inside, CLOSED(SUPERVISOR, 0),
           .needs = NEEDS_LIVE),
    ATTACK("live-link-write", "writing through such a link", link_inside_written, CLOSED(SUPERVISOR, 0),
           .needs = NEEDS_LIVE),
    ATTACK("live-link-chmod", "changing a mode through such a link", link_inside_mode, CLOSED(SUPERVISOR, 0),
           .needs = NEEDS_LIVE),
    ATTACK("live-link-socket", "connecting through such a link", link_inside_socket, UNTIL(SUPERVISOR, 9),
           .needs = NEEDS_LIVE),
    ATTACK("live-planted", "the granted path is a link the app has planted", planted, CLOSED(SUPERVISOR, 0),
           .needs = NEEDS_LIVE),
    ATTACK("live-planted-later", "a granted folder becomes a link", planted_later, CLOSED(SUPERVISOR, 0),
           .needs = NEEDS_LIVE),
    ATTACK("live-dots", "\"..\" out of it", dots, CLOSED(SUPERVISOR, 0), .needs = NEEDS_LIVE),
    ATTACK("live-dots-of-descriptor", "\"..\" from its descriptor", dots_of_descriptor, CLOSED(SUPERVISOR, 0),
           .needs = NEEDS_LIVE),
    ATTACK("live-dots-proc", "\"..\" from its descriptor by /proc/self/fd", dots_through_proc,
           CLOSED(SUPERVISOR, 0), .needs = NEEDS_LIVE),
    ATTACK("live-dots-cwd", "\"..\" after going there", dots_from_there, CLOSED(SUPERVISOR, 0),
           .needs = NEEDS_LIVE),
    ATTACK("live-hard-link", "a hard link made in it", hard_link, CLOSED(SUPERVISOR, 0), .needs = NEEDS_LIVE),
    ATTACK("live-move", "moving a file into it", moved_here, CLOSED(SUPERVISOR, 0), .needs = NEEDS_LIVE),
    ATTACK("live-move-folder", "moving a folder into it", folder_moved_here, CLOSED(SUPERVISOR, 0),
           .needs = NEEDS_LIVE),
    ATTACK("live-exchange", "exchanging it with a folder that is refused", exchanged, CLOSED(SUPERVISOR, 0),
           .needs = NEEDS_LIVE),
    ATTACK("live-kept", "a hard link of it where the policy gives more, for later", kept_link,
           CLOSED(SUPERVISOR, 0), .needs = NEEDS_LIVE, .seen = kept_seen),
    ATTACK("live-kept-descriptor", "the same from its descriptor", kept_link_of_descriptor,
           CLOSED(SUPERVISOR, 0), .needs = NEEDS_LIVE, .seen = kept_seen),
    ATTACK("live-kept-moved", "moving it there", kept_moved, CLOSED(SUPERVISOR, 0), .needs = NEEDS_LIVE,
           .seen = kept_seen),
    ATTACK("live-kept-exchanged", "exchanging it with a file there", kept_exchanged, CLOSED(SUPERVISOR, 0),
           .needs = NEEDS_LIVE, .seen = kept_seen),
    ATTACK("live-kept-folder", "linking it in a folder with a rule, which was moved beside it",
           kept_in_moved_folder, CLOSED(SUPERVISOR, 0), .needs = NEEDS_LIVE, .seen = kept_seen),
    ATTACK("live-execute", "running a program put into it", runs, CLOSED(LANDLOCK, 1), .needs = NEEDS_LIVE,
           .seen = other_program_seen),
};
const struct theme LIVE = THEME(ROWS, "What is granted while the app waits");
