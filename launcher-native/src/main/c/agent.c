#include "agent.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "limits.h"
#include "starter.h"

enum {
    RETRY_MS = 1000,
    START_AGAIN_MS = 30000,
    GATHER_MS = 200,
    BATCH = 256,
    READ_BYTES = 65536,
    STARTED_FIELDS = 4096
};

void agent_init(struct agent *agent, const struct places *places, const char *app) {
    *agent = (struct agent){.places = places, .fd = -1, .starter = -1, .app = app};
    agent->in.limit = FRAME_BYTES + FRAME_HEADER_BYTES + READ_BYTES;
    agent->out.limit = 2 * (FRAME_BYTES + FRAME_HEADER_BYTES);
}

void agent_close(struct agent *agent) {
    if (agent->fd >= 0) {
        close(agent->fd);
    }
    agent->fd = -1;
    agent->state = AGENT_AWAY;
    agent->in.length = agent->out.length = 0;
    agent->retry_at = now_ms() + RETRY_MS;
    if (agent->questions != NULL) {
        questions_agent(agent->questions, false);
    }
    if (agent->links != NULL) {
        links_agent_went(agent->links);
    }
}

bool agent_greet(struct agent *agent, char *problem, size_t problem_bytes) {
    char secret[SECRET_DIGITS + 1];
    problem[0] = '\0';
    agent->fd = connect_agent(agent->places);
    if (agent->fd < 0 && (errno == EACCES || errno == ELOOP)) {
        /* Neither a launcher within a session can, nor one that an app runs to answer itself: a supervisor
         * around us refuses, or does not follow the descriptor that we name. */
        snprintf(problem, problem_bytes, "a confined app cannot reach the agent");
    }
    if (agent->fd < 0 || !read_secret(agent->places, secret, problem, problem_bytes)) {
        agent_close(agent);
        return false;
    }
    struct frame_writer hello = frame_begin(&agent->out, FRAME_HELLO);
    frame_field(&hello, "1");
    frame_field(&hello, secret);
    frame_field(&hello, LANDGRANT_VERSION);
    agent->state = AGENT_GREETED;
    return frame_end(&hello);
}

bool agent_push(struct agent *agent) {
    while (agent->out.length > 0) {
        ssize_t done = send(agent->fd, agent->out.bytes, agent->out.length, MSG_NOSIGNAL | MSG_DONTWAIT);
        if (done < 0 && errno == EINTR) {
            continue;
        }
        if (done < 0) {
            return errno == EAGAIN;
        }
        buffer_drop_front(&agent->out, (size_t)done);
    }
    return true;
}

/* Reads what is there now. False when the line is lost or the agent sends more than a frame can hold. */
static bool pull(struct agent *agent) {
    static uint8_t bytes[READ_BYTES];
    ssize_t got = recv(agent->fd, bytes, sizeof bytes, MSG_DONTWAIT);
    if (got < 0) {
        return errno == EAGAIN || errno == EINTR;
    }
    return got > 0 && buffer_add(&agent->in, bytes, (size_t)got);
}

bool agent_wait(struct agent *agent, int64_t deadline, struct frame *frame) {
    /* The frame handed out last is still at the front. */
    if (frame->size > 0) {
        buffer_drop_front(&agent->in, frame->size);
        frame->size = 0;
    }
    while (agent->fd >= 0) {
        enum frame_reading reading = frame_read(agent->in.bytes, agent->in.length, frame);
        if (reading == FRAME_READ) {
            return true;
        }
        int64_t left = deadline - now_ms();
        struct pollfd line = {.fd = agent->fd,
                              .events = (short)(POLLIN | (agent->out.length > 0 ? POLLOUT : 0))};
        if (reading == FRAME_BAD || left <= 0 || !agent_push(agent) ||
            (poll(&line, 1, left < 60000 ? (int)left : 60000) < 0 && errno != EINTR) ||
            ((line.revents & ~POLLOUT) != 0 && !pull(agent))) {
            agent_close(agent);
        }
        frame->size = 0;
    }
    frame->size = 0;
    return false;
}

short agent_events(const struct agent *agent) {
    return (short)(agent->fd < 0 ? 0 : POLLIN | (agent->out.length > 0 ? POLLOUT : 0));
}

static void say_hold(void *context, enum denial_kind kind, unsigned rights, const char *what) {
    struct frame_writer *frame = context;
    char word[RIGHTS_BYTES];
    rights_word(rights, word);
    frame_field(frame, KIND_WORDS[kind]);
    frame_field(frame, word);
    frame_field(frame, what);
}

