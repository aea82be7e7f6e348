#include "unix_diag.h"

#include <errno.h>
#include <linux/netlink.h>
#include <linux/sock_diag.h>
#include <linux/unix_diag.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include "util.h"

enum { ANSWER_BYTES = 32768, PATIENCE_S = 2 };

/* What stands before the value of an attribute; everything begins at a multiple of it. */
#define HEADER sizeof(struct nlattr)
_Static_assert(HEADER == NLA_ALIGNTO, "as the kernel has it");

static size_t aligned(size_t bytes) {
    return (bytes + HEADER - 1) / HEADER * HEADER;
}

static bool ask(int netlink) {
    struct {
        struct nlmsghdr header;
        struct unix_diag_req request;
    } question = {
        .header = {.nlmsg_len = sizeof question,
                   .nlmsg_type = SOCK_DIAG_BY_FAMILY,
                   .nlmsg_flags = NLM_F_REQUEST | NLM_F_DUMP},
        .request = {.sdiag_family = AF_UNIX,
                    .udiag_states = UINT32_MAX,
                    .udiag_show = UDIAG_SHOW_NAME | UDIAG_SHOW_VFS},
    };
    return send(netlink, &question, sizeof question, 0) == (ssize_t)sizeof question;
}

static void take_attributes(const uint8_t *bytes, size_t length, struct bound_socket *found) {
    struct nlattr attribute;
    while (length >= sizeof attribute) {
        memcpy(&attribute, bytes, sizeof attribute);
        if (attribute.nla_len < sizeof attribute || attribute.nla_len > length) {
            return;
        }
        const uint8_t *value = bytes + HEADER;
        size_t value_bytes = attribute.nla_len - HEADER;
        struct unix_diag_vfs file;
        if (attribute.nla_type == UNIX_DIAG_NAME) {
            found->name = (const char *)value;
            found->name_bytes = value_bytes;
        } else if (attribute.nla_type == UNIX_DIAG_VFS && value_bytes >= sizeof file) {
            memcpy(&file, value, sizeof file);
            found->has_file = true;
            found->file = file.udiag_vfs_ino;
            found->device = file.udiag_vfs_dev;
        }
        size_t step = aligned(attribute.nla_len);
        step = step < length ? step : length;
        bytes += step;
        length -= step;
    }
}

enum taken { TAKEN_MORE, TAKEN_ALL, TAKEN_BAD };

static enum taken take_answer(const uint8_t *bytes, size_t length,
                              void (*each)(void *context, const struct bound_socket *socket), void *context) {
    struct nlmsghdr header;
    struct unix_diag_msg message;
    while (length >= sizeof header) {
        memcpy(&header, bytes, sizeof header);
        if (header.nlmsg_len < sizeof header || header.nlmsg_len > length) {
            return TAKEN_BAD;
        }
        if (header.nlmsg_type == NLMSG_DONE) {
            return TAKEN_ALL;
        }
        size_t body = header.nlmsg_len - sizeof header;
        if (header.nlmsg_type != SOCK_DIAG_BY_FAMILY || body < sizeof message) {
            return TAKEN_BAD; /* an error */
        }
        memcpy(&message, bytes + sizeof header, sizeof message);
        struct bound_socket found = {
            .cookie = (uint64_t)message.udiag_cookie[1] << 32 | message.udiag_cookie[0], .name = ""};
        take_attributes(bytes + sizeof header + sizeof message, body - sizeof message, &found);
        if (found.has_file || found.name_bytes > 0) {
            each(context, &found);
        }
        size_t step = aligned(header.nlmsg_len);
        step = step < length ? step : length;
        bytes += step;
        length -= step;
    }
    return TAKEN_MORE;
}

bool unix_sockets(void (*each)(void *context, const struct bound_socket *socket), void *context) {
    CLOSES int netlink = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_SOCK_DIAG);
    struct timeval patience = {.tv_sec = PATIENCE_S};
    if (netlink < 0 || setsockopt(netlink, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience) != 0 ||
        !ask(netlink)) {
        return false;
    }
    FREES uint8_t *answer = grow(NULL, 1, ANSWER_BYTES);
    enum taken taken = TAKEN_MORE;
    while (taken == TAKEN_MORE) {
        struct sockaddr_nl sender;
        socklen_t sender_bytes = sizeof sender;
        ssize_t got =
            recvfrom(netlink, answer, ANSWER_BYTES, MSG_TRUNC, (struct sockaddr *)&sender, &sender_bytes);
        if ((got < 0 && errno == EINTR) || (got > 0 && sender.nl_pid != 0)) {
            continue; /* only the kernel's word counts */
        }
        if (got <= 0 || got > ANSWER_BYTES) {
            return false;
        }
        taken = take_answer(answer, (size_t)got, each, context);
    }
    return taken == TAKEN_ALL;
}
