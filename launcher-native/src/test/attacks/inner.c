/* Walls inside the walls: what the app puts on itself, or has a second launcher put on, must not open any. */
#include <errno.h>
#include <fcntl.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "numbers.h"
#include "themes.h"

static enum result no_ruleset(void) {
    return errno == ENOSYS || errno == EOPNOTSUPP ? cannot("the kernel has no Landlock") : FAILED;
}

enum { FILES_OF_FIRST = 0x1fff }; /* every right on files that the first Landlock knew */

/* A ruleset of its own, which allows everything below the root folder. */
static bool own_ruleset(void) {
    uint64_t files = FILES_OF_FIRST;
    struct {
        uint64_t allowed;
        int32_t folder;
    } __attribute__((packed)) rule = {files, open("/", O_PATH | O_DIRECTORY | O_CLOEXEC)};
    int ruleset = (int)syscall(NR_LANDLOCK_CREATE_RULESET, &files, sizeof files, 0);
    return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
           syscall(NR_LANDLOCK_ADD_RULE, ruleset, 1, &rule, 0) == 0 &&
           syscall(NR_LANDLOCK_RESTRICT_SELF, ruleset, 0) == 0;
}

/* Another, which allows nothing at all. */
static bool shut_in(void) {
    uint64_t files = FILES_OF_FIRST;
    int ruleset = (int)syscall(NR_LANDLOCK_CREATE_RULESET, &files, sizeof files, 0);
    return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 && syscall(NR_LANDLOCK_RESTRICT_SELF, ruleset, 0) == 0;
}

/* Whether somebody put a filter on us: then this is a session. */
static bool is_confined(void) {
    return prctl(PR_GET_SECCOMP, 0, 0, 0, 0) != 0;
}

/*
 * A part of the app that has shut itself in wants what the session may and it may not. Outside there is no
 * session whose rights it could get back, so there it stays open. It keeps what it gets.
 */
static enum result shut_in_opens(const char *path, int flags) {
    if (is_confined() && !shut_in()) {
        return no_ruleset();
    }
    return verdict(open(path, flags));
}

/* A filter of its own that lets every call go on. */
static bool own_filter(void) {
    struct sock_filter all[] = {BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW)};
    struct sock_fprog program = {.len = 1, .filter = all};
    return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
           prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program, 0, 0) == 0;
}

static enum result reads(void) {
    return loot_from(open(in_world("home/secret/key"), O_RDONLY));
}

static enum result reads_excepted(void) {
    return loot_from(open(in_world("home/wide/deep/secret/key"), O_RDONLY));
}

static enum result changes_mode(void) {
    return verdict(chmod(in_world("home/secret/key"), 0777));
}

static enum result connects_unix(void) {
    return greet_unix(SOCK_STREAM, in_world("runtime/bus"));
}

static enum result connects_abstract(void) {
    return greet_unix(SOCK_STREAM, text("@landgrant-attacks-%d", world.id));
}

static enum result connects_tcp(void) {
    return greet_port(world.tcp);
}

static enum result ruleset_then_reads(void) {
    return own_ruleset() ? reads() : no_ruleset();
}

static enum result ruleset_then_reads_excepted(void) {
    return own_ruleset() ? reads_excepted() : no_ruleset();
}

static enum result ruleset_then_changes_mode(void) {
    return own_ruleset() ? changes_mode() : no_ruleset();
}

static enum result ruleset_then_connects(void) {
    return own_ruleset() ? connects_unix() : no_ruleset();
}

static enum result filter_then_reads_excepted(void) {
    return own_filter() ? reads_excepted() : FAILED;
}

static enum result filter_then_changes_mode(void) {
    return own_filter() ? changes_mode() : FAILED;
}

static enum result filter_then_connects(void) {
    return own_filter() ? connects_unix() : FAILED;
}

static enum result filter_then_connects_abstract(void) {
    return own_filter() ? connects_abstract() : FAILED;
}

static enum result filter_then_connects_tcp(void) {
    return own_filter() ? connects_tcp() : FAILED;
}

static enum result filter_then_listens(void) {
    return own_filter() ? verdict(listen(socket(AF_INET, SOCK_STREAM, 0), 4)) : FAILED;
}

static enum result shut_in_live(void) {
    int fd = open(in_world("home/live/key"), O_RDONLY); /* the question */
    close(fd);
    return fd >= 0 ? shut_in_opens(in_world("home/live/key"), O_RDONLY) : FAILED;
}

static enum result shut_in_lists(void) {
    return shut_in_opens(in_world("home/wide/deep"), O_RDONLY | O_DIRECTORY);
}

