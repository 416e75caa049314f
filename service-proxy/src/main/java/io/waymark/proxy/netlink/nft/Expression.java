package io.waymark.proxy.netlink.nft;

/// One step of a rule (linux/netfilter/nf_tables.h). Registers are numbered as NFT_REG32_x, 8 to 23:
/// four octets each; a value takes as many as it needs. Constants lie in them as packets have them:
/// addresses and ports in network order, marks and ids in host order.
public sealed interface Expression {
    /// Octets of the packet.
    /// @param base   [#NETWORK] or [#TRANSPORT]
    record Payload(int to, int base, int offset, int length) implements Expression {
        public static final int NETWORK = 1;
        public static final int TRANSPORT = 2;
    }

    /// A fact beside the packet, into a register.
    record Meta(int to, Key key) implements Expression {
        public enum Key {
            MARK(3),
            INTERFACE_IN(6),
            PROTOCOL(16);

            final int number;

            Key(int number) {
                this.number = number;
            }
        }
    }

    /// A register becomes the packet's mark.
    record SetMark(int from) implements Expression {}

    /// The rule ends here unless the register is equal, or unless it is not.
    record Compare(int from, boolean equal, Octets value) implements Expression {}

    /// `to = from & mask ^ xor`.
    record Bitwise(int from, int to, Octets mask, Octets xor) implements Expression {}

    /// The rule ends here unless the set has the key.
    record Member(String set, int from) implements Expression {}

    /// The key's value, or the rule ends here. Into register 0 it is a verdict.
    record Lookup(String map, int from, int to) implements Expression {
        /// Where a verdict goes.
        public static final int VERDICT = 0;
    }

    /// The end of the rule.
    record Decide(Verdict verdict) implements Expression {}

    /// A random number from `offset` to `offset + modulus - 1`; a constant if the modulus is 1.
    record Random(int to, int modulus, int offset) implements Expression {}

    /// The kind of an address of the packet (fib … type); [#LOCAL] is one of this node.
    record AddressType(int to, boolean source) implements Expression {
        public static final int LOCAL = 2;
    }

    /// The status bits of the connection; [#DESTINATION_NAT] is one.
    record ConnectionStatus(int to) implements Expression {
        public static final int DESTINATION_NAT = 0x20;
    }

    /// A new destination from registers.
    record DestinationNat(NfFamily family, int address, int port) implements Expression {}

    /// The address of the interface it leaves by becomes the source; the port is drawn anew.
    record Masquerade() implements Expression {}

    /// An ICMP or ICMPv6 error: port unreachable.
    record Reject(NfFamily family) implements Expression {}

    /// An element is made, or its time runs anew; the rule ends here if the set is full.
    /// @param timeout in milliseconds; 0 is the set's own
    record Update(String map, int key, int value, long timeout) implements Expression {}

    /// An element is removed.
    record Remove(String map, int key, int value) implements Expression {}

    /// One that Waymark never writes; so read back it is somebody else's.
    record Foreign(String name) implements Expression {}
}
