#include "questions.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "answers.h"
#include "peek.h"

struct question {
    uint64_t number, hash;
    struct wish *wish;
    char program[PROGRAM_BYTES];
    bool told;
    struct request *waiting; /* linked by `next` */
    struct question *next;
};

struct questions {
    struct reach *reach;
    struct denials *denials;
    void (*again)(void *context, struct request *request);
    void *context;
    int wake;
    pthread_mutex_t lock; /* over what follows */
    bool agent, awake;
    uint64_t last, changes;
    struct question *open, **end; /* oldest first */
    size_t parked;
    uint64_t *withdrawn; /* numbers the agent was told and has to be told about again */
    size_t withdrawn_count;
    uint64_t refused[REFUSED_MOST]; /* hashes of wishes; a collision costs its program a question */
    size_t refused_count, refused_next;
};

struct questions *questions_make(struct reach *reach, struct denials *denials,
                                 void (*again)(void *context, struct request *request), void *context) {
    struct questions *questions = grow(NULL, 1, sizeof *questions);
    memset(questions, 0, sizeof *questions);
    questions->reach = reach;
    questions->denials = denials;
    questions->again = again;
    questions->context = context;
    questions->end = &questions->open;
    questions->wake = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    pthread_mutex_init(&questions->lock, NULL);
    if (questions->wake < 0) {
        free(questions);
        return NULL;
    }
    return questions;
}

void questions_free(struct questions *questions) {
    close(questions->wake);
    pthread_mutex_destroy(&questions->lock);
    free(questions->withdrawn);
    free(questions);
}

static uint64_t hash_of(const struct wish *wish) {
    uint64_t hash = 0xcbf29ce484222325u ^ ((uint64_t)wish->kind << 8) ^ (unsigned char)wish->access;
    for (const char *at = wish->what; *at != '\0'; at++) {
        hash = (hash ^ (unsigned char)*at) * 0x100000001b3u;
    }
    return hash;
}

static bool is_same(const struct wish *one, const struct wish *other) {
    return one->kind == other->kind && one->access == other->access && strcmp(one->what, other->what) == 0;
}

/* With the lock. */
static void wake(struct questions *questions) {
    if (!questions->awake) {
        uint64_t one = 1;
        questions->awake = write(questions->wake, &one, sizeof one) == (ssize_t)sizeof one;
    }
}

int questions_fd(const struct questions *questions) {
    return questions->wake;
}

void questions_heard(struct questions *questions) {
    uint64_t count;
    pthread_mutex_lock(&questions->lock);
    (void)!read(questions->wake, &count, sizeof count);
    questions->awake = false;
    pthread_mutex_unlock(&questions->lock);
}

bool questions_are_open(struct questions *questions) {
    pthread_mutex_lock(&questions->lock);
    bool are = questions->open != NULL;
    pthread_mutex_unlock(&questions->lock);
    return are;
}

/* With the lock. */
static bool was_refused(const struct questions *questions, uint64_t hash) {
    for (size_t i = 0; i < questions->refused_count; i++) {
        if (questions->refused[i] == hash) {
            return true;
        }
    }
    return false;
}

static void remember(struct questions *questions, uint64_t hash) {
    if (!was_refused(questions, hash)) {
        questions->refused[questions->refused_next] = hash;
        questions->refused_next = (questions->refused_next + 1) % REFUSED_MOST;
        questions->refused_count += questions->refused_count < REFUSED_MOST;
    }
}

void questions_forget(struct questions *questions) {
    pthread_mutex_lock(&questions->lock);
    questions->refused_count = questions->refused_next = 0;
    questions->changes++;
    pthread_mutex_unlock(&questions->lock);
}

/* Refuses and tells. The denial is there before the app goes on, so whoever asks the app finds it. */
static void refuse(struct questions *questions, struct request *request, const struct wish *wish) {
    denials_add(questions->denials, wish->kind, wish->access, wish->what, wish->needs_folder,
                request->program, wall_ms());
    answer_refused(request, request->refusal);
    request_free(request);
}

uint64_t questions_now(struct questions *questions) {
    pthread_mutex_lock(&questions->lock);
    uint64_t now = questions->changes;
    pthread_mutex_unlock(&questions->lock);
    return now;
}

/* With the lock: the open question about this wish, or a new one. */
static struct question *question_about(struct questions *questions, const struct wish *wish, uint64_t hash,
                                       const char *program) {
    for (struct question *question = questions->open; question != NULL; question = question->next) {
        if (question->hash == hash && is_same(question->wish, wish)) {
            return question;
        }
    }
    struct question *question = grow(NULL, 1, sizeof *question);
    *question = (struct question){.number = ++questions->last, .hash = hash};
    question->wish = grow(NULL, 1, sizeof *question->wish);
    *question->wish = *wish;
    memcpy(question->program, program, sizeof question->program);
    *questions->end = question;
    questions->end = &question->next;
    return question;
}

