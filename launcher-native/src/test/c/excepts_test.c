#include "excepts.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "aliases.h"
#include "check.h"
#include "mirror.h"
#include "util.h"

enum { L = RIGHT_LIST, R = RIGHT_LIST | RIGHT_READ, W = RIGHT_WRITE, RW = R | W };

static char home[] = "/tmp/landgrant-excepts-XXXXXX";

static char *at(const char *name) {
    return *name == '/' ? copy_text(name) : text_of("%s%s%s", home, *name != '\0' ? "/" : "", name);
}

static void folder(const char *name) {
    FREES char *path = at(name);
    CHECK(mkdir(path, 0700) == 0);
}

static void file(const char *name) {
    FREES char *path = at(name);
    CLOSES int fd = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
    CHECK(fd >= 0);
}

static void removed(const char *name) {
    FREES char *path = at(name);
    CHECK(remove(path) == 0);
}

/* Each word of `lines` is written with %s where the home stands. */
static void open_rules(const char *lines, const struct guard guards[GUARDS], struct rules *rules) {
    FREES char *text = copy_text("");
    for (const char *from = lines; *from != '\0';) {
        int plain = (int)strcspn(from, "~");
        char *longer = text_of("%s%.*s%s", text, plain, from, from[plain] == '~' ? home : "");
        free(text);
        text = longer;
        from += plain + (from[plain] == '~');
    }
    FREES char *whole =
        text_of("landgrant-policy 1\napp a.desktop\nprotect files\nprotect connect-tcp\nprotect listen-tcp\n"
                "protect signals\nprotect abstract-sockets\nprotect udp\n%scommand true\n",
                text);
    struct policy policy;
    char problem[SENTENCE_BYTES] = "";
    CHECK(policy_parse(whole, strlen(whole), &policy, problem, sizeof problem));
    CHECK(rules_open(&policy, guards, false, rules, problem, sizeof problem));
    SAME("", problem);
    rules_drop_planted(rules);
    rules_except(rules, &policy, guards);
    policy_free(&policy);
}

struct expected {
    const char *path;
    unsigned kernel, served;
};

static void gives(const struct rules *rules, const struct expected *cases, size_t count) {
    struct mirror mirror = {.rules = rules};
    for (size_t i = 0; i < count; i++) {
        FREES char *path = at(cases[i].path);
        check_that(mirror_rights(&mirror, path) == cases[i].kernel, cases[i].path, "kernel", (int)i);
        check_that(mirror_served(&mirror, path) == cases[i].served, cases[i].path, "served", (int)i);
    }
}

static void writing_in_proc_is_served_and_never_the_kernels(void) {
    static const struct guard none[GUARDS];
    struct rules rules;
    open_rules("file rwx g1 /proc\n", none, &rules);
    static const struct expected DIRECTLY[] = {
        {"/proc", R | RIGHT_EXECUTE, W}, {"/proc/1/oom_score_adj", R | RIGHT_EXECUTE, W}, {"/tmp", 0, 0}};
    gives(&rules, DIRECTLY, sizeof DIRECTLY / sizeof DIRECTLY[0]);
    rules_free(&rules);
    open_rules("file r g1 /proc\n", none, &rules);
    static const struct expected READING[] = {{"/proc/1/oom_score_adj", R, 0}};
    gives(&rules, READING, 1);
    rules_free(&rules);
    open_rules("file rw g1 /\n", none, &rules);
    struct mirror mirror = {.rules = &rules};
    CHECK(mirror_rights(&mirror, "/proc/1/oom_score_adj") == R);
    CHECK((mirror_served(&mirror, "/proc/1/oom_score_adj") & W) != 0);
    CHECK((mirror_rights(&mirror, "/tmp/file") & W) != 0);
    rules_free(&rules);
    open_rules("file rw g1 /\nexcept w - /proc\n", none, &rules);
    CHECK((mirror_rights(&mirror, "/proc/1/oom_score_adj") & W) == 0);
    CHECK((mirror_served(&mirror, "/proc/1/oom_score_adj") & W) == 0);
    rules_free(&rules);
}

