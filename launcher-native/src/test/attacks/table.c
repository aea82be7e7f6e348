/* The results as text, Markdown and JSON; and the part of SECURITY.md. */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "outside.h"

bool is_closed_here(const struct attack *attack, unsigned abi) {
    return attack->closed.by != NOBODY && attack->closed.by != GRANTED && attack->closed.abi <= abi;
}

bool is_expected(const struct row *row, unsigned abi) {
    bool must_work = row->attack->closed.by == GRANTED;
    return !row->ran || (row->out && !row->refused &&
                         (must_work ? row->in : (!row->in || !is_closed_here(row->attack, abi))));
}

static const char *closer(const struct attack *attack) {
    static const char *const NAMES[] = {"Landlock",  "call filter",  "supervisor",  "launcher",
                                        "bus proxy", "Linux itself", "not covered", "granted"};
    return NAMES[attack->closed.by];
}

static const char *how(const struct attack *attack, unsigned abi) {
    const struct closing *closed = &attack->closed;
    if (closed->by == NOBODY) {
        return text("not covered: %s", closed->note);
    }
    if (closed->abi > abi) {
        return text("not covered before Landlock %u", closed->abi);
    }
    if (closed->kernel > 0 && closed->kernel <= abi) {
        return text("Landlock %u", closed->kernel);
    }
    const char *since = closed->abi > 0 ? text("%s %u", closer(attack), closed->abi) : closer(attack);
    return closed->note != NULL ? text("%s (%s)", since, closed->note) : since;
}

static const char *inside(const struct row *row) {
    bool granted = row->attack->closed.by == GRANTED;
    return !row->ran ? "not run"
           : row->in ? (granted ? "works" : "SUCCEEDED")
           : granted ? "FAILED"
                     : "failed";
}

static const char *outside(const struct row *row) {
    return !row->ran ? "cannot run here" : row->out ? "succeeded" : "FAILED";
}

static void print_row(FILE *to, const struct row *row, unsigned abi) {
    const char *seen = !row->ran                           ? row->outside
                       : row->attack->closed.by == GRANTED ? row->refusal
                       : row->in                           ? row->inside
                       : row->out                          ? ""
                                                           : row->outside;
    fprintf(to, "%-26s %-15s %-10s %s%s%s%s\n", row->attack->name, outside(row), inside(row),
            how(row->attack, abi), seen[0] != '\0' ? " – " : "", seen,
            is_expected(row, abi) ? "" : "   <-- unexpected");
}

void table_row(const struct row *row, unsigned abi) {
    print_row(stdout, row, abi);
    fflush(stdout);
}

static void print_text(FILE *to, const struct row *rows, size_t count, unsigned abi) {
    for (size_t i = 0; i < count; i++) {
        print_row(to, &rows[i], abi);
    }
}

static void print_markdown(FILE *to, const struct row *rows, size_t count, unsigned abi) {
    fprintf(to, "| attack | what | unconfined | confined | how closed |\n| --- | --- | --- | --- | --- |\n");
    for (size_t i = 0; i < count; i++) {
        const struct row *row = &rows[i];
        fprintf(to, "| %s | %s | %s%s%s | %s | %s |\n", row->attack->name, row->attack->what, outside(row),
                row->ran ? "" : ": ", row->ran ? "" : row->outside, inside(row), how(row->attack, abi));
    }
}

static void print_quoted(FILE *to, const char *name, const char *value, const char *end) {
    fprintf(to, "\"%s\": \"", name);
    for (; *value != '\0'; value++) {
        if (*value == '"' || *value == '\\') {
            fputc('\\', to);
        }
        fputc(*value >= 0 && *value < ' ' ? ' ' : *value, to);
    }
    fprintf(to, "\"%s", end);
}

static void print_json(FILE *to, const struct row *rows, size_t count, unsigned abi) {
    fprintf(to, "{\"landlock\": %u, \"attacks\": [\n", abi);
    for (size_t i = 0; i < count; i++) {
        const struct row *row = &rows[i];
        fprintf(to, "  {");
        print_quoted(to, "name", row->attack->name, ", ");
        print_quoted(to, "what", row->attack->what, ", ");
        print_quoted(to, "unconfined", outside(row), ", ");
        print_quoted(to, "confined", inside(row), ", ");
        print_quoted(to, "closed", how(row->attack, abi), ", ");
        print_quoted(to, "seen", row->in ? row->inside : row->ran ? row->refusal : row->outside, ", ");
        fprintf(to, "\"expected\": %s}%s\n", is_expected(row, abi) ? "true" : "false",
                i + 1 < count ? "," : "");
    }
    fprintf(to, "]}\n");
}

static const struct {
    const char *name;
    void (*print)(FILE *, const struct row *, size_t, unsigned);
} FORMS[] = {{"attacks.txt", print_text}, {"attacks.md", print_markdown}, {"attacks.json", print_json}};
static FILE *files[COUNT_OF(FORMS)];

bool table_open(const char *folder) {
    for (size_t i = 0; i < COUNT_OF(FORMS); i++) {
        const char *path = text("%s/%s", folder, FORMS[i].name);
        files[i] = fopen(path, "we");
        if (files[i] == NULL) {
            fprintf(stderr, "attacks: %s cannot be written: %s\n", path, strerror(errno));
            return false;
        }
    }
    return true;
}

void table_write(const struct row *rows, size_t count, unsigned abi) {
    for (size_t i = 0; i < COUNT_OF(FORMS); i++) {
        if (files[i] != NULL) {
            FORMS[i].print(files[i], rows, count, abi);
            fclose(files[i]);
        }
    }
}

void table_security(void) {
    printf("| attack | way out | closed by | from Landlock |\n| --- | --- | --- | --- |\n");
    for (size_t i = 0; i < THEME_COUNT; i++) {
        printf("| **%s** | | | |\n", THEMES[i]->title);
        for (size_t k = 0; k < THEMES[i]->count; k++) {
            const struct attack *attack = &THEMES[i]->attacks[k];
            const struct closing *closed = &attack->closed;
            const char *since = closed->by == NOBODY    ? "–"
                                : closed->by == GRANTED ? "any"
                                : closed->abi > 0       ? text("%u", closed->abi)
                                                        : "any";
            const char *note = closed->by == GRANTED ? ": it has to work"
                               : closed->kernel > 0 ? text("; from Landlock %u on the kernel", closed->kernel)
                               : closed->note == NULL
                                   ? ""
                                   : text(closed->by == NOBODY ? ": %s" : "; %s", closed->note);
            printf("| %s | %s | %s%s | %s |\n", attack->name, attack->what, closer(attack), note, since);
        }
    }
}
