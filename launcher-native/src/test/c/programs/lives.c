/*
 * lives MODE PATH [OTHER]: a thread or process opens PATH, which has to be asked about, and what it came from
 * changes meanwhile: after a line on the standard input the rest of the program goes on as MODE says. Says
 * what became of the call.
 */
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

enum { FOLDER = 50, SOCKET, THREADS = 20 };

static const char *path;

static void say(const char *what, int result) {
    printf("%s %s\n", what, result < 0 ? strerrorname_np(errno) : "ok");
    fflush(stdout);
}

static void go(void) {
    char byte;
    while (read(STDIN_FILENO, &byte, 1) == 1 && byte != '\n') {
    }
}

static void *open_it(void *unused) {
    say("open", open(path, O_RDONLY | O_CLOEXEC));
    return unused;
}

static void *open_at(void *unused) {
    say("openat", openat(FOLDER, strrchr(path, '/') + 1, O_RDONLY | O_CLOEXEC));
    return unused;
}

static void *connect_it(void *unused) {
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    snprintf(address.sun_path, sizeof address.sun_path, "%s", path);
    say("connect", connect(SOCKET, (struct sockaddr *)&address, sizeof address));
    return unused;
}

static pthread_t start(void *(*work)(void *)) {
    pthread_t thread;
    if (pthread_create(&thread, NULL, work, NULL) != 0) {
        exit(3);
    }
    return thread;
}

static void put(int fd, int number) {
    dup2(fd, number);
    close(fd);
}

/* The folder or socket of a waiting call goes away, or becomes another. */
static void lose(void *(*work)(void *), int number, int instead) {
    pthread_t thread = start(work);
    go();
    if (instead < 0) {
        close(number);
    } else {
        put(instead, number);
    }
    say("lost", 0);
    pthread_join(thread, NULL);
}

static void forks(void) {
    pthread_t thread = start(open_it);
    go();
    pid_t child = fork();
    if (child == 0) {
        say("child", open("/etc/hostname", O_RDONLY));
        _exit(0);
    }
    waitpid(child, NULL, 0);
    pthread_join(thread, NULL);
}

static void stops(void) {
    pid_t child = fork();
    if (child == 0) {
        open_it(NULL);
        _exit(0);
    }
    go();
    kill(child, SIGSTOP);
    say("stopped", open("/etc/hostname", O_RDONLY));
    kill(child, SIGCONT);
    go();
    int status = 0;
    waitpid(child, &status, 0);
    say("ended", WIFEXITED(status) ? 0 : -1);
}

/* The first process ends; what it started goes on asking. */
static void orphans(void) {
    if (fork() != 0) {
        _exit(7);
    }
    setsid();
    go();
    open_it(NULL);
    _exit(0);
}

int main(int count, char **words) {
    if (count < 3) {
        return 2;
    }
    path = words[2];
    const char *mode = words[1];
    char folder[4096];
    snprintf(folder, sizeof folder, "%.*s", (int)(strrchr(path, '/') - path), path);
    put(open(folder, O_PATH | O_CLOEXEC), FOLDER);
    put(socket(AF_UNIX, SOCK_STREAM, 0), SOCKET);
    if (strcmp(mode, "exec") == 0) {
        start(open_it);
        go();
        execl("/usr/bin/env", "env", "cat", path, (char *)NULL);
        return 4;
    } else if (strcmp(mode, "exit") == 0) {
        for (int i = 0; i < THREADS; i++) {
            start(open_it);
        }
        go();
        _exit(9);
    } else if (strcmp(mode, "fork") == 0) {
        forks();
    } else if (strcmp(mode, "stop") == 0) {
        stops();
    } else if (strcmp(mode, "orphan") == 0) {
        orphans();
    } else if (strcmp(mode, "close-folder") == 0) {
        lose(open_at, FOLDER, -1);
    } else if (strcmp(mode, "other-folder") == 0) {
        lose(open_at, FOLDER, open(words[3], O_PATH));
    } else if (strcmp(mode, "close-socket") == 0) {
        lose(connect_it, SOCKET, -1);
    } else if (strcmp(mode, "other-socket") == 0) {
        lose(connect_it, SOCKET, open("/etc/hostname", O_RDONLY));
    } else {
        return 2;
    }
    return 0;
}
