/* Talking to the network, and families of sockets that no port rule sees. */
#include <errno.h>
#include <linux/netlink.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "numbers.h"
#include "themes.h"

static struct sockaddr_in local(int port) {
    return (struct sockaddr_in){
        .sin_family = AF_INET, .sin_port = htons((uint16_t)port), .sin_addr = {htonl(INADDR_LOOPBACK)}};
}

static enum result talks(int fd, const void *address, size_t length) {
    if (fd < 0 || connect(fd, address, (socklen_t)length) != 0 || send(fd, "hello", 5, MSG_NOSIGNAL) < 0) {
        return FAILED;
    }
    return loot_from(fd);
}

static enum result tcp(void) {
    struct sockaddr_in address = local(world.tcp);
    return talks(socket(AF_INET, SOCK_STREAM, 0), &address, sizeof address);
}

static enum result tcp_mapped(void) {
    struct sockaddr_in6 address = {.sin6_family = AF_INET6, .sin6_port = htons((uint16_t)world.tcp)};
    address.sin6_addr.s6_addr[10] = address.sin6_addr.s6_addr[11] = 0xff;
    uint32_t here = htonl(INADDR_LOOPBACK);
    memcpy(&address.sin6_addr.s6_addr[12], &here, 4);
    int fd = socket(AF_INET6, SOCK_STREAM, 0);
    return fd < 0 ? cannot("there is no IPv6 here") : talks(fd, &address, sizeof address);
}

static enum result multipath(void) {
    struct sockaddr_in address = local(world.tcp);
    int fd = socket(AF_INET, SOCK_STREAM, PROTOCOL_MPTCP);
    if (fd < 0 && (errno == EPROTONOSUPPORT || errno == ENOPROTOOPT)) {
        return cannot("the kernel has no multipath TCP");
    }
    return talks(fd, &address, sizeof address);
}

static enum result fast_open(int way) {
    struct sockaddr_in address = local(world.tcp);
    int fd = socket(AF_INET, SOCK_STREAM, 0), on = 1;
    struct iovec bytes = {(char[]){"hello"}, 5};
    struct mmsghdr message = {
        .msg_hdr = {.msg_name = &address, .msg_namelen = sizeof address, .msg_iov = &bytes, .msg_iovlen = 1}};
    long done = -1;
    switch (way) {
    case 0:
        done = sendto(fd, "hello", 5, MSG_FASTOPEN, (struct sockaddr *)&address, sizeof address);
        break;
    case 1:
        done = sendmsg(fd, &message.msg_hdr, MSG_FASTOPEN);
        break;
    case 2:
        done = sendmmsg(fd, &message, 1, MSG_FASTOPEN);
        break;
    default:
        setsockopt(fd, IPPROTO_TCP, TCP_FASTOPEN_CONNECT, &on, sizeof on);
        return talks(fd, &address, sizeof address);
    }
    return done < 0 ? FAILED : loot_from(fd);
}

static enum result fast_open_sendto(void) {
    return fast_open(0);
}

static enum result fast_open_sendmsg(void) {
    return fast_open(1);
}

static enum result fast_open_sendmmsg(void) {
    return fast_open(2);
}

static enum result fast_open_later(void) {
    return fast_open(3);
}

static enum result unspecified(void) {
    struct sockaddr_in address = local(world.tcp);
    address.sin_family = AF_UNSPEC;
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    (void)!connect(fd, (struct sockaddr *)&address, sizeof address);
    address.sin_family = AF_INET;
    return talks(fd, &address, sizeof address);
}

static enum result listens_bound(void) {
    struct sockaddr_in address = local(0);
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    return verdict(bind(fd, (struct sockaddr *)&address, sizeof address) == 0 ? listen(fd, 4) : -1);
}

static enum result listens_unbound(void) {
    return verdict(listen(socket(AF_INET, SOCK_STREAM, 0), 4));
}

static enum result listens_unbound_6(void) {
    int fd = socket(AF_INET6, SOCK_STREAM, 0);
    return fd < 0 ? cannot("there is no IPv6 here") : verdict(listen(fd, 4));
}

