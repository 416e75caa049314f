package io.waymark.proxy.trace;

import io.waymark.records.address.IpAddress;
import io.waymark.records.cluster.Protocol;

/// The first packet of a connection, as it comes to the rules. Both addresses are of one family.
/// @param toPort 1 to 65535
/// @param mark   what others have marked it with
public record Packet(IpAddress from, IpAddress to, Protocol protocol, int toPort, Arrival arrival, int mark) {

    /// How it comes to this node's rules.
    public sealed interface Arrival {
        /// From a Pod or from the network.
        /// @param device the name of the interface, not empty
        record Through(String device) implements Arrival {}

        /// A process of the node sends it, one of a Pod on the node's network included.
        record Local() implements Arrival {}

        /// The interface's name; empty for a local one.
        default String device() {
            return switch (this) {
                case Through(var device) -> device;
                case Local it -> "";
            };
        }
    }

    public Packet {
        if (from.family() != to.family()) {
            throw new IllegalArgumentException("from " + from + " to " + to + ": expected one family");
        }
    }
}
