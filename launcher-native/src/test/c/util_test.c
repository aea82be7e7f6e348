#include <stdlib.h>
#include <string.h>

#include "calls.h"
#include "check.h"
#include "places.h"
#include "protected.h"
#include "util.h"

static void numbers(void) {
    uint64_t number = 0;
    CHECK(parse_number("0", 65535, &number) && number == 0);
    CHECK(parse_number("65535", 65535, &number) && number == 65535);
    CHECK(parse_number("18446744073709551615", UINT64_MAX, &number) && number == UINT64_MAX);
    CHECK(!parse_number("18446744073709551616", UINT64_MAX, &number));
    CHECK(!parse_number("65536", 65535, &number));
    CHECK(!parse_number("6", 5, &number));
    CHECK(!parse_number("", 9, &number) && !parse_number("01", 9, &number) &&
          !parse_number(" 1", 9, &number));
}

static void app_ids(void) {
    CHECK(is_app_id("firefox-esr.desktop"));
    CHECK(is_app_id("Grün.desktop"));
    CHECK(!is_app_id(".desktop") && !is_app_id("firefox") && !is_app_id("../x.desktop") &&
          !is_app_id(".x.desktop"));
    CHECK(!is_app_id("a\nb.desktop") && !is_app_id("a\xc2\x85.desktop") && !is_app_id("\xff.desktop"));
    char longest[300];
    memset(longest, 'a', sizeof longest);
    strcpy(longest + 247, ".desktop");
    CHECK(strlen(longest) == 255 && is_app_id(longest));
    strcpy(longest + 248, ".desktop");
    CHECK(!is_app_id(longest));
}

static void protected_names(void) {
    struct guard guards[GUARDS] = {{.place = "/home/ada/.local/share/landgrant"},
                                   {.place = "/run/user/1000/landgrant"}};
    CHECK(!is_protected_name(guards, "/"));
    CHECK(!is_protected_name(guards, "/home/ada"));
    CHECK(!is_protected_name(guards, "/run"));
    CHECK(is_protected_name(guards, "/home/ada/.local/share/landgrant"));
    CHECK(is_protected_name(guards, "/home/ada/.local/share/landgrant/secret"));
    CHECK(!is_protected_name(guards, "/home/ada/.local/share/landgrant2"));
    CHECK(!is_protected_name(guards, "/home/ada/Downloads"));
    CHECK(!is_protected_name(guards, "/run/user/1000/bus"));
}

void test_util(void) {
    numbers();
    app_ids();
    protected_names();
    FREES char *plain = escaped("a\\b\n\x1bü"), *raw = escaped("\xff\xc3");
    SAME("a\\\\b\\n\\x1bü", plain);
    SAME("\\xff\\xc3", raw);
    CHECK(is_utf8("", 0) && is_utf8("😀", 4) && !is_utf8("😀", 3));
    CHECK(!is_utf8("\xc0\x80", 2) && !is_utf8("\xed\xa0\x80", 3) && !is_utf8("\xf4\x90\x80\x80", 4));
    CHECK(is_below("/a/b", "/a") && is_below("/a", "/a") && is_below("/a", "/") && !is_below("/ab", "/a"));

    /* No number stands twice in the table of trapped calls, and each is found again. */
    for (size_t i = 0; i < TRAPPED_CALL_COUNT; i++) {
        int number = call_number(&TRAPPED_CALLS[i]);
        CHECK(number < 0 || call_of(number) == &TRAPPED_CALLS[i]);
        CHECK(TRAPPED_CALLS[i].x86_64 >= 0);
        for (size_t other = 0; other < i; other++) {
            CHECK(TRAPPED_CALLS[other].aarch64 < 0 ||
                  TRAPPED_CALLS[other].aarch64 != TRAPPED_CALLS[i].aarch64);
        }
    }
    CHECK(call_of(0) == NULL && call_of(-1) == NULL);
}