static enum result udp(int way) {
    struct sockaddr_in address = local(world.udp);
    int fd = socket(AF_INET, SOCK_DGRAM, 0);
    struct iovec bytes = {(char[]){"hello"}, 5};
    struct mmsghdr message = {
        .msg_hdr = {.msg_name = &address, .msg_namelen = sizeof address, .msg_iov = &bytes, .msg_iovlen = 1}};
    switch (way) {
    case 0:
        return verdict(sendto(fd, "hello", 5, 0, (struct sockaddr *)&address, sizeof address));
    case 1:
        return verdict(sendmsg(fd, &message.msg_hdr, 0));
    case 2:
        return verdict(sendmmsg(fd, &message, 1, 0));
    default:
        return verdict(connect(fd, (struct sockaddr *)&address, sizeof address) == 0 ? write(fd, "hello", 5)
                                                                                     : -1);
    }
}

static enum result udp_sendto(void) {
    return udp(0);
}

static enum result udp_sendmsg(void) {
    return udp(1);
}

static enum result udp_sendmmsg(void) {
    return udp(2);
}

static enum result udp_connected(void) {
    return udp(3);
}

static enum result udp_6(void) {
    struct sockaddr_in6 address = {.sin6_family = AF_INET6, .sin6_port = htons((uint16_t)world.udp)};
    address.sin6_addr.s6_addr[10] = address.sin6_addr.s6_addr[11] = 0xff;
    uint32_t here = htonl(INADDR_LOOPBACK);
    memcpy(&address.sin6_addr.s6_addr[12], &here, 4);
    int fd = socket(AF_INET6, SOCK_DGRAM, 0);
    return fd < 0 ? cannot("there is no IPv6 here")
                  : verdict(sendto(fd, "hello", 5, 0, (struct sockaddr *)&address, sizeof address));
}

static enum result udp_listens(void) {
    struct sockaddr_in address = local(0);
    int fd = socket(AF_INET, SOCK_DGRAM, 0);
    return verdict(bind(fd, (struct sockaddr *)&address, sizeof address));
}

/* Only the socket: whoever has one can use it. */
static enum result has_socket(int family, int type, int protocol) {
    int fd = socket(family, type, protocol);
    if (fd < 0 && (errno == EAFNOSUPPORT || errno == EPROTONOSUPPORT || errno == ESOCKTNOSUPPORT)) {
        return cannot("the kernel has no such sockets");
    }
    if (fd < 0 && (errno == EPERM || errno == EACCES)) {
        return cannot("such sockets are for root, or for nobody here");
    }
    return verdict(fd);
}

static enum result udp_lite(void) {
    return has_socket(AF_INET, SOCK_DGRAM, IPPROTO_UDPLITE);
}

static enum result ping(void) {
    return has_socket(AF_INET, SOCK_DGRAM, IPPROTO_ICMP);
}

static enum result sctp(void) {
    return has_socket(AF_INET, SOCK_STREAM, IPPROTO_SCTP);
}

/* In a network of one's own a user is root, so that more of the kernel can be reached. */
static enum result raw(void) {
    return own_namespaces(0x40000000) ? has_socket(AF_INET, SOCK_RAW, IPPROTO_RAW) : FAILED;
}

static enum result packet(void) {
    return own_namespaces(0x40000000) ? has_socket(AF_PACKET, SOCK_RAW, 0) : FAILED;
}

static enum result netlink_sockets(void) {
    return has_socket(AF_NETLINK, SOCK_RAW, NETLINK_SOCK_DIAG);
}

static enum result netlink_filter(void) {
    return has_socket(AF_NETLINK, SOCK_RAW, NETLINK_NETFILTER);
}

static enum result netlink_generic(void) {
    return has_socket(AF_NETLINK, SOCK_RAW, NETLINK_GENERIC);
}

static enum result virtual_machine(void) {
    return has_socket(AF_VSOCK, SOCK_STREAM, 0);
}

static enum result cipher(void) {
    return has_socket(AF_ALG, SOCK_SEQPACKET, 0);
}

static enum result bluetooth(void) {
    return has_socket(AF_BLUETOOTH, SOCK_RAW, 1);
}

static enum result disguised(void) {
    return has_socket(43, SOCK_STREAM, 0);
}

#define BY_PORT UNTIL(SUPERVISOR, 4)
#define BY_UDP  UNTIL(FILTER, 10)

