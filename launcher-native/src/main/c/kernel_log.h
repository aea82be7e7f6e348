/*
 * Whether the kernel writes into its audit records what it refuses to a session. It does where an
 * administrator gave landgrant-audit, beside the agent, the capability to read them, and nowhere else: what
 * nobody reads would only fill the machine's log.
 */
#ifndef LANDGRANT_KERNEL_LOG_H
#define LANDGRANT_KERNEL_LOG_H

#include "places.h"

/* LL_LOG bits for a session that an agent knows. */
unsigned kernel_log_flags(const struct places *places, unsigned abi);

#endif
