#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "questions.h"

static char HOME_FOLDER[] = "/home/ada";
static unsigned again;

static void note_again(void *context, struct request *request) {
    (void)context;
    again++;
    request_free(request);
}

/* A call of a thread that is not there: answering it goes nowhere, and it is dead when looked at. */
static struct request *call_of_nobody(void) {
    struct request *request = grow(NULL, 1, sizeof *request);
    *request = (struct request){.listener = -1, .program = "p"};
    return request;
}

static struct verdict wants_file(const char *path) {
    struct verdict verdict = {.outcome = OUTCOME_CONTINUE};
    verdict_wants(&verdict, DENIED_FILE, 'r', path, false, 0);
    return verdict;
}

static void ask(struct questions *questions, const char *path) {
    struct verdict verdict = wants_file(path);
    struct request *request = call_of_nobody();
    request->judged_at = questions_now(questions);
    questions_take(questions, request, &verdict);
}

void test_questions(void) {
    struct ask asks[] = {{.kind = DENIED_FILE, .path = HOME_FOLDER}};
    struct rules rules = {.asks = asks, .ask_count = 1};
    struct reach *reach = reach_make(&rules, NULL, true, true);
    struct denials denials = {0};
    struct questions *questions = questions_make(reach, &denials, note_again, NULL);
    struct question_said said;

    /* Nobody to ask: refused and told. */
    ask(questions, "/home/ada/a");
    CHECK(denials.count == 1 && !questions_are_open(questions));

    /* Three calls, two wishes; asked in order, each once. */
    questions_agent(questions, true);
    ask(questions, "/home/ada/a");
    ask(questions, "/home/ada/b");
    ask(questions, "/home/ada/a");
    CHECK(denials.count == 1 && questions_are_open(questions));
    CHECK(questions_next(questions, &said) && said.number == 1 && !said.withdrawn);
    SAME("/home/ada/a", said.wish.what);
    CHECK(questions_next(questions, &said) && said.number == 2);
    CHECK(!questions_next(questions, &said));

    /* Allowed: both are judged again. Answers to what is not open mean nothing. */
    questions_answer(questions, 1, true);
    CHECK(again == 2 && denials.count == 1);
    questions_answer(questions, 1, false);
    questions_answer(questions, 77, true);
    CHECK(again == 2 && denials.count == 1);

    /* Denied: told, and not asked again until something was granted. */
    questions_answer(questions, 2, false);
    CHECK(denials.count == 2 && !questions_are_open(questions));
    ask(questions, "/home/ada/b");
    CHECK(denials.list[1].count == 2 && !questions_are_open(questions));
    questions_forget(questions);
    ask(questions, "/home/ada/b");
    CHECK(questions_are_open(questions) && questions_next(questions, &said) && said.number == 3);

    /* The caller is dead: withdrawn once. One that nobody was told of just goes. */
    ask(questions, "/home/ada/untold");
    questions_look(questions);
    CHECK(!questions_are_open(questions));
    CHECK(questions_next(questions, &said) && said.withdrawn && said.number == 3);
    CHECK(!questions_next(questions, &said));

    /* The agent is lost: everything is denied, and may be asked of the next one. */
    ask(questions, "/home/ada/c");
    questions_agent(questions, false);
    CHECK(!questions_are_open(questions) && denials.count == 3);
    questions_agent(questions, true);
    ask(questions, "/home/ada/c");
    CHECK(questions_are_open(questions));
    questions_agent(questions, false);

    /* Elsewhere the policy asks nothing; nor what no answer would help. */
    questions_agent(questions, true);
    ask(questions, "/home/bob");
    ask(questions, "/home/ada/\xff");
    struct verdict told = wants_file("/home/ada/d");
    told.only_told = true;
    questions_take(questions, call_of_nobody(), &told);
    CHECK(!questions_are_open(questions));

    /* The same wish again after an allow is refused, not asked for ever. */
    struct verdict verdict = wants_file("/home/ada/e");
    struct request *request = call_of_nobody();
    request->judged_at = questions_now(questions);
    request->asked = 1;
    request->asked_for = grow(NULL, 1, sizeof *request->asked_for);
    *request->asked_for = verdict.wish;
    questions_take(questions, request, &verdict);
    CHECK(!questions_are_open(questions));

    /* Judged before something was granted: judged again. */
    again = 0;
    request = call_of_nobody();
    request->judged_at = questions_now(questions);
    questions_forget(questions);
    questions_take(questions, request, &verdict);
    CHECK(again == 1 && !questions_are_open(questions));

    /* Bounded. */
    denials_drop(&denials, denials.count);
    for (unsigned i = 0; i < PARKED_MOST + 3; i++) {
        ask(questions, "/home/ada/many");
    }
    CHECK(denials.count == 1 && denials.list[0].count == 3);
    questions_agent(questions, false);
    CHECK(denials.list[0].count == PARKED_MOST + 3);
    denials_drop(&denials, denials.count);
    free(denials.list);
    questions_free(questions);
    reach_free(reach);
}
