#include "terminal.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "company.h"
#include "legible.h"
#include "util.h"

enum { FREEZE_MS = 2000, DRAIN_MS = 1000, PACE_MS = 10, SETTLE_MS = 50 };

/*
 * Ends whatever sequence was begun, then: the usual colours, plain letters, the usual character set, nothing
 * sent to a printer instead of the screen, no margins, no scroll region, letters that neither push others on
 * nor stay in the last column, a screen that shows at once, a visible cursor, keys that send letters. Then a
 * line of its own.
 */
static const char FRESH[] = "\x18\x1b\\\x1b]104\x1b\\\x1b]110\x1b\\\x1b]111\x1b\\"
                            "\x1b[0m\x1b(B\x0f\x1b[4i\x1b[?69l\x1b[?6l\x1b[r\x1b[4l\x1b[?7h"
                            "\x1b[?2026l\x1b[?25h\x1b[?9001l\x1b[>0u\x1b[999B\r\n";

/* The app's way of reporting keys, which FRESH put away: with it not even Enter would end a line. */
static const char KEYS_AS_BEFORE[] = "\x1b[<u";

bool terminal_find(struct terminal *terminal) {
    *terminal = (struct terminal){.fd = open("/dev/tty", O_RDWR | O_NOCTTY | O_CLOEXEC | O_NONBLOCK)};
    return terminal->fd >= 0;
}

/* Whether the group that has the terminal is ours or one of the session's; else we are in the background. */
static bool is_in_front(pid_t group) {
    struct tree tree;
    bool ours = group > 0 && group == getpgrp();
    tree_look(&tree);
    for (size_t i = 0; !ours && group > 0 && i < tree.count; i++) {
        ours = getpgid(tree.pids[i]) == group;
    }
    tree_free(&tree);
    return ours;
}

/* How much of what the app wrote is on its way still; pipes lead to programs that print into the terminal. */
static int on_its_way(int fd) {
    struct stat status;
    int bytes = 0;
    bool pipe = fstat(fd, &status) == 0 && S_ISFIFO(status.st_mode);
    bool tty = isatty(fd);
    if ((pipe && ioctl(fd, FIONREAD, &bytes) != 0) || (tty && ioctl(fd, TIOCOUTQ, &bytes) != 0)) {
        return 0;
    }
    return bytes;
}

static bool drained(int terminal) {
    int64_t deadline = now_ms() + DRAIN_MS;
    (void)tcflow(terminal, TCOON);
    while (on_its_way(STDOUT_FILENO) > 0 || on_its_way(STDERR_FILENO) > 0 || on_its_way(terminal) > 0) {
        if (now_ms() >= deadline) {
            return false;
        }
        poll(NULL, 0, PACE_MS);
    }
    poll(NULL, 0, SETTLE_MS); /* for who read the last of it */
    return true;
}

/* Reading and changing a terminal from the background would stop us. */
static void ignore_stops(struct terminal *terminal) {
    struct sigaction ignored = {.sa_handler = SIG_IGN};
    sigaction(SIGTTIN, &ignored, &terminal->at_reading);
    sigaction(SIGTTOU, &ignored, &terminal->at_writing);
}

static void heed_stops(const struct terminal *terminal) {
    sigaction(SIGTTIN, &terminal->at_reading, NULL);
    sigaction(SIGTTOU, &terminal->at_writing, NULL);
}

static bool make_plain(struct terminal *terminal) {
    struct termios plain;
    terminal->group = tcgetpgrp(terminal->fd);
    if (terminal->group < 0 || tcgetattr(terminal->fd, &terminal->modes) != 0) {
        return false;
    }
    plain = terminal->modes;
    plain.c_iflag = (plain.c_iflag | ICRNL | IXON) & ~(tcflag_t)(IGNCR | INLCR | ISTRIP | INPCK | PARMRK);
    plain.c_oflag = (plain.c_oflag | OPOST | ONLCR) & ~(tcflag_t)(OCRNL | ONOCR | ONLRET | OLCUC | OFILL);
    plain.c_lflag = (plain.c_lflag | ISIG | ICANON | ECHO | ECHOE | ECHOK) & ~(tcflag_t)(NOFLSH | EXTPROC);
    plain.c_cc[VSUSP] = plain.c_cc[VLNEXT] = plain.c_cc[VEOL] = plain.c_cc[VEOL2] = _POSIX_VDISABLE;
    plain.c_cc[VINTR] = 3;
    plain.c_cc[VEOF] = 4;
    plain.c_cc[VERASE] = 127;
    return tcsetpgrp(terminal->fd, getpgrp()) == 0 && tcsetattr(terminal->fd, TCSANOW, &plain) == 0;
}

