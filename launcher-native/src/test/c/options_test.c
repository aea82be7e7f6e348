/* The command line of run and landrun, and how refusals are put into words. */
#include "options.h"

#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "check.h"
#include "legible.h"
#include "option_values.h"
#include "refusals.h"
#include "report.h"
#include "terminal.h"
#include "util.h"

static struct run_options options;
static char problem[SENTENCE_BYTES];

/* Words with single spaces between them. What they allocate is the options'. */
static bool parse(bool landrun, const char *line) {
    static char *kept;
    static char *words[32];
    free(kept);
    policy_free(&options.policy);
    kept = copy_text(line);
    size_t count = 0;
    char *next = NULL;
    for (char *word = strtok_r(kept, " ", &next); word != NULL && count < 31;
         word = strtok_r(NULL, " ", &next)) {
        words[count++] = word;
    }
    words[count] = NULL;
    problem[0] = '\0';
    return options_parse(words, landrun, &options, problem, sizeof problem);
}

static void says(const char *sentence, const char *line) {
    CHECK(!parse(false, line));
    SAME(sentence, problem);
}

/* The policy's lines. Caller frees. */
static char *lines(void) {
    char *text = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&text, &size);
    policy_print(&options.policy, out);
    fclose(out);
    return text;
}

static void lists_and_repetitions_are_the_same(void) {
    CHECK(parse(false, "--ro /a,/b --ro=/c --bind-tcp 80,443 --connect-tcp=1 -- cmd --ro x"));
    FREES char *together = lines();
    SAME("file r - /a\nfile r - /b\nfile r - /c\nlisten 80 -\nlisten 443 -\nconnect 1 -\n", together);
    SAME("cmd", options.command[0]);
    SAME("--ro", options.command[1]);
    CHECK(parse(false, "--ro /a --unix /s --except /a/b cmd arg"));
    FREES char *other = lines();
    SAME("file r - /a\nfile rs - /s\nexcept lrwxds - /a/b\n", other);
    SAME("cmd", options.command[0]);
}

static void paths_are_tidied(void) {
    CHECK(parse(false, "--ro //usr/./bin///,/ cmd"));
    FREES char *text = lines();
    SAME("file r - /usr/bin\nfile r - /\n", text);
    CHECK(parse(false, "--ro /usr/bin/.. cmd"));
    FREES char *up = lines();
    SAME("file r - /usr\n", up);
    CHECK(parse(false, "--ro /a\\,b,/c\\d,/e\\\\f cmd"));
    FREES char *escaped_commas = lines();
    SAME("file r - /a,b\nfile r - /c\\\\d\nfile r - /e\\\\f\n", escaped_commas);
    says("/nowhere/..: No such file or directory; write the path without \"..\"", "--ro /nowhere/.. cmd");
}

static void the_home_folder_is_known_but_not_to_landrun(void) {
    FREES char *kept = getenv("HOME") != NULL ? copy_text(getenv("HOME")) : NULL;
    setenv("HOME", "/home/ada", 1);
    CHECK(parse(false, "--ro=~,~/x,/~ cmd"));
    FREES char *text = lines();
    SAME("file r - /home/ada\nfile r - /home/ada/x\nfile r - /~\n", text);
    CHECK(parse(true, "--ro=/~,/~/x cmd"));
    kept != NULL ? setenv("HOME", kept, 1) : unsetenv("HOME");
}

static void what_makes_no_sense_is_said(void) {
    says("--connect-tcp takes a port, a number from 0 to 65535, not \"70000\"", "--connect-tcp 70000 cmd");
    says("--bind-tcp takes a port, a number from 0 to 65535, not \"\"", "--bind-tcp 80, cmd");
    says("--bind-tcp takes a port, a number from 0 to 65535, not \"080\"", "--bind-tcp 080 cmd");
    says("--ro takes a path, or several with commas between them", "--ro= cmd");
    says("--ro: a path is missing beside a comma (write \\, for a comma in a name)", "--ro /a,,/b cmd");
    says("--ro takes a value", "--ro");
    says("\"--frob\" is no option of run; the command follows after \"--\" (see landgrant run --help)",
         "--frob cmd");
    says("--best-effort takes no value", "--best-effort=maybe cmd");
    says("--log-level is error, info or debug, not \"loud\"", "--log-level loud cmd");
    says("--abi takes a version of Landlock, from 1 on, not \"0\"", "--abi 0 cmd");
    says("--profile stands twice", "--profile a --profile b cmd");
    says("--env takes NAME or NAME=VALUE; a name is 1 to 128 characters of A-Z a-z 0-9 _", "--env =x cmd");
    says("--device takes camera, sound, gpu, terminal, shared-memory or a path like /dev/ttyUSB0, not "
         "\"toaster\"",
         "--device toaster cmd");
    says("--device /etc/passwd: that is no device (use --rw for files and folders)",
         "--device /etc/passwd cmd");
    says("with nothing restricted there is nothing for --except, --ask, --watch, --report, --profile, "
         "--private-… or --dry-run",
         "--unrestricted-filesystem --unrestricted-network --unrestricted-scoped --except /a cmd");
}

