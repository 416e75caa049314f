package io.waymark.proxy.rules;

import io.waymark.records.address.IpAddress;

/// Something in a Service or its slices that no rule was made of: for an Event on the Service and a
/// line in the log. The rest of the Service is served.
public sealed interface RuleNote {
    /// Which Service port it is about.
    ServicePortKey key();

    /// Another Service port has the better claim on a destination.
    record Taken(ServicePortKey key, Frontend frontend, ServicePortKey by) implements RuleNote {}

    /// Another port of the same Service has this name and protocol; the first is served.
    record SameName(ServicePortKey key, int port) implements RuleNote {}

    /// An external or load balancer address means no host, or the host of whoever uses it.
    record UnfitFrontend(ServicePortKey key, IpAddress address) implements RuleNote {}

    /// So does the address of an endpoint.
    record UnfitBackend(ServicePortKey key, Backend backend) implements RuleNote {}

    /// The reason in one word, for an Event.
    default String reason() {
        return switch (this) {
            case Taken it -> "AddressTaken";
            case SameName it -> "PortLeftOut";
            case UnfitFrontend it -> "AddressLeftOut";
            case UnfitBackend it -> "EndpointLeftOut";
        };
    }

    /// What is wrong, and what to do about it, on one line without the name of the Service.
    default String text() {
        return switch (this) {
            case Taken(var key, var frontend, var by) ->
                frontend.destination() + " left out, for " + by.text()
                        + " has it already; give one of the two another address or port";
            case SameName(var key, int port) ->
                "port " + port + "/" + key.protocol() + " left out, for another one has its name "
                        + (key.port().isEmpty() ? "(none)" : key.port()) + "; give each port a name of its own";
            case UnfitFrontend(var key, var address) ->
                "address " + address + " left out; expected one that is neither unspecified nor loopback";
            case UnfitBackend(var key, var backend) ->
                "endpoint " + backend + " left out; expected an address that is neither unspecified nor loopback";
        };
    }
}
