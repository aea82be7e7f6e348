#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "denials.h"
#include "util.h"

void test_denials(void) {
    struct denials denials = {0};
    denials_add(&denials, DENIED_FILE, 'r', "/a", false, "cat", 10);
    denials_add(&denials, DENIED_FILE, 'r', "/a", false, "less", 20);
    denials_add(&denials, DENIED_FILE, 'w', "/a", true, "vi", 30);
    denials_add(&denials, DENIED_CONNECT, 'r', "443", false, "curl", 40);
    denials_add(&denials, DENIED_LISTEN, 'r', "443", false, "nc", 50);
    CHECK(denials.count == 4);
    CHECK(denials.list[0].count == 2 && denials.list[0].last == 20);
    SAME("less", denials.list[0].program);
    CHECK(denials.list[1].needs_folder && denials.list[1].access == 'w');

    /* Forgotten ones begin anew; the others stay. */
    denials_drop(&denials, 1);
    CHECK(denials.count == 3);
    SAME("/a", denials.list[0].what);
    denials_add(&denials, DENIED_FILE, 'r', "/a", false, "cat", 60);
    CHECK(denials.count == 4 && denials.list[3].count == 1);

    /* A name cut within a character loses that character. */
    denials_add(&denials, DENIED_FILE, 'x', "/b", false, "größeres-g\xc3", 70);
    SAME("größeres-g", denials.list[4].program);
    denials_drop(&denials, denials.count);
    CHECK(denials.count == 0);

    for (int i = 0; i < DENIALS_MOST + 5; i++) {
        FREES char *path = text_of("/p/%d", i);
        denials_add(&denials, DENIED_FILE, 'r', path, false, "", i);
    }
    CHECK(denials.count == DENIALS_MOST && denials.dropped == 5);
    denials_add(&denials, DENIED_FILE, 'r', "/p/0", false, "", 99);
    CHECK(denials.list[0].count == 2 && denials.dropped == 5);
    denials_drop(&denials, denials.count);
    free(denials.list);
}
