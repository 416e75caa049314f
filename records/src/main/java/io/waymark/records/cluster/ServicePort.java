package io.waymark.records.cluster;

/// One port of a Service.
/// @param name empty if the only port has none
/// @param port 1 to 65535
public record ServicePort(String name, Protocol protocol, int port) {}
