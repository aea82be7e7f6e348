/* landgrant launch: an app by its ID, with the policy the agent gives or gave last. */
#include "commands.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "agent.h"
#include "client.h"
#include "companions.h"
#include "enforce.h"
#include "environment.h"
#include "excepts.h"
#include "folders.h"
#include "gesture.h"
#include "hand_on.h"
#include "kernel_log.h"
#include "limits.h"
#include "opened.h"
#include "starter.h"
#include "supervise.h"
#include "surroundings.h"
#include "util.h"

enum { WELCOME_MS = 5000, POLICY_MS = 15000, STARTING_MS = 30000 };

/* Whether the frame is the policy. A person may have to decide something first; then nothing else is tried.
 */
static bool wait_for_policy(struct agent *agent, struct frame *frame) {
    if (!agent_wait(agent, now_ms() + POLICY_MS, frame)) {
        return false;
    }
    while (frame->type == FRAME_WAITING) {
        say("%.*s", (int)frame->fields[0].length, frame->fields[0].bytes);
        if (!agent_wait(agent, INT64_MAX, frame)) {
            die("the agent ended while %s waited, so nothing was started", agent->app);
        }
    }
    return frame->type == FRAME_POLICY;
}

/* The policy's text from a running agent; NULL when none answers properly. A refusal is said and ends us. */
static char *ask_agent(struct agent *agent, size_t *length) {
    char problem[SENTENCE_BYTES];
    struct frame frame = {0};
    if (!agent_greet(agent, problem, sizeof problem)) {
        if (problem[0] != '\0') {
            die("%s", problem);
        }
        return NULL;
    }
    char *text = NULL;
    if (agent_wait(agent, now_ms() + WELCOME_MS, &frame) && frame.type == FRAME_WELCOME) {
        struct frame_writer launch = frame_begin(&agent->out, FRAME_LAUNCH);
        frame_field(&launch, agent->app);
        if (frame_end(&launch) && wait_for_policy(agent, &frame)) {
            *length = frame.fields[0].length;
            text = copy_bytes(frame.fields[0].bytes, *length);
            buffer_drop_front(&agent->in, frame.size);
            return text;
        }
    }
    if (agent->fd >= 0 && frame.type == FRAME_REFUSED) {
        die("%.*s", (int)frame.fields[0].length, frame.fields[0].bytes);
    }
    agent_close(agent);
    return NULL;
}

static char *find_policy(struct agent *agent, size_t *length) {
    char *text = ask_agent(agent, length);
    if (text != NULL) {
        return text;
    }
    text = read_last_policy(agent->places, agent->app, length);
    if (text == NULL && errno == ENOENT) {
        die("%s has never been set up, and the agent does not run, so nothing was started", agent->app);
    }
    if (text == NULL) {
        die("the last policy of %s cannot be used, so nothing was started: %s", agent->app, strerror(errno));
    }
    agent_start(agent->places);
    agent->start_at = now_ms() + STARTING_MS;
    return text;
}

/* One more launcher for a file the app takes only one of; nobody's child, so no part of this session. */
static void launch_further(char *self, char *app, char *file) {
    pid_t child = fork();
    if (child == 0) {
        limits_restore();
        if (fork() == 0) {
            execv("/proc/self/exe", (char *[]){self, (char[]){"launch"}, app, file, NULL});
        }
        _exit(0);
    }
    if (child > 0) {
        waitpid(child, NULL, 0);
    }
}

static void start_again(char **argv, struct opened *opened, bool words) {
    char *first = opened->files[0];
    if (!words && opened->further[0] != NULL) {
        argv[3] = first; /* the others have launchers of their own */
        argv[4] = NULL;
    }
    limits_restore();
    execv("/proc/self/exe", argv);
    die("starting again failed: %s", strerror(errno));
}

/* The agent's answer to what may be another name of an app; NULL when there is no agent. Ends us when it
 * means no app, or several: the agent has said so. */
static char *ask_for_app(const struct places *places, char *word) {
    struct agent agent;
    struct buffer said = {.limit = APP_ID_BYTES + 1};
    agent_init(&agent, places, NULL);
    if (!client_greet(&agent)) {
        return NULL;
    }
    client_command(&agent, (char *[]){(char[]){"apps"}, (char[]){"--find"}, word, NULL});
    int status = client_answer(&agent, now_ms() + POLICY_MS, &said);
    agent_close(&agent);
    if (status > 0) {
        exit(EXIT_OURS);
    }
    char *app = status == 0 && said.length > 1 ? copy_bytes((const char *)said.bytes, said.length - 1) : NULL;
    buffer_free(&said);
    if (app == NULL || !is_app_id(app)) {
        free(app);
        return NULL;
    }
    return app;
}

