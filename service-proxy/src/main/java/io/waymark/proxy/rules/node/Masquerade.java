package io.waymark.proxy.rules.node;

/// Whether the source address is replaced by the node's, so that the reply comes back through it. A
/// backend that is sent to itself (hairpin) is masqueraded in any case.
public enum Masquerade {
    ALWAYS,
    /// Unless the client is a [ClientKind#POD].
    UNLESS_POD,
    NEVER;

    /// Whether this client is masqueraded.
    public boolean isFor(ClientKind client) {
        return switch (this) {
            case ALWAYS -> true;
            case UNLESS_POD -> client != ClientKind.POD;
            case NEVER -> false;
        };
    }
}
