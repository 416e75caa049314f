package io.waymark.records.address;

import java.util.Optional;

/// One IP address, four or sixteen octets. IPv4-mapped IPv6 text (`::ffff:10.0.0.1`) is the IPv4
/// address, as it is for Go's `net.ParseIP`, with which the cluster's own parts read addresses.
public sealed interface IpAddress extends Comparable<IpAddress> {

    /// An IPv4 address; `bits` holds its four octets, the first in the highest eight bits.
    record V4(int bits) implements IpAddress {
        @Override
        public byte[] octets() {
            return new byte[] {(byte) (bits >>> 24), (byte) (bits >>> 16), (byte) (bits >>> 8), (byte) bits};
        }

        @Override
        public String toString() {
            return (bits >>> 24) + "." + (bits >>> 16 & 0xff) + "." + (bits >>> 8 & 0xff) + "." + (bits & 0xff);
        }
    }

    /// An IPv6 address; `high` holds its first eight octets, `low` the last eight.
    record V6(long high, long low) implements IpAddress {
        @Override
        public byte[] octets() {
            var octets = new byte[16];
            for (int i = 0; i < 8; i++) {
                octets[i] = (byte) (high >>> 56 - 8 * i);
                octets[8 + i] = (byte) (low >>> 56 - 8 * i);
            }
            return octets;
        }

        /// The canonical text of RFC 5952 §4: lower case, no leading zeros, the longest run of
        /// at least two zero groups (the first of equals) written `::`.
        @Override
        public String toString() {
            return Ipv6Text.write(high, low);
        }
    }

    /// Which of the two families it is of.
    default IpFamily family() {
        return IpFamily.of(this);
    }

    /// Whether it is `127.0.0.0/8` or `::1`: a host's name for itself.
    default boolean isLoopback() {
        return switch (this) {
            case V4(int bits) -> bits >>> 24 == 127;
            case V6(long high, long low) -> high == 0 && low == 1;
        };
    }

    /// Whether it is `0.0.0.0` or `::`, which name no host.
    default boolean isUnspecified() {
        return switch (this) {
            case V4(int bits) -> bits == 0;
            case V6(long high, long low) -> high == 0 && low == 0;
        };
    }

    /// The address in network order, a fresh array of 4 or 16 octets.
    byte[] octets();

    /// The address whose octets stand at `offset`, in network order; `length` is 4 or 16.
    static IpAddress ofOctets(byte[] octets, int offset, int length) {
        return switch (length) {
            case 4 -> new V4(int32(octets, offset));
            case 16 -> new V6(int64(octets, offset), int64(octets, offset + 8));
            default -> throw new IllegalArgumentException("an address has 4 or 16 octets, not " + length);
        };
    }

    /// Reads address text: dotted quads without leading zeros, or RFC 4291 §2.2 without a zone.
    /// Empty if the text is anything else, a host name included.
    static Optional<IpAddress> parse(String text) {
        return text.indexOf(':') < 0 ? Ipv4Text.read(text, 0).map(bits -> new V4(bits)) : Ipv6Text.read(text);
    }

    /// As [#parse], but zeros may lead the numbers of a dotted quad, which are decimal all the same:
    /// Kubernetes took such text until 1.36, and objects from then may still have it.
    static Optional<IpAddress> parseLegacy(String text) {
        return parse(text).or(() -> parse(Ipv4Text.withoutLeadingZeros(text)));
    }

    /// An address written in code or in a test. Throws on anything that is no address.
    static IpAddress of(String text) {
        return parse(text).orElseThrow(() -> new IllegalArgumentException(text + " is no IP address"));
    }

    /// IPv4 before IPv6, each by value without a sign.
    @Override
    default int compareTo(IpAddress other) {
        return switch (this) {
            case V4(int bits) -> other instanceof V4(int others) ? Integer.compareUnsigned(bits, others) : -1;
            case V6(long high, long low) -> {
                if (!(other instanceof V6(long highs, long lows))) {
                    yield 1;
                }
                int byHigh = Long.compareUnsigned(high, highs);
                yield byHigh != 0 ? byHigh : Long.compareUnsigned(low, lows);
            }
        };
    }

    private static int int32(byte[] octets, int at) {
        return (octets[at] & 0xff) << 24
                | (octets[at + 1] & 0xff) << 16
                | (octets[at + 2] & 0xff) << 8
                | octets[at + 3] & 0xff;
    }

    private static long int64(byte[] octets, int at) {
        return (long) int32(octets, at) << 32 | int32(octets, at + 4) & 0xffffffffL;
    }
}
