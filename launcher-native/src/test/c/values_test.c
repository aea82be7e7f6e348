/* JSON, TOML and Landlock Config files, good ones and anybody's. */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "check.h"
#include "landlock_config.h"
#include "options.h"
#include "util.h"
#include "value.h"

static const char TOML[] =
    "# a comment\nabi = 6\n"
    "[[variable]]\nname = \"home\"\nliteral = [\"/tmp\", '/var']\n"
    "[[ruleset]]\nhandled_access_fs = [\"abi.all\"]\nhandled_access_net = [\"abi.all\"]\n"
    "scoped = [\n  \"abi.all\", # all\n]\n"
    "[[path_beneath]]\nallowed_access = [\"abi.read_execute\"]\nparent = [\"/usr\", \"/etc\"]\n"
    "[[path_beneath]]\nallowed_access = [\"abi.read_write\"]\nparent = [\"${home}\"]\n"
    "[[net_port]]\nallowed_access = [\"connect_tcp\"]\nport = [443]\n";

static const char JSON[] =
    "{ \"abi\": 6, \"variable\": [ { \"name\": \"home\", \"literal\": [\"/tmp\", \"/v\\u0061r\"] } ],\n"
    "  \"ruleset\": [ { \"handledAccessFs\": [\"abi.all\"], \"handledAccessNet\": [\"abi.all\"], \"scoped\": "
    "[\"abi.all\"] } ],\n"
    "  \"pathBeneath\": [ { \"allowedAccess\": [\"abi.read_execute\"], \"parent\": [\"/usr\", \"/etc\"] },\n"
    "    { \"allowedAccess\": [\"abi.read_write\"], \"parent\": [\"${home}\"] } ],\n"
    "  \"netPort\": [ { \"allowedAccess\": [\"connect_tcp\"], \"port\": [443] } ] }\n";

/* The policy lines of a file, or its problem. Caller frees. */
static char *config_of(const char *text, size_t length, bool toml) {
    struct store store = {0};
    char problem[SENTENCE_BYTES] = "";
    struct policy policy = {0};
    for (unsigned i = 0; i < PROTECTIONS; i++) {
        policy.stance[i] = STANCE_PROTECT;
    }
    const struct value *root = (toml ? toml_read : json_read)(text, length, &store, problem, sizeof problem);
    bool good = root != NULL && landlock_config_take(root, toml, &policy, problem, sizeof problem);
    char *said = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&said, &size);
    if (good) {
        policy_print(&policy, out);
        for (unsigned i = 0; i < PROTECTIONS; i++) {
            fputs(policy.stance[i] == STANCE_OPEN ? PROTECTION_WORDS[i] : "-", out);
        }
    } else {
        fputs(problem, out);
        CHECK(strncmp(problem, "line ", 5) == 0);
    }
    fclose(out);
    policy_free(&policy);
    store_free(&store);
    return said;
}

static void both_forms_say_the_same(void) {
    static const char MEANT[] =
        "file rx - /usr\nfile rx - /etc\nfile rwd - /tmp\nfile rwd - /var\nconnect 443 -\n------";
    FREES char *toml = config_of(TOML, sizeof TOML - 1, true);
    FREES char *json = config_of(JSON, sizeof JSON - 1, false);
    SAME(MEANT, toml);
    SAME(MEANT, json);
}

static void json_is(const char *meant, const char *text) {
    FREES char *said = config_of(text, strlen(text), false);
    SAME(meant, said);
}

static void toml_is(const char *meant, const char *text) {
    FREES char *said = config_of(text, strlen(text), true);
    SAME(meant, said);
}

static void what_a_file_leaves_free_is_free(void) {
    json_is("file lrwxds - /\n---signalsabstract-sockets-",
            "{\"ruleset\":[{\"handledAccessNet\":[\"bind_tcp\",\"connect_tcp\"]}]}");
    json_is("file x - /usr\nfile lrwd - /\n-connect-tcplisten-tcpsignalsabstract-sockets-",
            "{\"pathBeneath\":[{\"allowedAccess\":[\"execute\"],\"parent\":[\"/usr\"]}]}");
    json_is("listen 80 -\nfile lrwxds - /\n-connect-tcp-signalsabstract-sockets-",
            "{\"netPort\":[{\"allowedAccess\":[\"bind_tcp\"],\"port\":[80]}]}");
}

static void what_cannot_be_given_exactly_is_refused(void) {
    json_is(
        "line 2: rights to change can only be given together: all that the file restricts "
        "(abi.read_write)",
        "{\"pathBeneath\":[{\"allowedAccess\":[\"write_file\",\"make_reg\"],\"parent\":[\"/etc/passwd\"]},\n"
        "{\"allowedAccess\":[\"write_file\"],\"parent\":[\"/tmp\"]}]}");
    json_is("line 1: making device nodes is never given",
            "{\"pathBeneath\":[{\"allowedAccess\":[\"make_char\"],\"parent\":[\"/tmp\"]}]}");
    json_is("file r - /etc/passwd\nfile wxd - /\n-connect-tcplisten-tcpsignalsabstract-sockets-",
            "{\"pathBeneath\":[{\"allowedAccess\":[\"read_file\"],\"parent\":[\"/etc/passwd\"]}]}");
}

