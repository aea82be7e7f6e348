/* A check that fails names its line; the run goes on and ends with status 1. */
#ifndef LANDGRANT_CHECK_H
#define LANDGRANT_CHECK_H

#include <stdbool.h>

void check_that(bool good, const char *what, const char *file, int line);
void check_same(const char *wanted, const char *got, const char *file, int line);

#define CHECK(condition)  check_that((condition), #condition, __FILE__, __LINE__)
#define SAME(wanted, got) check_same((wanted), (got), __FILE__, __LINE__)

void test_policies(const char *golden);
void test_landlock(void);
void test_reach(void);
void test_questions(void);
void test_resolve(void);
void test_live(const char *golden);
void test_excepts(void);
void test_frames(void);
void test_denials(void);
void test_bus_log(void);
void test_sieve(void);
void test_descriptors(void);
void test_environment(void);
void test_opened(void);
void test_uri(void);
void test_links(void);
void test_wire(void);
void test_relay(void);
void test_scratch(void);
void test_util(void);
void test_typed(void);
void test_filter(void);
void test_attributes(void);
void test_sockets(void);
void test_files(void);
void test_walls(void);
void test_words(void);
void test_workers(void);
void test_own_sockets(void);
void test_companions(void);
void test_values(void);
void test_elf(void);
void test_options(void);

#endif