/* An ID means that app. Other words mean the app they are the ID of without its end, if that was ever set up,
 * or else what the agent makes of them. */
static char *find_app(const struct places *places, char *word) {
    size_t length = 0;
    char *app = app_id_of(word);
    if (app == word) {
        return app;
    }
    FREES char *policy = app != NULL ? read_last_policy(places, app, &length) : NULL;
    char *found = policy == NULL && word[0] != '-' ? ask_for_app(places, word) : NULL;
    return found != NULL ? found : app;
}

int command_launch(char **argv) {
    bool inside = getenv(HAND_ON_VARIABLE) != NULL;
    struct places places = {0};
    char *app = NULL;
    if (argv[2] != NULL && !inside) {
        places = places_find();
        app = find_app(&places, argv[2]);
    } else if (argv[2] != NULL) {
        app = app_id_of(argv[2]);
    }
    if (app == NULL) {
        die("launch takes an app, like firefox-esr.desktop; see landgrant launch --help");
    }
    bool words = argv[3] != NULL && strcmp(argv[3], "--") == 0;
    if (words && argv[4] == NULL) {
        die("there is no command after \"--\"");
    }
    if (inside) {
        return hand_on_launch(app, argv + 3);
    }
    struct agent agent;
    agent_init(&agent, &places, app);
    size_t length = 0;
    FREES char *text = find_policy(&agent, &length);
    struct policy policy;
    struct confinement confinement = {0};
    struct guard guards[GUARDS];
    char problem[SENTENCE_BYTES];
    if (!policy_parse(text, length, &policy, problem, sizeof problem)) {
        die("the policy of %s is not valid, so nothing was started: %s", app, problem);
    }
    if (strcmp(policy.app, app) != 0) {
        die("the policy is for %s, not for %s, so nothing was started", policy.app, app);
    }
    guards_make(&places, guards);
    confinement.guards = guards;
    surroundings_except(&policy, &places);
    if (!enforce_decide(&policy, landlock_abi(), &confinement, problem, sizeof problem) ||
        !folders_make(&policy, problem, sizeof problem) ||
        !rules_open(&policy, guards, false, &confinement.rules, problem, sizeof problem)) {
        die("%s", problem);
    }
    struct opened opened = words ? opened_words(&policy, argv + 4) : opened_files(&policy, argv + 3);
    for (char **file = opened.further; *file != NULL; file++) {
        launch_further(argv[0], app, *file);
    }
    bool handed = gesture_grant(&opened, guards, &confinement.rules);
    rules_drop_planted(&confinement.rules);
    gesture_tell(&agent, &opened, &confinement.rules);
    struct surroundings surroundings;
    if (!surroundings_make(&policy, &places, guards, &confinement.rules, &surroundings, problem,
                           sizeof problem)) {
        die("%s", problem);
    }
    struct scratch companions;
    (void)companions_begin(&places, app, &companions); /* without it a second start does not find the first */
    rules_except(&confinement.rules, &policy, guards);
    confinement.log_flags = kernel_log_flags(&places, landlock_abi());
    confinement.words = opened.words;
    confinement.environment = environment_make(&policy, &confinement.rules, &surroundings, environ);
    static char *nothing[] = {NULL};
    agent.arguments = handed ? nothing : opened.files;
    agent.started = wall_ms();
    agent.helper = surroundings.bus_alive >= 0 ? surroundings.bus_proxy : 0;
    agent.starter = starter_make(&places);
    struct session session = {.confinement = &confinement,
                              .agent = &agent,
                              .surroundings = &surroundings,
                              .bus = {.fd = surroundings.bus_said, .policy = &policy}};
    surroundings.bus_said = -1; /* the session closes it */
    int failed = session_run(&session);
    companions_end(&companions);
    surroundings_end(&surroundings);
    if (failed != 0) {
        return failed;
    }
    if (session.reopen) {
        start_again(argv, &opened, words);
    }
    leave_like(session.wait_status);
}
