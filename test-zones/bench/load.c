// load: asks a DNS server on 127.0.0.1 as fast as it answers, or at a given rate.
//
//   load PORT QUESTIONS SECONDS WINDOW SOCKETS udp|tcp [RATE]
//
// QUESTIONS is a file of lines "name TYPE", asked in turn, over and over; a label "########" in a
// name is another one each time, so that nobody has its answer yet. At most WINDOW questions
// are open at a time, spread over SOCKETS sockets; with RATE at most so many are sent a second.
// Prints one line of "key value" pairs: qps, mean_us, stddev_us, p50_us, p99_us, lost (of those
// sent, in percent) and, for each response code seen, rcode_N (of the answers, in percent).
//
// It shares the machine with the server it measures, so each question must cost little: messages
// are made once, before the clock starts; up to BATCH of them go through one system call; times are
// taken once for a batch; it blocks only when no answer is there. One thread. Where a question is
// not answered within LOST_NS, its slot is given up.
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { BATCH = 64, MESSAGE_MAX = 288, ANSWER_MAX = 4096, INPUT_MAX = 1 << 17 };
enum { BUCKETS = 20000, BUCKET_NS = 5000 }; // latencies up to 100 ms, in steps of 5 us
static const uint64_t LOST_NS = 1000000000, TAIL_NS = 300000000;

struct question {
    uint16_t length, fresh_at; // where a label is that changes; 0 if none does
    uint8_t wire[MESSAGE_MAX];
};

struct connection {
    int fd, open;
    uint16_t next_id;
    uint64_t sent_at[1 << 16]; // by message ID; 0: no question is open
    uint8_t *input;            // TCP: octets that came; UDP: BATCH slots of ANSWER_MAX
    int input_length;
    uint8_t *output; // TCP: octets that the kernel did not take yet
    int output_length, output_sent;
};

static struct question *questions;
static long question_count, question_at;
static struct sockaddr_in server = {.sin_family = AF_INET};
static int is_tcp;
static uint64_t sent, answered, lost, rcodes[16], buckets[BUCKETS + 1];
static double sum_us, sum_us2;

static uint64_t now_ns(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (uint64_t)t.tv_sec * 1000000000 + (uint64_t)t.tv_nsec;
}

static void fail(const char *what) {
    fprintf(stderr, "load: %s: %s\n", what, strerror(errno));
    exit(1);
}

static int type_number(const char *type) {
    static const struct {
        const char *name;
        int number;
    } types[] = {{"A", 1}, {"NS", 2}, {"SOA", 6}, {"PTR", 12}, {"TXT", 16}, {"AAAA", 28}, {"SRV", 33}};
    for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
        if (strcmp(type, types[i].name) == 0) return types[i].number;
    }
    fprintf(stderr, "load: no such type: %s; known are A NS SOA PTR TXT AAAA SRV\n", type);
    exit(2);
}

// One question, recursion desired, class IN; ID 0 for now.
static void compose(struct question *q, char *name, int type) {
    uint8_t *p = q->wire;
    q->fresh_at = 0;
    memcpy(p, "\0\0\1\0\0\1\0\0\0\0\0\0", 12);
    p += 12;
    for (char *label = strtok(name, "."); label; label = strtok(NULL, ".")) {
        size_t length = strlen(label);
        *p++ = (uint8_t)length;
        memcpy(p, label, length);
        if (strcmp(label, "########") == 0) q->fresh_at = (uint16_t)(p - q->wire);
        p += length;
    }
    uint8_t tail[] = {0, 0, (uint8_t)type, 0, 1};
    memcpy(p, tail, sizeof tail);
    q->length = (uint16_t)(p + sizeof tail - q->wire);
}

static void read_questions(const char *path) {
    FILE *file = fopen(path, "r");
    if (!file) fail(path);
    char name[256], type[16];
    long room = 0;
    while (fscanf(file, "%255s %15s", name, type) == 2) {
        if (question_count == room) {
            room = room ? 2 * room : 1024;
            questions = realloc(questions, (size_t)room * sizeof *questions);
            if (!questions) fail("memory");
        }
        compose(&questions[question_count++], name, type_number(type));
    }
    fclose(file);
    if (question_count == 0) {
        fprintf(stderr, "load: %s holds no question\n", path);
        exit(2);
    }
}