static void landrun_is_landruns(void) {
    CHECK(parse(false, "cmd") && options.level == LEVEL_INFO);
    CHECK(options.policy.stance[PROTECT_UDP] == STANCE_PROTECT);
    CHECK(parse(true, "cmd") && options.level == LEVEL_ERROR);
    CHECK(options.policy.stance[PROTECT_UDP] == STANCE_OPEN);
    setenv("LANDRUN_LOG_LEVEL", "debug", 1);
    CHECK(parse(true, "cmd") && options.level == LEVEL_DEBUG);
    CHECK(parse(true, "--log-level info cmd") && options.level == LEVEL_INFO);
    setenv("LANDRUN_LOG_LEVEL", "nonsense", 1);
    CHECK(parse(true, "cmd") && options.level == LEVEL_ERROR);
    unsetenv("LANDRUN_LOG_LEVEL");
    CHECK(parse(true, "--best-effort=false cmd") && !options.best_effort);
    CHECK(parse(true, "--best-effort=true cmd") && options.best_effort);
    CHECK(parse(true, "") && options.command == NULL);
    CHECK(parse(true, "--") && options.command == NULL);
}

static void text_for_a_terminal_holds_nothing_that_acts_on_it(void) {
    static const struct {
        const char *text, *shown;
    } TEXTS[] = {{"plain.txt", "plain.txt"}, {"a\x1b[2Jb\nc", "a?[2Jb?c"}, {"\xe3\x81\x82", "\xe3\x81\x82"},
                 {"x\xe2\x80\xaey", "x?y"},                                  /* right to left */
                 {"x\xe2\x80\x8by", "x?y"},                                  /* no width */
                 {"x\xc2\x9by", "x?y"},                                      /* C1 */
                 {"x\xff\xfey", "x??y"},                                     /* no UTF-8 */
                 {"\xc3\xa4\xff", "???"},    {"x\xf3\xa0\x80\xa0y", "x?y"}}; /* a tag */
    for (size_t i = 0; i < sizeof TEXTS / sizeof TEXTS[0]; i++) {
        FREES char *shown = terminal_text(TEXTS[i].text);
        SAME(TEXTS[i].shown, shown);
    }
}

static struct denial denial_of(enum denial_kind kind, char access, char *what) {
    return (struct denial){.kind = kind, .access = access, .what = what, .program = "p\"q", .last = 5};
}

static void suggestions_survive_a_shell_and_a_list(void) {
    char path[] = "/a,b c\\,d", folder[] = "/top/file", port[] = "443";
    struct denial denial = denial_of(DENIED_FILE, 'r', path);
    char *value = NULL;
    SAME("--ro", option_for(&denial, &value));
    SAME("/a\\,b c\\\\\\,d", value);
    const char *list = value;
    FREES char *back = next_of_list(&list);
    CHECK(list == NULL);
    SAME(path, back);
    FREES char *word = shell_word("it's");
    SAME("'it'\"'\"'s'", word);
    free(value);
    denial = denial_of(DENIED_FILE, 'w', folder);
    denial.needs_folder = true;
    SAME("--rw", option_for(&denial, &value));
    SAME("/top", value);
    free(value);
    denial = denial_of(DENIED_LISTEN, 'r', port);
    SAME("--bind-tcp", option_for(&denial, &value));
    free(value);
}

/* A path as long as they get, which says where it ends. */
static void long_path(char path[PATH_BYTES]) {
    memset(path, 'a', PATH_BYTES - 1);
    for (size_t at = 0; at < PATH_BYTES - 1; at += 64) {
        path[at] = '/';
    }
    path[PATH_BYTES - 2] = 'z';
    path[PATH_BYTES - 1] = '\0';
}

