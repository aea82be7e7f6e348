/* Thin ends of the agent's commands. */
#include "commands.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "agent.h"
#include "limits.h"
#include "util.h"

enum { WELCOME_MS = 5000, START_MS = 15000, KNOCK_MS = 50, COMMAND_WORDS = 4096 };

/* True when a welcome came. A refusal is said and ends us. */
static bool welcomed(struct agent *agent, struct frame *frame) {
    char problem[SENTENCE_BYTES];
    if (!agent_greet(agent, problem, sizeof problem)) {
        if (problem[0] != '\0') {
            die("%s", problem);
        }
        return false;
    }
    if (!agent_wait(agent, now_ms() + WELCOME_MS, frame)) {
        return false;
    }
    if (frame->type == FRAME_REFUSED) {
        die("%.*s", (int)frame->fields[0].length, frame->fields[0].bytes);
    }
    return frame->type == FRAME_WELCOME;
}

static int terminal_width(void) {
    struct winsize size;
    return ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 ? size.ws_col : 0;
}

/* Sends a command and prints the answer. Its exit status, or -1 when the line was lost on the way. */
static int converse(struct agent *agent, char **words, struct frame *frame) {
    struct frame_writer command = frame_begin(&agent->out, FRAME_COMMAND);
    frame_number(&command, terminal_width());
    for (int i = 0; words[i] != NULL; i++) {
        command.good = command.good && i < COMMAND_WORDS;
        frame_field(&command, words[i]);
    }
    if (!frame_end(&command)) {
        die("the command is too long, or not UTF-8");
    }
    while (agent_wait(agent, INT64_MAX / 2, frame)) {
        if (frame->type == FRAME_OUTPUT) {
            int to = field_is(frame->fields[0], "err") ? STDERR_FILENO : STDOUT_FILENO;
            if (!write_everything(to, frame->fields[1].bytes, frame->fields[1].length)) {
                return EXIT_OURS;
            }
        } else if (frame->type == FRAME_STATUS) {
            char digits[8] = "";
            uint64_t status = 0;
            memcpy(digits, frame->fields[0].bytes, frame->fields[0].length < 7 ? frame->fields[0].length : 7);
            return parse_number(digits, 255, &status) ? (int)status : EXIT_OURS;
        } else if (frame->type == FRAME_REFUSED) {
            die("%.*s", (int)frame->fields[0].length, frame->fields[0].bytes);
        } else {
            break;
        }
    }
    return -1;
}

int command_client(char **words) {
    struct places places = places_find();
    struct agent agent;
    struct frame frame = {0};
    agent_init(&agent, &places, NULL);
    int64_t deadline = now_ms() + START_MS;
    bool started = false;
    while (!welcomed(&agent, &frame)) {
        if (!started && access(places.agent, X_OK) != 0) {
            die("the agent does not run, and %s cannot be started: %s", places.agent, strerror(errno));
        }
        if (!started) {
            agent_start(&places);
            started = true;
        }
        if (now_ms() >= deadline) {
            die("the agent did not answer within 15 seconds");
        }
        poll(NULL, 0, KNOCK_MS);
    }
    int status = converse(&agent, words, &frame);
    if (status < 0) {
        die("the agent went away before it answered");
    }
    return status;
}

int command_settings(char *app) {
    struct places places = places_find();
    struct agent agent;
    struct frame frame = {0};
    if (app != NULL) {
        char *typed = app;
        app = app_id_of(typed);
        if (app == NULL) {
            die("\"%s\" is not the ID of an app, like firefox-esr.desktop", typed);
        }
    }
    agent_init(&agent, &places, NULL);
    if (welcomed(&agent, &frame)) {
        int status = converse(&agent, (char *[]){(char[]){"settings"}, app, NULL}, &frame);
        if (status >= 0) {
            return status;
        }
    }
    agent_close(&agent);
    limits_restore();
    execl(places.agent, places.agent, "--show", app, (char *)NULL);
    die("%s cannot be started: %s", places.agent, strerror(errno));
}

int command_agent(char **argv) {
    struct places places = places_find();
    argv[1] = places.agent;
    limits_restore();
    execv(places.agent, argv + 1);
    die("%s cannot be started: %s", places.agent, strerror(errno));
}