static const struct attack PORTS[] = {
    ATTACK("tcp", "connecting to a TCP port", tcp, BY_PORT),
    ATTACK("tcp-mapped", "the same as IPv6", tcp_mapped, BY_PORT),
    ATTACK("tcp-unspecified", "connecting after a connect to nothing", unspecified, BY_PORT),
    ATTACK("mptcp", "multipath TCP", multipath, CLOSED(FILTER, 0)),
    ATTACK("fast-open", "TCP fast open (sendto)", fast_open_sendto, CLOSED(FILTER, 0)),
    ATTACK("fast-open-sendmsg", "TCP fast open (sendmsg)", fast_open_sendmsg, CLOSED(FILTER, 0)),
    ATTACK("fast-open-sendmmsg", "TCP fast open (sendmmsg)", fast_open_sendmmsg, CLOSED(FILTER, 0)),
    ATTACK("fast-open-connect", "TCP fast open (socket option)", fast_open_later, BY_PORT),
    ATTACK("listen", "listening on a TCP port", listens_bound, BY_PORT, .seen = listening_seen),
    ATTACK("listen-unbound", "listening without binding", listens_unbound, CLOSED(SUPERVISOR, 0),
           .seen = listening_seen),
    ATTACK("listen-unbound-6", "the same as IPv6", listens_unbound_6, CLOSED(SUPERVISOR, 0),
           .seen = listening_seen),
    ATTACK("udp", "sending UDP (sendto)", udp_sendto, BY_UDP),
    ATTACK("udp-sendmsg", "sending UDP (sendmsg)", udp_sendmsg, BY_UDP),
    ATTACK("udp-sendmmsg", "sending UDP (sendmmsg)", udp_sendmmsg, BY_UDP),
    ATTACK("udp-connected", "sending UDP (connect and write)", udp_connected, BY_UDP),
    ATTACK("udp-6", "sending UDP as IPv6", udp_6, BY_UDP),
    ATTACK("udp-listen", "receiving UDP", udp_listens, BY_UDP, .seen = bound_udp_seen),
};
const struct theme NETWORK = THEME(PORTS, "Network");

static const struct attack FAMILIES[] = {
    ATTACK("udp-lite", "UDP's light form", udp_lite, CLOSED(FILTER, 0),
           HOLDS_SOCKET(AF_INET, IPPROTO_UDPLITE)),
    ATTACK("ping", "ping sockets", ping, CLOSED(FILTER, 0), HOLDS_SOCKET(AF_INET, IPPROTO_ICMP)),
    ATTACK("sctp", "SCTP", sctp, CLOSED(FILTER, 0), HOLDS_SOCKET(AF_INET, IPPROTO_SCTP)),
    ATTACK("smc", "TCP in disguise (SMC)", disguised, CLOSED(FILTER, 0), HOLDS_SOCKET(43, 0)),
    ATTACK("raw", "raw sockets", raw, CLOSED(FILTER, 0), HOLDS_SOCKET(AF_INET, IPPROTO_RAW)),
    ATTACK("packet", "packet sockets", packet, CLOSED(FILTER, 0), HOLDS_SOCKET(AF_PACKET, 0)),
    ATTACK("netlink-sockets", "netlink: who talks to whom", netlink_sockets, CLOSED(FILTER, 0),
           HOLDS_SOCKET(AF_NETLINK, NETLINK_SOCK_DIAG)),
    ATTACK("netlink-netfilter", "netlink: packet filters", netlink_filter, CLOSED(FILTER, 0),
           HOLDS_SOCKET(AF_NETLINK, NETLINK_NETFILTER)),
    ATTACK("netlink-generic", "netlink: other parts of the kernel", netlink_generic, CLOSED(FILTER, 0),
           HOLDS_SOCKET(AF_NETLINK, NETLINK_GENERIC)),
    ATTACK("vsock", "sockets to the machine outside a virtual one", virtual_machine, CLOSED(FILTER, 0),
           HOLDS_SOCKET(AF_VSOCK, 0)),
    ATTACK("cipher", "the kernel's ciphers (AF_ALG)", cipher, CLOSED(FILTER, 0), HOLDS_SOCKET(AF_ALG, 0)),
    ATTACK("bluetooth", "Bluetooth", bluetooth, CLOSED(FILTER, 0), HOLDS_SOCKET(AF_BLUETOOTH, 1)),
};
const struct theme OTHER_SOCKETS = THEME(FAMILIES, "Other kinds of sockets");
