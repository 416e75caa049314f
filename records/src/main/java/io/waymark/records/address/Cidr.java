package io.waymark.records.address;

import io.waymark.records.address.IpAddress.V4;
import io.waymark.records.address.IpAddress.V6;
import java.util.Optional;
import java.util.function.Function;

/// A prefix of one address family: `10.96.0.0/12`. Bits behind the prefix are zero.
public record Cidr(IpAddress network, int prefixLength) {

    /// Clears the bits behind the prefix; refuses a length the family does not have.
    public Cidr {
        int bitsMax = network instanceof V4 ? 32 : 128;
        if (prefixLength < 0 || prefixLength > bitsMax) {
            throw new IllegalArgumentException("prefix length " + prefixLength + " is not in 0 to " + bitsMax);
        }
        network = masked(network, prefixLength);
    }

    /// Reads `ADDRESS/LENGTH`; empty if it is anything else.
    public static Optional<Cidr> parse(String text) {
        return parse(text, IpAddress::parse);
    }

    /// As [#parse], the address by [IpAddress#parseLegacy].
    public static Optional<Cidr> parseLegacy(String text) {
        return parse(text, IpAddress::parseLegacy);
    }

    private static Optional<Cidr> parse(String text, Function<String, Optional<IpAddress>> addresses) {
        int slash = text.indexOf('/');
        if (slash < 0 || text.length() - slash > 4 || text.length() - slash < 2) {
            return Optional.empty();
        }
        int length = 0;
        for (int i = slash + 1; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < '0' || c > '9') {
                return Optional.empty();
            }
            length = length * 10 + c - '0';
        }
        int prefixLength = length;
        return addresses
                .apply(text.substring(0, slash))
                .filter(address -> prefixLength <= (address instanceof V4 ? 32 : 128))
                .map(address -> new Cidr(address, prefixLength));
    }

    /// A prefix written in code or in a test. Throws on anything that is none.
    public static Cidr of(String text) {
        return parse(text).orElseThrow(() -> new IllegalArgumentException(text + " is no CIDR prefix"));
    }

    public IpFamily family() {
        return network.family();
    }

    /// Whether the address is of this family and lies behind this prefix.
    public boolean contains(IpAddress address) {
        boolean sameFamily = network instanceof V4 == address instanceof V4;
        return sameFamily && masked(address, prefixLength).equals(network);
    }

    private static IpAddress masked(IpAddress address, int length) {
        return switch (address) {
            case V4(int bits) -> new V4(length == 0 ? 0 : bits & -1 << 32 - length);
            case V6(long high, long low) -> new V6(high & mask64(length), low & mask64(length - 64));
        };
    }

    private static long mask64(int length) {
        if (length <= 0) {
            return 0;
        }
        return length >= 64 ? -1 : -1L << 64 - length;
    }

    @Override
    public String toString() {
        return network + "/" + prefixLength;
    }
}
