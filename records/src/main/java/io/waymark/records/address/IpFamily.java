package io.waymark.records.address;

import java.util.Optional;

/// The address families, by their names in the Kubernetes API.
public enum IpFamily {
    IPV4("IPv4", 4),
    IPV6("IPv6", 16);

    private final String apiName;
    private final int octets;

    IpFamily(String apiName, int octets) {
        this.apiName = apiName;
        this.octets = octets;
    }

    /// Reads the API's name; empty for anything else.
    public static Optional<IpFamily> parse(String apiName) {
        return switch (apiName) {
            case "IPv4" -> Optional.of(IPV4);
            case "IPv6" -> Optional.of(IPV6);
            default -> Optional.empty();
        };
    }

    public static IpFamily of(IpAddress address) {
        return address instanceof IpAddress.V4 ? IPV4 : IPV6;
    }

    /// Octets of an address: 4 or 16.
    public int octets() {
        return octets;
    }

    public IpFamily other() {
        return this == IPV4 ? IPV6 : IPV4;
    }

    @Override
    public String toString() {
        return apiName;
    }
}