void questions_take(struct questions *questions, struct request *request, const struct verdict *verdict) {
    const struct wish *wish = &verdict->wish;
    uint64_t hash = hash_of(wish);
    if (request->program[0] == '\0') {
        peek_program(request->thread, request->program, sizeof request->program);
    }
    request->refusal = verdict->refusal;
    /* The same wish again after an allow: what was granted does not cover it. */
    bool may = !verdict->only_told && reach_asks(questions->reach, wish) && request->asked < ASKS_MOST &&
               (request->asked_for == NULL || !is_same(request->asked_for, wish));
    pthread_mutex_lock(&questions->lock);
    bool outdated = request->judged_at != questions->changes;
    may = may && !outdated && questions->agent && questions->parked < PARKED_MOST &&
          !was_refused(questions, hash);
    if (may) {
        struct question *question = question_about(questions, wish, hash, request->program);
        request->next = question->waiting;
        question->waiting = request;
        questions->parked++;
    }
    wake(questions);
    pthread_mutex_unlock(&questions->lock);
    if (outdated) {
        questions->again(questions->context, request);
    } else if (!may) {
        refuse(questions, request, wish);
    }
}

/* With the lock: takes a question out of the list; `link` points at it. */
static struct question *take_out(struct questions *questions, struct question **link) {
    struct question *question = *link;
    *link = question->next;
    if (question->next == NULL) {
        questions->end = link;
    }
    for (const struct request *at = question->waiting; at != NULL; at = at->next) {
        questions->parked--;
    }
    return question;
}

static void question_free(struct question *question) {
    free(question->wish);
    free(question);
}

/* Without the lock; ends the question. */
static void settle(struct questions *questions, struct question *question, bool allowed) {
    while (question->waiting != NULL) {
        struct request *request = question->waiting;
        question->waiting = request->next;
        request->next = NULL;
        if (!allowed) {
            refuse(questions, request, question->wish);
            continue;
        }
        request->asked++;
        if (request->asked_for == NULL) {
            request->asked_for = grow(NULL, 1, sizeof *request->asked_for);
        }
        *request->asked_for = *question->wish;
        questions->again(questions->context, request);
    }
    question_free(question);
}

void questions_answer(struct questions *questions, uint64_t number, bool allowed) {
    pthread_mutex_lock(&questions->lock);
    struct question **link = &questions->open, *found = NULL;
    while (*link != NULL && (*link)->number != number) {
        link = &(*link)->next;
    }
    if (*link != NULL && (*link)->told) {
        found = take_out(questions, link);
        if (!allowed) {
            remember(questions, found->hash);
        }
    }
    pthread_mutex_unlock(&questions->lock);
    if (found != NULL) {
        settle(questions, found, allowed);
    }
}

void questions_agent(struct questions *questions, bool is_there) {
    pthread_mutex_lock(&questions->lock);
    questions->agent = is_there;
    struct question *lost = NULL;
    if (!is_there) {
        while (questions->open != NULL) {
            struct question *question = take_out(questions, &questions->open);
            question->next = lost;
            lost = question;
        }
        questions->withdrawn_count = 0;
    }
    pthread_mutex_unlock(&questions->lock);
    while (lost != NULL) {
        struct question *question = lost;
        lost = question->next;
        settle(questions, question, false);
    }
}

bool questions_next(struct questions *questions, struct question_said *said) {
    pthread_mutex_lock(&questions->lock);
    bool has = questions->withdrawn_count > 0;
    if (has) {
        said->withdrawn = true;
        said->number = questions->withdrawn[--questions->withdrawn_count];
    }
    for (struct question *at = questions->open; !has && at != NULL; at = at->next) {
        if (!at->told) {
            at->told = has = true;
            said->withdrawn = false;
            said->number = at->number;
            said->wish = *at->wish;
            memcpy(said->program, at->program, sizeof said->program);
        }
    }
    pthread_mutex_unlock(&questions->lock);
    return has;
}

bool questions_withdrawn(struct questions *questions, uint64_t *number) {
    pthread_mutex_lock(&questions->lock);
    bool has = questions->withdrawn_count > 0;
    if (has) {
        *number = questions->withdrawn[--questions->withdrawn_count];
    }
    pthread_mutex_unlock(&questions->lock);
    return has;
}

/* With the lock: frees the callers of a question that died. */
static void look_at(struct questions *questions, struct question *question) {
    struct request **link = &question->waiting;
    while (*link != NULL) {
        struct request *request = *link;
        if (request_is_alive(request)) {
            link = &request->next;
        } else {
            *link = request->next;
            questions->parked--;
            request_free(request);
        }
    }
}

void questions_look(struct questions *questions) {
    pthread_mutex_lock(&questions->lock);
    struct question **link = &questions->open;
    while (*link != NULL) {
        look_at(questions, *link);
        if ((*link)->waiting != NULL) {
            link = &(*link)->next;
            continue;
        }
        struct question *question = take_out(questions, link);
        if (question->told) {
            questions->withdrawn =
                grow(questions->withdrawn, questions->withdrawn_count + 1, sizeof *questions->withdrawn);
            questions->withdrawn[questions->withdrawn_count++] = question->number;
            wake(questions);
        }
        question_free(question);
    }
    pthread_mutex_unlock(&questions->lock);
}