static void whole_home_but_not_the_keys(void) {
    static const struct guard none[GUARDS];
    struct rules rules;
    open_rules("file rw g1 ~\nexcept lrwxd g2 ~/.ssh\nexcept w - ~/.config/autostart\nexcept w - ~/.bashrc\n"
               "except w - ~/.profile\nexcept rw - ~/.new/deep\nfile r g3 ~/.ssh/known_hosts\n"
               "file rw g4 ~/.ssh/keys\nexcept w - ~/.ssh/keys/deep\nexcept w - ~/linked/autostart\n"
               "ask file ~\nask file ~/elsewhere\nask listen-tcp\n",
               none, &rules);
    static const struct expected CASES[] = {
        {"", 0, RW},
        {"new", 0, RW},
        {"documents/a", RW, RW},
        {"file", RW, RW},
        {".ssh", 0, 0},
        {".ssh/id", 0, 0},
        {".ssh/new", 0, 0},
        {".ssh/known_hosts", R, 0},
        {".ssh/keys", R, W},
        {".ssh/keys/other", RW, W},
        {".ssh/keys/deep", R, 0},
        {".ssh/keys/deep/file", R, 0},
        {".ssh/keysnot", 0, 0},
        {".config", R, RW},
        {".config/app/settings", RW, RW},
        {".config/new", R, RW},
        {".config/autostart", R, R},
        {".config/autostart/new", R, R},
        {".bashrc", R, R},
        {".profile", 0, R},
        {".new", 0, RW},
        {".new/deep", 0, 0},
        {".new/deep/er", 0, 0},
        {"alias", R, R}, /* a hard link of .bashrc */
        {"socket", 0, RW},
        {"elsewhere", R, RW},
        {"elsewhere/autostart", R, R},
        {"linked", 0, R},
        {"/etc", 0, 0},
    };
    gives(&rules, CASES, sizeof CASES / sizeof CASES[0]);
    CHECK(rules.ask_count == 3 && rules.asks[2].kind == DENIED_LISTEN && rules.asks[2].path == NULL);
    SAME(home, rules.asks[0].path);
    FREES char *config = at(".config"), *documents = at("documents"), *keys = at(".ssh");
    CHECK((excepted_below(&rules, config) & W) != 0 && excepted_below(&rules, documents) == 0);
    CHECK(excepted_below(&rules, keys) == W); /* not what is excepted there itself */
    CHECK(excepted_rights(&rules, home, keys) == (RW | RIGHT_EXECUTE | RIGHT_DEVICE));
    CHECK(excepted_rights(&rules, keys, keys) == 0);
    rules_close(&rules);
    rules_free(&rules);
}

/* Reading stays one rule for all, when only changing is excepted. */
static void only_what_is_excepted_is_parted(void) {
    static const struct guard none[GUARDS];
    struct rules rules;
    open_rules("file rx g1 ~\nfile w g2 ~\nexcept w - ~/.bashrc\nexcept r - ~/nothing/here\n", none, &rules);
    static const struct expected CASES[] = {
        {"", RIGHT_EXECUTE, RW},
        {".bashrc", R | RIGHT_EXECUTE, R},
        {"file", RW | RIGHT_EXECUTE, RW},
        {"nothing/here", RIGHT_EXECUTE, 0}, /* what can be moved can be read elsewhere */
    };
    gives(&rules, CASES, sizeof CASES / sizeof CASES[0]);
    rules_free(&rules);
    open_rules("file rw g1 ~/documents\nexcept w - ~/documents\nexcept w - /\nexcept w - ~/other\n", none,
               &rules);
    CHECK(rules.served_count == 0 && rules.count == 1 && rules.list[0].rights == (RIGHT_READ | W));
    rules_free(&rules);
    open_rules("file l g1 ~\nexcept r - ~/.ssh\nfile r g2 ~/documents\n", none, &rules);
    static const struct expected LISTS[] = {
        {"", 0, L}, {".ssh", 0, 0}, {".config", L, L}, {"documents", R, L}, {"alias", L, L}};
    gives(&rules, LISTS, sizeof LISTS / sizeof LISTS[0]);
    rules_free(&rules);
}