/* The descendant of one that has shut itself in, whose parent is gone. */
static enum result shut_in_orphan(void) {
    if (is_confined() && !shut_in()) {
        return no_ruleset();
    }
    int out[2];
    (void)!pipe(out);
    if (fork() == 0) {
        if (fork() == 0) {
            close(out[0]);
            char opened = open(in_world("home/wide/deep"), O_RDONLY | O_DIRECTORY) >= 0;
            (void)!write(out[1], &opened, 1);
            pause();
        }
        _exit(0);
    }
    char opened = 0;
    close(out[1]);
    (void)!read(out[0], &opened, 1);
    return opened ? SUCCEEDED : FAILED;
}

/* A second launcher, whose rules give all of this. */
static enum result nested(const char *granted, const char *word, const char *argument) {
    pid_t child = fork();
    if (child == 0) {
        execl(in_world("bin/landgrant"), "landgrant", "run", "--best-effort", "--udp", "--rwx", granted,
              "--rox", in_world("bin"), "--connect-tcp", text("%d", world.tcp), "--", in_world("bin/attacks"),
              word, argument, (char *)NULL);
        _exit(127);
    }
    int status = 0;
    waitpid(child, &status, 0);
    return WIFEXITED(status) && WEXITSTATUS(status) == 0 ? SUCCEEDED : FAILED;
}

static enum result nested_reads(void) {
    return nested(in_world("home/secret"), "print", in_world("home/secret/key"));
}

static enum result nested_reads_excepted(void) {
    return nested(in_world("home/wide/deep/secret"), "print", in_world("home/wide/deep/secret/key"));
}

static enum result nested_connects(void) {
    return nested(in_world("runtime/ssh-agent"), "greet", in_world("runtime/ssh-agent"));
}

static enum result nested_connects_tcp(void) {
    return nested(in_world("home/granted"), "greet-port", text("%d", world.tcp));
}

static const struct attack ROWS[] = {
    ATTACK("nested-run", "a launch inside with wide rules", nested_reads, CLOSED(LANDLOCK, 1)),
    ATTACK("nested-excepted", "the same, for what is excepted", nested_reads_excepted, CLOSED(LANDLOCK, 1)),
    ATTACK("nested-socket", "the same, for a socket", nested_connects, UNTIL(SUPERVISOR, 9)),
    ATTACK("nested-tcp", "the same, for a TCP port", nested_connects_tcp, UNTIL(SUPERVISOR, 4)),
    ATTACK("own-ruleset", "reading under a wide ruleset of one's own", ruleset_then_reads,
           CLOSED(LANDLOCK, 1)),
    ATTACK("own-ruleset-excepted", "the same, for what is excepted", ruleset_then_reads_excepted,
           CLOSED(LANDLOCK, 1)),
    ATTACK("own-ruleset-chmod", "the same, changing a mode", ruleset_then_changes_mode,
           CLOSED(SUPERVISOR, 0)),
    ATTACK("own-ruleset-socket", "the same, for a socket", ruleset_then_connects, UNTIL(SUPERVISOR, 9)),
    ATTACK("shut-in-live", "what was granted while it ran, to a part that has shut itself in", shut_in_live,
           CLOSED(SUPERVISOR, 0), .needs = NEEDS_LIVE, .holds = "/home/live/key"),
    ATTACK("shut-in-folder", "a folder above an exception, to such a part", shut_in_lists,
           CLOSED(SUPERVISOR, 0), .holds = "/home/wide/deep"),
    ATTACK("shut-in-orphan", "the same, to an orphan of such a part", shut_in_orphan, CLOSED(SUPERVISOR, 0),
           .holds = "/home/wide/deep"),
    ATTACK("own-filter-excepted", "reading what is excepted under a filter of one's own",
           filter_then_reads_excepted, CLOSED(LANDLOCK, 1)),
    ATTACK("own-filter-chmod", "changing a mode under a filter of one's own", filter_then_changes_mode,
           CLOSED(SUPERVISOR, 0)),
    ATTACK("own-filter-socket", "connecting to a socket under a filter of one's own", filter_then_connects,
           UNTIL(SUPERVISOR, 9)),
    ATTACK("own-filter-abstract", "connecting to an abstract socket under a filter of one's own",
           filter_then_connects_abstract, UNTIL(SUPERVISOR, 6)),
    ATTACK("own-filter-tcp", "connecting to a TCP port under a filter of one's own", filter_then_connects_tcp,
           UNTIL(SUPERVISOR, 4)),
    ATTACK("own-filter-listen", "listening without binding under a filter of one's own", filter_then_listens,
           CLOSED(SUPERVISOR, 0), .seen = listening_seen),
};
const struct theme INNER = THEME(ROWS, "Walls inside the walls");
