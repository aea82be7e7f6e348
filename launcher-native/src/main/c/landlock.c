#include "landlock.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "kernel.h"

#define FILES_1 0x1fffull
#define FILES_2 (FILES_1 | LL_FS_REFER)
#define FILES_3 (FILES_2 | LL_FS_TRUNCATE)
#define FILES_5 (FILES_3 | LL_FS_IOCTL_DEV)
#define FILES_9 (FILES_5 | LL_FS_RESOLVE_UNIX)

#define ONLY_FILES                                                                                           \
    { true, false, false, false, false, true }
#define WITH_TCP                                                                                             \
    { true, true, true, false, false, true }
#define WITH_ALL                                                                                             \
    { true, true, true, true, true, true }

/*
 * ABI 7 adds audit flags, 8 thread synchronisation, 11 another way to no_new_privs: nothing we need. Before
 * ABI 10 the seccomp filter refuses UDP sockets as a whole.
 */
const struct generation GENERATIONS[] = {
    {1, "5.13", FILES_1, ONLY_FILES, false, 8}, {2, "5.19", FILES_2, ONLY_FILES, false, 8},
    {3, "6.2", FILES_3, ONLY_FILES, false, 8},  {4, "6.7", FILES_3, WITH_TCP, false, 16},
    {5, "6.10", FILES_5, WITH_TCP, false, 16},  {6, "6.12", FILES_5, WITH_ALL, false, 24},
    {7, "6.15", FILES_5, WITH_ALL, false, 24},  {8, "7.0", FILES_5, WITH_ALL, false, 24},
    {9, "7.1", FILES_9, WITH_ALL, false, 24},   {10, "7.2", FILES_9, WITH_ALL, true, 24},
    {11, "7.3", FILES_9, WITH_ALL, true, 24},
};
const size_t GENERATION_COUNT = sizeof GENERATIONS / sizeof GENERATIONS[0];

/* Rights that mean something on a file that is not a folder; others make the kernel refuse the rule. */
#define FILE_ONLY                                                                                            \
    (LL_FS_EXECUTE | LL_FS_WRITE_FILE | LL_FS_READ_FILE | LL_FS_TRUNCATE | LL_FS_IOCTL_DEV |                 \
     LL_FS_RESOLVE_UNIX)

static const struct {
    unsigned right;
    uint64_t bits;
} CLASSES[] = {
    {RIGHT_LIST, LL_FS_READ_DIR},
    {RIGHT_READ, LL_FS_READ_FILE},
    {RIGHT_WRITE, LL_FS_WRITE_FILE | LL_FS_TRUNCATE | LL_FS_MAKE_REG | LL_FS_MAKE_DIR | LL_FS_MAKE_SYM |
                      LL_FS_MAKE_FIFO | LL_FS_MAKE_SOCK | LL_FS_REMOVE_FILE | LL_FS_REMOVE_DIR | LL_FS_REFER |
                      LL_FS_RESOLVE_UNIX},
    {RIGHT_EXECUTE, LL_FS_EXECUTE},
    {RIGHT_DEVICE, LL_FS_IOCTL_DEV},
};

unsigned landlock_abi(void) {
    long abi = syscall(NR_LANDLOCK_CREATE_RULESET, NULL, 0, LL_CREATE_RULESET_VERSION);
    return abi > 0 ? (unsigned)abi : 0;
}

const struct generation *generation_of(unsigned abi) {
    if (abi == 0) {
        return NULL;
    }
    return &GENERATIONS[(abi < GENERATION_COUNT ? abi : GENERATION_COUNT) - 1];
}

unsigned class_of(uint64_t bit) {
    for (size_t i = 0; i < sizeof CLASSES / sizeof CLASSES[0]; i++) {
        if (CLASSES[i].bits & bit) {
            return CLASSES[i].right;
        }
    }
    return 0;
}

