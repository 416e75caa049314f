package io.waymark.proxy.iptables.chains;

import io.waymark.records.address.Cidr;
import io.waymark.records.cluster.Protocol;
import java.util.Set;

/// One condition of a rule; all that kube-proxy writes, and no other. Those up to [Destination] are
/// fields of the rule itself: at most one of each, before all others, in this order. The others are
/// extensions (`-m`), in the order in which they are looked at.
public sealed interface Match {

    /// `-i`: the interface it came in through.
    /// @param name a whole name, or the beginning of one if it ends in `+`
    record Interface(String name, Is is) implements Match {}

    /// `-p`.
    record OfProtocol(Protocol protocol) implements Match {}

    /// `-s`.
    record Source(Cidr cidr, Is is) implements Match {}

    /// `-d`.
    record Destination(Cidr cidr, Is is) implements Match {}

    /// `-d` with a mask that is no prefix: those octets of the address that the mask leaves.
    /// @param last what the last octet of the address is under the mask
    /// @param mask of the last octet; all others are 0
    record LastOctet(int last, int mask) implements Match {}

    /// `-m tcp`, `-m udp`, `-m sctp` with `--dport`.
    /// @param first the lowest port, 1 to 65535
    /// @param last  the highest, not below the first
    record Port(Protocol protocol, int first, int last) implements Match {}

    /// The same without a port: it holds always, and comes before DNAT.
    record AnyPort(Protocol protocol) implements Match {}

    /// `-m comment`: holds always.
    /// @param text at most 255 octets
    record Comment(String text) implements Match {
        /// Octets of a comment, without its NUL.
        public static final int OCTETS_MAX = 255;
    }

    /// `-m statistic --mode random`: one packet of so many.
    /// @param of at least 2
    record OneIn(int of) implements Match {
        /// The probability, kube-proxy's ten digits of it, in parts of 2³¹.
        public int share() {
            return (int) Math.round(Math.rint(1e10 / of) / 1e10 * 0x1p31);
        }
    }

    /// `-m recent --set`: remembers the source address. Holds always.
    record Remember(String list) implements Match {}

    /// `-m recent --rcheck --reap`: the source address was remembered in the last so many seconds.
    record Remembered(String list, int seconds) implements Match {}

    /// `-m addrtype --src-type LOCAL`.
    record FromLocal() implements Match {}

    /// `-m addrtype --dst-type LOCAL`.
    record ToLocal() implements Match {}

    /// `-m conntrack --ctstate`: the state of the connection is one of these, or none of them.
    record InState(Set<State> states, Is is) implements Match {
        /// Copies the set.
        public InState {
            states = Set.copyOf(states);
        }
    }

    /// `-m mark`: this one bit of the packet mark is set.
    record Marked(int bit, Is is) implements Match {}

    /// Whether the condition is turned round (`!`).
    enum Is {
        THIS,
        NOT
    }

    /// The states of a connection that rules ask for, in the order in which iptables lists them.
    enum State {
        INVALID(1),
        NEW(8),
        RELATED(4),
        ESTABLISHED(2),
        DNAT(0x80);

        private final int bit;

        State(int bit) {
            this.bit = bit;
        }

        /// As the kernel's conntrack match has it.
        public int bit() {
            return bit;
        }
    }
}
