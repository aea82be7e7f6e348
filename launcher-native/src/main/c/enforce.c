#include "enforce.h"

#include <stdlib.h>
#include <string.h>

#include "files.h"
#include "sockets.h"

static const char *const MEANINGS[PROTECTIONS] = {"files",
                                                  "connections to TCP ports",
                                                  "listening on TCP ports",
                                                  "signals to other programs",
                                                  "abstract sockets",
                                                  "UDP"};

static const char *first_kernel(enum protection what) {
    for (size_t i = 0; i < GENERATION_COUNT; i++) {
        if (GENERATIONS[i].enforces[what]) {
            return GENERATIONS[i].kernel;
        }
    }
    return "?";
}

/* What the supervisor does where the kernel cannot, acting in the app's place (sockets.h). */
static bool supervisor_can(enum protection what) {
    return what == PROTECT_CONNECT_TCP || what == PROTECT_LISTEN_TCP || what == PROTECT_ABSTRACT_SOCKETS;
}

static void decide_sockets(const struct policy *policy, struct confinement *confinement) {
    const struct generation *generation = confinement->generation;
    /* Emptying files, where Landlock does not see it. */
    confinement->needs_supervisor |= generation->abi < ABI_OF_TRUNCATION;
    bool udp_protected = policy->stance[PROTECT_UDP] == STANCE_PROTECT;
    confinement->closing = (struct closing){
        .unix_datagrams = generation->abi < ABI_OF_UNIX_PATHS,
        .openat2 = generation->abi < ABI_OF_TRUNCATION,
        .udp = udp_protected && !generation->kernel_udp,
        .echo = udp_protected,
    };
    confinement->ways = (struct socket_ways){
        .abi = generation->abi,
        .abstract_free = policy->stance[PROTECT_ABSTRACT_SOCKETS] != STANCE_PROTECT,
        .display = policy->display_x11 ? display_number(getenv("DISPLAY")) : NO_DISPLAY,
    };
}

bool enforce_decide(const struct policy *policy, unsigned abi, struct confinement *confinement, char *problem,
                    size_t problem_bytes) {
    confinement->generation = generation_of(abi);
    if (confinement->generation == NULL) {
        snprintf(
            problem, problem_bytes,
            "this kernel has no Landlock, or it is not switched on (lsm=landlock,…), so nothing was started");
        return false;
    }
    for (unsigned i = 0; i < PROTECTIONS; i++) {
        bool can = confinement->generation->enforces[i], supervised = supervisor_can((enum protection)i);
        confinement->enforced[i] = policy->stance[i] == STANCE_PROTECT;
        confinement->needs_supervisor |= confinement->enforced[i] && !can && supervised;
        if (confinement->enforced[i] && !can && !supervised) {
            snprintf(
                problem, problem_bytes,
                "this kernel (Landlock %u) cannot restrict %s, which needs Linux %s, so nothing was started",
                abi, MEANINGS[i], first_kernel((enum protection)i));
            return false;
        }
        if (policy->stance[i] == STANCE_MISSING && !policy->accept_partial) {
            snprintf(problem, problem_bytes,
                     "%s cannot be restricted here and nobody accepted that, so nothing was started",
                     MEANINGS[i]);
            return false;
        }
    }
    decide_sockets(policy, confinement);
    return true;
}

unsigned enforce_less(struct policy *policy, unsigned abi) {
    const struct generation *generation = generation_of(abi);
    unsigned less = 0;
    for (unsigned i = PROTECT_FILES + 1; generation != NULL && i < PROTECTIONS; i++) {
        if (policy->stance[i] == STANCE_PROTECT && !generation->enforces[i] &&
            !supervisor_can((enum protection)i)) {
            policy->stance[i] = STANCE_MISSING;
            less++;
        }
    }
    policy->accept_partial = policy->accept_partial || less > 0;
    return less;
}
