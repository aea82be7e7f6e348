/* What of a policy this kernel enforces, decided before anything is started. */
#ifndef LANDGRANT_ENFORCE_H
#define LANDGRANT_ENFORCE_H

#include "confine.h"
#include "policy.h"

/*
 * Fills generation and enforced for a kernel of this ABI (0: none). False with a sentence in `problem` when
 * the policy wants more than the kernel can, or misses something nobody accepted.
 */
bool enforce_decide(const struct policy *policy, unsigned abi, struct confinement *confinement, char *problem,
                    size_t problem_bytes);

/* Where the kernel of this ABI cannot protect, turns `protect` into an accepted `missing`; how many it did.
 */
unsigned enforce_less(struct policy *policy, unsigned abi);

#endif
