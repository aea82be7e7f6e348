#include "console.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "excepts.h"
#include "refusals.h"
#include "report.h"
#include "util.h"

enum { TOO_SOON_MS = 1000, SHOWN_BYTES = 360, SHOWN_PART = 160 };

void console_tell(const struct denial *denial) {
    char *value = NULL;
    const char *option = option_for(denial, &value);
    if (option == NULL) {
        say("refused %s %s on the session bus", verb_of(denial), denial->what);
        return;
    }
    /* What everybody shares is the last thing to give for a temporary file. */
    bool temporary = strcmp(option, "--rw") == 0 && strcmp(value, "/tmp") == 0;
    FREES char *word = shell_word(value);
    say("refused %s %s (allow with %s%s %s)", verb_of(denial), denial->what,
        temporary ? "--private-tmp, or " : "", option, word);
    free(value);
}

void console_begin(struct console *console, struct reach *reach, struct questions *questions,
                   struct denials *denials) {
    console->reach = reach;
    console->questions = questions;
    console->denials = denials;
    questions_agent(questions, console->ask);
}

int console_fd(const struct console *console) {
    return console->asking ? console->terminal.fd : -1;
}

/* A refusal that is new, or, at the end, that came again since it was written. */
static void tell_one(struct console *console, size_t index, bool all) {
    pthread_mutex_lock(&console->denials->lock);
    struct denial denial = console->denials->list[index];
    pthread_mutex_unlock(&console->denials->lock);
    uint64_t before = console->written[index];
    if (before != 0 && (!all || before == denial.count)) {
        return;
    }
    console->written[index] = denial.count;
    if (console->watch && before == 0) {
        console_tell(&denial);
    }
    if (console->report >= 0 && !report_write(console->report, &denial, denial.count - before)) {
        say("the report could not be written; nothing more is added to it");
        close(console->report);
        console->report = -1;
    }
}

/* Others add refusals meanwhile, nobody takes any away. */
static void tell(struct console *console, bool all) {
    if (!console->watch && console->report < 0) {
        return;
    }
    size_t count = denials_count(console->denials);
    for (size_t i = 0; i < count; i++) {
        tell_one(console, i, all);
    }
}

/* A path as it is shown: no longer than some lines. */
static char *shown(const char *text) {
    char *plain = terminal_text(text);
    size_t length = strlen(plain);
    if (length > SHOWN_BYTES) {
        size_t head = SHOWN_PART, tail = length - SHOWN_PART;
        while (head > 0 && ((unsigned char)plain[head] & 0xc0) == 0x80) {
            head--;
        }
        while (tail < length && ((unsigned char)plain[tail] & 0xc0) == 0x80) {
            tail++;
        }
        char *cut = text_of("%.*s … (%zu bytes left out) … %s", (int)head, plain, tail - head, plain + tail);
        free(plain);
        plain = cut;
    }
    return plain;
}

/* The folder that may be given instead; NULL when that would be too much to give by the way. */
static char *folder_offered(const struct wish *wish) {
    const char *end = strrchr(wish->what, '/');
    const char *home = getenv("HOME");
    if (wish->kind != DENIED_FILE || end == NULL || end == wish->what) {
        return NULL;
    }
    char *folder = copy_bytes(wish->what, (size_t)(end - wish->what));
    if (strchr(folder + 1, '/') == NULL || (home != NULL && home[0] == '/' && is_below(home, folder))) {
        free(folder);
        return NULL;
    }
    return folder;
}

/* Hidden files: keys, passwords, and what starts programs. */
static bool is_sensitive(const struct wish *wish) {
    return wish->kind == DENIED_FILE && strstr(wish->what, "/.") != NULL;
}

/* What --except names is not given after all, and never asked about. */
static bool is_excepted(const struct console *console, const struct wish *wish) {
    return wish->kind == DENIED_FILE && excepted_rights(console->rules, "/", wish->what) != 0;
}

/* Devices are opened with what they take besides reading and writing. */
static unsigned device_rights(const char *path) {
    struct stat status;
    return lstat(path, &status) == 0 && (S_ISCHR(status.st_mode) || S_ISBLK(status.st_mode)) ? RIGHT_DEVICE
                                                                                             : 0;
}

static void answer(struct console *console, bool allowed, const char *what) {
    const struct wish *wish = &console->said.wish;
    unsigned rights = wish->kind != DENIED_FILE ? 0u
                      : wish->access == 'w'     ? RIGHT_READ | RIGHT_WRITE
                                                : RIGHT_READ;
    if (allowed && rights != 0) {
        rights |= device_rights(what);
    }
    if (allowed && !reach_add(console->reach, wish->kind, rights, what)) {
        say("%s cannot be allowed to a program that runs", what);
        allowed = false;
    }
    if (allowed) {
        questions_forget(console->questions);
    }
    console->asking = false;
    questions_answer(console->questions, console->said.number, allowed);
}

