#include "config.h"

#include <ctype.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "kernel.h"

enum { GROUPS_ABI = 8 /* newer ones mean the same in groups: the format knows no newer rights */ };

const struct config_word CONFIG_FILE[] = {{"execute", LL_FS_EXECUTE},
                                          {"write_file", LL_FS_WRITE_FILE},
                                          {"read_file", LL_FS_READ_FILE},
                                          {"read_dir", LL_FS_READ_DIR},
                                          {"remove_dir", LL_FS_REMOVE_DIR},
                                          {"remove_file", LL_FS_REMOVE_FILE},
                                          {"make_char", LL_FS_MAKE_CHAR},
                                          {"make_dir", LL_FS_MAKE_DIR},
                                          {"make_reg", LL_FS_MAKE_REG},
                                          {"make_sock", LL_FS_MAKE_SOCK},
                                          {"make_fifo", LL_FS_MAKE_FIFO},
                                          {"make_block", LL_FS_MAKE_BLOCK},
                                          {"make_sym", LL_FS_MAKE_SYM},
                                          {"refer", LL_FS_REFER},
                                          {"truncate", LL_FS_TRUNCATE},
                                          {"ioctl_dev", LL_FS_IOCTL_DEV},
                                          {NULL, 0}};
const struct config_word CONFIG_NET[] = {
    {"bind_tcp", LL_NET_BIND_TCP}, {"connect_tcp", LL_NET_CONNECT_TCP}, {NULL, 0}};
const struct config_word CONFIG_SCOPE[] = {
    {"abstract_unix_socket", LL_SCOPE_ABSTRACT_UNIX_SOCKET}, {"signal", LL_SCOPE_SIGNAL}, {NULL, 0}};

bool config_refuse(const struct config *config, const struct value *at, const char *format, ...) {
    char sentence[512];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(sentence, sizeof sentence, format, arguments);
    va_end(arguments);
    snprintf(config->problem, config->problem_bytes, "line %u: %s", at->line, sentence);
    return false;
}

/* Names stand here as in TOML; JSON writes them in one word. */
static bool is_key(const struct config *config, const char *key, const char *snake) {
    for (; *snake != '\0'; snake++, key++) {
        if (!config->snake && *snake == '_') {
            snake++;
            if (*key != toupper((unsigned char)*snake)) {
                return false;
            }
        } else if (*key != *snake) {
            return false;
        }
    }
    return *key == '\0';
}

const struct value *config_member(const struct config *config, const struct value *table, const char *snake) {
    for (const struct value *at = table->first; at != NULL; at = at->next) {
        if (is_key(config, at->key, snake)) {
            return at;
        }
    }
    return NULL;
}

bool config_only_knows(const struct config *config, const struct value *table, const char *const *keys) {
    for (const struct value *at = table->first; at != NULL; at = at->next) {
        bool known = false;
        for (const char *const *key = keys; *key != NULL; key++) {
            known = known || is_key(config, at->key, *key);
        }
        if (!known) {
            return config_refuse(config, at, "\"%.100s\" is not known here", at->key);
        }
    }
    return true;
}

/* A list with something in it, of values of one kind. */
bool config_is_list(const struct config *config, const struct value *list, enum value_kind kind) {
    if (list->kind != VALUE_LIST || list->first == NULL) {
        return config_refuse(config, list, "\"%.100s\" is a list with something in it", list->key);
    }
    for (const struct value *at = list->first; at != NULL; at = at->next) {
        if (at->kind != kind) {
            return config_refuse(config, at, "\"%.100s\" is a list of %s", list->key,
                                 kind == VALUE_TABLE  ? "tables"
                                 : kind == VALUE_TEXT ? "texts"
                                                      : "numbers");
        }
    }
    return true;
}

/* What "abi.…" stands for; 0: nothing. */
static uint64_t group(const struct config *config, const char *word, const struct config_word *words) {
    const struct generation *generation =
        generation_of((unsigned)(config->abi < GROUPS_ABI ? config->abi : GROUPS_ABI));
    bool files = words == CONFIG_FILE;
    uint64_t all = files                 ? generation->files
                   : words == CONFIG_NET ? (config->abi >= 4 ? 3u : 0u)
                   : config->abi >= 6    ? 3u
                                         : 0u;
    uint64_t reads = (LL_FS_EXECUTE | LL_FS_READ_FILE | LL_FS_READ_DIR | LL_FS_REFER) & all;
    return strcmp(word, "abi.all") == 0                     ? all
           : files && strcmp(word, "abi.read_execute") == 0 ? reads
           : files && strcmp(word, "abi.read_write") == 0   ? all & ~LL_FS_EXECUTE
                                                            : 0;
}

/* The rights of a list of words; `named`: those not by a group. */
bool config_rights(const struct config *config, const struct value *list, const struct config_word *words,
                   uint64_t *rights, uint64_t *named) {
    if (list == NULL) {
        return true;
    }
    if (!config_is_list(config, list, VALUE_TEXT)) {
        return false;
    }
    for (const struct value *at = list->first; at != NULL; at = at->next) {
        const struct config_word *word = words;
        while (word->word != NULL && strcmp(word->word, at->text) != 0) {
            word++;
        }
        bool grouped = strncmp(at->text, "abi.", 4) == 0;
        if (grouped && config->abi == 0) {
            return config_refuse(config, at, "\"%.100s\" needs \"abi\"", at->text);
        }
        bool known = strcmp(at->text, "abi.all") == 0 ||
                     (words == CONFIG_FILE &&
                      (strcmp(at->text, "abi.read_execute") == 0 || strcmp(at->text, "abi.read_write") == 0));
        if (word->word == NULL && !known) {
            return config_refuse(config, at, "\"%.100s\" is no right that is known here", at->text);
        }
        *rights |= word->word != NULL ? word->bit : group(config, at->text, words);
        *named |= word->word != NULL ? word->bit : 0;
    }
    return true;
}
