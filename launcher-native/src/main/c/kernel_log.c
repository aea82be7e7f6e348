#include "kernel_log.h"

#include <string.h>
#include <sys/xattr.h>

#include "kernel.h"
#include "landlock.h"
#include "util.h"

unsigned kernel_log_flags(const struct places *places, unsigned abi) {
    const char *name = strrchr(places->agent, '/');
    FREES char *helper = text_of("%.*s/landgrant-audit", (int)(name - places->agent), places->agent);
    if (abi < ABI_OF_LOG_FLAGS || getxattr(helper, "security.capability", NULL, 0) <= 0) {
        return 0;
    }
    /* Of the app, not of us before it; and not what a program in it forbids itself. */
    return LL_LOG_SAME_EXEC_OFF | LL_LOG_NEW_EXEC_ON | LL_LOG_SUBDOMAINS_OFF;
}
