/* What a copied call would have needed, and whether that was refused. Looks at files, opens none for reading.
 */
#ifndef LANDGRANT_ATTEMPTS_H
#define LANDGRANT_ATTEMPTS_H

#include "denials.h"
#include "mirror.h"
#include "receive.h"

/* Adds what Landlock most likely refused to `denials`. */
void attempt_judge(const struct attempt *attempt, const char *first, const char *second,
                   const struct mirror *mirror, struct denials *denials);

#endif
