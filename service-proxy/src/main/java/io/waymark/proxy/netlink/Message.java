package io.waymark.proxy.netlink;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// One message of the kernel (netlink(7)).
/// @param type     for nfnetlink: subsystem in the high octet, kind in the low one
/// @param flags    as in netlink(7), such as [#MULTI]
/// @param sequence of the request that it answers
/// @param payload  all behind the header of 16 octets
public record Message(int type, int flags, int sequence, Attributes payload) {
    /// NLM_F_MULTI: one of several, which [#DONE] ends.
    public static final int MULTI = 2;
    /// NLM_F_DUMP_INTR: what is dumped changed meanwhile.
    public static final int INTERRUPTED = 0x10;
    /// NLMSG_ERROR: an acknowledgement, or an error.
    public static final int ERROR = 2;
    /// NLMSG_DONE: the end of a dump.
    public static final int DONE = 3;

    private static final int HEADER = 16;
    private static final int GENERIC = 4;
    private static final int ACK_TLVS = 0x200;
    private static final int CAPPED = 0x100;
    private static final VarHandle HOST_INT =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.nativeOrder());
    private static final VarHandle HOST_SHORT =
            MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.nativeOrder());

    /// Takes one message after the other.
    @FunctionalInterface
    public interface Visitor {
        void visit(Message message);
    }

    /// Shows every message of one datagram; what follows a length that leads outside is left out.
    /// @param octets not copied: messages are valid until it is written to again
    public static void parse(byte[] octets, int length, Visitor visitor) {
        int at = 0;
        while (at + HEADER <= length) {
            int size = (int) HOST_INT.get(octets, at);
            if (size < HEADER || size > length - at) {
                return;
            }
            visitor.visit(new Message(
                    (short) HOST_SHORT.get(octets, at + 4) & 0xffff,
                    (short) HOST_SHORT.get(octets, at + 6) & 0xffff,
                    (int) HOST_INT.get(octets, at + 8),
                    new Attributes(octets, at + HEADER, at + size)));
            at += size + 3 & ~3;
        }
    }

    /// The attributes behind nfgenmsg.
    public Attributes attributes() {
        return payload.length() < GENERIC ? Attributes.NONE : payload.from(GENERIC);
    }

    /// nfgenmsg's family: 2 is IPv4, 10 is IPv6; -1 if there is none.
    public int family() {
        return payload.length() < GENERIC ? -1 : payload.octet(0);
    }

    /// Of an [#ERROR] or a [#DONE]: what went wrong as errno(3), positive; 0 if nothing did.
    int errno() {
        return payload.length() < 4 ? 0 : -payload.host32(0);
    }

    /// Of an [#ERROR]: what NETLINK_EXT_ACK added.
    Attributes extended() {
        if ((flags & ACK_TLVS) == 0 || payload.length() < 4 + HEADER) {
            return Attributes.NONE;
        }
        int request = (flags & CAPPED) != 0 ? HEADER : Math.max(HEADER, payload.host32(4));
        return payload.length() - 4 < request ? Attributes.NONE : payload.from(4 + request);
    }
}
