#include "landlock_config.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "config.h"
#include "kernel.h"
#include "option_values.h"
#include "util.h"

enum { PATHS_MOST = 4096 /* that one entry may stand for */ };

#define NODES (LL_FS_MAKE_CHAR | LL_FS_MAKE_BLOCK)
#define READS (LL_FS_READ_FILE | LL_FS_READ_DIR)
#define WRITES                                                                                               \
    (LL_FS_WRITE_FILE | LL_FS_TRUNCATE | LL_FS_REMOVE_DIR | LL_FS_REMOVE_FILE | LL_FS_MAKE_DIR |             \
     LL_FS_MAKE_REG | LL_FS_MAKE_SOCK | LL_FS_MAKE_FIFO | LL_FS_MAKE_SYM | LL_FS_REFER)
#define ON_FILES (LL_FS_EXECUTE | LL_FS_WRITE_FILE | LL_FS_READ_FILE | LL_FS_TRUNCATE | LL_FS_IOCTL_DEV)

static bool read_abi(struct config *config) {
    const struct value *abi = config_member(config, config->root, "abi");
    if (abi == NULL) {
        return true;
    }
    if (abi->kind != VALUE_NUMBER || abi->number == 0 || abi->number > INT32_MAX) {
        return config_refuse(config, abi, "\"abi\" is a number from 1 on");
    }
    config->abi = abi->number;
    return true;
}

/* Calls `each` with every table of a list; a list that is not there has none. */
static bool for_each(struct config *config, const char *key, const char *const *keys,
                     bool (*each)(struct config *config, const struct value *table)) {
    const struct value *list = config_member(config, config->root, key);
    if (list == NULL) {
        return true;
    }
    if (!config_is_list(config, list, VALUE_TABLE)) {
        return false;
    }
    for (const struct value *at = list->first; at != NULL; at = at->next) {
        if (!config_only_knows(config, at, keys) || !each(config, at)) {
            return false;
        }
    }
    return true;
}

static bool check_variable(struct config *config, const struct value *table) {
    const struct value *name = config_member(config, table, "name"),
                       *literal = config_member(config, table, "literal");
    bool good = name != NULL && name->kind == VALUE_TEXT && isalpha((unsigned char)name->text[0]);
    for (const char *at = good ? name->text : ""; *at != '\0'; at++) {
        good = good && (isalnum((unsigned char)*at) || *at == '_') && (unsigned char)*at < 0x80;
    }
    if (!good) {
        return config_refuse(config, table, "a variable has a \"name\" of letters, digits and _");
    }
    return literal == NULL || config_is_list(config, literal, VALUE_TEXT);
}

static bool read_handled(struct config *config, const struct value *table) {
    uint64_t named = 0;
    return config_rights(config, config_member(config, table, "handled_access_fs"), CONFIG_FILE,
                         &config->files, &named) &&
           config_rights(config, config_member(config, table, "handled_access_net"), CONFIG_NET, &config->net,
                         &named) &&
           config_rights(config, config_member(config, table, "scoped"), CONFIG_SCOPE, &config->scopes,
                         &named);
}

/* What a rule gives is restricted elsewhere. */
static bool infer_files(struct config *config, const struct value *table) {
    uint64_t named = 0;
    return config_rights(config, config_member(config, table, "allowed_access"), CONFIG_FILE, &config->files,
                         &named);
}

static bool infer_net(struct config *config, const struct value *table) {
    uint64_t named = 0;
    return config_rights(config, config_member(config, table, "allowed_access"), CONFIG_NET, &config->net,
                         &named);
}

/* Our rights for the format's, on a file or folder; exactly these or none. */
static bool our_rights(const struct config *config, const struct value *table, uint64_t rights, bool folder,
                       unsigned *ours) {
    uint64_t sees = folder ? ~0ull : ON_FILES;
    uint64_t reads = rights & READS & sees, writes = rights & WRITES & sees;
    uint64_t all_writes = WRITES & config->files & sees;
    *ours = (rights & LL_FS_EXECUTE ? RIGHT_EXECUTE : 0u) | (rights & LL_FS_IOCTL_DEV ? RIGHT_DEVICE : 0u);
    if (reads == LL_FS_READ_DIR) {
        *ours |= RIGHT_LIST;
    } else if (reads == LL_FS_READ_FILE && folder && (config->files & LL_FS_READ_DIR) != 0) {
        return config_refuse(config, table, "read_file without read_dir on a folder cannot be given alone");
    } else if (reads != 0) {
        *ours |= RIGHT_READ;
    }
    if ((writes & ~LL_FS_REFER) != 0) {
        if (writes != all_writes) {
            return config_refuse(config, table,
                                 "rights to change can only be given together: all that the file restricts "
                                 "(abi.read_write)");
        }
        *ours |= RIGHT_WRITE;
    }
    return true;
}

