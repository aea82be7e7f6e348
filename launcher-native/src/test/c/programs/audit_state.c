/* Prints whether the kernel writes audit records now: 0 or 1; nothing when it does not say. */
#include <linux/audit.h>
#include <linux/netlink.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>

int main(void) {
    int fd = socket(AF_NETLINK, SOCK_RAW, NETLINK_AUDIT);
    struct nlmsghdr ask = {.nlmsg_len = sizeof ask, .nlmsg_type = AUDIT_GET, .nlmsg_flags = NLM_F_REQUEST};
    union {
        struct nlmsghdr header;
        char bytes[4096];
    } answer;
    if (fd < 0 || send(fd, &ask, sizeof ask, 0) < 0) {
        return 1;
    }
    ssize_t length = recv(fd, &answer, sizeof answer, 0);
    struct audit_status status = {0};
    if (length < (ssize_t)(NLMSG_HDRLEN + 2 * sizeof(__u32)) || answer.header.nlmsg_type != AUDIT_GET) {
        return 1;
    }
    size_t rest = (size_t)length - NLMSG_HDRLEN;
    memcpy(&status, answer.bytes + NLMSG_HDRLEN, rest < sizeof status ? rest : sizeof status);
    printf("%u\n", status.enabled);
    return 0;
}
