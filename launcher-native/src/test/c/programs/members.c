/*
 * members STRANGER MEMORY LINK: what a program may do to itself, to its children and to others, one line each
 * with the error or "ok". STRANGER is a process outside of the session, MEMORY a number of shared memory from
 * there (-1: none), LINK a name where a symbolic link may be made.
 */
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ipc.h>
#include <sys/prctl.h>
#include <sys/sem.h>
#include <sys/shm.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

enum { SEGMENT = 8192 };

static const char *name_of(pid_t process, const char *file) {
    static char path[64];
    snprintf(path, sizeof path, "/proc/%d/%s", process, file);
    return path;
}

static bool put(const char *path, const char *text) {
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    bool good = fd >= 0 && write(fd, text, strlen(text)) == (ssize_t)strlen(text);
    int error = errno;
    close(fd);
    errno = error;
    return good;
}

static void say_it(const char *what, bool good) {
    printf("%s: %s\n", what, good ? "ok" : strerrorname_np(errno));
    fflush(stdout);
}

static bool first_line_is(const char *path, const char *wanted) {
    char line[64] = "";
    FILE *file = fopen(path, "re");
    bool good = file != NULL && fgets(line, sizeof line, file) != NULL;
    line[strcspn(line, "\n")] = '\0';
    if (file != NULL) {
        fclose(file);
    }
    return good && strcmp(line, wanted) == 0;
}

/* In a user namespace of its own, as browsers do for a part of themselves. */
static bool maps_itself(uid_t user, gid_t group) {
    char users[48], groups[48];
    snprintf(users, sizeof users, "%u %u 1\n", user, user);
    snprintf(groups, sizeof groups, "%u %u 1\n", group, group);
    return put("/proc/self/setgroups", "deny") && put("/proc/self/gid_map", groups) &&
           put("/proc/self/uid_map", users) && geteuid() == user && getegid() == group;
}

static int wait_for(pid_t child) {
    int status = 0;
    return child > 0 && waitpid(child, &status, 0) == child && WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

/* And once more inside, as Chromium does. */
static bool maps_itself_deeper(uid_t user, gid_t group) {
    return unshare(CLONE_NEWUSER) == 0 && maps_itself(user, group);
}

static void says_of_child(const char *what, int flags, bool deeper) {
    uid_t user = geteuid();
    gid_t group = getegid();
    pid_t child = (pid_t)syscall(SYS_clone, SIGCHLD | flags, NULL, NULL, NULL, NULL);
    if (child == 0) {
        _exit(maps_itself(user, group) && (!deeper || maps_itself_deeper(user, group)) ? 0
              : errno != 0                                                             ? errno
                                                                                       : 255);
    }
    errno = child < 0 ? errno : wait_for(child);
    say_it(what, errno == 0);
}

static void files(pid_t stranger, const char *link) {
    int hold[2];
    (void)!pipe2(hold, O_CLOEXEC);
    pid_t child = fork();
    if (child == 0) {
        char byte;
        close(hold[1]);
        (void)!read(hold[0], &byte, 1);
        _exit(0);
    }
    say_it("own oom",
           put("/proc/self/oom_score_adj", "700") && first_line_is("/proc/self/oom_score_adj", "700"));
    say_it("own name", put("/proc/self/comm", "renamed") && first_line_is("/proc/self/comm", "renamed"));
    say_it("thread name",
           put("/proc/thread-self/comm", "again") && first_line_is("/proc/self/comm", "again"));
    say_it("child oom", put(name_of(child, "oom_score_adj"), "800"));
    say_it("child dump", put(name_of(child, "coredump_filter"), "0"));
    say_it("child mem", open(name_of(child, "mem"), O_RDWR | O_CLOEXEC) >= 0);
    say_it("own mem", open("/proc/self/mem", O_RDWR | O_CLOEXEC) >= 0);
    say_it("own group", put("/proc/self/autogroup", "5"));
    (void)!symlink("/proc/self/oom_score_adj", link);
    say_it("linked oom", put(link, "900") && first_line_is("/proc/self/oom_score_adj", "900"));
    unlink(link);
    say_it("launcher oom", put(name_of(getppid(), "oom_score_adj"), "900"));
    say_it("stranger oom", put(name_of(stranger, "oom_score_adj"), "900"));
    say_it("stranger dump", put(name_of(stranger, "coredump_filter"), "0"));
    close(hold[1]);
    wait_for(child);
    says_of_child("user namespace", CLONE_NEWUSER, false);
    says_of_child("user and process namespace", CLONE_NEWUSER | CLONE_NEWPID | CLONE_NEWNET, false);
    says_of_child("namespace in a namespace", CLONE_NEWUSER | CLONE_NEWPID, true);
}

/* Made by a child that has ended. */
static int made_by_child(void) {
    int line[2], number = -1;
    (void)!pipe2(line, O_CLOEXEC);
    pid_t child = fork();
    if (child == 0) {
        number = shmget(IPC_PRIVATE, SEGMENT, IPC_CREAT | 0600);
        char *at = number >= 0 ? shmat(number, NULL, 0) : (void *)-1;
        if (at != (void *)-1) {
            at[0] = 'c';
        }
        (void)!write(line[1], &number, sizeof number);
        _exit(0);
    }
    (void)!read(line[0], &number, sizeof number);
    wait_for(child);
    return number;
}

static void memory(int foreign) {
    struct shmid_ds about;
    int number = made_by_child();
    char *at = number >= 0 ? shmat(number, NULL, 0) : (void *)-1;
    say_it("memory of an ended child", at != (void *)-1 && at[0] == 'c');
    say_it("memory asked about", shmctl(number, IPC_STAT, &about) == 0 && about.shm_segsz == SEGMENT);
    say_it("memory removed", shmctl(number, IPC_RMID, NULL) == 0);
    shmdt(at);
    say_it("memory gone", shmat(number, NULL, 0) != (void *)-1);
    bool many = true;
    for (int i = 0; i < 2000 && many; i++) {
        number = shmget(IPC_PRIVATE, SEGMENT, IPC_CREAT | 0600);
        at = number >= 0 ? shmat(number, NULL, 0) : (void *)-1;
        many = at != (void *)-1 && shmctl(number, IPC_RMID, NULL) == 0 && shmdt(at) == 0;
    }
    say_it("much memory one after another", many);
    say_it("memory by key", shmget(4711, SEGMENT, IPC_CREAT | 0600) >= 0);
    say_it("foreign memory", shmat(foreign, NULL, SHM_RDONLY) != (void *)-1);
    say_it("foreign memory removed", shmctl(foreign, IPC_RMID, NULL) == 0);
    say_it("foreign memory asked about", shmctl(foreign, IPC_STAT, &about) == 0);
    say_it("too much memory", shmget(IPC_PRIVATE, (2ul << 30) + 1, IPC_CREAT | SHM_NORESERVE | 0600) >= 0);
    int pieces = 0, last = -1;
    while (pieces < 2000 && (number = shmget(IPC_PRIVATE, SEGMENT, IPC_CREAT | 0600)) >= 0) {
        last = number;
        pieces++;
    }
    say_it("too many pieces of memory", number >= 0);
    printf("pieces: %d\nleft: %d\n", pieces, last);
    say_it("semaphores", semget(IPC_PRIVATE, 1, IPC_CREAT | 0600) >= 0);
}

int main(int argc, char **argv) {
    if (argc != 4) {
        return 2;
    }
    files(atoi(argv[1]), argv[3]);
    memory(atoi(argv[2]));
    return 0;
}