static void connect_again(struct connection *c) {
    if (c->fd >= 0) close(c->fd);
    lost += (uint64_t)c->open;
    c->open = c->input_length = c->output_length = c->output_sent = 0;
    memset(c->sent_at, 0, sizeof c->sent_at);
    c->fd = socket(AF_INET, is_tcp ? SOCK_STREAM : SOCK_DGRAM, 0);
    if (c->fd < 0) fail("socket");
    int on = 1, room = 4 << 20;
    setsockopt(c->fd, SOL_SOCKET, SO_RCVBUF, &room, sizeof room);
    if (is_tcp) setsockopt(c->fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    if (connect(c->fd, (struct sockaddr *)&server, sizeof server) != 0) fail("connect");
    fcntl(c->fd, F_SETFL, O_NONBLOCK);
}

static void note(struct connection *c, const uint8_t *answer, int length, uint64_t now) {
    if (length < 12 || !(answer[2] & 0x80)) return;
    uint64_t *sent_at = &c->sent_at[answer[0] << 8 | answer[1]];
    if (!*sent_at) return;
    uint64_t took = now - *sent_at;
    *sent_at = 0;
    c->open--;
    answered++;
    rcodes[answer[3] & 15]++;
    double us = (double)took / 1000;
    sum_us += us;
    sum_us2 += us * us;
    uint64_t bucket = took / BUCKET_NS;
    buckets[bucket < BUCKETS ? bucket : BUCKETS]++;
}

static int receive_udp(struct connection *c) {
    struct mmsghdr messages[BATCH];
    struct iovec slots[BATCH];
    memset(messages, 0, sizeof messages);
    for (int i = 0; i < BATCH; i++) {
        slots[i] = (struct iovec){c->input + i * ANSWER_MAX, ANSWER_MAX};
        messages[i].msg_hdr.msg_iov = &slots[i];
        messages[i].msg_hdr.msg_iovlen = 1;
    }
    int count = recvmmsg(c->fd, messages, BATCH, MSG_DONTWAIT, NULL);
    uint64_t now = now_ns();
    for (int i = 0; i < count; i++) note(c, slots[i].iov_base, (int)messages[i].msg_len, now);
    return count > 0 ? count : 0;
}

static int receive_tcp(struct connection *c) {
    ssize_t got = recv(c->fd, c->input + c->input_length, (size_t)(INPUT_MAX - c->input_length), 0);
    if (got == 0 || (got < 0 && errno != EAGAIN)) {
        connect_again(c);
        return 0;
    }
    if (got < 0) return 0;
    c->input_length += (int)got;
    uint64_t now = now_ns();
    int at = 0, count = 0;
    while (c->input_length - at >= 2) {
        int length = c->input[at] << 8 | c->input[at + 1];
        if (c->input_length - at - 2 < length) break;
        note(c, c->input + at + 2, length, now);
        at += 2 + length;
        count++;
    }
    c->input_length -= at;
    memmove(c->input, c->input + at, (size_t)c->input_length);
    return count;
}

// Writes a label that was not asked for, neither in this run nor, most likely, in one before.
static void refresh(struct question *q) {
    static uint32_t number;
    if (!number) number = (uint32_t)(now_ns() >> 10);
    number++;
    for (int i = 0; i < 8; i++) q->wire[q->fresh_at + i] = (uint8_t)"0123456789abcdef"[number >> 4 * i & 15];
}

// The next question, with an ID that is free on this connection.
static struct question *next_question(struct connection *c, uint64_t now) {
    uint16_t id = c->next_id;
    if (c->sent_at[id]) return NULL;
    c->next_id++;
    c->sent_at[id] = now;
    struct question *q = &questions[question_at];
    question_at = question_at + 1 == question_count ? 0 : question_at + 1;
    q->wire[0] = (uint8_t)(id >> 8);
    q->wire[1] = (uint8_t)id;
    if (q->fresh_at) refresh(q);
    return q;
}

static int send_udp(struct connection *c, int count) {
    static uint8_t octets[BATCH][MESSAGE_MAX];
    struct mmsghdr messages[BATCH];
    struct iovec slots[BATCH];
    memset(messages, 0, sizeof messages);
    uint64_t now = now_ns();
    int made = 0;
    for (struct question *q; made < count && (q = next_question(c, now)); made++) {
        memcpy(octets[made], q->wire, q->length); // a short file may repeat a question within a batch
        slots[made] = (struct iovec){octets[made], q->length};
        messages[made].msg_hdr.msg_iov = &slots[made];
        messages[made].msg_hdr.msg_iovlen = 1;
    }
    sendmmsg(c->fd, messages, (unsigned)made, 0); // what the kernel refuses shows up as lost
    return made;
}

static void flush_tcp(struct connection *c) {
    ssize_t taken = send(c->fd, c->output + c->output_sent, (size_t)(c->output_length - c->output_sent), MSG_NOSIGNAL);
    if (taken > 0) c->output_sent += (int)taken;
    if (c->output_sent == c->output_length) c->output_sent = c->output_length = 0;
}

static int send_tcp(struct connection *c, int count) {
    if (c->output_length) {
        flush_tcp(c);
        return 0;
    }
    uint64_t now = now_ns();
    int made = 0;
    for (struct question *q; made < count && (q = next_question(c, now)); made++) {
        uint8_t *p = c->output + c->output_length;
        p[0] = (uint8_t)(q->length >> 8);
        p[1] = (uint8_t)q->length;
        memcpy(p + 2, q->wire, q->length);
        c->output_length += 2 + q->length;
    }
    flush_tcp(c);
    return made;
}

static void give_up_old(struct connection *all, int count, uint64_t now) {
    for (int i = 0; i < count; i++) {
        for (int id = 0; id < 1 << 16; id++) {
            uint64_t at = all[i].sent_at[id];
            if (at && now - at > LOST_NS) {
                all[i].sent_at[id] = 0;
                all[i].open--;
                lost++;
            }
        }
    }
}

static double percentile_us(double share) {
    uint64_t wanted = (uint64_t)((double)answered * share), seen = 0;
    for (int i = 0; i <= BUCKETS; i++) {
        seen += buckets[i];
        if (seen > wanted) return (i + 0.5) * BUCKET_NS / 1000;
    }
    return 0;
}

static void report(double seconds) {
    double n = answered ? (double)answered : 1, mean = sum_us / n;
    printf("qps %.0f mean_us %.1f stddev_us %.1f p50_us %.0f p99_us %.0f lost %.3f", (double)answered / seconds, mean,
           sqrt(fmax(0, sum_us2 / n - mean * mean)), percentile_us(0.5), percentile_us(0.99),
           sent ? 100.0 * (double)lost / (double)sent : 100);
    for (int i = 0; i < 16; i++) {
        if (rcodes[i]) printf(" rcode_%d %.2f", i, 100.0 * (double)rcodes[i] / n);
    }
    printf("\n");
}

int main(int argc, char **argv) {
    if (argc < 7) {
        fprintf(stderr, "usage: load PORT QUESTIONS SECONDS WINDOW SOCKETS udp|tcp [RATE]\n");
        return 2;
    }
    server.sin_port = htons((uint16_t)atoi(argv[1]));
    server.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    read_questions(argv[2]);
    double seconds = atof(argv[3]), rate = argc > 7 ? atof(argv[7]) : 0;
    int sockets = atoi(argv[5]), share = atoi(argv[4]) / sockets;
    is_tcp = strcmp(argv[6], "tcp") == 0;
    struct connection *all = calloc((size_t)sockets, sizeof *all);
    struct pollfd *polled = calloc((size_t)sockets, sizeof *polled);
    for (int i = 0; i < sockets; i++) {
        all[i].fd = -1;
        all[i].input = malloc(INPUT_MAX > BATCH * ANSWER_MAX ? INPUT_MAX : BATCH * ANSWER_MAX);
        all[i].output = malloc(BATCH * (MESSAGE_MAX + 2));
        connect_again(&all[i]);
    }
    // Over UDP it waits until a few can be sent at once, which costs both sides less. Over TCP it
    // does not: the rest of a segment would wait for the other side's acknowledgement.
    int least = is_tcp || share < 8 ? 1 : share / 4;
    uint64_t start = now_ns(), end = start + (uint64_t)(seconds * 1e9), now = start, checked = start;
    for (int open = 1; now < end || (open && now < end + TAIL_NS); now = now_ns()) {
        int got = 0;
        open = 0;
        for (int i = 0; i < sockets; i++) {
            struct connection *c = &all[i];
            got += is_tcp ? receive_tcp(c) : receive_udp(c);
            int room = share - c->open;
            if (rate > 0) {
                double due = (double)(now - start) / 1e9 * rate - (double)sent;
                room = due < room ? (int)due : room;
            } else if (room < least) {
                room = 0;
            }
            if (now < end && (room > 0 || c->output_length)) {
                int made = is_tcp ? send_tcp(c, room < BATCH ? room : BATCH) : send_udp(c, room < BATCH ? room : BATCH);
                c->open += made;
                sent += (uint64_t)made;
            }
            open += c->open;
            polled[i] = (struct pollfd){c->fd, POLLIN, 0};
        }
        if (!got) {
            struct timespec nap = {0, rate > 0 ? 20000 : 1000000};
            ppoll(polled, (nfds_t)sockets, &nap, NULL);
        }
        if (now - checked > LOST_NS) {
            give_up_old(all, sockets, now);
            checked = now;
        }
    }
    for (int i = 0; i < sockets; i++) lost += (uint64_t)all[i].open;
    report(seconds);
    return 0;
}
