package io.waymark.records.cluster;

/// One port of a Service.
/// @param name     empty if the only port has none
/// @param port     1 to 65535
/// @param nodePort 1 to 65535; 0 if it has none, or if the source was not asked for traffic
public record ServicePort(String name, Protocol protocol, int port, int nodePort) {

    /// Without a node port.
    public ServicePort(String name, Protocol protocol, int port) {
        this(name, protocol, port, 0);
    }
}
