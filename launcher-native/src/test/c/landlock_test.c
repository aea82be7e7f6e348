#include <stdlib.h>

#include "check.h"
#include "enforce.h"
#include "kernel.h"

void test_landlock(void) {
    const struct generation *newest = &GENERATIONS[GENERATION_COUNT - 1];
    CHECK(GENERATION_COUNT == 11);
    for (size_t i = 0; i < GENERATION_COUNT; i++) {
        const struct generation *row = &GENERATIONS[i];
        CHECK(row->abi == i + 1);
        CHECK(generation_of(row->abi) == row);
        CHECK(row->enforces[PROTECT_FILES]);
        CHECK(row->attribute_bytes <= sizeof(struct ll_ruleset_attr));
        if (i > 0) {
            const struct generation *before = row - 1;
            CHECK((before->files & ~row->files) == 0);
            CHECK(before->attribute_bytes <= row->attribute_bytes);
            for (unsigned what = 0; what < PROTECTIONS; what++) {
                CHECK(!before->enforces[what] || row->enforces[what]);
            }
        }
    }
    CHECK(generation_of(0) == NULL);
    CHECK(generation_of(99) == newest);

    /* Every right is in exactly one class, but making device nodes, which nobody is given. */
    uint64_t given = 0;
    static const unsigned CLASSES[] = {RIGHT_LIST, RIGHT_READ, RIGHT_WRITE, RIGHT_EXECUTE, RIGHT_DEVICE};
    for (unsigned bit = 0; bit < 17; bit++) {
        unsigned class = class_of(1ull << bit);
        CHECK((class & (class - 1)) == 0);
        given |= class != 0 ? 1ull << bit : 0;
    }
    CHECK(given == (newest->files & ~(LL_FS_MAKE_CHAR | LL_FS_MAKE_BLOCK)));
    CHECK(newest->files == 0x1ffff);

    for (size_t i = 0; i < GENERATION_COUNT; i++) {
        uint64_t all = 0;
        for (size_t c = 0; c < 5; c++) {
            uint64_t folder = kernel_rights(&GENERATIONS[i], CLASSES[c], S_IFDIR);
            uint64_t socket = kernel_rights(&GENERATIONS[i], CLASSES[c], S_IFSOCK);
            uint64_t file = kernel_rights(&GENERATIONS[i], CLASSES[c], S_IFREG);
            CHECK((file & ~folder) == 0);
            CHECK((file & (LL_FS_READ_DIR | LL_FS_REFER | LL_FS_MAKE_REG | LL_FS_REMOVE_FILE)) == 0);
            CHECK((folder & ~GENERATIONS[i].files) == 0);
            all |= folder | socket;
            /* Only a socket that is named, and for writing, may be connected to. */
            CHECK(((folder | file) & LL_FS_RESOLVE_UNIX) == 0);
            CHECK((socket & LL_FS_RESOLVE_UNIX) == 0 || CLASSES[c] == RIGHT_WRITE);
        }
        CHECK(all == (GENERATIONS[i].files & ~(LL_FS_MAKE_CHAR | LL_FS_MAKE_BLOCK)));
    }
    CHECK(kernel_rights(newest, RIGHT_READ, S_IFDIR) == (LL_FS_READ_FILE | LL_FS_READ_DIR));
    CHECK(kernel_rights(newest, RIGHT_LIST, S_IFDIR) == LL_FS_READ_DIR);
    CHECK(kernel_rights(newest, RIGHT_LIST, S_IFREG) == 0);
    CHECK((kernel_rights(newest, RIGHT_WRITE, S_IFSOCK) & LL_FS_RESOLVE_UNIX) != 0);

    /* What neither the kernel nor the supervisor can do refuses, unless it was accepted. */
    struct policy policy = {0};
    struct confinement confinement = {0};
    char problem[300] = "";
    for (unsigned i = 0; i < PROTECTIONS; i++) {
        policy.stance[i] = STANCE_PROTECT;
    }
    CHECK(!enforce_decide(&policy, 0, &confinement, problem, sizeof problem));
    CHECK(!enforce_decide(&policy, 5, &confinement, problem, sizeof problem));
    CHECK(enforce_decide(&policy, 6, &confinement, problem, sizeof problem));
    CHECK(enforce_decide(&policy, 12, &confinement, problem, sizeof problem));
    policy.stance[PROTECT_SIGNALS] = STANCE_MISSING;
    CHECK(!enforce_decide(&policy, 6, &confinement, problem, sizeof problem));
    policy.accept_partial = true;
    CHECK(enforce_decide(&policy, 6, &confinement, problem, sizeof problem));
    CHECK(!confinement.enforced[PROTECT_SIGNALS] && confinement.enforced[PROTECT_FILES]);
    policy.stance[PROTECT_SIGNALS] = STANCE_PROTECT;
    CHECK(enforce_less(&policy, 3) == 1);

    /* Ports and abstract names: by the supervisor where the kernel cannot, and then not without one. */
    static const struct {
        unsigned abi;
        bool needs, datagrams, udp;
    } SOCKETS[] = {{1, true, true, true},     {3, true, true, true},    {5, true, true, true},
                   {6, false, true, true},    {8, false, true, true},   {9, false, false, true},
                   {10, false, false, false}, {11, false, false, false}};
    for (size_t i = 0; i < sizeof SOCKETS / sizeof SOCKETS[0]; i++) {
        struct confinement decided = {0};
        setenv("DISPLAY", ":3", 1);
        policy.display_x11 = true;
        CHECK(enforce_decide(&policy, SOCKETS[i].abi, &decided, problem, sizeof problem));
        CHECK(decided.enforced[PROTECT_CONNECT_TCP] && decided.enforced[PROTECT_ABSTRACT_SOCKETS]);
        CHECK(decided.needs_supervisor == SOCKETS[i].needs);
        CHECK(decided.closing.unix_datagrams == SOCKETS[i].datagrams);
        CHECK(decided.closing.udp == SOCKETS[i].udp && decided.closing.echo);
        CHECK(decided.ways.abi == SOCKETS[i].abi && decided.ways.display == 3);
        policy.stance[PROTECT_UDP] = STANCE_OPEN;
        policy.display_x11 = false;
        CHECK(enforce_decide(&policy, SOCKETS[i].abi, &decided, problem, sizeof problem));
        CHECK(!decided.closing.udp && !decided.closing.echo && decided.ways.display == NO_DISPLAY);
        policy.stance[PROTECT_UDP] = STANCE_PROTECT;
    }
    CHECK(enforce_less(&policy, 0) == 0);
    CHECK(!enforce_decide(&policy, 0, &confinement, problem, sizeof problem));
}
