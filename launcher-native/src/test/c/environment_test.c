#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "bus.h"
#include "check.h"
#include "scrub.h"
#include "util.h"

static void names_are_matched_at_both_ends(void) {
    static const char *const OUT[] = {"LD_PRELOAD",    "LD_",           "PYTHONPATH",   "GITHUB_TOKEN",
                                      "MY_SECRET",     "DB_PASSWORD",   "AWS_REGION",   "OPENAI_API_KEY",
                                      "SSH_AGENT_PID", "DBUS_ANYTHING", "LISTEN_FDS",   "_TOKEN",
                                      "VK_ICD",        "KRB5CCNAME",    "BASH_FUNC_x%%"};
    static const char *const STAY[] = {
        "PATH",   "HOME",    "DISPLAY",     "WAYLAND_DISPLAY", "XDG_RUNTIME_DIR", "LANG",
        "TOKENS", "TOKEN_X", "OLD_PRELOAD", "GTK_THEME",       "XPYTHONPATH",     "XDG_ACTIVATION_TOKEN"};
    for (size_t i = 0; i < sizeof OUT / sizeof OUT[0]; i++) {
        check_that(is_scrubbed_name(OUT[i]), OUT[i], __FILE__, __LINE__);
    }
    for (size_t i = 0; i < sizeof STAY / sizeof STAY[0]; i++) {
        check_that(!is_scrubbed_name(STAY[i]), STAY[i], __FILE__, __LINE__);
    }
}

static bool is_out(const char *format, const char *path, const struct rules *rules) {
    FREES char *entry = text_of("%s%s%s", "X_SOCK=", format, path);
    FREES char *longer = text_of("%s,0,1", entry);
    bool out = is_scrubbed(entry, rules);
    CHECK(is_scrubbed(longer, rules) == out);
    return out;
}

static void sockets_stay_when_they_are_granted(void) {
    char folder[] = "/tmp/landgrant-test-XXXXXX";
    CHECK(mkdtemp(folder) != NULL);
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    FREES char *path = text_of("%s/socket", folder), *entry = text_of("DISPLAY=%s", path);
    strcpy(address.sun_path, path);
    CLOSES int socket_fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    CHECK(bind(socket_fd, (struct sockaddr *)&address, sizeof address) == 0);
    struct rules none = {0};
    CHECK(is_out("", path, &none) && is_out("unix:", path, &none) && is_out("unix:path=", path, &none) &&
          is_out("unix://", path, &none));
    CHECK(!is_scrubbed(entry, &none));
    CHECK(!is_out("", folder, &none) && !is_out("", "/no/such", &none) && !is_out("x", path, &none));

    struct rules granted = {0};
    CLOSES int opened = open(path, O_PATH | O_CLOEXEC);
    CHECK(rules_add_opened(opened, RIGHT_WRITE, &granted));
    CHECK(!is_out("", path, &granted));
    rules_free(&granted);
    CHECK(rules_add_opened(opened, RIGHT_READ, &granted));
    CHECK(is_out("", path, &granted));
    rules_free(&granted);

    /* The session bus is known by its address, which may be one of several and is written in D-Bus's way. */
    struct stat status;
    CHECK(stat(path, &status) == 0 && !bus_is_real(&status));
    FREES char *bus = bus_address_of(path), *several = text_of("unix:path=/none;%s,guid=00", bus);
    CHECK(setenv("DBUS_SESSION_BUS_ADDRESS", several, 1) == 0 && bus_is_real(&status));
    CHECK(stat(folder, &status) == 0 && !bus_is_real(&status));
    CHECK(unsetenv("DBUS_SESSION_BUS_ADDRESS") == 0);
    CHECK(unlink(path) == 0 && rmdir(folder) == 0);
}

static void bus_addresses_are_escaped(void) {
    FREES char *address = bus_address_of("/tmp/a b,c;ü%/bus-1");
    SAME("unix:path=/tmp/a%20b%2cc%3b%c3%bc%25/bus-1", address);
}

void test_environment(void) {
    names_are_matched_at_both_ends();
    sockets_stay_when_they_are_granted();
    bus_addresses_are_escaped();
}
