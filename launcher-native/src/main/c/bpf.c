#include "bpf.h"

#include <linux/seccomp.h>

static void step(struct program *program, uint16_t code, uint32_t value, uint8_t if_true, uint8_t if_false) {
    if (program->count == PROGRAM_STEPS) {
        program->broken = true;
        return;
    }
    program->steps[program->count++] =
        (struct sock_filter){.code = code, .jt = if_true, .jf = if_false, .k = value};
}

static void load(struct program *program, size_t offset) {
    step(program, BPF_LD | BPF_W | BPF_ABS, (uint32_t)offset, 0, 0);
}

void bpf_load_architecture(struct program *program) {
    load(program, offsetof(struct seccomp_data, arch));
}

void bpf_load_number(struct program *program) {
    load(program, offsetof(struct seccomp_data, nr));
}

/* Both architectures we have are little-endian. */
void bpf_load_low(struct program *program, int argument) {
    load(program, offsetof(struct seccomp_data, args) + 8 * (size_t)argument);
}

void bpf_load_high(struct program *program, int argument) {
    load(program, offsetof(struct seccomp_data, args) + 8 * (size_t)argument + 4);
}

void bpf_mask(struct program *program, uint32_t bits) {
    step(program, BPF_ALU | BPF_AND | BPF_K, bits, 0, 0);
}

void bpf_answer(struct program *program, uint32_t action) {
    step(program, BPF_RET | BPF_K, action, 0, 0);
}

static void answer_if(struct program *program, uint16_t test, uint32_t value, uint32_t action) {
    step(program, (uint16_t)(BPF_JMP | test | BPF_K), value, 0, 1);
    bpf_answer(program, action);
}

void bpf_answer_if_equal(struct program *program, uint32_t value, uint32_t action) {
    answer_if(program, BPF_JEQ, value, action);
}

void bpf_answer_if_at_least(struct program *program, uint32_t value, uint32_t action) {
    answer_if(program, BPF_JGE, value, action);
}

void bpf_answer_if_any_bit(struct program *program, uint32_t bits, uint32_t action) {
    answer_if(program, BPF_JSET, bits, action);
}

size_t bpf_if_equal(struct program *program, uint32_t value) {
    step(program, BPF_JMP | BPF_JEQ | BPF_K, value, 0, UINT8_MAX);
    return program->count - 1u;
}

size_t bpf_unless_equal(struct program *program, uint32_t value) {
    step(program, BPF_JMP | BPF_JEQ | BPF_K, value, UINT8_MAX, 0);
    return program->count - 1u;
}

void bpf_end(struct program *program, size_t begun) {
    size_t over = program->count - begun - 1;
    struct sock_filter *jump = &program->steps[begun];
    if (over >= UINT8_MAX) {
        program->broken = true; /* jumps reach 255 steps, and 255 stands for one that is still open */
    } else if (jump->jf == UINT8_MAX) {
        jump->jf = (uint8_t)over;
    } else {
        jump->jt = (uint8_t)over;
    }
}
