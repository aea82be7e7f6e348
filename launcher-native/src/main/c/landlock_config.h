/*
 * Landlock Config files, as a policy. Where they know finer rights than a policy has, they are refused rather
 * than widened; where they leave free what a policy never does (UDP, sockets of others), that stays closed.
 * Source: the format's description in the landlockconfig project.
 */
#ifndef LANDGRANT_LANDLOCK_CONFIG_H
#define LANDGRANT_LANDLOCK_CONFIG_H

#include "policy.h"
#include "value.h"

/* `snake`: names are written as in TOML. False with a sentence with its line. */
bool landlock_config_take(const struct value *root, bool snake, struct policy *policy, char *problem,
                          size_t problem_bytes);

#endif