static void make_as_before(struct terminal *terminal) {
    (void)tcsetattr(terminal->fd, TCSANOW, &terminal->modes);
    (void)tcsetpgrp(terminal->fd, terminal->group);
}

bool terminal_take(struct terminal *terminal, const char **reason) {
    if (terminal->open) {
        return true;
    }
    if (!is_in_front(tcgetpgrp(terminal->fd))) {
        *reason = "the command runs in the background of this terminal";
        return false;
    }
    if (company_is_there()) {
        *reason = "another confined program runs in this terminal and could write over the question";
        return false;
    }
    if (!freeze(&terminal->frozen, FREEZE_MS)) {
        *reason = "the command could not be held still meanwhile";
        return false;
    }
    ignore_stops(terminal);
    bool quiet = drained(terminal->fd);
    if (!quiet || !make_plain(terminal)) {
        *reason = quiet ? "the terminal is not ours" : "what the command wrote is not read";
        heed_stops(terminal);
        thaw(&terminal->frozen);
        return false;
    }
    terminal->open = true;
    terminal->length = 0;
    if (!terminal_print(terminal, FRESH)) {
        *reason = "the terminal does not take it";
        terminal_give(terminal);
        return false;
    }
    return true;
}

void terminal_give(struct terminal *terminal) {
    if (terminal->open) {
        /* Does not wait: a terminal that takes nothing now must not hold up the session. */
        (void)!write(terminal->fd, KEYS_AS_BEFORE, sizeof KEYS_AS_BEFORE - 1);
        make_as_before(terminal);
        heed_stops(terminal);
        thaw(&terminal->frozen);
        terminal->open = false;
    }
}

bool terminal_print(struct terminal *terminal, const char *text) {
    return write_everything(terminal->fd, text, strlen(text));
}

void terminal_forget(struct terminal *terminal) {
    (void)tcflush(terminal->fd, TCIFLUSH);
    terminal->length = 0;
}

enum heard terminal_hear(struct terminal *terminal) {
    char bytes[TERMINAL_LINE_BYTES];
    ssize_t got = read(terminal->fd, bytes, sizeof bytes);
    if (got < 0 && (errno == EINTR || errno == EAGAIN)) {
        return HEARD_NOTHING;
    }
    if (got <= 0) {
        return HEARD_END;
    }
    for (ssize_t i = 0; i < got; i++) {
        if (bytes[i] == '\n') {
            /* Lines that came together with it were typed before whatever it brings up. */
            bool whole = terminal->length < sizeof terminal->line &&
                         memchr(terminal->line, '\0', terminal->length) == NULL;
            terminal->line[whole ? terminal->length : 0] = '\0';
            terminal->length = 0;
            return HEARD_LINE;
        }
        if (terminal->length < sizeof terminal->line) {
            terminal->line[terminal->length++] = bytes[i];
        }
    }
    return HEARD_NOTHING;
}

char *terminal_text(const char *text) {
    size_t length = strlen(text), size = 1;
    bool utf8 = is_utf8(text, length);
    char *plain = grow(NULL, length + 1, 1), *end = plain;
    for (size_t at = 0; at < length; at += size) {
        size = 1;
        unsigned point = (unsigned char)text[at];
        bool bad = !utf8 && point >= 0x80;
        if (utf8) {
            point = point_at((const unsigned char *)text + at, &size);
        }
        if (bad || is_unseen(point)) {
            *end++ = '?';
        } else {
            memcpy(end, text + at, size);
            end += size;
        }
    }
    *end = '\0';
    return plain;
}
