/*
 * What a Landlock Config file consists of: tables whose names are checked, lists of one kind, words for
 * rights. What they become is in landlock_config.c.
 */
#ifndef LANDGRANT_CONFIG_H
#define LANDGRANT_CONFIG_H

#include "policy.h"
#include "value.h"

/* A file that is being read. */
struct config {
    const struct value *root;
    bool snake; /* names are written as in TOML */
    struct policy *policy;
    char *problem;
    size_t problem_bytes;
    uint64_t abi;                /* 0: not said */
    uint64_t files, net, scopes; /* handled */
};

/* A word for a right; the last one of a list is NULL. */
struct config_word {
    const char *word;
    uint64_t bit;
};
extern const struct config_word CONFIG_FILE[], CONFIG_NET[], CONFIG_SCOPE[];

/* Leaves a sentence with the line of `at` as the problem; always false. */
bool config_refuse(const struct config *config, const struct value *at, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* The member of a table by its TOML name; NULL: none. */
const struct value *config_member(const struct config *config, const struct value *table, const char *snake);

/* Whether a table has no other members than these; false with a problem. */
bool config_only_knows(const struct config *config, const struct value *table, const char *const *keys);

/* Whether it is a list with something in it, of values of one kind; false with a problem. */
bool config_is_list(const struct config *config, const struct value *list, enum value_kind kind);

/* Adds the rights of a list of words, or of none; `named`: those not by a group. False with a problem. */
bool config_rights(const struct config *config, const struct value *list, const struct config_word *words,
                   uint64_t *rights, uint64_t *named);

#endif
