package io.waymark.dns.corefile;

import io.waymark.records.address.IpAddress;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// What a Corefile takes from the host on which it is read.
/// @param environment the value of a variable; empty if it is not set
/// @param imports     its only way to files
/// @param interfaces  the addresses that a network interface has now; none if there is no such interface
public record Host(
        Function<String, Optional<String>> environment,
        ImportResolver imports,
        Function<String, List<IpAddress>> interfaces) {

    /// One without network interfaces.
    public static Host of(Function<String, Optional<String>> environment, ImportResolver imports) {
        return new Host(environment, imports, none -> List.of());
    }
}
