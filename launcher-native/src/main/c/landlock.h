/*
 * Kernel generations as rows of a table, and the one ruleset a session is put under.
 * Source of the rows: Documentation/userspace-api/landlock.rst, "Previous limitations".
 */
#ifndef LANDGRANT_LANDLOCK_H
#define LANDGRANT_LANDLOCK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/stat.h>

/*
 * Rights on files as a policy writes them. READ includes LIST. SOCKET is connecting to the Unix sockets of
 * others in a folder; to one socket alone WRITE on it is enough.
 */
enum right {
    RIGHT_LIST = 1,
    RIGHT_READ = 2,
    RIGHT_WRITE = 4,
    RIGHT_EXECUTE = 8,
    RIGHT_DEVICE = 16,
    RIGHT_SOCKET = 32,
    RIGHTS_ALL = 63,
};

/* The letters of rights, bit by bit, and a NUL. */
enum { RIGHT_LETTERS = 7 };

/* What a policy can ask to have enforced; the words of PROTOCOL.md in this order. */
enum protection {
    PROTECT_FILES,
    PROTECT_CONNECT_TCP,
    PROTECT_LISTEN_TCP,
    PROTECT_SIGNALS,
    PROTECT_ABSTRACT_SOCKETS,
    PROTECT_UDP,
    PROTECTIONS
};

struct generation {
    unsigned abi;
    const char *kernel; /* first release with it */
    uint64_t files;     /* every LL_FS right it knows and we handle */
    /* By itself, without a supervisor; UDP always, because the filter refuses what the kernel does not. */
    bool enforces[PROTECTIONS];
    bool kernel_udp;
    size_t attribute_bytes; /* of struct ll_ruleset_attr it understands */
};

extern const struct generation GENERATIONS[];
extern const size_t GENERATION_COUNT;

/* The running kernel's Landlock ABI; 0 when there is none (not built, or not switched on). */
unsigned landlock_abi(void);

/* The row for an ABI; newer kernels get the newest row, 0 gets NULL. */
const struct generation *generation_of(unsigned abi);

/* Which one class of right a single LL_FS bit belongs to; 0 for those no policy can give (device nodes). */
unsigned class_of(uint64_t bit);

/* The LL_FS rights that `rights` mean on a file of type `mode` (st_mode) for this generation. */
uint64_t kernel_rights(const struct generation *generation, unsigned rights, mode_t mode);

/* One opened rule. */
struct rule {
    int fd;       /* O_PATH */
    mode_t mode;  /* st_mode */
    dev_t device; /* of what was opened: the kernel's rule is about that, whatever its name is later */
    ino_t inode;
    unsigned rights;
    char *path;          /* canonical */
    char *named;         /* as the policy wrote it */
    char **link_folders; /* canonical folders of the symbolic links that led there */
    size_t link_count;
    bool opened; /* by the user, with this start */
};

struct ports {
    const uint16_t *ports;
    size_t count;
};

/*
 * Makes the ruleset: all files handled; of ports, scopes and UDP what `enforced` says and this generation
 * knows. Nobody is given UDP. Returns its descriptor, or -1
 * with a sentence in `problem`; then nothing may be started.
 */
int ruleset_make(const struct generation *generation, const bool enforced[PROTECTIONS],
                 const struct rule *rules, size_t rule_count, struct ports connect, struct ports listen,
                 char *problem, size_t problem_bytes);

/*
 * Puts the calling thread under it for good; no_new_privs must be set. `log_flags`: LL_LOG bits, from ABI
 * ABI_OF_LOG_FLAGS on. 0 or -1 and errno.
 */
enum { ABI_OF_LOG_FLAGS = 7 };
int ruleset_enter(int ruleset, unsigned log_flags);

#endif
