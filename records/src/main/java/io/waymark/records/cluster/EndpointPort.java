package io.waymark.records.cluster;

/// One port of an EndpointSlice, the target port of the Service's port of the same name.
/// @param name empty if the port has none
public record EndpointPort(String name, Protocol protocol, int port) {}
