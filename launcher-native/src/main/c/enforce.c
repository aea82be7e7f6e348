#include "enforce.h"

#include <string.h>

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
        bool can = confinement->generation->enforces[i];
        confinement->enforced[i] = policy->stance[i] == STANCE_PROTECT;
        if (confinement->enforced[i] && !can) {
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
    return true;
}

unsigned enforce_less(struct policy *policy, unsigned abi) {
    const struct generation *generation = generation_of(abi);
    unsigned less = 0;
    for (unsigned i = PROTECT_FILES + 1; generation != NULL && i < PROTECTIONS; i++) {
        if (policy->stance[i] == STANCE_PROTECT && !generation->enforces[i]) {
            policy->stance[i] = STANCE_MISSING;
            less++;
        }
    }
    policy->accept_partial = policy->accept_partial || less > 0;
    return less;
}
