// storm: sends a DNS server on 127.0.0.1 random datagrams, and sees whether it lives.
//
//   storm PORT QUESTION COUNT SEED
//
// A third is noise of 0 to 600 octets, a third is the question "QUESTION A" with a few octets
// changed, a third a header that promises records which do not follow. A good question goes along
// with each BATCH; COUNT datagrams make COUNT / BATCH of these. Equal seeds send equal octets.
// Prints one line: sent, asked, answered, seconds. Exit code 0 if the last good question is
// answered within 5 s, else 1.
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <poll.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>

enum { BATCH = 64, OCTETS_MAX = 600 };

static uint64_t state;

// splitmix64: each seed gives a good sequence.
static uint64_t chance(void) {
    uint64_t z = state += 0x9e3779b97f4a7c15;
    z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9;
    z = (z ^ z >> 27) * 0x94d049bb133111eb;
    return z ^ z >> 31;
}

static int compose(uint8_t *wire, const char *name) {
    uint8_t *p = wire + 12;
    memcpy(wire, "\xaa\x55\1\0\0\1\0\0\0\0\0\0", 12);
    while (*name) {
        size_t length = strcspn(name, ".");
        *p++ = (uint8_t)length;
        memcpy(p, name, length);
        p += length;
        name += length + (name[length] == '.');
    }
    memcpy(p, "\0\0\1\0\1", 5);
    return (int)(p + 5 - wire);
}

static int noise(uint8_t *octets) {
    int length = (int)(chance() % (OCTETS_MAX + 1));
    for (int i = 0; i < length; i += 8) {
        uint64_t r = chance();
        memcpy(octets + i, &r, 8);
    }
    return length;
}

static int damaged(uint8_t *octets, const uint8_t *question, int length) {
    memcpy(octets, question, (size_t)length);
    for (uint64_t changes = 1 + chance() % 4; changes; changes--) octets[chance() % (uint64_t)length] = (uint8_t)chance();
    return chance() % 4 ? length : (int)(chance() % (uint64_t)length);
}

static int promising(uint8_t *octets, const uint8_t *question, int length) {
    memcpy(octets, question, (size_t)length);
    for (int i = 4; i < 12; i++) octets[i] = (uint8_t)(chance() % 3);
    int more = (int)(chance() % 64);
    for (int i = 0; i < more; i++) octets[length + i] = (uint8_t)(chance() % 5 ? chance() : 0xc0);
    return length + more;
}

static long receive(int fd, int wait_ms) {
    uint8_t answer[4096];
    struct pollfd polled = {fd, POLLIN, 0};
    long good = 0;
    while (poll(&polled, 1, wait_ms) > 0) {
        ssize_t length = recv(fd, answer, sizeof answer, MSG_DONTWAIT);
        good += length >= 12 && answer[0] == 0xaa && answer[1] == 0x55 && answer[2] & 0x80 && !(answer[3] & 15) && answer[7];
        if (good && wait_ms) return good;
    }
    return good;
}

int main(int argc, char **argv) {
    if (argc != 5) {
        fprintf(stderr, "usage: storm PORT QUESTION COUNT SEED\n");
        return 2;
    }
    struct sockaddr_in server = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    server.sin_port = htons((uint16_t)atoi(argv[1]));
    state = strtoull(argv[4], NULL, 10);
    static uint8_t question[OCTETS_MAX], octets[BATCH][OCTETS_MAX + 64];
    int length = compose(question, argv[2]), fd = socket(AF_INET, SOCK_DGRAM, 0);
    if (connect(fd, (struct sockaddr *)&server, sizeof server) != 0) {
        perror("storm: connect");
        return 1;
    }
    long count = atol(argv[3]), sent = 0, asked = 0, answered = 0;
    time_t start = time(NULL);
    while (sent < count) {
        struct mmsghdr messages[BATCH];
        struct iovec slots[BATCH];
        memset(messages, 0, sizeof messages);
        for (int i = 0; i < BATCH; i++) {
            uint64_t kind = i == 0 ? 3 : chance() % 3;
            int size = length;
            if (kind == 0) size = noise(octets[i]);
            else if (kind == 1) size = damaged(octets[i], question, length);
            else if (kind == 2) size = promising(octets[i], question, length);
            else memcpy(octets[i], question, (size_t)length);
            if (kind != 3) octets[i][0] ^= 0xff; // its answer is not that of the good question
            slots[i] = (struct iovec){octets[i], (size_t)size};
            messages[i].msg_hdr.msg_iov = &slots[i];
            messages[i].msg_hdr.msg_iovlen = 1;
        }
        int took = sendmmsg(fd, messages, BATCH, 0);
        sent += took > 0 ? took : 0;
        asked += took > 0;
        answered += receive(fd, 0);
    }
    long last = 0;
    for (int attempt = 0; attempt < 5 && !last; attempt++) {
        send(fd, question, (size_t)length, 0);
        last = receive(fd, 1000);
    }
    printf("sent %ld asked %ld answered %ld seconds %ld\n", sent, asked, answered + last, (long)(time(NULL) - start));
    return last ? 0 : 1;
}
