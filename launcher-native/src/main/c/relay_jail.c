/*
 * What is left to the relay: to wait, to receive and send on what it has, to take who comes, and to connect
 * to its two sockets. No file is opened, no memory made or changed in its rights, no process started, and
 * addresses are judged although a filter sees none: they lie in a page that nobody can write to any more, so
 * the place of an address says which it is. Only a message can name whom it goes to, on a socket that is not
 * connected; such ones an app makes where the kernel judges whom it reaches by them (Landlock 9), so the
 * relay is put under that, too.
 */
#include <errno.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/seccomp.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "bpf.h"
#include "kernel.h"
#include "landlock.h"
#include "relay.h"
#include "util.h"

#if defined(__x86_64__)
#define OWN_ARCHITECTURE AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define OWN_ARCHITECTURE AUDIT_ARCH_AARCH64
#endif

#define KILL 0x80000000u /* SECCOMP_RET_KILL_PROCESS; Linux 4.14 */

/* Whatever their arguments. */
static const uint32_t HARMLESS[] = {
#ifdef SYS_poll
    SYS_poll,
#endif
    SYS_ppoll, SYS_recvmsg,    SYS_recvfrom,      SYS_accept4,      SYS_close,
    SYS_exit,  SYS_exit_group, SYS_clock_gettime, SYS_rt_sigreturn, SYS_restart_syscall,
};

/* Nobody waits, and no connection begins by sending. Neither does a send name whom it goes to. */
static void allow_sending(struct program *program) {
    const uint32_t flags = MSG_NOSIGNAL | MSG_DONTWAIT;
    size_t message = bpf_if_equal(program, SYS_sendmsg);
    bpf_load_low(program, 2);
    bpf_answer_if_equal(program, flags, SECCOMP_RET_ALLOW);
    bpf_answer(program, KILL);
    bpf_end(program, message);
    size_t bytes = bpf_if_equal(program, SYS_sendto);
    bpf_load_low(program, 3);
    size_t others = bpf_unless_equal(program, flags);
    bpf_answer(program, KILL);
    bpf_end(program, others);
    bpf_load_low(program, 4);
    size_t low = bpf_if_equal(program, 0);
    bpf_load_high(program, 4);
    bpf_answer_if_equal(program, 0, SECCOMP_RET_ALLOW);
    bpf_end(program, low);
    bpf_answer(program, KILL);
    bpf_end(program, bytes);
}

static void allow_sockets(struct program *program) {
    size_t call = bpf_if_equal(program, SYS_socket);
    bpf_load_low(program, 0);
    size_t other = bpf_unless_equal(program, AF_UNIX);
    bpf_answer(program, KILL);
    bpf_end(program, other);
    bpf_load_low(program, 1);
    bpf_answer_if_equal(program, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, SECCOMP_RET_ALLOW);
    bpf_answer_if_equal(program, SOCK_SEQPACKET | SOCK_CLOEXEC | SOCK_NONBLOCK, SECCOMP_RET_ALLOW);
    bpf_answer(program, KILL);
    bpf_end(program, call);
}

static void allow_addresses(struct program *program, const struct relay_ways *ways) {
    const uint64_t places[] = {(uint64_t)(uintptr_t)&ways->proxy, (uint64_t)(uintptr_t)&ways->broker};
    size_t call = bpf_if_equal(program, SYS_connect);
    bpf_load_low(program, 2);
    size_t shorter = bpf_unless_equal(program, sizeof(struct sockaddr_un));
    bpf_answer(program, KILL);
    bpf_end(program, shorter);
    for (size_t i = 0; i < sizeof places / sizeof places[0]; i++) {
        bpf_load_low(program, 1);
        size_t low = bpf_if_equal(program, (uint32_t)places[i]);
        bpf_load_high(program, 1);
        bpf_answer_if_equal(program, (uint32_t)(places[i] >> 32), SECCOMP_RET_ALLOW);
        bpf_end(program, low);
    }
    bpf_answer(program, KILL);
    bpf_end(program, call);
}

/* No file, no port, nobody's abstract socket, and of the others only these two. Without Landlock no app has
 * more. */
static bool build_wall(const struct relay_ways *ways) {
    const struct generation *generation = generation_of(landlock_abi());
    if (generation == NULL) {
        return true;
    }
    bool all[PROTECTIONS];
    memset(all, true, sizeof all);
    CLOSES int proxy = open(ways->proxy.sun_path, O_PATH | O_NOFOLLOW | O_CLOEXEC);
    CLOSES int broker = open(ways->broker.sun_path, O_PATH | O_NOFOLLOW | O_CLOEXEC);
    char proxy_path[] = "proxy", broker_path[] = "broker", problem[SENTENCE_BYTES];
    const struct rule rules[] = {
        {.fd = proxy, .mode = S_IFSOCK, .rights = RIGHT_WRITE, .path = proxy_path},
        {.fd = broker, .mode = S_IFSOCK, .rights = RIGHT_WRITE, .path = broker_path}};
    const struct ports none = {NULL, 0};
    CLOSES int ruleset = proxy >= 0 && broker >= 0
                             ? ruleset_make(generation, all, rules, 2, none, none, problem, sizeof problem)
                             : -1;
    return ruleset >= 0 && ruleset_enter(ruleset, 0) == 0;
}

bool relay_jail(const struct relay_ways *ways) {
    static struct program program;
    struct rlimit none = {0, 0};
    program = (struct program){.count = 0};
    bpf_load_architecture(&program);
    size_t foreign = bpf_unless_equal(&program, OWN_ARCHITECTURE);
    bpf_answer(&program, KILL);
    bpf_end(&program, foreign);
    bpf_load_number(&program);
    for (size_t i = 0; i < sizeof HARMLESS / sizeof HARMLESS[0]; i++) {
        bpf_answer_if_equal(&program, HARMLESS[i], SECCOMP_RET_ALLOW);
    }
    allow_sending(&program);
    allow_sockets(&program);
    allow_addresses(&program, ways);
    bpf_answer(&program, KILL);
    struct sock_fprog all = {.len = program.count, .filter = program.steps};
    errno = program.broken ? E2BIG : 0;
    /* What it holds of the app's is nobody's to look at, and no crash leaves a picture of it. */
    return !program.broken && prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) == 0 && setrlimit(RLIMIT_CORE, &none) == 0 &&
           prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 && build_wall(ways) &&
           syscall(SYS_seccomp, SC_SET_MODE_FILTER, 0, &all) == 0;
}
