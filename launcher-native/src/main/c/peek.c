#include "peek.h"

#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

#include "kernel.h"

bool peek_bytes(pid_t thread, uint64_t address, void *bytes, size_t length) {
    struct iovec here = {.iov_base = bytes, .iov_len = length};
    struct iovec there = {.iov_base = (void *)(uintptr_t)address, .iov_len = length};
    return process_vm_readv(thread, &here, 1, &there, 1, 0) == (ssize_t)length;
}

/* A string of at most PATH_BYTES with its NUL; -1 when there is none. The last page may not exist. */
static ssize_t peek_string(pid_t thread, uint64_t address, char *text) {
    size_t to_page_end = 4096 - (size_t)(address & 4095);
    struct iovec here = {.iov_base = text, .iov_len = PATH_BYTES};
    struct iovec there[] = {
        {.iov_base = (void *)(uintptr_t)address, .iov_len = to_page_end},
        {.iov_base = (void *)(uintptr_t)(address + to_page_end), .iov_len = PATH_BYTES - to_page_end},
    };
    ssize_t got = process_vm_readv(thread, &here, 1, there, to_page_end < PATH_BYTES ? 2 : 1, 0);
    const char *end = got > 0 ? memchr(text, '\0', (size_t)got) : NULL;
    return end != NULL ? end - text : -1;
}

char *peek_text(pid_t thread, uint64_t address) {
    char text[PATH_BYTES];
    ssize_t length = peek_string(thread, address, text);
    return length >= 0 ? copy_bytes(text, (size_t)length) : NULL;
}

bool peek_same_root(pid_t thread) {
    char link[32], root[2];
    snprintf(link, sizeof link, "/proc/%d/root", thread);
    return readlink(link, root, sizeof root) == 1 && root[0] == '/';
}

static size_t read_proc(pid_t id, const char *file, char *text, size_t bytes) {
    char path[48];
    snprintf(path, sizeof path, "/proc/%d/%s", id, file);
    CLOSES int fd = open(path, O_RDONLY | O_CLOEXEC);
    ssize_t got = fd >= 0 ? read(fd, text, bytes - 1) : 0;
    size_t length = got > 0 ? (size_t)got : 0;
    text[length] = '\0';
    return length;
}

static pid_t number_in_status(pid_t thread, const char *name) {
    char status[512];
    read_proc(thread, "status", status, sizeof status);
    const char *line = strstr(status, name);
    return line != NULL ? (pid_t)strtol(line + strlen(name), NULL, 10) : 0;
}

pid_t peek_process(pid_t thread) {
    return number_in_status(thread, "\nTgid:");
}

pid_t peek_parent(pid_t thread) {
    return number_in_status(thread, "\nPPid:");
}

void peek_program(pid_t thread, char *program, size_t bytes) {
    /* The first thread's number is its process's; to ask that is quicker than to read its status. */
    bool first = syscall(SYS_tgkill, thread, thread, 0) == 0;
    pid_t process = first ? thread : peek_process(thread);
    size_t length = read_proc(process != 0 ? process : thread, "comm", program, bytes);
    if (length > 0 && program[length - 1] == '\n') {
        program[length - 1] = '\0';
    }
}

static bool option_is(int socket, int option, int wanted) {
    int value = 0;
    socklen_t size = sizeof value;
    return getsockopt(socket, SOL_SOCKET, option, &value, &size) == 0 && value == wanted;
}

bool peek_is_tcp(pid_t thread, int fd) {
    pid_t process = peek_process(thread);
    CLOSES int pidfd = process != 0 ? (int)syscall(NR_PIDFD_OPEN, process, 0) : -1;
    CLOSES int copy = pidfd >= 0 ? (int)syscall(NR_PIDFD_GETFD, pidfd, fd, 0) : -1;
    return copy >= 0 && option_is(copy, SO_TYPE, SOCK_STREAM) && option_is(copy, SO_PROTOCOL, IPPROTO_TCP);
}
