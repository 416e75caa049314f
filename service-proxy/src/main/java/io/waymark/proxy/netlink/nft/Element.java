package io.waymark.proxy.netlink.nft;

/// An element of a set or map. Its kind and key are what identifies it.
public sealed interface Element {
    Octets key();

    /// Of a set.
    record Member(Octets key) implements Element {}

    /// Of a map.
    record Mapping(Octets key, Octets value) implements Element {}

    /// Of a map of verdicts.
    record Decision(Octets key, Verdict verdict) implements Element {}

    /// Of a set of intervals of several fields: all from `key` to `last`.
    record Range(Octets key, Octets last) implements Element {}

    /// Of a set of intervals of one field: the first key behind an interval that a [Member] starts.
    record End(Octets key) implements Element {}
}
