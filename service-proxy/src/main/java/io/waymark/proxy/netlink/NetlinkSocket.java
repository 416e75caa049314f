package io.waymark.proxy.netlink;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// One netlink socket for requests and their answers. It belongs to the network namespace of the
/// thread that opens it. One thread at a time may use it; each call blocks until the kernel has
/// answered, at most for [#ANSWER_LIMIT]. Lifecycle: [#netfilter], exchanges, [#close].
public final class NetlinkSocket implements AutoCloseable {
    /// The kernel answers within the call that sends, so this is met only if it is in distress.
    public static final Duration ANSWER_LIMIT = Duration.ofSeconds(20);

    private static final int AF_NETLINK = 16;
    private static final int SOCK_RAW_CLOEXEC = 3 | 0x80000;
    private static final int NETLINK_NETFILTER = 12;
    private static final int SOL_SOCKET = 1;
    private static final int SO_SNDBUF = 7;
    private static final int SO_SNDBUFFORCE = 32;
    private static final int SO_RCVBUFFORCE = 33;
    private static final int SOL_NETLINK = 270;
    private static final int NETLINK_CAP_ACK = 10;
    private static final int NETLINK_EXT_ACK = 11;
    private static final int SEND_BUFFER = 64 << 20;
    private static final int RECEIVE_BUFFER = 16 << 20;
    private static final int DATAGRAM_MAX = 256 << 10;
    private static final int MSG_TRUNC = 0x20;
    private static final int MSG_DONTWAIT = 0x40;
    private static final short POLLIN = 1;
    private static final int DISCARDS = 8;
    private static final int ADDRESS = 12;
    private static final int REQUEST = 1;
    private static final int ACK = 4;
    private static final int DUMP = 0x300;
    private static final int EXTENDED_TEXT = 1;

    private final Arena arena = Arena.ofShared();
    private final MemorySegment errno = Libc.errnoIn(arena);
    /// Addresses, options and poll's entry: 16 octets for short uses within one method.
    private final MemorySegment scratch = arena.allocate(32, 8);

    private final MemorySegment received = arena.allocate(DATAGRAM_MAX, 8);
    private final byte[] datagram = new byte[DATAGRAM_MAX];
    private final int fd;
    private final int portId;
    private final int batchOctetsMax;
    private int sequence = 1;
    private boolean closed;

    private NetlinkSocket(int protocol) throws NetlinkException {
        int opened = Libc.socket(errno, AF_NETLINK, SOCK_RAW_CLOEXEC, protocol);
        if (opened < 0) {
            arena.close();
            throw new NetlinkException("opening a netlink socket", -opened);
        }
        fd = opened;
        // Where forcing is not allowed, as in a user namespace, the system's bound holds and batches are
        // made smaller.
        option(SOL_SOCKET, SO_SNDBUF, SEND_BUFFER);
        option(SOL_SOCKET, SO_SNDBUFFORCE, SEND_BUFFER);
        option(SOL_SOCKET, SO_RCVBUFFORCE, RECEIVE_BUFFER);
        option(SOL_NETLINK, NETLINK_CAP_ACK, 1);
        option(SOL_NETLINK, NETLINK_EXT_ACK, 1);
        batchOctetsMax = sendBuffer() - 64;
        portId = bind();
    }

    /// Opens one to the kernel's netfilter: nf_tables, conntrack, ipset.
    /// @throws NetlinkException if the kernel has no such thing
    public static NetlinkSocket netfilter() throws NetlinkException {
        return new NetlinkSocket(NETLINK_NETFILTER);
    }

    private void option(int level, int option, int value) {
        scratch.set(JAVA_INT, 0, value);
        Libc.setsockopt(errno, fd, level, option, scratch.address(), 4);
    }

    private int sendBuffer() {
        scratch.set(JAVA_INT, 0, 0);
        scratch.set(JAVA_INT, 8, 4);
        Libc.getsockopt(errno, fd, SOL_SOCKET, SO_SNDBUF, scratch.address(), scratch.address() + 8);
        return scratch.get(JAVA_INT, 0);
    }