static void say_holds(struct agent *agent) {
    struct frame_writer frame = frame_begin(&agent->out, FRAME_HOLDS);
    if (agent->reach != NULL) {
        reach_holds(agent->reach, say_hold, &frame);
    }
    frame_end(&frame);
}

void agent_join(struct agent *agent) {
    if (agent->fd < 0) {
        return;
    }
    char folder[PATH_BYTES];
    struct frame_writer started = frame_begin(&agent->out, FRAME_STARTED);
    frame_field(&started, agent->app);
    frame_number(&started, getpid());
    frame_number(&started, agent->started);
    frame_field(&started,
                getcwd(folder, sizeof folder) != NULL && is_utf8(folder, strlen(folder)) ? folder : "/");
    for (int i = 0; agent->arguments[i] != NULL && i < STARTED_FIELDS; i++) {
        if (is_utf8(agent->arguments[i], strlen(agent->arguments[i]))) {
            frame_field(&started, agent->arguments[i]);
        }
    }
    frame_end(&started);
    say_holds(agent);
    if (agent->helper > 0) {
        struct frame_writer helper = frame_begin(&agent->out, FRAME_HELPER);
        frame_number(&helper, agent->helper);
        frame_end(&helper);
    }
    agent->state = AGENT_JOINED;
    if (agent->questions != NULL) {
        questions_agent(agent->questions, true);
    }
}

/* The questions that are new, and those that nobody waits for any more. */
static void say_questions(struct agent *agent) {
    struct question_said said;
    while (agent->questions != NULL && agent->out.length < READ_BYTES &&
           questions_next(agent->questions, &said)) {
        struct frame_writer frame = frame_begin(&agent->out, said.withdrawn ? FRAME_WITHDRAWN : FRAME_ASK);
        frame_number(&frame, (int64_t)said.number);
        if (!said.withdrawn) {
            frame_field(&frame, KIND_WORDS[said.wish.kind]);
            frame_field(&frame, (char[]){said.wish.access, '\0'});
            frame_field(&frame, said.wish.what);
            frame_field(&frame, said.program);
        }
        if (!frame_end(&frame)) {
            questions_answer(agent->questions, said.number, false); /* what cannot be said is not asked */
        }
    }
}

static void say_denied(struct agent *agent, struct denials *denials) {
    pthread_mutex_lock(&denials->lock);
    while (denials->count > 0 && agent->out.length < READ_BYTES) {
        struct frame_writer frame = frame_begin(&agent->out, FRAME_DENIED);
        size_t taken = 0, written = 0;
        for (; taken < denials->count && written < BATCH; taken++) {
            const struct denial *denial = &denials->list[taken];
            if (!is_utf8(denial->what, strlen(denial->what))) {
                continue; /* no grant can name it */
            }
            frame_field(&frame, KIND_WORDS[denial->kind]);
            frame_field(&frame, (char[]){denial->access, '\0'});
            frame_field(&frame, denial->what);
            frame_field(&frame, denial->program);
            frame_number(&frame, (int64_t)denial->count);
            frame_number(&frame, denial->last);
            written++;
        }
        frame.good = frame.good && written > 0;
        frame_end(&frame);
        denials_drop(denials, taken);
    }
    pthread_mutex_unlock(&denials->lock);
    agent->send_at = now_ms() + GATHER_MS;
}

static enum order wish_of(const struct frame *frame) {
    return field_is(frame->fields[0], "end")      ? ORDER_END
           : field_is(frame->fields[0], "kill")   ? ORDER_KILL
           : field_is(frame->fields[0], "reopen") ? ORDER_REOPEN
                                                  : ORDER_NOTHING;
}

static void change_live(struct agent *agent, const struct live_change *change) {
    if (agent->reach == NULL) {
        return;
    }
    if (!change->grants) {
        reach_remove(agent->reach, change->kind, change->rights, change->what);
    } else if (!reach_add(agent->reach, change->kind, change->rights, change->what)) {
        say("%s was not granted to the running program", change->what);
    }
    questions_forget(agent->questions);
}

