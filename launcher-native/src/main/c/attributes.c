#include "broker.h"

/* No row leads here yet. */
void attributes_handle(struct request *request, struct reach *reach, struct verdict *verdict) {
    (void)request;
    (void)reach;
    verdict_continue(verdict);
}