static bool add_path(const struct config *config, const struct value *table, uint64_t rights,
                     const char *word) {
    struct stat status;
    const struct complaint complaint = {config->problem, config->problem_bytes};
    char *path = path_from(word, false, &complaint);
    unsigned ours = 0;
    if (path == NULL) {
        return config_refuse(config, table, "the path %.200s cannot be used", word);
    }
    bool there = stat(path, &status) == 0;
    if (!there) {
        say("%s does not exist, so it has no rule", path);
    }
    if (!our_rights(config, table, rights, !there || S_ISDIR(status.st_mode), &ours)) {
        free(path);
        return false;
    }
    policy_add(config->policy,
               (struct line){
                   .kind = LINE_FILE, .rights = ours, .optional = true, .ref = copy_text("-"), .text = path});
    return true;
}

/* The next variable of that name after `after`; NULL: the first. The same name may stand several times. */
static const struct value *variable(const struct config *config, const char *name, size_t length,
                                    const struct value *after) {
    const struct value *list = config_member(config, config->root, "variable");
    const struct value *at = after != NULL ? after->next : list != NULL ? list->first : NULL;
    for (; at != NULL; at = at->next) {
        const struct value *own = config_member(config, at, "name");
        if (own != NULL && strlen(own->text) == length && strncmp(own->text, name, length) == 0) {
            return at;
        }
    }
    return NULL;
}

/* Every path that a text with variables stands for: `done` is what the text before `rest` became. */
static bool expand(const struct config *config, const struct value *table, uint64_t rights, const char *done,
                   const char *rest, unsigned *count) {
    size_t plain = strcspn(rest, "$");
    if (strlen(done) + plain >= PATH_BYTES) {
        return config_refuse(config, table, "a path is too long");
    }
    FREES char *longer = text_of("%s%.*s", done, (int)plain, rest);
    rest += plain;
    if (*rest == '\0') {
        return ++*count <= PATHS_MOST ? add_path(config, table, rights, longer)
                                      : config_refuse(config, table, "an entry stands for too many paths");
    }
    if (rest[1] == '$') {
        FREES char *dollar = text_of("%s$", longer);
        return expand(config, table, rights, dollar, rest + 2, count);
    }
    const char *end = rest[1] == '{' ? strchr(rest, '}') : NULL;
    size_t length = end != NULL ? (size_t)(end - rest - 2) : 0;
    const struct value *named = end != NULL ? variable(config, rest + 2, length, NULL) : NULL;
    if (named == NULL) {
        return config_refuse(config, table, "\"%.100s\" has a variable that is not there ($$ stands for $)",
                             rest);
    }
    for (; named != NULL; named = variable(config, rest + 2, length, named)) {
        const struct value *literal = config_member(config, named, "literal");
        for (const struct value *text = literal != NULL ? literal->first : NULL; text != NULL;
             text = text->next) {
            FREES char *with = text_of("%s%s", longer, text->text);
            if (++*count > PATHS_MOST) {
                return config_refuse(config, table, "an entry stands for too many paths");
            }
            if (!expand(config, table, rights, with, end + 1, count)) {
                return false;
            }
        }
    }
    return true;
}

static bool take_paths_of(struct config *config, const struct value *table) {
    const struct value *access = config_member(config, table, "allowed_access"),
                       *parents = config_member(config, table, "parent");
    uint64_t rights = 0, named = 0;
    unsigned count = 0;
    if (access == NULL || parents == NULL) {
        return config_refuse(config, table, "a rule for paths has rights and \"parent\"");
    }
    if (!config_rights(config, access, CONFIG_FILE, &rights, &named) ||
        !config_is_list(config, parents, VALUE_TEXT)) {
        return false;
    }
    if ((named & NODES) != 0) {
        return config_refuse(config, access, "making device nodes is never given");
    }
    for (const struct value *at = parents->first; at != NULL; at = at->next) {
        if (!expand(config, at, rights, "", at->text, &count)) {
            return false;
        }
    }
    return true;
}

static bool take_ports_of(struct config *config, const struct value *table) {
    const struct value *access = config_member(config, table, "allowed_access"),
                       *ports = config_member(config, table, "port");
    uint64_t rights = 0, named = 0;
    if (access == NULL || ports == NULL) {
        return config_refuse(config, table, "a rule for ports has rights and \"port\"");
    }
    if (!config_rights(config, access, CONFIG_NET, &rights, &named) ||
        !config_is_list(config, ports, VALUE_NUMBER)) {
        return false;
    }
    for (const struct value *at = ports->first; at != NULL; at = at->next) {
        if (at->number > UINT16_MAX) {
            return config_refuse(config, at, "a port is a number from 0 to 65535");
        }
        for (unsigned i = 0; i < 2; i++) {
            if ((rights & (i == 0 ? LL_NET_CONNECT_TCP : LL_NET_BIND_TCP)) != 0) {
                policy_add(config->policy, (struct line){.kind = i == 0 ? LINE_CONNECT : LINE_LISTEN,
                                                         .port = (uint16_t)at->number,
                                                         .ref = copy_text("-")});
            }
        }
    }
    return true;
}