/* One frame in a session; false closes the line. */
static bool obey(struct agent *agent, const struct frame *frame, enum order *wish) {
    if (agent->state == AGENT_GREETED && frame->type == FRAME_WELCOME) {
        agent_join(agent);
        return true;
    }
    if (agent->state == AGENT_JOINED && frame->type == FRAME_END) {
        enum order wanted = wish_of(frame);
        *wish = wanted > *wish ? wanted : *wish;
        return wanted != ORDER_NOTHING;
    }
    uint64_t number;
    bool allowed;
    struct live_change change;
    if (agent->state == AGENT_JOINED && frame->type == FRAME_ANSWER &&
        frame_answer(frame, &number, &allowed)) {
        if (agent->questions != NULL) {
            questions_answer(agent->questions, number, allowed);
        }
        return true;
    }
    if (agent->state == AGENT_JOINED && frame->type == FRAME_LIVE && frame_live(frame, &change)) {
        change_live(agent, &change);
        return true;
    }
    if (agent->state == AGENT_JOINED && frame->type == FRAME_HANDED_ON && agent->links != NULL) {
        return links_answer(agent->links, frame);
    }
    if (agent->state == AGENT_JOINED && frame->type == FRAME_MARK && frame_number_in(frame, &number)) {
        struct frame_writer marked = frame_begin(&agent->out, FRAME_MARKED);
        frame_number(&marked, (int64_t)number);
        return frame_end(&marked);
    }
    return false;
}

/* Something was refused that a person could have been asked about, or told. */
static void start_missing(struct agent *agent) {
    if (agent->starter >= 0 && now_ms() >= agent->start_at) {
        agent->start_at = now_ms() + START_AGAIN_MS;
        starter_say(agent->starter);
    }
}

enum order agent_serve(struct agent *agent, struct denials *denials) {
    enum order wish = ORDER_NOTHING;
    char problem[SENTENCE_BYTES];
    if (agent->fd < 0 && now_ms() < agent->retry_at) {
        return wish;
    }
    if (agent->fd < 0 && !agent_greet(agent, problem, sizeof problem)) {
        if (denials_count(denials) > 0 || (agent->links != NULL && links_are_waiting(agent->links))) {
            start_missing(agent);
        }
        return wish;
    }
    bool good = pull(agent);
    struct frame frame;
    enum frame_reading reading = FRAME_NEEDS_MORE;
    while (good && (reading = frame_read(agent->in.bytes, agent->in.length, &frame)) == FRAME_READ) {
        good = obey(agent, &frame, &wish);
        buffer_drop_front(&agent->in, frame.size);
    }
    if (good && agent->state == AGENT_JOINED) {
        say_questions(agent);
        if (agent->links != NULL) {
            links_say(agent->links, &agent->out);
        }
    }
    if (good && agent->state == AGENT_JOINED && now_ms() >= agent->send_at) {
        say_denied(agent, denials);
    }
    if (!good || reading == FRAME_BAD || !agent_push(agent)) {
        agent_close(agent);
    }
    return wish;
}

int agent_due(const struct agent *agent, struct denials *denials) {
    int64_t at =
        agent->fd < 0 ? agent->retry_at
        : agent->state == AGENT_JOINED && denials_count(denials) > 0 && agent->out.length < READ_BYTES
            ? agent->send_at
            : -1;
    if (at < 0) {
        return -1;
    }
    int64_t left = at - now_ms();
    return left > 0 ? (int)left : 0;
}

void agent_farewell(struct agent *agent, struct denials *denials, const char *how, int number, int patience) {
    if (agent->state != AGENT_JOINED) {
        return;
    }
    say_denied(agent, denials);
    struct frame_writer exited = frame_begin(&agent->out, FRAME_EXITED);
    frame_field(&exited, how);
    frame_number(&exited, number);
    frame_end(&exited);
    int64_t deadline = now_ms() + patience;
    while (agent_push(agent) && agent->out.length > 0 && now_ms() < deadline) {
        struct pollfd line = {.fd = agent->fd, .events = POLLOUT};
        poll(&line, 1, (int)(deadline - now_ms()));
    }
    agent_close(agent);
}

void agent_start(const struct places *places) {
    pid_t child = fork();
    if (child == 0) {
        if (fork() != 0) {
            _exit(0);
        }
        sigset_t none;
        sigemptyset(&none);
        sigprocmask(SIG_SETMASK, &none, NULL);
        limits_restore();
        setsid();
        int nothing = open("/dev/null", O_RDWR);
        for (int fd = 0; fd < 3; fd++) {
            dup2(nothing, fd);
        }
        if (nothing > 2) {
            close(nothing);
        }
        if (chdir("/") == 0) {
            execl(places->agent, places->agent, (char *)NULL);
        }
        _exit(EXIT_OURS);
    }
    if (child > 0) {
        waitpid(child, NULL, 0);
    }
}
