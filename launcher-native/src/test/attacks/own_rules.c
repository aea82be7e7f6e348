/* Changing what the app may do: its grants, its policy, its prompt, its supervisor. */
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include "numbers.h"
#include "themes.h"

enum { FLOOD_THREADS = 8, FLOOD_CALLS = 3000, SECRET_DIGITS = 64 };

static enum result replaces(const char *path) {
    return verdict(write_file(path, "forged\n") ? 0 : -1);
}

static enum result policy(void) {
    return replaces(in_world("data/landgrant/policies/attacks.desktop.policy"));
}

static enum result grants(void) {
    return replaces(in_world("data/landgrant/grants.mv.db"));
}

static enum result reads_secret(void) {
    return loot_from(open(in_world("data/landgrant/secret"), O_RDONLY));
}

static enum result menu_entry(void) {
    return replaces(in_world("home/.local/share/applications/attacks.desktop"));
}

static enum result autostart(void) {
    return replaces(in_world("home/.config/autostart/attacks.desktop"));
}

static enum result shell_start(void) {
    return replaces(in_world("home/.bashrc"));
}

static enum result unit(void) {
    return replaces(in_world("home/.config/systemd/user/attacks.service"));
}

static enum result ssh_keys(void) {
    return replaces(in_world("home/.ssh/authorized_keys"));
}

static enum result agent_socket_removed(void) {
    return verdict(unlink(in_world("runtime/landgrant/agent")));
}

static enum result other_data(void) {
    return verdict(rename(in_world("data/landgrant"), in_world("data/away")));
}

/* A frame of PROTOCOL.md with these fields. */
static size_t frame(char *bytes, int type, const char *const *fields, size_t count) {
    size_t length = 5;
    bytes[4] = (char)type;
    for (size_t i = 0; i < count; i++) {
        size_t size = strlen(fields[i]);
        char head[4] = {0, 0, (char)(size >> 8), (char)size};
        memcpy(bytes + length, head, 4);
        memcpy(bytes + length + 4, fields[i], size);
        length += 4 + size;
    }
    char head[4] = {0, 0, (char)((length - 4) >> 8), (char)(length - 4)};
    memcpy(bytes, head, 4);
    return length;
}

static enum result answers_at(const char *path, const char *secret) {
    uint32_t length = 0;
    char bytes[1024];
    struct sockaddr_un address = unix_address(path, &length);
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (connect(fd, (struct sockaddr *)&address, length) != 0) {
        return FAILED;
    }
    size_t size = frame(bytes, 1, (const char *const[]){"1", secret, "0"}, 3);
    size += frame(bytes + size, 8, (const char *const[]){"0", "answer", "1", "allow"}, 4);
    return send(fd, bytes, size, MSG_NOSIGNAL) == (ssize_t)size ? loot_from(fd) : FAILED;
}

static enum result answers_with(const char *secret) {
    return answers_at(in_world("runtime/landgrant/agent"), secret);
}

static enum result answers_guessing(void) {
    char guess[SECRET_DIGITS + 1];
    memset(guess, '0', SECRET_DIGITS);
    guess[SECRET_DIGITS] = '\0';
    return answers_with(guess);
}

static const char *secret(void) {
    static char digits[SECRET_DIGITS + 1];
    int fd = open(in_world("data/landgrant/secret"), O_RDONLY);
    (void)!read(fd, digits, SECRET_DIGITS);
    return digits;
}

static enum result answers_knowing(void) {
    return answers_with(secret());
}

static enum result answers_from_there(void) {
    (void)!chdir(in_world("runtime/landgrant"));
    return answers_at("agent", secret());
}

static enum result answers_by_descriptor(void) {
    return answers_at(text("/proc/self/fd/%d", open(in_world("runtime/landgrant/agent"), O_PATH)), secret());
}

/* The agent's own folder is made to lie where the app may go. */
static enum result answers_by_link(void) {
    const char *link = in_world("home/granted/landgrant");
    (void)!symlink(in_world("runtime/landgrant"), link);
    return answers_at(text("%s/agent", link), secret());
}

/* The launcher's own commands, from inside. */
static enum result answers_by_command(void) {
    pid_t child = fork();
    if (child == 0) {
        setenv("HOME", in_world("home"), 1);
        setenv("XDG_DATA_HOME", in_world("data"), 1);
        setenv("XDG_RUNTIME_DIR", in_world("runtime"), 1);
        execl(in_world("bin/landgrant"), "landgrant", "answer", "1", "allow", (char *)NULL);
        _exit(127);
    }
    int status = 0;
    waitpid(child, &status, 0);
    return WIFEXITED(status) && WEXITSTATUS(status) == 0 ? SUCCEEDED : FAILED;
}

