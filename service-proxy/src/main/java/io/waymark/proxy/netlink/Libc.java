package io.waymark.proxy.netlink;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.invoke.MethodHandle;

/// The nine calls of the C library that a netlink socket needs. Each returns what the call returns,
/// or minus errno(3) if it failed. Pointers are plain numbers. The memory that errno is captured in
/// belongs to the caller ([#errnoIn]), so that sockets of several threads do not meet here.
///
/// All go through one handle of five numbers, since the JVM makes a dozen classes for each shape when it
/// starts. That is sound where arguments are passed in registers, widened by the caller (all 64-bit ABIs
/// of Linux): a function reads as many as it knows, and as much of each. An `int` that is returned is
/// the lower half.
final class Libc {
    private static final StructLayout CAPTURED = Linker.Option.captureStateLayout();
    private static final long ERRNO_OFFSET = CAPTURED.byteOffset(MemoryLayout.PathElement.groupElement("errno"));

    @SuppressWarnings("restricted") // --enable-native-access allows it
    private static final MethodHandle CALL = Linker.nativeLinker()
            .downcallHandle(
                    FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG),
                    Linker.Option.captureCallState("errno"));

    private static final MemorySegment SOCKET = symbol("socket");
    private static final MemorySegment BIND = symbol("bind");
    private static final MemorySegment GETSOCKNAME = symbol("getsockname");
    private static final MemorySegment SETSOCKOPT = symbol("setsockopt");
    private static final MemorySegment GETSOCKOPT = symbol("getsockopt");
    private static final MemorySegment SEND = symbol("send");
    private static final MemorySegment RECV = symbol("recv");
    private static final MemorySegment POLL = symbol("poll");
    private static final MemorySegment CLOSE = symbol("close");

    private Libc() {}

    private static MemorySegment symbol(String name) {
        return Linker.nativeLinker()
                .defaultLookup()
                .find(name)
                .orElseThrow(() -> new IllegalStateException("the C library has no function " + name));
    }

    /// Memory to capture errno in.
    static MemorySegment errnoIn(Arena arena) {
        return arena.allocate(CAPTURED);
    }

    private static long call(MemorySegment function, MemorySegment state, long a, long b, long c, long d, long e) {
        try {
            return (long) CALL.invokeExact(function, state, a, b, c, d, e);
        } catch (Throwable cause) {
            throw new IllegalStateException("a call of the C library has another shape than declared", cause);
        }
    }

    private static long checked(MemorySegment state, long result) {
        return result >= 0 ? result : -state.get(JAVA_INT, ERRNO_OFFSET);
    }

    private static int checkedInt(MemorySegment state, long result) {
        int lower = (int) result;
        return lower >= 0 ? lower : -state.get(JAVA_INT, ERRNO_OFFSET);
    }

    static int socket(MemorySegment state, int domain, int type, int protocol) {
        return checkedInt(state, call(SOCKET, state, domain, type, protocol, 0, 0));
    }

    static int bind(MemorySegment state, int fd, long address, int length) {
        return checkedInt(state, call(BIND, state, fd, address, length, 0, 0));
    }

    static int getsockname(MemorySegment state, int fd, long address, long length) {
        return checkedInt(state, call(GETSOCKNAME, state, fd, address, length, 0, 0));
    }

    static int setsockopt(MemorySegment state, int fd, int level, int option, long value, int length) {
        return checkedInt(state, call(SETSOCKOPT, state, fd, level, option, value, length));
    }

    static int getsockopt(MemorySegment state, int fd, int level, int option, long value, long length) {
        return checkedInt(state, call(GETSOCKOPT, state, fd, level, option, value, length));
    }

    static long send(MemorySegment state, int fd, long octets, long length) {
        return checked(state, call(SEND, state, fd, octets, length, 0, 0));
    }

    static long recv(MemorySegment state, int fd, long octets, long length, int flags) {
        return checked(state, call(RECV, state, fd, octets, length, flags, 0));
    }

    static int poll(MemorySegment state, long entries, long count, int milliseconds) {
        return checkedInt(state, call(POLL, state, entries, count, milliseconds, 0, 0));
    }

    static int close(MemorySegment state, int fd) {
        return checkedInt(state, call(CLOSE, state, fd, 0, 0, 0, 0));
    }
}
