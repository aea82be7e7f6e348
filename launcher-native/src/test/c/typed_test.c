#include <string.h>

#include "check.h"
#include "company.h"
#include "typed.h"

static struct asked asked;

static void questions(void) {
    CHECK(asked_read("3 2 1 plain\n“A” would like to see files.\n", &asked));
    CHECK(asked.id == 3 && asked.scopes == 2 && asked.scope == 1 && !asked.sensitive);
    SAME("“A” would like to see files.\n", asked.text);
    CHECK(asked_read("9223372036854775807 1 1 sensitive\n", &asked));
    CHECK(asked.sensitive && asked.text[0] == '\0');
    CHECK(asked_read("0\n", &asked) && asked.id == 0);

    static const char *const NONSENSE[] = {
        "",
        "\n",
        "3",
        "3\n",
        "0 1 1 plain\n",
        "-3 1 1 plain\n",
        "3 1 2 plain\n",
        "3 1 0 plain\n",
        "3 0 0 plain\n",
        "3 65 1 plain\n",
        "3 1 1 plain",
        "3 1 1 plainly\n",
        "3 1 1\n",
        "03 1 1 plain\n",
        "9223372036854775808 1 1 plain\n",
        "99999999999999999999999999 1 1 plain\n",
        "No app waits for an answer.\n",
    };
    for (size_t i = 0; i < sizeof NONSENSE / sizeof NONSENSE[0]; i++) {
        CHECK(!asked_read(NONSENSE[i], &asked));
    }
}

static enum typed typed(const char *line) {
    unsigned scope = 0;
    return typed_read(line, &asked, &scope);
}

static void answers(void) {
    CHECK(asked_read("3 2 1 plain\n", &asked));
    CHECK(typed("d") == TYPED_DENY && typed("  Don't  ALLOW\r") == TYPED_DENY);
    CHECK(typed("o") == TYPED_ONCE && typed("Once") == TYPED_ONCE && typed("allow once") == TYPED_ONCE);
    CHECK(typed("a") == TYPED_ALLOW && typed("s") == TYPED_LATER && typed("not now") == TYPED_LATER);
    CHECK(typed("") == TYPED_NOTHING && typed(" \t") == TYPED_NOTHING);
    CHECK(typed("q") == TYPED_QUIT && typed("?") == TYPED_HELP);
    unsigned scope = 0;
    CHECK(typed_read("2", &asked, &scope) == TYPED_SCOPE && scope == 2);
    static const char *const NOTHING[] = {
        "0",
        "3",
        "-1",
        "1 2",
        "aa",
        "yes",
        "y",
        "allowonce",
        "ä",
        "d d",
        "allow once allow once allow once allow once allow once allow once a"};
    for (size_t i = 0; i < sizeof NOTHING / sizeof NOTHING[0]; i++) {
        CHECK(typed(NOTHING[i]) == TYPED_UNKNOWN);
    }
}

static void warnings_want_whole_words(void) {
    CHECK(asked_read("3 1 1 sensitive\n", &asked));
    CHECK(typed("o") == TYPED_SHORT && typed("once") == TYPED_SHORT && typed("a") == TYPED_SHORT &&
          typed("allow") == TYPED_SHORT);
    CHECK(typed("allow once") == TYPED_ONCE && typed("d") == TYPED_DENY && typed("s") == TYPED_LATER);
}

static void without_a_question_nothing_is_answered(void) {
    CHECK(asked_read("0\n", &asked));
    CHECK(typed("a") == TYPED_UNKNOWN && typed("allow once") == TYPED_UNKNOWN && typed("1") == TYPED_UNKNOWN);
    CHECK(typed("q") == TYPED_QUIT && typed("?") == TYPED_HELP);
}

static void company_is_known_by_its_name_and_terminal(void) {
    CHECK(company_terminal("7 (landgrant) S 1 7 7 34816 7 0", "landgrant") == 34816);
    CHECK(company_terminal("7 (landgrant) Z 1 7 7 34816 7 0", "landgrant") == 0);
    CHECK(company_terminal("7 (landgrant2) S 1 7 7 34816 7 0", "landgrant") == 0);
    CHECK(company_terminal("7 (a) S 1 7 7 9 ) S 1 7 7 34816 7 0", "a) S 1 7 7 9 ") == 34816);
    CHECK(company_terminal("7 (landgrant) S 1 7 7 0 -1 0", "landgrant") == 0);
    CHECK(company_terminal("", "landgrant") == 0 && company_terminal("7 )landgrant(", "landgrant") == 0);
}

void test_typed(void) {
    company_is_known_by_its_name_and_terminal();
    questions();
    answers();
    warnings_want_whole_words();
    without_a_question_nothing_is_answered();
}
