package io.waymark.proxy.rules;

import io.waymark.proxy.rules.node.Masquerade;

/// What is done with the first packet of a connection.
public sealed interface Action {
    /// It goes to one of a list of backends, which is not empty.
    /// @param masquerade [Masquerade#ALWAYS] or [Masquerade#NEVER], for the client is known here
    record Dnat(BackendList list, Masquerade masquerade) implements Action {}

    /// It is answered with an ICMP port-unreachable.
    record Reject() implements Action {}

    /// It is not answered.
    record Drop() implements Action {}
}
