package io.waymark.proxy.netlink;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.time.Duration;

/// Says when an address comes to an interface of this host or goes (rtnetlink(7)), on a thread of its own.
/// Belongs to the network namespace of the thread that starts it. Lifecycle: [#start], [#close].
public final class AddressWatch implements AutoCloseable {
    private static final int AF_NETLINK = 16;
    private static final int SOCK_RAW_CLOEXEC = 3 | 0x80000;
    private static final int NETLINK_ROUTE = 0;
    /// RTMGRP_IPV4_IFADDR and RTMGRP_IPV6_IFADDR.
    private static final int GROUPS = 0x10 | 0x100;

    private static final int ADDRESS = 12;
    private static final int DATAGRAM_MAX = 64 << 10;
    private static final int MSG_DONTWAIT = 0x40;
    private static final short POLLIN = 1;
    /// How late a close is noticed.
    private static final Duration LOOK = Duration.ofMillis(500);

    private final Arena arena = Arena.ofShared();
    private final MemorySegment errno = Libc.errnoIn(arena);
    private final MemorySegment scratch = arena.allocate(16, 8);
    private final MemorySegment received = arena.allocate(DATAGRAM_MAX, 8);
    private final Runnable changed;
    private final int fd;
    private final Thread thread =
            Thread.ofPlatform().daemon().name("proxy-addresses").unstarted(this::run);
    private volatile boolean closed;

    private AddressWatch(Runnable changed) throws NetlinkException {
        this.changed = changed;
        this.fd = Libc.socket(errno, AF_NETLINK, SOCK_RAW_CLOEXEC, NETLINK_ROUTE);
        if (fd < 0) {
            arena.close();
            throw new NetlinkException("opening a socket for address changes", -fd);
        }
        scratch.fill((byte) 0);
        scratch.set(JAVA_SHORT, 0, (short) AF_NETLINK);
        scratch.set(JAVA_INT, 8, GROUPS);
        int bound = Libc.bind(errno, fd, scratch.address(), ADDRESS);
        if (bound < 0) {
            Libc.close(errno, fd);
            arena.close();
            throw new NetlinkException("asking for address changes", -bound);
        }
    }

    /// @param changed called after changes, several of them perhaps at once
    public static AddressWatch start(Runnable changed) throws NetlinkException {
        var watch = new AddressWatch(changed);
        watch.thread.start();
        return watch;
    }

    private void run() {
        try {
            while (!closed) {
                scratch.set(JAVA_INT, 0, fd);
                scratch.set(JAVA_SHORT, 4, POLLIN);
                scratch.set(JAVA_SHORT, 6, (short) 0);
                int ready = Libc.poll(errno, scratch.address(), 1, (int) LOOK.toMillis());
                if (ready > 0 && drained() && !closed) {
                    changed.run();
                }
            }
        } finally {
            Libc.close(errno, fd);
            arena.close();
        }
    }

    /// Takes all that has arrived, whatever it says: an overrun is a change too.
    private boolean drained() {
        boolean any = false;
        long length;
        do {
            length = Libc.recv(errno, fd, received.address(), DATAGRAM_MAX, MSG_DONTWAIT);
            any |= length > 0 || length == -Errno.ENOBUFS;
        } while (length > 0 || length == -Errno.EINTR || length == -Errno.ENOBUFS);
        return any;
    }

    @Override
    public void close() {
        closed = true;
        try {
            thread.join(LOOK.multipliedBy(4));
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }
}