static void what_is_not_known_is_refused_with_its_line(void) {
    json_is("line 1: \"rulesets\" is not known here", "{\"rulesets\":[]}");
    json_is("line 3: \"allowed_access\" is not known here",
            "{\"netPort\":[\n{\"port\":[1],\n\"allowed_access\":[]}]}");
    json_is("line 1: there is no rule in it", "{\"abi\":6}");
    json_is("line 1: there is no rule in it", "{}");
    json_is("line 1: \"abi.all\" needs \"abi\"", "{\"ruleset\":[{\"scoped\":[\"abi.all\"]}]}");
    json_is("line 1: \"resolve_unix\" is no right that is known here",
            "{\"ruleset\":[{\"handledAccessFs\":[\"resolve_unix\"]}]}");
    json_is("line 1: a port is a number from 0 to 65535",
            "{\"netPort\":[{\"allowedAccess\":[\"bind_tcp\"],\"port\":[65536]}]}");
    json_is("line 1: \"port\" is a list with something in it",
            "{\"netPort\":[{\"allowedAccess\":[\"bind_tcp\"],\"port\":[]}]}");
    json_is("line 1: \"${b}\" has a variable that is not there ($$ stands for $)",
            "{\"pathBeneath\":[{\"allowedAccess\":[\"execute\"],\"parent\":[\"${b}\"]}]}");
    json_is("line 1: a name stands twice", "{\"abi\":1,\"abi\":2}");
    json_is("line 1: only tables, lists, texts and whole numbers are known here", "{\"abi\":true}");
    json_is("line 1: only whole numbers are known here", "{\"abi\":1e3}");
    json_is("line 1: something follows the end", "{} {}");
    json_is("line 1: brackets are nested too deeply", "[[[[[[[[[[[[[[[[[[[[");
    json_is("line 1: a text has no end", "{\"abi");
    json_is("line 1: an escape in a text means nothing here", "{\"\\ud800\":1}");
    toml_is("line 2: tables here are written [[name]]", "abi = 6\n[ruleset]\n");
    toml_is("line 1: \"=\" is missing (names with dots and in quotes are not known here)", "a.b = 1\n");
    toml_is("line 1: texts of several lines are not known here", "abi = \"\"\"\nx\"\"\"\n");
    toml_is("line 1: only texts, whole numbers, lists and tables are known here", "abi = true\n");
    toml_is("line 2: a name stands twice", "abi = 1\nabi = 2\n");
    toml_is("line 1: something follows on the line that is not known here", "abi = 1 2\n");
    toml_is("line 3: \"handledAccessFs\" is not known here",
            "abi = 1\n[[ruleset]]\nhandledAccessFs = [\"abi.all\"]");
}

static void variables_multiply_within_bounds(void) {
    json_is("file x - /usr/bin\nfile x - /usr/lib\nfile x - /var/bin\nfile x - /var/lib\nfile lrwd - /\n"
            "-connect-tcplisten-tcpsignalsabstract-sockets-",
            "{\"variable\":[{\"name\":\"a\",\"literal\":[\"/usr\"]},{\"name\":\"a\",\"literal\":[\"/var\"]},"
            "{\"name\":\"b\",\"literal\":[\"bin\",\"lib\"]}],"
            "\"pathBeneath\":[{\"allowedAccess\":[\"execute\"],\"parent\":[\"${a}/${b}\"]}]}");
    json_is("line 1: an entry stands for too many paths",
            "{\"variable\":[{\"name\":\"a\",\"literal\":[\"\",\"/\",\"/\",\"/\",\"/\",\"/\",\"/\",\"/\"]}],"
            "\"pathBeneath\":[{\"allowedAccess\":[\"execute\"],\"parent\":["
            "\"/${a}${a}${a}${a}${a}${a}${a}${a}${a}${a}${a}${a}\"]}]}");
}

/* Every prefix and every single changed byte is taken or refused with a line, and breaks nothing. */
static void survives_damage(const char *good, size_t length, bool toml) {
    static const char BYTES[] = {'\0', '\n', '"', '\'', '\\', '[', '{', '}', '$', ',', '9', (char)0xff};
    for (size_t at = 0; at < length; at++) {
        FREES char *cut = copy_bytes(good, at);
        free(config_of(cut, at, toml));
        FREES char *changed = copy_bytes(good, length);
        for (size_t i = 0; i < sizeof BYTES; i++) {
            changed[at] = BYTES[i];
            free(config_of(changed, length, toml));
        }
    }
}

/* Bytes in an order nobody thought of, always the same ones. */
static void survives_nonsense(void) {
    static const char WORDS[] = "[]{}\"'\\\n#=,:$ \tabi0123_.u\x01\x80\xc3\xa4";
    uint32_t state = 1;
    for (int round = 0; round < 20000; round++) {
        char text[96];
        size_t length = 0;
        while (length < sizeof text && (length == 0 || state % 61 != 0)) {
            state = state * 1664525u + 1013904223u;
            text[length++] = WORDS[(state >> 16) % (sizeof WORDS - 1)];
        }
        free(config_of(text, length, round % 2 == 0));
    }
}

void test_values(void) {
    both_forms_say_the_same();
    what_a_file_leaves_free_is_free();
    what_cannot_be_given_exactly_is_refused();
    what_is_not_known_is_refused_with_its_line();
    variables_multiply_within_bounds();
    /* Paths that do not exist are said, and here there are thousands. */
    int kept = dup(STDERR_FILENO), nowhere = open("/dev/null", O_WRONLY | O_CLOEXEC);
    dup2(nowhere, STDERR_FILENO);
    survives_damage(TOML, sizeof TOML - 1, true);
    survives_damage(JSON, sizeof JSON - 1, false);
    survives_nonsense();
    dup2(kept, STDERR_FILENO);
    close(kept);
    close(nowhere);
}