static bool print_choices(struct console *console) {
    FREES char *folder = console->sensitive ? NULL : folder_offered(&console->said.wish);
    FREES char *folder_shown = folder != NULL ? shown(folder) : NULL;
    FREES char *choices =
        console->sensitive ? copy_text("Hidden files hold keys and settings. To allow this, type the word "
                                       "\"allow\".\n(n: no, q: no, and ask no more): ")
        : folder != NULL
            ? text_of("y: allow, f: allow all of %s,\nn: no, q: no, and ask no more: ", folder_shown)
            : copy_text("y: allow, n: no, q: no, and ask no more: ");
    bool printed = terminal_print(&console->terminal, choices);
    terminal_forget(&console->terminal);
    console->shown_at = now_ms();
    return printed;
}

static bool print_question(struct console *console) {
    const struct wish *wish = &console->said.wish;
    const char *verb = wish->kind == DENIED_CONNECT  ? "connect to TCP port"
                       : wish->kind == DENIED_LISTEN ? "listen on TCP port"
                       : wish->access == 'w'         ? "change"
                                                     : "read";
    FREES char *program = terminal_text(console->said.program);
    FREES char *what = shown(wish->what);
    FREES char *sentence = text_of("landgrant: “%s” would like to %s %s\n", program, verb, what);
    return terminal_print(&console->terminal, sentence) && print_choices(console);
}

/* Nobody can be asked any more. */
static void ask_no_more(struct console *console) {
    console->ask = false;
    console->asking = false;
    questions_agent(console->questions, false);
    terminal_give(&console->terminal);
}

/* Shows the next question, if there is one and none is shown. */
static void ask(struct console *console) {
    struct question_said next;
    const char *reason = NULL;
    while (console->ask && !console->asking && questions_next(console->questions, &next)) {
        if (next.withdrawn) {
            continue;
        }
        if (is_excepted(console, &next.wish)) {
            questions_answer(console->questions, next.number, false);
            continue;
        }
        console->said = next;
        console->sensitive = is_sensitive(&next.wish);
        console->asking = true;
        if (!terminal_take(&console->terminal, &reason)) {
            say("nothing is asked: %s", reason);
            ask_no_more(console);
        } else if (!print_question(console)) {
            say("nothing is asked: the question could not be printed");
            ask_no_more(console);
        }
    }
    if (!console->asking) {
        terminal_give(&console->terminal);
    }
}

/* Whether the question on the screen is nobody's any more. The told ones are withdrawn one by one. */
static void look_for_withdrawn(struct console *console) {
    struct question_said said;
    while (console->asking && questions_withdrawn(console->questions, &said.number)) {
        if (said.number == console->said.number) {
            (void)terminal_print(&console->terminal, "\nNobody waits for that any more.\n");
            console->asking = false;
        }
    }
}

void console_serve(struct console *console) {
    if (console->questions == NULL) {
        return;
    }
    tell(console, false);
    look_for_withdrawn(console);
    ask(console);
}

static void obey(struct console *console) {
    const char *line = console->terminal.line;
    FREES char *folder = console->sensitive ? NULL : folder_offered(&console->said.wish);
    if (strcmp(line, "n") == 0 || strcmp(line, "no") == 0) {
        answer(console, false, NULL);
    } else if (strcmp(line, "q") == 0) {
        ask_no_more(console);
    } else if (strcmp(line, "allow") == 0 ||
               (!console->sensitive && (strcmp(line, "y") == 0 || strcmp(line, "yes") == 0))) {
        answer(console, true, console->said.wish.what);
    } else if (folder != NULL && strcmp(line, "f") == 0) {
        answer(console, true, folder);
    } else if (!terminal_print(&console->terminal, "That is no answer here.\n") || !print_choices(console)) {
        ask_no_more(console);
    }
}

void console_hear(struct console *console) {
    enum heard heard = terminal_hear(&console->terminal);
    if (heard == HEARD_END) {
        (void)terminal_print(&console->terminal, "\n");
        ask_no_more(console);
    } else if (heard == HEARD_LINE && now_ms() - console->shown_at < TOO_SOON_MS) {
        if (!terminal_print(&console->terminal,
                            "That came too soon to be an answer to this. Read it, wait a second, and answer "
                            "then.\n") ||
            !print_choices(console)) {
            ask_no_more(console);
        }
    } else if (heard == HEARD_LINE) {
        obey(console);
    }
    console_serve(console);
}

void console_give_up(struct console *console) {
    if (console->asking) {
        answer(console, false, NULL);
        terminal_give(&console->terminal);
    }
}

void console_end(struct console *console) {
    if (console->questions != NULL) {
        console_give_up(console);
        terminal_give(&console->terminal);
        tell(console, true);
    }
    if (console->report >= 0) {
        close(console->report);
        console->report = -1;
    }
}
