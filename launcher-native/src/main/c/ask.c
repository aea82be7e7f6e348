/*
 * landgrant ask: what apps wait for, asked in a terminal.
 *
 * What was typed before a question could be read never answers it: the terminal's input is thrown away when a
 * question appears, and an answer within the first second is asked for again. An answer names the question
 * that was shown, so one that has gone meanwhile is answered by nobody. A confined app reaches neither the
 * agent nor, by TIOCSTI, this terminal's input. What it prints into the same terminal answers nothing, but
 * could hide what is asked; so nothing is asked in a terminal in which an app runs, and nothing is answered
 * that could not be printed.
 */
#include "commands.h"

#include <errno.h>
#include <inttypes.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "client.h"
#include "company.h"
#include "typed.h"
#include "util.h"

enum { TOO_SOON_MS = 1000, REPLY_MS = 5000, PACE_MS = 100, LINE_BYTES = 256, REPLY_BYTES = 65536 };

enum { STATUS_FINE = 0, STATUS_FAILED = 1, GO_ON = -1 };

struct desk {
    struct places places;
    struct agent agent;  /* waits for the next question */
    struct buffer reply; /* what it said last, NUL-terminated; holds the text of `asked` */
    struct asked asked;
    bool waiting;     /* a command is on its way */
    bool answered;    /* by us */
    int64_t next_at;  /* when to ask the agent again */
    int64_t shown_at; /* when the question could be read */
    char line[LINE_BYTES];
    size_t length; /* of the line so far; LINE_BYTES when it is too long */
};

static const char WELCOME[] =
    "Questions of your apps are shown here. Answer with a letter and Enter: d (don't\n"
    "allow), o (allow once), a (allow), s (not now); q ends this, ? says more.\n";
static const char HELP[] =
    "  d  don't allow\n"
    "  o  allow once: until the app is closed\n"
    "  a  allow\n"
    "  1, 2, 3  what the answer is about, where there is a choice; * marks the usual one\n"
    "  s  not now: refused as long as the app is open, and nothing is decided\n"
    "  q  end this; what waits goes on waiting\n"
    "Where there is a warning, only the whole words \"allow once\" allow.\n";

static const char TOO_SOON[] =
    "That came too soon to be an answer to this. Read it, wait a second, and answer then.\n";

/* Something could not be printed, so nobody knows what is asked. */
static bool unseen;

static void print(const char *text) {
    unseen = !write_everything(STDOUT_FILENO, text, strlen(text)) || unseen;
}

static bool alone(void) {
    if (!company_is_there()) {
        return true;
    }
    say("an app runs in this terminal and could write over what is asked; use another terminal");
    return false;
}

/* What may be typed; ends where the answer begins. */
static void print_choices(const struct asked *asked) {
    char choices[96];
    if (asked->id == 0) {
        return;
    }
    if (asked->sensitive) {
        print("Answer (d, s, q, ?, or the words \"allow once\"): ");
    } else if (asked->scopes > 1) {
        snprintf(choices, sizeof choices, "Answer about %u (d, o, a, 1 to %u, s, q, ?): ", asked->scope,
                 asked->scopes);
        print(choices);
    } else {
        print("Answer (d, o, a, s, q, ?): ");
    }
}

/* What is typed counts from now on. */
static void listen_anew(struct desk *desk) {
    print_choices(&desk->asked);
    (void)tcflush(STDIN_FILENO, TCIFLUSH);
    desk->length = 0;
    desk->shown_at = now_ms();
}

static void ask_agent(struct desk *desk) {
    char id[24];
    snprintf(id, sizeof id, "%" PRIu64, desk->asked.id);
    client_command(&desk->agent, (char *[]){(char[]){"prompts"}, (char[]){"--next"}, id, NULL});
    desk->waiting = true;
    desk->next_at = now_ms() + PACE_MS;
}

/* The agent answered, or is gone. */
static int hear_agent(struct desk *desk) {
    uint64_t shown = desk->asked.id;
    struct buffer reply = {.limit = REPLY_BYTES};
    desk->waiting = false;
    int status = client_answer(&desk->agent, now_ms() + REPLY_MS, &reply);
    struct asked now;
    if (status == STATUS_FINE && reply.length == 0) {
        return GO_ON; /* nothing has changed */
    }
    bool fine = status == STATUS_FINE;
    if (status < 0) {
        say("the agent went away; what waited was refused");
    } else if (fine && !(buffer_add(&reply, "", 1) && asked_read((const char *)reply.bytes, &now))) {
        say("the agent said something that makes no sense");
        fine = false;
    }
    if (!fine) {
        buffer_free(&reply);
        return STATUS_FAILED;
    }
    buffer_free(&desk->reply);
    desk->reply = reply;
    desk->asked = now;
    if (shown != 0 && !desk->answered) {
        print("\nThat question is gone: it was answered elsewhere, or nobody waits for it any more.\n");
    }
    desk->answered = false;
    if (now.id != 0 && !alone()) {
        return STATUS_FAILED;
    }
    if (now.id != 0) {
        print("\n");
        print(now.text);
    }
    listen_anew(desk);
    return GO_ON;
}