    private int bind() throws NetlinkException {
        scratch.fill((byte) 0);
        scratch.set(JAVA_SHORT, 0, (short) AF_NETLINK);
        int bound = Libc.bind(errno, fd, scratch.address(), ADDRESS);
        if (bound == 0) {
            scratch.set(JAVA_INT, 16, ADDRESS);
            bound = Libc.getsockname(errno, fd, scratch.address(), scratch.address() + 16);
        }
        if (bound < 0) {
            close();
            throw new NetlinkException("binding a netlink socket", -bound);
        }
        return scratch.get(JAVA_INT, 4);
    }

    /// The kernel's name for this socket; it is the author of a change made through it.
    public int portId() {
        return portId;
    }

    /// The longest batch that may be sent.
    public int batchOctetsMax() {
        return batchOctetsMax;
    }

    /// Sends a batch and waits for what becomes of it. Others' errors are values here.
    /// @throws IllegalStateException if the batch is empty, was sent, or is longer than [#batchOctetsMax]
    public BatchResult transact(Batch batch) {
        int first = sequence;
        int last = first + batch.size();
        var message = batch.complete(first);
        sequence = last + 2;
        if (message.length() > batchOctetsMax) {
            throw new IllegalStateException(batch + " is longer than the socket's " + batchOctetsMax);
        }
        int sent = send(message);
        if (sent < 0) {
            return new BatchResult.Refused(List.of(new BatchResult.Refusal("the batch", -sent, "while sending")));
        }
        var outcome = new Acknowledgements(batch, first, last);
        int failed = receive(outcome, outcome::isOver);
        if (failed == 0) {
            // Errors and the acknowledgement were queued together; one may lie behind the other.
            failed = drain(outcome);
            if (failed != 0) {
                discard();
            }
        }
        if (!outcome.refusals.isEmpty()) {
            return new BatchResult.Refused(outcome.refusals);
        }
        return failed == 0
                ? new BatchResult.Committed()
                : new BatchResult.Unknown("no answer to " + batch + ": " + Errno.text(failed));
    }

    /// Collects what the kernel says to one batch.
    private static final class Acknowledgements implements Message.Visitor {
        private final Batch batch;
        private final int first;
        private final int last;
        private final List<BatchResult.Refusal> refusals = new ArrayList<>();
        private boolean over;

        Acknowledgements(Batch batch, int first, int last) {
            this.batch = batch;
            this.first = first;
            this.last = last;
        }

        boolean isOver() {
            return over;
        }

        @Override
        public void visit(Message message) {
            int index = message.sequence() - first;
            if (message.type() != Message.ERROR || index < 0 || message.sequence() > last + 1) {
                return; // an answer to something earlier that was given up
            }
            if (message.errno() != 0) {
                refusals.add(new BatchResult.Refusal(
                        batch.subject(index),
                        message.errno(),
                        message.extended().text(EXTENDED_TEXT)));
            }
            // A batch that is refused as a whole gets one answer, to its beginning.
            over |= message.sequence() == last || message.errno() != 0 && (index == 0 || message.sequence() > last);
        }
    }

    /// Asks for all objects of a kind.
    /// @param type   for nfnetlink: subsystem in the high octet, kind in the low one
    /// @param body   writes the attributes of the request
    /// @param each   sees each answer, which is valid during the call only
    /// @return false if they changed meanwhile, so that it is to be done again
    public boolean dump(int type, int family, Consumer<MessageWriter> body, Message.Visitor each)
            throws NetlinkException {
        return exchange(type, DUMP, family, body, each);
    }

    /// Asks for one object.
    public void ask(int type, int family, Consumer<MessageWriter> body, Message.Visitor each) throws NetlinkException {
        exchange(type, 0, family, body, each);
    }

    /// Tells the kernel to do something, and waits until it has.
    public void tell(int type, int family, Consumer<MessageWriter> body) throws NetlinkException {
        exchange(type, ACK, family, body, answer -> {});
    }

