package io.waymark.proxy.iptables.xt;

import io.waymark.proxy.iptables.chains.Match.Is;
import io.waymark.proxy.netlink.nft.NfFamily;
import io.waymark.proxy.rules.Backend;
import io.waymark.records.cluster.Protocol;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/// A match or target of iptables in its binary form: the structure that its kernel module takes
/// (linux/netfilter/xt_NAME.h), filled with zeros to the size that the module registers. Numbers are in
/// host order, but for addresses and ports.
/// @param revision which of the structures of that name
record Extension(String name, int revision, byte[] octets) {
    private static final int TYPE_LOCAL = 4;
    private static final int RCHECK = 1;
    private static final int SET = 2;
    private static final int REAP = 0x20;
    private static final int PORT_MAX = 0xffff;
    private static final int RANDOM_FULLY = 0x10;
    private static final int ADDRESS_AND_PORT = 3;

    private static ByteBuffer zeros(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.nativeOrder());
    }

    private static ByteBuffer shorts(int size, int... numbers) {
        var octets = zeros(size);
        for (int number : numbers) {
            octets.putShort((short) number);
        }
        return octets;
    }

    private static Extension of(String name, int revision, ByteBuffer octets) {
        var copy = new byte[octets.capacity()];
        octets.get(0, copy);
        return new Extension(name, revision, copy);
    }

    static Extension comment(String text) {
        return of("comment", 0, zeros(256).put(text.getBytes(StandardCharsets.UTF_8)));
    }

    /// Of any source and destination port.
    static Extension anyPort(Protocol protocol) {
        return switch (protocol) {
            case TCP, UDP -> of(protocol.name().toLowerCase(Locale.ROOT), 0, shorts(16, 0, PORT_MAX, 0, PORT_MAX));
            case SCTP -> sctp(0, 0);
        };
    }

    /// @param first 0 if any port will do
    static Extension sctp(int first, int last) {
        var octets = shorts(296, first, last);
        // Flags of four chunk types, of which none is asked for.
        for (int at = 268; at <= 277; at += 3) {
            octets.put(at, (byte) 0xff);
        }
        return of("sctp", 0, octets.putInt(284, first == 0 ? 0 : 2));
    }

    /// @param share in parts of 2³¹
    static Extension oneIn(int share) {
        return of("statistic", 0, zeros(24).putInt(4, share).putInt(12, share));
    }

    static Extension remember(String list) {
        return recent(list, 0, SET);
    }

    static Extension remembered(String list, int seconds) {
        return recent(list, seconds, RCHECK | REAP);
    }

    private static Extension recent(String list, int seconds, int flags) {
        var octets = zeros(232).putInt(seconds).putInt(0).put((byte) flags).put((byte) 0);
        octets.put(list.getBytes(StandardCharsets.UTF_8));
        for (int at = 212; at < 228; at++) {
            octets.put(at, (byte) 0xff);
        }
        return of("recent", 1, octets);
    }

    static Extension fromLocal() {
        return of("addrtype", 1, shorts(8, TYPE_LOCAL, 0));
    }

    static Extension toLocal() {
        return of("addrtype", 1, shorts(8, 0, TYPE_LOCAL));
    }

    /// @param states as bits
    static Extension inState(int states, Is is) {
        var octets = zeros(168).putShort(146, (short) 1).putShort(148, (short) (is == Is.NOT ? 1 : 0));
        return of("conntrack", 3, octets.putShort(150, (short) states));
    }

    static Extension mark(int bits, int mask) {
        return of("MARK", 2, zeros(8).putInt(bits).putInt(mask));
    }

    static Extension masquerade(NfFamily family) {
        return switch (family) {
            case IP -> of("MASQUERADE", 0, zeros(24).putInt(1).putInt(RANDOM_FULLY));
            case IP6 -> of("MASQUERADE", 0, zeros(40).putInt(RANDOM_FULLY));
        };
    }

    static Extension reject(NfFamily family) {
        return of("REJECT", 0, zeros(8).putInt(family == NfFamily.IP ? 3 : 4));
    }

    /// From and to are the same address and port.
    static Extension dnat(Backend to) {
        var octets = zeros(48).putInt(ADDRESS_AND_PORT);
        var address = to.address().octets();
        octets.put(4, address).put(20, address);
        octets.order(ByteOrder.BIG_ENDIAN).putShort(36, (short) to.port()).putShort(38, (short) to.port());
        return of("DNAT", 2, octets);
    }
}
