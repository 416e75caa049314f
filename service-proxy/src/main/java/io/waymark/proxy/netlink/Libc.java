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
final class Libc {
    private static final StructLayout CAPTURED = Linker.Option.captureStateLayout();
    private static final long ERRNO_OFFSET = CAPTURED.byteOffset(MemoryLayout.PathElement.groupElement("errno"));

    private static final MethodHandle SOCKET =
            bind("socket", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT));
    private static final MethodHandle BIND =
            bind("bind", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_INT));
    private static final MethodHandle GETSOCKNAME =
            bind("getsockname", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_LONG));
    private static final MethodHandle SETSOCKOPT =
            bind("setsockopt", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_INT));
    private static final MethodHandle GETSOCKOPT =
            bind("getsockopt", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_LONG));
    private static final MethodHandle SEND =
            bind("send", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_INT));
    private static final MethodHandle RECV =
            bind("recv", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_INT));
    private static final MethodHandle POLL =
            bind("poll", FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_INT));
    private static final MethodHandle CLOSE = bind("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT));

    private Libc() {}

    @SuppressWarnings("restricted") // --enable-native-access allows it
    private static MethodHandle bind(String name, FunctionDescriptor shape) {
        var linker = Linker.nativeLinker();
        var symbol = linker.defaultLookup()
                .find(name)
                .orElseThrow(() -> new IllegalStateException("the C library has no function " + name));
        return linker.downcallHandle(symbol, shape, Linker.Option.captureCallState("errno"));
    }

    /// Memory to capture errno in.
    static MemorySegment errnoIn(Arena arena) {
        return arena.allocate(CAPTURED);
    }

    private static long checked(MemorySegment state, long result) {
        return result >= 0 ? result : -state.get(JAVA_INT, ERRNO_OFFSET);
    }

    private static IllegalStateException defect(Throwable cause) {
        return new IllegalStateException("a call of the C library has another shape than declared", cause);
    }

    static int socket(MemorySegment state, int domain, int type, int protocol) {
        try {
            return (int) checked(state, (int) SOCKET.invokeExact(state, domain, type, protocol));
        } catch (Throwable cause) {
            throw defect(cause);
        }
    }

    static int bind(MemorySegment state, int fd, long address, int length) {
        try {
            return (int) checked(state, (int) BIND.invokeExact(state, fd, address, length));
        } catch (Throwable cause) {
            throw defect(cause);
        }
    }

    static int getsockname(MemorySegment state, int fd, long address, long length) {
        try {
            return (int) checked(state, (int) GETSOCKNAME.invokeExact(state, fd, address, length));
        } catch (Throwable cause) {
            throw defect(cause);
        }
    }

    static int setsockopt(MemorySegment state, int fd, int level, int option, long value, int length) {
        try {
            return (int) checked(state, (int) SETSOCKOPT.invokeExact(state, fd, level, option, value, length));
        } catch (Throwable cause) {
            throw defect(cause);
        }
    }

    static int getsockopt(MemorySegment state, int fd, int level, int option, long value, long length) {
        try {
            return (int) checked(state, (int) GETSOCKOPT.invokeExact(state, fd, level, option, value, length));
        } catch (Throwable cause) {
            throw defect(cause);
        }
    }

    static long send(MemorySegment state, int fd, long octets, long length) {
        try {
            return checked(state, (long) SEND.invokeExact(state, fd, octets, length, 0));
        } catch (Throwable cause) {
            throw defect(cause);
        }
    }

    static long recv(MemorySegment state, int fd, long octets, long length, int flags) {
        try {
            return checked(state, (long) RECV.invokeExact(state, fd, octets, length, flags));
        } catch (Throwable cause) {
            throw defect(cause);
        }
    }

    static int poll(MemorySegment state, long entries, long count, int milliseconds) {
        try {
            return (int) checked(state, (int) POLL.invokeExact(state, entries, count, milliseconds));
        } catch (Throwable cause) {
            throw defect(cause);
        }
    }

    static int close(MemorySegment state, int fd) {
        try {
            return (int) checked(state, (int) CLOSE.invokeExact(state, fd));
        } catch (Throwable cause) {
            throw defect(cause);
        }
    }
}
