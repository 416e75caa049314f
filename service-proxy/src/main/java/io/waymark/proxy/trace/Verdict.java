package io.waymark.proxy.trace;

import io.waymark.proxy.rules.Backend;
import io.waymark.proxy.rules.ServicePortKey;
import java.util.List;

/// What becomes of a packet.
public sealed interface Verdict {
    /// It goes to one of these.
    /// @param targets         by text, at least one
    /// @param affinitySeconds 0 if any of them may be next; otherwise the one that the client had last,
    ///                        if it is still there and the client was there within that time
    record Dnat(ServicePortKey key, List<Target> targets, int affinitySeconds) implements Verdict {
        /// Copies the list.
        public Dnat {
            targets = List.copyOf(targets);
        }
    }

    /// One backend it may go to. A backend that is sent to itself is masqueraded where others are not.
    record Target(Backend backend, SourceAddress source) {}

    /// It is answered with an ICMP port-unreachable.
    record Reject() implements Verdict {}

    /// It is not answered.
    record Drop() implements Verdict {}

    /// It is no affair of ours and goes where it is addressed to.
    record Pass(SourceAddress source) implements Verdict {}
}
