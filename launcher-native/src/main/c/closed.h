/*
 * Closed outright, because Landlock does not see it. Everything here has a fixed answer; nothing is decided
 * by looking at the app's memory. Programs that hear these answers fall back.
 */
#ifndef LANDGRANT_CLOSED_H
#define LANDGRANT_CLOSED_H

#include <stddef.h>
#include <stdint.h>

enum { ALWAYS = -1 };

enum test { HAS_ANY_BIT, IS_EQUAL };

/* A call that gets an errno, always or by one number among its arguments. */
struct closed_call {
    int x86_64, aarch64;
    int argument; /* whose low 32 bits are looked at, because the kernel takes no more; or ALWAYS */
    enum test test;
    uint32_t value;
    uint16_t answer;
};

/* Those that programs call often stand first. */
extern const struct closed_call CLOSED_CALLS[];
extern const size_t CLOSED_CALL_COUNT;

#endif
