/* The rules of a run, written as a policy that `run --profile` takes back. */
#ifndef LANDGRANT_DRY_RUN_H
#define LANDGRANT_DRY_RUN_H

#include <stdio.h>

#include "options.h"

void dry_run_print(const struct run_options *options, unsigned abi, FILE *out);

#endif
