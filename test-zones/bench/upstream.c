// upstream: the world outside of a cluster, for servers that forward to it: every name has one
// address, for an hour.   upstream PORT, on 127.0.0.1, over UDP
//
// It shares the machine with the server that asks it, so a reply costs little: the query with QR, RA
// and one record behind the question. An OPT record, which is all that may follow a question, is
// sent back behind it.
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

enum { BATCH = 64, OCTETS_MAX = 1232, HEADER = 12 };

// Name: the question's. A, IN, 3600 s, 192.0.2.1.
static const uint8_t RECORD[] = {0xc0, 12, 0, 1, 0, 1, 0, 0, 0x0e, 0x10, 0, 4, 192, 0, 2, 1};

// Makes the reply of a query in place; returns its length, 0 for none.
static size_t reply(uint8_t *octets, size_t length) {
    size_t at = HEADER;
    while (at < length && octets[at]) at += 1u + octets[at];
    at += 5;
    if (length < HEADER + 5 || at > length || length + sizeof RECORD > OCTETS_MAX || octets[2] & 0x80) return 0;
    octets[2] |= 0x80;
    octets[3] = 0x80;
    octets[7] = 1;
    memmove(octets + at + sizeof RECORD, octets + at, length - at);
    memcpy(octets + at, RECORD, sizeof RECORD);
    return length + sizeof RECORD;
}

int main(int argc, char **argv) {
    struct sockaddr_in own = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    if (argc != 2) {
        fprintf(stderr, "usage: upstream PORT\n");
        return 2;
    }
    own.sin_port = htons((unsigned short)atoi(argv[1]));
    int fd = socket(AF_INET, SOCK_DGRAM, 0), room = 4 << 20;
    setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &room, sizeof room);
    if (bind(fd, (struct sockaddr *)&own, sizeof own) != 0) {
        perror("upstream: bind");
        return 1;
    }
    static uint8_t octets[BATCH][OCTETS_MAX];
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
        int count = recvmmsg(fd, messages, BATCH, MSG_WAITFORONE, NULL), made = 0;
        for (int i = 0; i < count; i++) {
            size_t length = reply(octets[i], messages[i].msg_len);
            if (length == 0) continue;
            slots[i].iov_len = length;
            messages[made++] = messages[i];
        }
        if (made > 0) sendmmsg(fd, messages, (unsigned)made, 0);
    }
}
