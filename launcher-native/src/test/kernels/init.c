/*
 * The first and only system program of the virtual machine: mounts what programs expect, loads the modules
 * that were put beside it, runs the checks and, when they are there, the attacks, with their results on the
 * second serial line, and switches off. The first line is the kernel's, so its messages never cut a result.
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <net/if.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <sys/reboot.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

static void mount_at(const char *type, const char *where, const char *options) {
    mkdir(where, 0755);
    if (mount(type, where, type, 0, options) != 0) {
        printf("note\tno %s at %s: %s\n", type, where, strerror(errno));
    }
}

static void load_modules(void) {
    struct dirent **names;
    int count = scandir("/modules", &names, NULL, alphasort);
    for (int i = 0; i < count; i++) {
        char path[512];
        snprintf(path, sizeof path, "/modules/%s", names[i]->d_name);
        int fd = names[i]->d_name[0] != '.' ? open(path, O_RDONLY | O_CLOEXEC) : -1;
        if (fd >= 0 && syscall(SYS_finit_module, fd, "", 0) != 0) {
            printf("note\tmodule %s was not loaded: %s\n", names[i]->d_name, strerror(errno));
        }
        close(fd);
    }
}

static void raise_loopback(void) {
    struct ifreq request = {.ifr_name = "lo"};
    int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    if (fd < 0 || ioctl(fd, SIOCGIFFLAGS, &request) != 0) {
        printf("note\tthere is no lo: %s\n", strerror(errno));
        return;
    }
    request.ifr_flags |= IFF_UP;
    if (ioctl(fd, SIOCSIFFLAGS, &request) != 0) {
        printf("note\tlo does not come up: %s\n", strerror(errno));
    }
    close(fd);
}

static void write_text(const char *path, const char *text) {
    int fd = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0644);
    if (fd < 0 || write(fd, text, strlen(text)) < 0) {
        printf("note\t%s: %s\n", path, strerror(errno));
    }
    close(fd);
}

/* In a session of its own; the next program starts when all processes of this one have ended. */
static void run(const char *name, char **words) {
    pid_t child = fork();
    if (child == 0) {
        setsid();
        execv(words[0], words);
        _exit(127);
    }
    int status = 0;
    waitpid(child, &status, 0);
    kill(-1, SIGKILL);
    while (wait(NULL) > 0) {
    }
    if (WIFEXITED(status)) {
        printf("done\t%s\t%d\n", name, WEXITSTATUS(status));
    } else {
        printf("done\t%s\tsignal %d\n", name, WTERMSIG(status));
    }
}

/* Results go out as they are, not with the line endings of a terminal. */
static void take_results_line(void) {
    int line = open("/dev/ttyS1", O_RDWR | O_NOCTTY);
    struct termios how;
    if (line < 0 || tcgetattr(line, &how) != 0) {
        return;
    }
    cfmakeraw(&how);
    tcsetattr(line, TCSANOW, &how);
    dup2(line, STDOUT_FILENO);
}

int main(void) {
    mount_at("devtmpfs", "/dev", "");
    take_results_line();
    setvbuf(stdout, NULL, _IOLBF, 0);
    mount_at("proc", "/proc", "");
    mount_at("sysfs", "/sys", "");
    mount_at("securityfs", "/sys/kernel/security", "");
    mkdir("/dev/pts", 0755);
    mount_at("devpts", "/dev/pts", "ptmxmode=0666,mode=0620");
    mount_at("tmpfs", "/dev/shm", "mode=1777");
    mount_at("tmpfs", "/tmp", "mode=1777");
    mount_at("tmpfs", "/run", "mode=0755");
    mount_at("tmpfs", "/home", "mode=0755");
    mkdir("/etc", 0755);
    write_text("/etc/passwd", "root:x:0:0::/root:/bin/false\nada:x:1000:1000::/home/ada:/bin/false\n"
                              "nobody:x:65534:65534::/nonexistent:/bin/false\n");
    write_text("/etc/group", "root:x:0:\nada:x:1000:\nnogroup:x:65534:\n");
    if (mkdir("/home/ada", 0700) != 0 || chown("/home/ada", 1000, 1000) != 0) {
        printf("note\tthere is no home: %s\n", strerror(errno));
    }
    /* What a usual system has: names of descriptors, and typing for other programs, where it can be had. */
    if (symlink("/proc/self/fd", "/dev/fd") != 0) {
        printf("note\tthere is no /dev/fd: %s\n", strerror(errno));
    }
    if (access("/proc/sys/dev/tty/legacy_tiocsti", F_OK) == 0) {
        write_text("/proc/sys/dev/tty/legacy_tiocsti", "1");
    }
    load_modules();
    raise_loopback();
    run("checks", (char *[]){(char[]){"/bin/checks"}, (char[]){"/bin/landgrant"}, (char[]){"/tmp"}, NULL});
    if (access("/bin/attacks", X_OK) == 0) {
        run("attacks", (char *[]){(char[]){"/bin/checks"}, (char[]){"attacks"}, (char[]){"/bin/attacks"},
                                  (char[]){"/bin/landgrant"}, (char[]){"/tmp"}, NULL});
    }
    puts("off");
    tcdrain(STDOUT_FILENO);
    sync();
    reboot(RB_AUTOBOOT); /* with -no-reboot the machine ends here */
    return 1;
}