/* What is said on stderr, from a process of its own. */
static char *said(const char *word) {
    int both[2];
    size_t length = 0;
    CHECK(pipe(both) == 0);
    pid_t child = fork();
    if (child == 0) {
        dup2(both[1], STDERR_FILENO);
        close(both[0]);
        close(both[1]);
        say("allow with --ro %s", word);
        _exit(0);
    }
    close(both[1]);
    char *text = read_everything(both[0], 65536, &length);
    close(both[0]);
    CHECK(waitpid(child, NULL, 0) == child);
    return text != NULL ? text : copy_text("");
}

static void a_path_to_paste_is_never_cut(void) {
    char path[PATH_BYTES];
    long_path(path);
    path[1] = '\n'; /* whatever has to be escaped makes it longer still */
    FREES char *word = shell_word(path);
    FREES char *text = said(word);
    CHECK(strstr(text, "--ro $'/\\naaa") != NULL);
    CHECK(strlen(text) > PATH_BYTES && strcmp(text + strlen(text) - 3, "z'\n") == 0);
}

static void marks_of_direction_are_spelled_out_and_can_be_pasted(void) {
    FREES char *word = shell_word("/a\xe2\x80\xae"
                                  "b\xc2\x85");
    FREES char *text = said(word);
    SAME("landgrant: allow with --ro $'/a\\xe2\\x80\\xaeb\\xc2\\x85'\n", text);
    FREES char *plain = legible("/\xc3\xa4\xe3\x81\x82 b"), *odd = legible("\xff\xe2\x80\x8b\\");
    SAME("/\xc3\xa4\xe3\x81\x82 b", plain);
    SAME("\\xff\\xe2\\x80\\x8b\\\\", odd);
}

static void a_line_too_long_to_paste_is_none(void) {
    char path[PATH_BYTES], other[] = "/etc/x", command[] = "cat", *words[] = {command, NULL};
    long_path(path);
    struct denials denials = {0};
    CHECK(parse(false, "cmd"));
    denials_add(&denials, DENIED_FILE, 'r', other, false, "cat", 1);
    FREES char *line = line_that_allows(&denials, &options, words);
    SAME("landgrant run --ro /etc/x cat", line != NULL ? line : "none");
    denials_add(&denials, DENIED_FILE, 'r', path, false, "cat", 1);
    CHECK(line_that_allows(&denials, &options, words) == NULL);
    denials_drop(&denials, 2);
    for (int i = 0; i < 33; i++) {
        FREES char *one = text_of("/%d", i);
        denials_add(&denials, DENIED_FILE, 'r', one, false, "cat", 1);
    }
    CHECK(line_that_allows(&denials, &options, words) == NULL);
    denials_drop(&denials, 33);
    free(denials.list);
}

static void a_line_of_the_report_is_json(void) {
    char path[] = "/a\"b\n\xff", plain[] = "/\xc3\xa4", port[] = "443";
    struct denial denial = denial_of(DENIED_FILE, 'r', path);
    FREES char *odd = report_line(&denial, 3);
    SAME("{\"schema\":1,\"time\":5,\"count\":3,\"kind\":\"file\",\"access\":\"read\",\"what\":\"/"
         "a\\\"b\\u000a\\ufffd\","
         "\"whatHex\":\"2f6122620aff\",\"program\":\"p\\\"q\"}\n",
         odd);
    denial = denial_of(DENIED_FILE, 'w', plain);
    FREES char *usual = report_line(&denial, 1);
    SAME("{\"schema\":1,\"time\":5,\"count\":1,\"kind\":\"file\",\"access\":\"write\",\"what\":\"/\xc3\xa4\","
         "\"program\":\"p\\\"q\",\"option\":\"--rw\",\"value\":\"/\xc3\xa4\"}\n",
         usual);
    denial = denial_of(DENIED_CONNECT, 'r', port);
    FREES char *connect = report_line(&denial, 1);
    CHECK(strstr(connect, "\"kind\":\"connect-tcp\",\"access\":\"connect\",\"what\":\"443\"") != NULL);
}

void test_options(void) {
    lists_and_repetitions_are_the_same();
    paths_are_tidied();
    the_home_folder_is_known_but_not_to_landrun();
    what_makes_no_sense_is_said();
    landrun_is_landruns();
    text_for_a_terminal_holds_nothing_that_acts_on_it();
    suggestions_survive_a_shell_and_a_list();
    a_path_to_paste_is_never_cut();
    marks_of_direction_are_spelled_out_and_can_be_pasted();
    a_line_too_long_to_paste_is_none();
    a_line_of_the_report_is_json();
    (void)parse(false, "");
    policy_free(&options.policy);
}
