#include <stdio.h>
#include <string.h>

#include "check.h"

static int checks, failures;

void check_that(bool good, const char *what, const char *file, int line) {
    checks++;
    if (!good) {
        failures++;
        fprintf(stderr, "%s:%d: not so: %s\n", file, line, what);
    }
}

void check_same(const char *wanted, const char *got, const char *file, int line) {
    checks++;
    if (strcmp(wanted, got) != 0) {
        failures++;
        fprintf(stderr, "%s:%d: wanted \"%s\", got \"%s\"\n", file, line, wanted, got);
    }
}

int main(int argc, char **argv) {
    if (argc != 2) {
        fprintf(stderr, "usage: %s GOLDEN-FOLDER\n", argv[0]);
        return 2;
    }
    test_walls();
    test_util();
    test_typed();
    test_words();
    test_policies(argv[1]);
    test_landlock();
    test_reach();
    test_questions();
    test_resolve();
    test_live(argv[1]);
    test_excepts();
    test_frames();
    test_denials();
    test_bus_log();
    test_sieve();
    test_descriptors();
    test_environment();
    test_opened();
    test_uri();
    test_wire();
    test_relay();
    test_links();
    test_filter();
    test_own_sockets();
    test_companions();
    test_attributes();
    test_files();
    test_workers();
    test_sockets();
    test_scratch();
    test_options();
    test_elf();
    test_values();
    printf("C: %d checks, %d failed\n", checks, failures);
    return failures == 0 && checks > 0 ? 0 : 1;
}