/* Hands the answer on; what holds then is said by the agent. */
static void answer(struct desk *desk, const char *choice) {
    char id[24], nth[12], word[8];
    struct agent line;
    snprintf(id, sizeof id, "%" PRIu64, desk->asked.id);
    snprintf(nth, sizeof nth, "%u", desk->asked.scope);
    snprintf(word, sizeof word, "%s", choice);
    agent_init(&line, &desk->places, NULL);
    int status = STATUS_FAILED;
    if (client_greet(&line)) {
        client_command(&line, (char *[]){(char[]){"answer"}, id, word, (char[]){"--nth"}, nth, NULL});
        status = client_answer(&line, INT64_MAX / 2, NULL);
    }
    agent_close(&line);
    buffer_free(&line.in);
    buffer_free(&line.out);
    desk->answered = status == STATUS_FINE;
    if (!desk->answered) {
        listen_anew(desk); /* it may be open still; if not, the agent says so next */
    }
}

static int obey(struct desk *desk, enum typed typed, unsigned scope) {
    static const char *const CHOICES[] = {
        [TYPED_DENY] = "deny", [TYPED_ONCE] = "once", [TYPED_ALLOW] = "allow", [TYPED_LATER] = "later"};
    switch (typed) {
    case TYPED_QUIT:
        return STATUS_FINE;
    case TYPED_DENY:
    case TYPED_ONCE:
    case TYPED_ALLOW:
    case TYPED_LATER:
        if (!alone()) {
            return STATUS_FAILED;
        }
        answer(desk, CHOICES[typed]);
        return GO_ON;
    case TYPED_SCOPE:
        desk->asked.scope = scope;
        break;
    case TYPED_HELP:
        print(HELP);
        break;
    case TYPED_SHORT:
        print("To allow this, type the words: allow once\n");
        break;
    case TYPED_UNKNOWN:
        print(desk->asked.id == 0 ? "Nothing is asked now.\n" : "That is no answer; ? says what is.\n");
        break;
    case TYPED_NOTHING:
        break;
    }
    print_choices(&desk->asked);
    return GO_ON;
}

/* A whole line was typed. */
static int hear_person(struct desk *desk) {
    unsigned scope = 0;
    bool whole = desk->length < LINE_BYTES && memchr(desk->line, '\0', desk->length) == NULL;
    desk->line[whole ? desk->length : 0] = '\0';
    desk->length = 0;
    enum typed typed = whole ? typed_read(desk->line, &desk->asked, &scope) : TYPED_UNKNOWN;
    if (desk->answered && typed != TYPED_QUIT) {
        return GO_ON; /* the next question is on its way */
    }
    bool harmless = typed == TYPED_QUIT || typed == TYPED_HELP || typed == TYPED_NOTHING;
    if (desk->asked.id != 0 && !harmless && now_ms() - desk->shown_at < TOO_SOON_MS) {
        print(TOO_SOON);
        listen_anew(desk);
        return GO_ON;
    }
    return obey(desk, typed, scope);
}

static int read_person(struct desk *desk) {
    char bytes[LINE_BYTES];
    ssize_t got = read(STDIN_FILENO, bytes, sizeof bytes);
    if (got < 0 && (errno == EINTR || errno == EAGAIN)) {
        return GO_ON;
    }
    if (got <= 0) {
        print("\n");
        return got == 0 ? STATUS_FINE : STATUS_FAILED;
    }
    for (ssize_t i = 0; i < got; i++) {
        if (bytes[i] == '\n') {
            /* Lines that came together with it were typed before whatever it brings up. */
            return hear_person(desk);
        }
        if (desk->length < LINE_BYTES) {
            desk->line[desk->length++] = bytes[i];
        }
    }
    return GO_ON;
}

static int wait_for_both(struct desk *desk) {
    int64_t left = desk->next_at - now_ms();
    if (!desk->waiting && left <= 0) {
        ask_agent(desk);
    }
    struct pollfd both[] = {
        {.fd = STDIN_FILENO, .events = POLLIN},
        {.fd = desk->agent.fd, .events = agent_events(&desk->agent)},
    };
    if (poll(both, 2, desk->waiting ? -1 : (int)(left > 0 ? left : 0)) < 0) {
        return errno == EINTR ? GO_ON : STATUS_FAILED;
    }
    int status = GO_ON;
    /* The agent first: what is gone is not answered. */
    if ((both[1].revents & ~POLLOUT) != 0) {
        status = hear_agent(desk);
    } else if (both[1].revents != 0 && !agent_push(&desk->agent)) {
        status = hear_agent(desk);
    }
    if (unseen) {
        return STATUS_FAILED;
    }
    return status == GO_ON && both[0].revents != 0 ? read_person(desk) : status;
}

int command_ask(char **words) {
    if (words[0] != NULL) {
        die("ask takes no further words; see landgrant ask --help");
    }
    if (!isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO)) {
        say("ask needs a terminal; \"landgrant prompts\" and \"landgrant answer\" work without one");
        return STATUS_FAILED;
    }
    struct desk desk = {.places = places_find()};
    client_connect(&desk.agent, &desk.places);
    if (!alone()) {
        return STATUS_FAILED;
    }
    print(WELCOME);
    int status = GO_ON;
    while (status == GO_ON) {
        status = wait_for_both(&desk);
    }
    return status;
}
