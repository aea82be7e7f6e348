#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "handlers.h"
#include "uri.h"
#include "util.h"

static void goes(const char *text, const char *wanted) {
    const char *reason;
    FREES char *link = link_checked(text, strlen(text), &reason);
    check_same(wanted, link != NULL ? link : reason, __FILE__, __LINE__);
}

static void fails(const char *text, size_t length) {
    const char *reason;
    FREES char *link = link_checked(text, length, &reason);
    check_that(link == NULL && reason != NULL, text, __FILE__, __LINE__);
}
#define FAILS(literal) fails(literal, sizeof(literal) - 1)

static void lengths(void) {
    char text[LINK_BYTES + 2];
    memset(text, 'a', sizeof text);
    memcpy(text, "https://", 8);
    const char *reason;
    FREES char *longest = link_checked(text, LINK_BYTES, &reason);
    CHECK(longest != NULL && strlen(longest) == LINK_BYTES);
    fails(text, LINK_BYTES + 1);
    text[LINK_BYTES - 1] = ' '; /* longer once it is encoded */
    fails(text, LINK_BYTES);
}

static void lists_name_apps(void) {
    char *ids[HANDLERS_MOST];
    unsigned count = handlers_read("[Default Applications]\nx-scheme-handler/https=a.desktop;b.desktop\r\n"
                                   "x-scheme-handler/ftp=c.desktop\n x-scheme-handler/http=d.desktop\n"
                                   "x-scheme-handler/mailto=../e.desktop;a.desktop;;f;g.desktop",
                                   ids, 0);
    CHECK(count == 3);
    SAME("a.desktop", ids[0]);
    SAME("b.desktop", ids[1]);
    SAME("g.desktop", ids[2]);
    for (unsigned i = 0; i < count; i++) {
        free(ids[i]);
    }
}

void test_uri(void) {
    lists_name_apps();
    goes("https://example.org/a?b=c&d#e", "https://example.org/a?b=c&d#e");
    goes("HTTP://[::1]:80/", "HTTP://[::1]:80/");
    goes("https://日本.example/ü", "https://%E6%97%A5%E6%9C%AC.example/%C3%BC");
    goes("https://a/ b\"'<>\\^`{|}", "https://a/%20b%22%27%3C%3E%5C%5E%60%7B%7C%7D");
    goes("mailto:ada@example.org?subject=Hi%20there&Body=one%0D%0Atwo&cc=b%40c",
         "mailto:ada@example.org?subject=Hi%20there&Body=one%0D%0Atwo&cc=b%40c");
    goes("mailto:", "mailto:");
    lengths();
    FAILS("");
    FAILS("-https://example.org");
    FAILS("--profile");
    FAILS(" https://example.org");
    FAILS("file:///etc/passwd");
    FAILS("FILE:/etc/passwd");
    FAILS("javascript:alert(1)");
    FAILS("data:text/html,a");
    FAILS("httpx://a");
    FAILS("https:");
    FAILS("https:/a");
    FAILS("https://");
    FAILS("https:///etc/passwd");
    FAILS("https://\\a");
    FAILS("http:file:///etc/passwd");
    FAILS("view-source:https://a");
    FAILS("https://a/\nb");
    FAILS("https://a/\rb");
    FAILS("https://a/\tb");
    FAILS("https://a/\0b");
    FAILS("https://a/\x7f");
    FAILS("https://a/\xff");
    FAILS("https://a/\xc0\xaf");
    FAILS("mailto:a?attach=/etc/passwd");
    FAILS("mailto:a?subject=b&attachment=/etc/passwd");
    FAILS("mailto:a?%61ttach=/etc/passwd");
    FAILS("mailto:a?subject=b&ATTACH=c");
    FAILS("mailto:a?subject=b&amp;attach=c");
    FAILS("mailto:a?attach");
    FAILS("mailto:a%0aBcc:b");
    FAILS("mailto:a?subject=b%0d%0aBcc:c");
    FAILS("mailto:a?body=%00");
}