static bool launches(const char *const *words, const char *data) {
    pid_t child = fork();
    if (child == 0) {
        if (data != NULL) {
            setenv("XDG_DATA_HOME", data, 1);
            setenv("HOME", in_world("home/granted"), 1);
            setenv("XDG_RUNTIME_DIR", in_world("home/granted"), 1);
            setenv("LD_PRELOAD", in_world("home/granted/library.so"), 1);
        }
        execv(words[0], (char **)(uintptr_t)words);
        _exit(127);
    }
    int status = 0;
    waitpid(child, &status, 0);
    return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

/* A launch inside with folders and a policy of one's own: the outer walls stay. */
static enum result launches_forged(void) {
    unsetenv("LANDGRANT_LINKS"); /* with it a launch only hands on */
    const char *data = in_world("home/granted/data");
    const char *policy_file = text("%s/landgrant/policies/forged.desktop.policy", data);
    mkdir(data, 0700);
    mkdir(text("%s/landgrant", data), 0700);
    mkdir(text("%s/landgrant/policies", data), 0700);
    const char *words[] = {
        in_world("bin/landgrant"),   "launch", "forged.desktop", "--", in_world("bin/attacks"), "print",
        in_world("home/secret/key"), NULL};
    static const char *const OPENED[] = {"", "open udp -\n"};
    for (size_t i = 0; i < COUNT_OF(OPENED); i++) {
        unlink(policy_file);
        write_file(policy_file,
                   text("landgrant-policy 1\napp forged.desktop\nprotect files\nopen connect-tcp -\n"
                        "open listen-tcp -\nopen signals -\nopen abstract-sockets -\n%sfile rwx - %s\n"
                        "file rx - %s\ncommand %s\n",
                        OPENED[i], in_world("home/secret"), in_world("bin"), in_world("bin/attacks")));
        if (launches(words, data)) {
            return SUCCEEDED;
        }
    }
    return FAILED;
}

static enum result environment(void) {
    const char *token = getenv("AWS_SECRET_ACCESS_KEY");
    loot(token, token != NULL ? strlen(token) : 0);
    return token != NULL ? SUCCEEDED : FAILED;
}

static const struct attack RULES[] = {
    ATTACK("policy", "changing its own policy", policy, CLOSED(LANDLOCK, 1)),
    ATTACK("grants", "changing its own grants", grants, CLOSED(LANDLOCK, 1)),
    ATTACK("secret", "reading the agent's secret", reads_secret, CLOSED(LANDLOCK, 1)),
    ATTACK("data-folder", "putting another data folder in the place", other_data, CLOSED(LANDLOCK, 1)),
    ATTACK("menu-entry", "changing its menu entry", menu_entry, CLOSED(LANDLOCK, 1)),
    ATTACK("autostart", "starting with the session", autostart, CLOSED(LANDLOCK, 1)),
    ATTACK("shell-start", "running with the user's shell", shell_start, CLOSED(LANDLOCK, 1)),
    ATTACK("unit", "a unit of the user's systemd", unit, CLOSED(LANDLOCK, 1)),
    ATTACK("ssh-keys", "letting somebody in by ssh", ssh_keys, CLOSED(LANDLOCK, 1)),
    ATTACK("agent-removed", "removing the agent's socket", agent_socket_removed, CLOSED(LANDLOCK, 1)),
    ATTACK("answer-guessing", "answering its own prompt with a guessed secret", answers_guessing,
           UNTIL(SUPERVISOR, 9)),
    ATTACK("answer-knowing", "answering its own prompt with the secret", answers_knowing,
           UNTIL(SUPERVISOR, 9)),
    ATTACK("answer-relative", "the same, from the folder of the agent's socket", answers_from_there,
           UNTIL(SUPERVISOR, 9)),
    ATTACK("answer-descriptor", "the same, through /proc/self/fd", answers_by_descriptor,
           UNTIL(SUPERVISOR, 9)),
    ATTACK("answer-link", "the same, through a link in a granted folder", answers_by_link,
           UNTIL(SUPERVISOR, 9)),
    ATTACK("answer-command", "answering its own prompt by command, told where the agent is",
           answers_by_command, UNTIL(SUPERVISOR, 9)),
    ATTACK("forged-launch", "a launch inside with forged folders", launches_forged, CLOSED(LANDLOCK, 1)),
    ATTACK("environment", "secrets in the environment", environment, CLOSED(LAUNCHER, 0)),
};
const struct theme OWN_RULES = THEME(RULES, "Its own rules");

static enum result kills_supervisor(void) {
    return verdict(kill(getppid(), SIGKILL));
}

static enum result stops_supervisor(void) {
    return verdict(kill(getppid(), SIGSTOP));
}

static enum result stops_supervisor_thread(void) {
    return verdict(syscall(SYS_tgkill, getppid(), getppid(), SIGSTOP));
}

static enum result starves_supervisor(void) {
    struct rlimit none = {1, 1};
    return verdict(prlimit(getppid(), RLIMIT_CPU, &none, NULL));
}

static enum result traces_supervisor(void) {
    return verdict(ptrace(PTRACE_ATTACH, getppid(), 0, 0));
}

static enum result slows_supervisor(void) {
    return verdict(setpriority(PRIO_PROCESS, (id_t)getppid(), 19));
}

static void *floods(void *unused) {
    for (int i = 0; i < FLOOD_CALLS; i++) {
        int fd = open("/etc/hosts-that-are-refused", O_RDWR);
        int other = open("/tmp/.refused", O_RDONLY);
        if (fd >= 0) {
            close(fd);
        }
        if (other >= 0) {
            close(other);
        }
    }
    return unused;
}

/* Among thousands of refusals, one that must not slip through. */
static enum result flood(void) {
    pthread_t threads[FLOOD_THREADS];
    int done = -1;
    for (int i = 0; i < FLOOD_THREADS; i++) {
        pthread_create(&threads[i], NULL, floods, NULL);
    }
    for (int i = 0; i < 50; i++) {
        done = chmod(in_world("home/secret/key"), 0777) == 0 ? 0 : done;
        done = greet_unix(SOCK_STREAM, in_world("runtime/bus")) == SUCCEEDED ? 0 : done;
    }
    for (int i = 0; i < FLOOD_THREADS; i++) {
        pthread_join(threads[i], NULL);
    }
    return verdict(done);
}

/* Callers that are gone before anybody looks at what they asked for. */
static enum result short_lives(void) {
    for (int i = 0; i < 300; i++) {
        pid_t child = fork();
        if (child == 0) {
            alarm(0);
            if (i % 2 == 0) {
                pid_t killed = getpid();
                if (fork() == 0) {
                    kill(killed, SIGKILL);
                    _exit(0);
                }
            }
            chmod(in_world("home/secret/key"), 0700);
            _exit(0);
        }
        waitpid(child, NULL, 0);
    }
    return SUCCEEDED;
}

/* No descriptor is left in the app for whatever the supervisor may want to give or take. */
static enum result no_descriptors(void) {
    struct rlimit few = {64, 64};
    setrlimit(RLIMIT_NOFILE, &few);
    while (dup(STDOUT_FILENO) >= 0) {
    }
    close(63);
    int done = chmod(in_world("home/secret/key"), 0777);
    enum result greeting = greet_unix(SOCK_STREAM, in_world("runtime/bus"));
    return done == 0 || greeting == SUCCEEDED ? SUCCEEDED : FAILED;
}

static const struct attack SUPERVISOR_ROWS[] = {
    ATTACK("kill-supervisor", "killing the supervisor", kills_supervisor, CLOSED(LANDLOCK, 6)),
    ATTACK("stop-supervisor", "stopping the supervisor", stops_supervisor, CLOSED(LANDLOCK, 6)),
    ATTACK("stop-supervisor-thread", "stopping one of its threads", stops_supervisor_thread,
           CLOSED(LANDLOCK, 6)),
    ATTACK("starve-supervisor", "taking the supervisor's processor time", starves_supervisor,
           CLOSED(FILTER, 0)),
    ATTACK("slow-supervisor", "lowering the supervisor's priority", slows_supervisor, CLOSED(SUPERVISOR, 0)),
    ATTACK("trace-supervisor", "tracing the supervisor", traces_supervisor, CLOSED(LANDLOCK, 1)),
    ATTACK("flood", "one call among many thousand refused ones", flood, CLOSED(SUPERVISOR, 0)),
    ATTACK("short-lives", "callers that die while they are looked at", short_lives, CLOSED(SUPERVISOR, 0)),
    ATTACK("no-descriptors", "an app without a free descriptor", no_descriptors, CLOSED(SUPERVISOR, 0)),
};
const struct theme SUPERVISING = THEME(SUPERVISOR_ROWS, "Its supervisor");
