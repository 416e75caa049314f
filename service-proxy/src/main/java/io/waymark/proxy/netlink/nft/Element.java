package io.waymark.proxy.netlink.nft;

/// An element of a set or map. The key is what identifies it.
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

    /// Of a set of intervals of one field: where one starts, or the first key behind it.
    record Edge(Octets key, boolean end) implements Element {}
}