    private boolean exchange(int type, int flags, int family, Consumer<MessageWriter> body, Message.Visitor each)
            throws NetlinkException {
        var request = new MessageWriter();
        int start = request.beginMessage(type, REQUEST | flags, family, 0);
        body.accept(request);
        request.endMessage(start);
        int number = sequence++;
        request.sequence(start, number);
        var answer = new Answer(number, each);
        int failed = -send(request);
        if (failed <= 0) {
            failed = receive(answer, () -> answer.over);
        }
        failed = failed > 0 ? failed : answer.errno;
        if (failed != 0) {
            throw new NetlinkException("asking for message type 0x" + Integer.toHexString(type), failed);
        }
        return !answer.interrupted;
    }

    /// Passes on what answers one request, and notes its end.
    private static final class Answer implements Message.Visitor {
        private final int number;
        private final Message.Visitor each;
        private boolean interrupted;
        private boolean over;
        private int errno;

        Answer(int number, Message.Visitor each) {
            this.number = number;
            this.each = each;
        }

        @Override
        public void visit(Message message) {
            if (message.sequence() != number) {
                return;
            }
            interrupted |= (message.flags() & Message.INTERRUPTED) != 0;
            switch (message.type()) {
                case Message.ERROR, Message.DONE -> {
                    errno = message.errno();
                    over = true;
                }
                default -> {
                    each.visit(message);
                    over |= (message.flags() & Message.MULTI) == 0;
                }
            }
        }
    }

    /// @return octets sent, or minus errno
    private int send(MessageWriter message) {
        try (var memory = Arena.ofConfined()) {
            var segment = memory.allocate(message.length(), 8);
            MemorySegment.copy(message.octets(), 0, segment, JAVA_BYTE, 0, message.length());
            long sent;
            do {
                sent = Libc.send(errno, fd, segment.address(), message.length());
            } while (sent == -Errno.EINTR);
            return (int) sent;
        }
    }

    /// Takes away what arrived but nobody waits for: while a receive buffer is full, or was and has not
    /// been emptied, the kernel drops every further answer.
    private void discard() {
        for (int round = 0; round < DISCARDS && drain(message -> {}) != 0; round++) {
            // An error is told once, before what has arrived.
        }
    }

    /// Receives until it is over. @return 0, or errno; EAGAIN is "too late"
    private int receive(Message.Visitor visitor, java.util.function.BooleanSupplier over) {
        long deadline = System.nanoTime() + ANSWER_LIMIT.toNanos();
        while (!over.getAsBoolean()) {
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                return Errno.EAGAIN;
            }
            scratch.set(JAVA_INT, 0, fd);
            scratch.set(JAVA_SHORT, 4, POLLIN);
            scratch.set(JAVA_SHORT, 6, (short) 0);
            int ready = Libc.poll(errno, scratch.address(), 1, (int) (left / 1_000_000) + 1);
            if (ready < 0 && ready != -Errno.EINTR) {
                return -ready;
            }
            int failed = drain(visitor);
            if (failed != 0) {
                discard();
                return failed;
            }
        }
        return 0;
    }

    /// Takes all that has arrived. @return 0, or errno
    private int drain(Message.Visitor visitor) {
        while (true) {
            long length = Libc.recv(errno, fd, received.address(), DATAGRAM_MAX, MSG_DONTWAIT | MSG_TRUNC);
            if (length == -Errno.EAGAIN) {
                return 0;
            }
            if (length == -Errno.EINTR) {
                continue;
            }
            if (length < 0 || length > DATAGRAM_MAX) {
                return length < 0 ? (int) -length : Errno.EMSGSIZE;
            }
            MemorySegment.copy(received, JAVA_BYTE, 0, datagram, 0, (int) length);
            Message.parse(datagram, (int) length, visitor);
        }
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            Libc.close(errno, fd);
            arena.close();
        }
    }
}