uint64_t kernel_rights(const struct generation *generation, unsigned rights, mode_t mode) {
    if (rights & RIGHT_READ) {
        rights |= RIGHT_LIST;
    }
    uint64_t bits = 0;
    for (size_t i = 0; i < sizeof CLASSES / sizeof CLASSES[0]; i++) {
        if (rights & CLASSES[i].right) {
            bits |= CLASSES[i].bits;
        }
    }
    /* Who may change a folder may not talk to everybody who has a socket in it: sockets are named one by one.
     * A session's own ones are always its own. */
    if (!S_ISSOCK(mode)) {
        bits &= ~LL_FS_RESOLVE_UNIX;
    }
    if (rights & RIGHT_SOCKET) {
        bits |= LL_FS_RESOLVE_UNIX;
    }
    if (!S_ISDIR(mode)) {
        bits &= FILE_ONLY;
    }
    return bits & generation->files;
}

static bool add_ports(int ruleset, struct ports list, uint64_t access) {
    for (size_t i = 0; i < list.count; i++) {
        struct ll_net_port_attr port = {.allowed_access = access, .port = list.ports[i]};
        if (syscall(NR_LANDLOCK_ADD_RULE, ruleset, LL_RULE_NET_PORT, &port, 0) != 0) {
            return false;
        }
    }
    return true;
}

int ruleset_make(const struct generation *generation, const bool enforced[PROTECTIONS],
                 const struct rule *rules, size_t rule_count, struct ports connect, struct ports listen,
                 char *problem, size_t problem_bytes) {
    bool connects = enforced[PROTECT_CONNECT_TCP] && generation->enforces[PROTECT_CONNECT_TCP];
    bool listens = enforced[PROTECT_LISTEN_TCP] && generation->enforces[PROTECT_LISTEN_TCP];
    bool abstract = enforced[PROTECT_ABSTRACT_SOCKETS] && generation->enforces[PROTECT_ABSTRACT_SOCKETS];
    struct ll_ruleset_attr attribute = {
        .handled_access_fs = generation->files,
        .handled_access_net =
            (connects ? LL_NET_CONNECT_TCP : 0) | (listens ? LL_NET_BIND_TCP : 0) |
            (enforced[PROTECT_UDP] && generation->kernel_udp ? LL_NET_BIND_UDP | LL_NET_CONNECT_SEND_UDP : 0),
        .scoped = (enforced[PROTECT_SIGNALS] ? LL_SCOPE_SIGNAL : 0) |
                  (abstract ? LL_SCOPE_ABSTRACT_UNIX_SOCKET : 0),
    };
    int ruleset = (int)syscall(NR_LANDLOCK_CREATE_RULESET, &attribute, generation->attribute_bytes, 0);
    if (ruleset < 0) {
        snprintf(problem, problem_bytes, "the kernel did not make a ruleset: %s", strerror(errno));
        return -1;
    }
    for (size_t i = 0; i < rule_count; i++) {
        struct ll_path_beneath_attr path = {
            .allowed_access = kernel_rights(generation, rules[i].rights, rules[i].mode),
            .parent_fd = rules[i].fd,
        };
        /* EBADFD: a pipe, socket or the like, which Landlock never restricts. */
        if (path.allowed_access != 0 &&
            syscall(NR_LANDLOCK_ADD_RULE, ruleset, LL_RULE_PATH_BENEATH, &path, 0) != 0 && errno != EBADFD) {
            snprintf(problem, problem_bytes, "the kernel did not take the rule for %s: %s", rules[i].path,
                     strerror(errno));
            close(ruleset);
            return -1;
        }
    }
    if ((connects && !add_ports(ruleset, connect, LL_NET_CONNECT_TCP)) ||
        (listens && !add_ports(ruleset, listen, LL_NET_BIND_TCP))) {
        snprintf(problem, problem_bytes, "the kernel did not take the rule for a port: %s", strerror(errno));
        close(ruleset);
        return -1;
    }
    return ruleset;
}

int ruleset_enter(int ruleset, unsigned log_flags) {
    return (int)syscall(NR_LANDLOCK_RESTRICT_SELF, ruleset, log_flags);
}
