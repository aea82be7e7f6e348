#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "bus_log.h"
#include "check.h"
#include "util.h"

static void take(struct bus_log *log, struct denials *denials, const char *text) {
    bus_log_take(log, text, strlen(text), denials, 5);
}

static void forget(struct denials *denials) {
    denials_drop(denials, denials->count);
}

/* As xdg-dbus-proxy 0.1.4 says it. */
static const char SECRETS[] = "C7: -> org.freedesktop.secrets call "
                              "org.freedesktop.Secret.Service.OpenSession at /org/freedesktop/secrets\n"
                              "*HIDDEN* (ping)\n"
                              "B8: <- (no sender) return from C7\n"
                              "*REWRITTEN*\n";

static void what_was_not_let_through(void) {
    struct denials denials = {0};
    struct bus_log log = {.fd = -1};
    take(&log, &denials, SECRETS);
    CHECK(denials.count == 1 && denials.list[0].kind == DENIED_BUS && denials.list[0].access == 'r');
    SAME("org.freedesktop.secrets", denials.list[0].what);
    take(&log, &denials, SECRETS);
    CHECK(denials.count == 1 && denials.list[0].count == 2 && denials.list[0].last == 5);
    /* Byte by byte it is the same. */
    for (const char *at = SECRETS; *at != '\0'; at++) {
        bus_log_take(&log, at, 1, &denials, 6);
    }
    CHECK(denials.count == 1 && denials.list[0].count == 3);
    forget(&denials);

    take(&log, &denials,
         "C8: -> org.freedesktop.DBus call org.freedesktop.DBus.RequestName at /org/freedesktop/DBus\n"
         "Filtering message due to arg0 org.example.App, policy: 0 (required 3)\n*HIDDEN* (ping)\n");
    CHECK(denials.count == 1 && denials.list[0].access == 'w');
    SAME("org.example.App", denials.list[0].what);
    forget(&denials);
    take(&log, &denials,
         "Filtering message due to arg0 org.example.App, policy: 1 (required 2)\n*HIDDEN* (ping)\n");
    CHECK(denials.count == 1 && denials.list[0].access == 'r');
    forget(&denials);
    take(&log, &denials, "C9: -> org.example.Seen call org.example.A.B at /\n*DENIED* (ping)\n");
    CHECK(denials.count == 1);
    forget(&denials);
    free(denials.list);
}

static void what_is_no_refusal_of_a_name(void) {
    struct denials denials = {0};
    struct policy policy = {0};
    policy_add(&policy,
               (struct line){.kind = LINE_BUS, .bus = BUS_TALK, .name = copy_text("org.example.Talk.*")});
    policy_add(&policy,
               (struct line){.kind = LINE_BUS, .bus = BUS_OWN, .name = copy_text("org.example.Own")});
    policy_add(&policy,
               (struct line){.kind = LINE_BUS, .bus = BUS_SEE, .name = copy_text("org.example.See")});
    struct bus_log log = {.fd = -1, .policy = &policy};
    static const char *const HARMLESS[] = {
        "C1: -> org.freedesktop.DBus call org.freedesktop.DBus.GetNameOwner at /org/freedesktop/DBus\n"
        "Filtering message due to arg0 org.gtk.vfs.Daemon, policy: 0 (required 1)\n*HIDDEN*\n",
        "C2: -> org.example.Other call org.example.A.B at /\nB3: <- org.example.Other return from "
        "C2\n*HIDDEN*\n",
        "C3: -> :1.5 call org.example.A.B at /\n*HIDDEN* (ping)\n",
        "C3: -> (no dest) signal org.example.A.B at /\n*HIDDEN* (ping)\n",
        "C4: -> org.example.Talk.Deep call org.example.A.B at /\n*DENIED* (ping)\n",
        "C4: -> org.example.Talk call org.example.A.B at /\n*DENIED* (ping)\n",
        "C4: -> org.example.Own call org.example.A.B at /\n*DENIED* (ping)\n",
        "C5: -> org.exa\tmple call org.example.A.B at /\n*HIDDEN* (ping)\n",
        "C6: -> org.example.* call org.example.A.B at /\n*HIDDEN* (ping)\n",
        "C7: -> noparts call org.example.A.B at /\n*HIDDEN* (ping)\n",
        "Filtering message due to arg0 ../../x, policy: 0 (required 3)\n",
        "Filtering message due to arg0 org.example.A, policy: 0\n",
        "Filtering message due to arg0 ",
        "\n\n*HIDDEN*\n",
    };
    for (size_t i = 0; i < sizeof HARMLESS / sizeof HARMLESS[0]; i++) {
        take(&log, &denials, HARMLESS[i]);
        CHECK(denials.count == 0);
    }
    take(&log, &denials, "\nC4: -> org.example.TalkNot call org.example.A.B at /\n*HIDDEN* (ping)\n");
    take(&log, &denials, "C4: -> org.example.See call org.example.A.B at /\n*DENIED* (ping)\n");
    take(&log, &denials, "Filtering message due to arg0 org.example.Talk.Deep, policy: 2 (required 3)\n");
    CHECK(denials.count == 3);
    forget(&denials);
    policy_free(&policy);
    free(denials.list);
}

static void a_line_without_end(void) {
    struct denials denials = {0};
    struct bus_log log = {.fd = -1};
    for (int i = 0; i < 3 * BUS_LOG_LINE_BYTES; i++) {
        take(&log, &denials, "C");
    }
    take(&log, &denials, "\n");
    CHECK(log.length == 0 && !log.overlong && denials.count == 0);
    take(&log, &denials, SECRETS);
    CHECK(denials.count == 1);
    forget(&denials);

    /* A name of any length is one that no policy could hold, or is told whole. */
    char name[BUS_LOG_LINE_BYTES];
    for (size_t length = POLICY_BUS_NAME_BYTES - 1; length < POLICY_BUS_NAME_BYTES + 3; length++) {
        memset(name, 'a', sizeof name);
        memcpy(name, "org.", 4);
        name[length] = '\0';
        FREES char *text = text_of("C1: -> %s call a.b.C at /\n*HIDDEN* (ping)\n", name);
        take(&log, &denials, text);
        CHECK(denials.count == (length <= POLICY_BUS_NAME_BYTES ? 1u : 0u));
        forget(&denials);
    }
    free(denials.list);
}

static void read_to_its_end(void) {
    struct denials denials = {0};
    int pipes[2];
    CHECK(pipe2(pipes, O_CLOEXEC) == 0 && fcntl(pipes[0], F_SETFL, O_NONBLOCK) == 0);
    struct bus_log log = {.fd = pipes[0]};
    bus_log_read(&log, &denials);
    CHECK(log.fd >= 0 && denials.count == 0);
    CHECK(write(pipes[1], SECRETS, sizeof SECRETS - 1) == (ssize_t)sizeof SECRETS - 1);
    bus_log_read(&log, &denials);
    CHECK(log.fd >= 0 && denials.count == 1);
    close(pipes[1]);
    bus_log_read(&log, &denials);
    CHECK(log.fd == -1);
    forget(&denials);
    free(denials.list);
}

void test_bus_log(void) {
    what_was_not_let_through();
    what_is_no_refusal_of_a_name();
    a_line_without_end();
    read_to_its_end();
}
