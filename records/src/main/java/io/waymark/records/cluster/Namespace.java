package io.waymark.records.cluster;

/// A Namespace that exists; its names exist with it (empty non-terminals).
public record Namespace(String name, Origin origin) {}
