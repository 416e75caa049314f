package io.waymark.proxy.iptables.chains;

import io.waymark.proxy.rules.Backend;

/// What a rule does with a packet that meets its conditions; all that kube-proxy writes.
public sealed interface Target {
    /// Nothing: the packet goes on behind the rule.
    record None() implements Target {}

    /// `-j CHAIN`: it goes through that chain, and comes back unless that decides.
    record Jump(String chain) implements Target {}

    record Return() implements Target {}

    record Accept() implements Target {}

    record Drop() implements Target {}

    /// Port unreachable.
    record Reject() implements Target {}

    /// `MARK --or-mark`.
    record SetMark(int bit) implements Target {}

    /// `MARK --xor-mark`.
    record FlipMark(int bit) implements Target {}

    /// With ports drawn anew (`--random-fully`).
    record Masquerade() implements Target {}

    record Dnat(Backend to) implements Target {}
}
