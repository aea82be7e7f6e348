/* Thin ends of the agent's commands. */
#include "client.h"

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "commands.h"
#include "util.h"
#include "words.h"

enum { WELCOME_MS = 5000, START_MS = 15000, KNOCK_MS = 50, COMMAND_WORDS = 4096, USUAL_WIDTH = 80 };

bool client_greet(struct agent *agent) {
    struct frame frame = {0};
    char problem[SENTENCE_BYTES];
    if (!agent_greet(agent, problem, sizeof problem)) {
        if (problem[0] != '\0') {
            die("%s", problem);
        }
        return false;
    }
    if (!agent_wait(agent, now_ms() + WELCOME_MS, &frame)) {
        return false;
    }
    if (frame.type == FRAME_REFUSED) {
        die("%.*s", (int)frame.fields[0].length, frame.fields[0].bytes);
    }
    buffer_drop_front(&agent->in, frame.size);
    return frame.type == FRAME_WELCOME;
}

/* Columns; 0 when nobody sits before it. Some terminals do not know theirs. */
static int terminal_width(void) {
    struct winsize size;
    return ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 ? 0 : size.ws_col > 0 ? size.ws_col : USUAL_WIDTH;
}

void client_command(struct agent *agent, char **words) {
    struct frame_writer command = frame_begin(&agent->out, FRAME_COMMAND);
    frame_number(&command, terminal_width());
    for (int i = 0; words[i] != NULL; i++) {
        command.good = command.good && i < COMMAND_WORDS;
        frame_field(&command, words[i]);
    }
    if (!frame_end(&command)) {
        die("the command is too long, or not UTF-8");
    }
    agent_push(agent);
}

static bool print(struct field stream, struct field text, struct buffer *out) {
    if (field_is(stream, "err")) {
        return write_everything(STDERR_FILENO, text.bytes, text.length);
    }
    return out != NULL ? buffer_add(out, text.bytes, text.length)
                       : write_everything(STDOUT_FILENO, text.bytes, text.length);
}

int client_answer(struct agent *agent, int64_t deadline, struct buffer *out) {
    struct frame frame = {0};
    int answer = -1;
    while (answer < 0 && agent_wait(agent, deadline, &frame)) {
        if (frame.type == FRAME_OUTPUT) {
            answer = print(frame.fields[0], frame.fields[1], out) ? -1 : EXIT_OURS;
        } else if (frame.type == FRAME_STATUS) {
            char digits[8] = "";
            uint64_t status = 0;
            memcpy(digits, frame.fields[0].bytes, frame.fields[0].length < 7 ? frame.fields[0].length : 7);
            answer = parse_number(digits, 255, &status) ? (int)status : EXIT_OURS;
        } else if (frame.type == FRAME_REFUSED) {
            die("%.*s", (int)frame.fields[0].length, frame.fields[0].bytes);
        } else {
            break;
        }
    }
    /* The line may be used for another command. */
    buffer_drop_front(&agent->in, frame.size);
    return answer;
}

/* It says so itself, but to nobody: whoever started it waits for an answer only. */
static void say_why_it_would_not_start(const struct places *places) {
    char secret[SECRET_DIGITS + 1], problem[SENTENCE_BYTES];
    if (make_folders(places->data) != 0 || access(places->data, W_OK | X_OK) != 0) {
        die("the agent cannot be started, because nothing can be written in %s: %s", places->data,
            strerror(errno));
    }
    if (!read_secret(places, secret, problem, sizeof problem)) {
        die("the agent cannot be started: %s", problem);
    }
}

void client_connect(struct agent *agent, const struct places *places) {
    int64_t deadline = now_ms() + START_MS;
    bool started = false;
    agent_init(agent, places, NULL);
    while (!client_greet(agent)) {
        if (!started && access(places->agent, X_OK) != 0) {
            die("the agent does not run, and %s cannot be started: %s", places->agent, strerror(errno));
        }
        if (!started) {
            say_why_it_would_not_start(places);
            agent_start(places);
            started = true;
        }
        if (now_ms() >= deadline) {
            die("the agent did not answer within 15 seconds");
        }
        poll(NULL, 0, KNOCK_MS);
    }
}

/* Sends a command and prints the answer. Its exit status, or -1 when the line was lost on the way. */
static int converse(struct agent *agent, char **words) {
    client_command(agent, words);
    return client_answer(agent, INT64_MAX / 2, NULL);
}

int command_client(char **words) {
    struct places places = places_find();
    char problem[SENTENCE_BYTES];
    words = words_for_agent(words, terminal_width() > 0 && words_plain(), problem, sizeof problem);
    if (words == NULL) {
        say("%s", problem);
        return EXIT_FAILURE;
    }
    struct agent agent;
    client_connect(&agent, &places);
    int status = converse(&agent, words);
    if (status < 0) {
        die("the agent went away before it answered");
    }
    return status;
}

static bool has_display(void) {
    const char *x11 = getenv("DISPLAY"), *wayland = getenv("WAYLAND_DISPLAY");
    return (x11 != NULL && x11[0] != '\0') || (wayland != NULL && wayland[0] != '\0');
}

int command_settings(char **words) {
    struct places places = places_find();
    struct agent agent;
    agent_init(&agent, &places, NULL);
    if (!client_greet(&agent)) {
        /* One that is started without a display would never show anything. */
        if (!has_display()) {
            die("there is no display to show the window on; \"landgrant --help\" has what works without one");
        }
        agent_close(&agent);
        client_connect(&agent, &places);
    }
    int status = converse(&agent, words);
    if (status < 0) {
        die("the agent went away before it answered");
    }
    return status;
}
