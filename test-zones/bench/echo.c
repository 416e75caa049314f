// echo: what a DNS server that thinks nothing reaches on this machine, beside the load generator:
// takes a batch of datagrams, sets QR and AA, sends them back.   echo PORT, on 127.0.0.1
//
// Its rate is the limit of machine and load generator together; a server far below it is measured,
// a server near it is not.
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

enum { BATCH = 64, OCTETS_MAX = 512 };

int main(int argc, char **argv) {
    struct sockaddr_in own = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    if (argc != 2) {
        fprintf(stderr, "usage: echo PORT\n");
        return 2;
    }
    own.sin_port = htons((unsigned short)atoi(argv[1]));
    int fd = socket(AF_INET, SOCK_DGRAM, 0);
    if (bind(fd, (struct sockaddr *)&own, sizeof own) != 0) {
        perror("echo: bind");
        return 1;
    }
    static unsigned char octets[BATCH][OCTETS_MAX];
    struct sockaddr_in peers[BATCH];
    struct iovec slots[BATCH];
    struct mmsghdr messages[BATCH];
    for (;;) {
        memset(messages, 0, sizeof messages);
        for (int i = 0; i < BATCH; i++) {
            slots[i] = (struct iovec){octets[i], OCTETS_MAX};
            messages[i].msg_hdr.msg_name = &peers[i];
            messages[i].msg_hdr.msg_namelen = sizeof peers[i];
            messages[i].msg_hdr.msg_iov = &slots[i];
            messages[i].msg_hdr.msg_iovlen = 1;
        }
        int count = recvmmsg(fd, messages, BATCH, MSG_WAITFORONE, NULL);
        for (int i = 0; i < count; i++) {
            octets[i][2] |= 0x84;
            slots[i].iov_len = messages[i].msg_len;
        }
        if (count > 0) sendmmsg(fd, messages, (unsigned)count, 0);
    }
}
