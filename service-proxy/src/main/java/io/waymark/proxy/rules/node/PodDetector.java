package io.waymark.proxy.rules.node;

import io.waymark.records.address.Cidr;
import io.waymark.records.address.IpAddress;

/// What makes a packet one of a Pod, on this node for one family.
public sealed interface PodDetector {
    /// Its source address.
    record SourceIn(Cidr cidr) implements PodDetector {}

    /// The interface it comes in through.
    record ArrivesBy(String device) implements PodDetector {}

    /// The beginning of that interface's name.
    record ArrivesByAny(String prefix) implements PodDetector {}

    /// Nothing: Pods are not told from others.
    record Nobody() implements PodDetector {}

    /// Whether a packet from this address that came in through this interface is one of a Pod. What a
    /// process of the node sends comes in through none: an empty text.
    default boolean isPod(IpAddress source, String device) {
        return switch (this) {
            case SourceIn(var cidr) -> cidr.contains(source);
            case ArrivesBy(var name) -> device.equals(name);
            case ArrivesByAny(var prefix) -> !device.isEmpty() && device.startsWith(prefix);
            case Nobody it -> false;
        };
    }
}
