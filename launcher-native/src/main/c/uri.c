#include "uri.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "util.h"

enum { MAIL_FIELD_BYTES = 32 };

/* What RFC 6068 lets a link say about a mail. Others exist, and some programs attach files by them. */
static const char *const MAIL_FIELDS[] = {"to", "cc", "bcc", "subject", "body", "in-reply-to", "references"};

/* Printable, but not allowed in a link (RFC 3986, 2), and the quote that shells know. */
static const char ENCODED[] = " \"'<>\\^`{|}";

static bool has_scheme(const char *word, const char *scheme) {
    size_t length = strlen(scheme);
    return strncasecmp(word, scheme, length) == 0 && word[length] == ':';
}

bool is_like_link(const char *word) {
    return has_scheme(word, "http") || has_scheme(word, "https") || has_scheme(word, "mailto");
}

static int digit(char c) {
    return isdigit((unsigned char)c)    ? c - '0'
           : isxdigit((unsigned char)c) ? tolower((unsigned char)c) - 'a' + 10
                                        : -1;
}

/* Whether %00 to %1f or %7f stand in these bytes; a `body` may have line ends and tabs. */
static bool has_encoded_control(const char *from, size_t length, bool body) {
    for (size_t i = 0; i + 2 < length; i++) {
        int high = from[i] == '%' ? digit(from[i + 1]) : -1, low = high >= 0 ? digit(from[i + 2]) : -1;
        int byte = low >= 0 ? high * 16 + low : ' ';
        if ((byte < ' ' || byte == 0x7f) && !(body && (byte == '\r' || byte == '\n' || byte == '\t'))) {
            return true;
        }
    }
    return false;
}

static bool is_mail_field(const char *name, size_t length) {
    for (size_t i = 0; i < sizeof MAIL_FIELDS / sizeof MAIL_FIELDS[0]; i++) {
        if (strlen(MAIL_FIELDS[i]) == length && strncasecmp(MAIL_FIELDS[i], name, length) == 0) {
            return true;
        }
    }
    return false;
}

/* `rest` follows "mailto:". Names are compared as they stand: an encoded one is none of ours. */
static const char *check_mail(const char *rest) {
    size_t size = strcspn(rest, "?");
    if (has_encoded_control(rest, size, false)) {
        return "its address holds control characters";
    }
    for (const char *at = rest + size; *at != '\0'; at += size) {
        at++;
        size = strcspn(at, "&");
        size_t name = strcspn(at, "=&");
        if (size == 0) {
            continue;
        }
        if (!is_mail_field(at, name)) {
            return "it says more about a mail than recipients, a subject and a text";
        }
        if (has_encoded_control(at + name, size - name, name == 4 && strncasecmp(at, "body", 4) == 0)) {
            return "it holds control characters";
        }
    }
    return NULL;
}

static const char *check(const char *link) {
    if (has_scheme(link, "mailto")) {
        return check_mail(link + strlen("mailto:"));
    }
    if (!has_scheme(link, "http") && !has_scheme(link, "https")) {
        return "only links to the web and to mail addresses are opened in another app";
    }
    const char *host = strchr(link, ':') + 1;
    bool named = strncmp(host, "//", 2) == 0 &&
                 (isalnum((unsigned char)host[2]) || host[2] == '[' ||
                  (host[2] == '%' && digit(host[3]) >= 8)); /* a name that is not ASCII */
    return named ? NULL : "it names no server";
}

char *link_checked(const char *text, size_t length, const char **reason) {
    *reason = NULL;
    if (length == 0 || length > LINK_BYTES) {
        *reason = length == 0 ? "it is empty" : "it is longer than 8192 bytes";
    } else if (!is_utf8(text, length)) {
        *reason = "it is not UTF-8";
    }
    for (size_t i = 0; i < length && *reason == NULL; i++) {
        if ((unsigned char)text[i] < ' ' || text[i] == 0x7f) {
            *reason = "it holds control characters";
        }
    }
    if (*reason != NULL) {
        return NULL;
    }
    static const char HEX[] = "0123456789ABCDEF";
    char *link = grow(NULL, 3 * length + 1, 1), *end = link;
    for (size_t i = 0; i < length; i++) {
        unsigned char byte = (unsigned char)text[i];
        if (byte >= 0x80 || strchr(ENCODED, byte) != NULL) {
            *end++ = '%';
            *end++ = HEX[byte >> 4];
            *end++ = HEX[byte & 15];
        } else {
            *end++ = (char)byte;
        }
    }
    *end = '\0';
    *reason = end - link > LINK_BYTES ? "it is longer than 8192 bytes" : check(link);
    if (*reason != NULL) {
        free_later(&link);
        return NULL;
    }
    return link;
}
