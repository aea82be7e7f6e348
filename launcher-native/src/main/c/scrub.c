#include "scrub.h"

#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "util.h"

/* A `*` stands at one end only and matches anything, also nothing. */
static const char *const SCRUBBED[] = {
    /* code for the loader, interpreters and toolkits to load */
    "LD_*",
    "GCONV_PATH",
    "BASH_ENV",
    "BASH_FUNC_*",
    "PYTHONPATH",
    "PYTHONHOME",
    "PYTHONSTARTUP",
    "PERL5LIB",
    "PERL5OPT",
    "RUBYLIB",
    "RUBYOPT",
    "NODE_OPTIONS",
    "JAVA_TOOL_OPTIONS",
    "JDK_JAVA_OPTIONS",
    "_JAVA_OPTIONS",
    "GIO_EXTRA_MODULES",
    "GTK_MODULES",
    "GST_*",
    "VK_*",
    /* secrets, and where they lie */
    "*_TOKEN",
    "*_SECRET",
    "*_PASSWORD",
    "*_PASSPHRASE",
    "*_PASSWD",
    "*_API_KEY",
    "*_ACCESS_KEY",
    "*_SECRET_KEY",
    "*_PRIVATE_KEY",
    "*_CREDENTIALS",
    "AWS_*",
    "AZURE_*",
    "PGPASSWORD",
    "MYSQL_PWD",
    "SSHPASS",
    "DOCKER_AUTH_CONFIG",
    "KRB5CCNAME",
    /* the session bus, of which the launcher gives what the policy says */
    "DBUS_*",
    /* agents; the sockets themselves are judged below, these lead there in other ways */
    "SSH_AGENT_PID",
    "GPG_AGENT_INFO",
    "GNOME_KEYRING_CONTROL",
    "GNOME_KEYRING_PID",
    /* descriptors that are closed by now */
    "LISTEN_*",
    "NOTIFY_SOCKET",
    "WAYLAND_SOCKET",
};

/* What the patterns would take, and graphical programs need. */
static const char *const KEPT[] = {"XDG_ACTIVATION_TOKEN"};

/* Which display there is stays known; whether it may be reached is said elsewhere. */
static const char *const DISPLAYS[] = {"DISPLAY", "WAYLAND_DISPLAY", "XAUTHORITY"};

static bool matches(const char *pattern, const char *name, size_t length) {
    size_t size = strlen(pattern);
    if (pattern[0] == '*') {
        return length >= size - 1 && strncmp(name + length - (size - 1), pattern + 1, size - 1) == 0;
    }
    if (pattern[size - 1] == '*') {
        return length >= size - 1 && strncmp(name, pattern, size - 1) == 0;
    }
    return length == size && strncmp(name, pattern, size) == 0;
}

static bool any_matches(const char *const *patterns, size_t count, const char *name, size_t length) {
    for (size_t i = 0; i < count; i++) {
        if (matches(patterns[i], name, length)) {
            return true;
        }
    }
    return false;
}
#define ANY_MATCHES(patterns, name, length)                                                                  \
    any_matches((patterns), sizeof(patterns) / sizeof(patterns)[0], (name), (length))

static bool is_listed(const char *name, size_t length) {
    return ANY_MATCHES(SCRUBBED, name, length) && !ANY_MATCHES(KEPT, name, length);
}

bool is_scrubbed_name(const char *name) {
    return is_listed(name, strlen(name));
}

/*
 * The socket a value names: alone, as the forms of D-Bus and of tools write it, or with more behind it
 * ("/run/ssh", "unix:path=/run/bus,guid=1", "unix:///run/docker.sock", "/tmp/tmux/default,5,0"). False when
 * there is none now.
 */
static bool is_socket(const char *value, struct stat *status) {
    static const char *const FORMS[] = {"unix:path=", "unix://", "unix:"};
    for (size_t i = 0; i < sizeof FORMS / sizeof FORMS[0]; i++) {
        if (strncmp(value, FORMS[i], strlen(FORMS[i])) == 0) {
            value += strlen(FORMS[i]);
            break;
        }
    }
    if (value[0] != '/' || strlen(value) >= PATH_BYTES) {
        return false;
    }
    if (stat(value, status) == 0) {
        return S_ISSOCK(status->st_mode);
    }
    FREES char *path = copy_text(value);
    path[strcspn(path, ",;:")] = '\0';
    return stat(path, status) == 0 && S_ISSOCK(status->st_mode);
}

static bool is_granted(const struct stat *socket, const struct rules *rules) {
    for (size_t i = 0; i < rules->count; i++) {
        const struct rule *rule = &rules->list[i];
        struct stat status;
        if (S_ISSOCK(rule->mode) && (rule->rights & (RIGHT_WRITE | RIGHT_SOCKET)) != 0 &&
            fstat(rule->fd, &status) == 0 && status.st_dev == socket->st_dev &&
            status.st_ino == socket->st_ino) {
            return true;
        }
    }
    return false;
}

bool is_scrubbed(const char *entry, const struct rules *rules) {
    const char *value = strchr(entry, '=');
    if (value == NULL) {
        return true; /* no variable at all */
    }
    size_t length = (size_t)(value - entry);
    struct stat socket;
    return is_listed(entry, length) || (!ANY_MATCHES(DISPLAYS, entry, length) &&
                                        is_socket(value + 1, &socket) && !is_granted(&socket, rules));
}