/* Nobody should be surprised that a file about ports opens the disk. */
static void say_free(unsigned rights) {
    static const struct {
        unsigned right;
        const char *word;
    } WORDS[] = {{RIGHT_READ, "reading"}, {RIGHT_WRITE, "changing"}, {RIGHT_EXECUTE, "running"}};
    for (size_t i = 0; i < sizeof WORDS / sizeof *WORDS; i++) {
        if ((rights & WORDS[i].right) != 0) {
            say("the profile does not restrict %s files, so all files are free for it", WORDS[i].word);
        }
    }
}

/* What the file leaves free is free. */
static void open_rest(const struct config *config) {
    struct policy *policy = config->policy;
    unsigned rights = (config->files & READS) == 0 ? RIGHT_LIST | RIGHT_READ : 0u;
    rights |= (config->files & WRITES) == 0 ? (unsigned)RIGHT_WRITE : 0u;
    rights |= (config->files & LL_FS_EXECUTE) == 0 ? (unsigned)RIGHT_EXECUTE : 0u;
    rights |= (config->files & LL_FS_IOCTL_DEV) == 0 ? (unsigned)RIGHT_DEVICE : 0u;
    if (config->files == 0) {
        rights = RIGHTS_ALL;
    }
    if (rights != 0) {
        say_free(rights);
        policy_add(policy,
                   (struct line){
                       .kind = LINE_FILE, .rights = rights, .ref = copy_text("-"), .text = copy_text("/")});
    }
    const struct {
        bool handled;
        enum protection what;
    } STANCES[] = {{(config->net & LL_NET_CONNECT_TCP) != 0, PROTECT_CONNECT_TCP},
                   {(config->net & LL_NET_BIND_TCP) != 0, PROTECT_LISTEN_TCP},
                   {(config->scopes & LL_SCOPE_SIGNAL) != 0, PROTECT_SIGNALS},
                   {(config->scopes & LL_SCOPE_ABSTRACT_UNIX_SOCKET) != 0, PROTECT_ABSTRACT_SOCKETS}};
    for (size_t i = 0; i < sizeof STANCES / sizeof STANCES[0]; i++) {
        if (!STANCES[i].handled) {
            policy->stance[STANCES[i].what] = STANCE_OPEN;
        }
    }
}

bool landlock_config_take(const struct value *root, bool snake, struct policy *policy, char *problem,
                          size_t problem_bytes) {
    static const char *const ROOT[] = {"abi", "variable", "ruleset", "path_beneath", "net_port", NULL};
    static const char *const VARIABLE[] = {"name", "literal", NULL};
    static const char *const RULESET[] = {"handled_access_fs", "handled_access_net", "scoped", NULL};
    static const char *const PATH[] = {"allowed_access", "parent", NULL};
    static const char *const PORT[] = {"allowed_access", "port", NULL};
    struct config config = {
        .root = root, .snake = snake, .policy = policy, .problem = problem, .problem_bytes = problem_bytes};
    const struct value *format = root->kind == VALUE_TABLE ? value_of(root, "format") : NULL;
    if (format != NULL && format->kind == VALUE_TEXT && strcmp(format->text, "landgrant-grants") == 0) {
        return config_refuse(
            &config, format,
            "this is what landgrant export writes, grants of apps; landgrant import reads it, and "
            "landgrant policy APP prints the rules they become");
    }
    if (root->kind != VALUE_TABLE || !config_only_knows(&config, root, ROOT) || !read_abi(&config)) {
        return root->kind == VALUE_TABLE ? false : config_refuse(&config, root, "the file is one table");
    }
    if (root->first == NULL || (config.abi != 0 && root->first->next == NULL)) {
        return config_refuse(&config, root, "there is no rule in it");
    }
    if (!for_each(&config, "variable", VARIABLE, check_variable) ||
        !for_each(&config, "ruleset", RULESET, read_handled) ||
        !for_each(&config, "path_beneath", PATH, infer_files) ||
        !for_each(&config, "net_port", PORT, infer_net)) {
        return false;
    }
    if (!for_each(&config, "path_beneath", PATH, take_paths_of) ||
        !for_each(&config, "net_port", PORT, take_ports_of)) {
        return false;
    }
    open_rest(&config);
    return true;
}
