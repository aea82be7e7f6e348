/* The display, a real one, and the terminal. */
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "themes.h"

static enum result display(const char *path) {
    static const unsigned char SETUP[12] = {'l', 0, 11, 0, 0, 0, 0, 0, 0, 0, 0, 0};
    uint32_t length = 0;
    struct sockaddr_un address = unix_address(path, &length);
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    char answer[64];
    if (connect(fd, (struct sockaddr *)&address, length) != 0 || write(fd, SETUP, sizeof SETUP) < 0) {
        return FAILED;
    }
    return answered(fd, answer, sizeof answer) && answer[0] == 1 ? SUCCEEDED : FAILED;
}

static enum result display_abstract(void) {
    return display(text("@/tmp/.X11-unix/X%d", world.display));
}

static enum result display_path(void) {
    return display(text("/tmp/.X11-unix/X%d", world.display));
}

/* A byte pushed into the terminal is read by the shell when the app has ended. */
static enum result types(void) {
    return verdict(ioctl(STDIN_FILENO, TIOCSTI, "x"));
}

static enum result types_long(void) {
    /* The kernel looks at the low half of the number only; a filter that compares all of it does not. */
    return verdict(ioctl(STDIN_FILENO, TIOCSTI | 0x100000000ul, "x"));
}

static enum result pastes(void) {
    char what[8] = {3};
    return ioctl(STDIN_FILENO, TIOCLINUX, what) == 0 ? SUCCEEDED : cannot("this is no text console");
}

static enum result other_terminal(void) {
    int fd = open(text("/dev/pts/%d", world.terminal), O_RDWR | O_NOCTTY);
    return verdict(write(fd, "typed", 5));
}

static const struct attack ROWS[] = {
    ATTACK("x11-abstract", "the X11 display by its abstract socket", display_abstract, UNTIL(SUPERVISOR, 6),
           .needs = NEEDS_DISPLAY),
    ATTACK("x11-path", "the X11 display by its path", display_path, UNTIL(SUPERVISOR, 9),
           .needs = NEEDS_DISPLAY),
    ATTACK("typing", "pushing a character into the terminal (TIOCSTI)", types, CLOSED(FILTER, 0),
           .needs = NEEDS_TERMINAL),
    ATTACK("typing-long", "the same with a number of 64 bits", types_long, CLOSED(FILTER, 0),
           .needs = NEEDS_TERMINAL),
    ATTACK("pasting", "pasting into a text console (TIOCLINUX)", pastes, CLOSED(FILTER, 0)),
    ATTACK("other-terminal", "writing to another terminal", other_terminal, CLOSED(LANDLOCK, 1)),
};
const struct theme DESKTOP = THEME(ROWS, "Display and terminal");
