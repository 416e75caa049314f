package io.waymark.proxy.rules;

import io.waymark.records.address.IpAddress;
import io.waymark.records.address.IpFamily;
import io.waymark.records.cluster.Protocol;

/// What a packet must be addressed to in order to meet a frontend. One destination belongs to one
/// Service port at most.
public sealed interface Destination extends Comparable<Destination> {
    IpFamily family();

    Protocol protocol();

    /// 1 to 65535.
    int port();

    /// One address.
    record Address(IpAddress address, Protocol protocol, int port) implements Destination {
        @Override
        public IpFamily family() {
            return address.family();
        }

        @Override
        public String toString() {
            return Backend.text(address, port) + "/" + protocol;
        }
    }

    /// Any address of the node that node ports are served on ([NodeRules#nodePorts]).
    record AnyNodeAddress(IpFamily family, Protocol protocol, int port) implements Destination {
        @Override
        public String toString() {
            return "node port " + port + "/" + protocol;
        }
    }

    /// Addresses before node ports; by address or family, then port, then protocol.
    @Override
    default int compareTo(Destination other) {
        int byPlace = switch (this) {
            case Address(var here, var protocol, int port) ->
                other instanceof Address(var there, var protocols, int ports) ? here.compareTo(there) : -1;
            case AnyNodeAddress here -> other instanceof AnyNodeAddress ? family().compareTo(other.family()) : 1;
        };
        if (byPlace != 0) {
            return byPlace;
        }
        int byPort = Integer.compare(port(), other.port());
        return byPort != 0 ? byPort : protocol().compareTo(other.protocol());
    }
}
