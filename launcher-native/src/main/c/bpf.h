/* Small steps of a seccomp program. What is asked of one call is a block that ends in an answer. */
#ifndef LANDGRANT_BPF_H
#define LANDGRANT_BPF_H

#include <linux/filter.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { PROGRAM_STEPS = 1024 };

struct program {
    struct sock_filter steps[PROGRAM_STEPS];
    unsigned short count;
    bool broken; /* too long, or a jump too far: it must not be used */
};

/* Loads what the following steps look at: the architecture, the number of the call, half of an argument. */
void bpf_load_architecture(struct program *program);
void bpf_load_number(struct program *program);
void bpf_load_low(struct program *program, int argument);
void bpf_load_high(struct program *program, int argument);

/* Keeps only these bits of what is loaded. */
void bpf_mask(struct program *program, uint32_t bits);

/* Ends the program with this action. */
void bpf_answer(struct program *program, uint32_t action);
void bpf_answer_if_equal(struct program *program, uint32_t value, uint32_t action);
void bpf_answer_if_at_least(struct program *program, uint32_t value, uint32_t action);
void bpf_answer_if_any_bit(struct program *program, uint32_t bits, uint32_t action);

/* The steps up to bpf_end() happen only if what is loaded equals (does not equal) the value. */
size_t bpf_if_equal(struct program *program, uint32_t value);
size_t bpf_unless_equal(struct program *program, uint32_t value);
void bpf_end(struct program *program, size_t begun);

#endif
