package io.waymark.dns.pipeline;

/// A plugin and its name in a Corefile.
public record NamedPlugin(String name, Plugin plugin) {}