/* Landgrant's own folders are left out of what lies above, also when no line says so, and given by no line.
 */
static void our_own_folders_are_left_out(void) {
    FREES char *ours = at(".config/landgrant"), *linked = at("linked/landgrant");
    struct guard guards[GUARDS] = {{.place = ours, .real = ours}, {.place = linked, .real = ours}};
    struct rules rules;
    open_rules("file rw g1 ~\nfile rw g2 ~/linked\n", guards, &rules);
    static const struct expected CASES[] = {
        {"", 0, RW},
        {".config/landgrant", 0, 0},
        {".config/landgrant/secret", 0, 0},
        {".config/app", RW, RW},
        {"linked", 0, R}, /* the link cannot be replaced */
        {"documents", RW, RW},
    };
    gives(&rules, CASES, sizeof CASES / sizeof CASES[0]);
    CHECK(excepted_rights(&rules, ours, ours) != 0);
    rules_free(&rules);
}

/* One file has two names on some file systems: the second is said here, but not there. */
static void another_name_is_known(void) {
    static const struct guard none[GUARDS];
    struct rules rules;
    folder("keys");
    folder("keys/inner");
    folder("other");
    file("keys/inner/id");
    open_rules("file rw g1 ~\nexcept rw g2 ~/keys\n", none, &rules);
    static const struct {
        const char *name, *said;
        bool alias;
    } CASES[] = {
        {"keys", "KEYS~1", true},
        {"keys", "keys", false},
        {"keys/inner/id", "KEYS~1/inner/id", true},
        {"keys/inner", "Keys/new", true},
        {"other", "OTHER~1", false},
        {"keys/inner/id", "keys/inner/id", false},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof CASES[0]; i++) {
        FREES char *path = at(CASES[i].name), *said = at(CASES[i].said), *link = at("KEYS~1");
        CLOSES int fd = open(path, O_PATH | O_CLOEXEC);
        CHECK(symlink("keys", link) == 0 && fd >= 0);
        check_that(is_alias_of_exception(&rules, said, fd) == CASES[i].alias, CASES[i].said, __FILE__,
                   __LINE__);
        CHECK(unlink(link) == 0);
    }
    rules_close(&rules);
    rules_free(&rules);
    removed("keys/inner/id");
    removed("keys/inner");
    removed("keys");
    removed("other");
}

void test_excepts(void) {
    CHECK(mkdtemp(home) != NULL);
    static const char *const FOLDERS[] = {".ssh",      ".ssh/keys",         ".ssh/keys/deep",
                                          ".config",   ".config/autostart", ".config/app",
                                          "documents", "elsewhere"};
    static const char *const FILES[] = {".ssh/id", ".ssh/known_hosts", ".ssh/keys/other", ".bashrc", "file"};
    enum { FOLDER_COUNT = sizeof FOLDERS / sizeof FOLDERS[0], FILE_COUNT = sizeof FILES / sizeof FILES[0] };
    for (unsigned i = 0; i < FOLDER_COUNT; i++) {
        folder(FOLDERS[i]);
    }
    for (unsigned i = 0; i < FILE_COUNT; i++) {
        file(FILES[i]);
    }
    FREES char *shell = at(".bashrc"), *alias = at("alias"), *linked = at("linked"), *socket = at("socket");
    CHECK(link(shell, alias) == 0 && symlink("elsewhere", linked) == 0 &&
          mknod(socket, S_IFSOCK | 0600, 0) == 0);
    writing_in_proc_is_served_and_never_the_kernels();
    whole_home_but_not_the_keys();
    only_what_is_excepted_is_parted();
    removed("linked");
    CHECK(symlink(".config", linked) == 0);
    our_own_folders_are_left_out();
    another_name_is_known();
    static const char *const MORE[] = {"alias", "linked", "socket"};
    for (unsigned i = 0; i < 3; i++) {
        removed(MORE[i]);
    }
    for (unsigned i = 0; i < FILE_COUNT; i++) {
        removed(FILES[i]);
    }
    for (unsigned i = FOLDER_COUNT; i-- > 0;) {
        removed(FOLDERS[i]);
    }
    removed("");
}
