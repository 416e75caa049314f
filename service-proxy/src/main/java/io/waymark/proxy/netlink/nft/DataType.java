package io.waymark.proxy.netlink.nft;

import java.util.List;

/// A type of `nft`, for the listing: the kernel itself compares octets.
public enum DataType {
    IPV4_ADDRESS(7, 4),
    IPV6_ADDRESS(8, 16),
    PROTOCOL(12, 1),
    PORT(13, 2),
    MARK(19, 4),
    VERDICT(0xffffff00, 16);

    private static final int BITS = 6;

    private final int number;
    private final int octets;

    DataType(int number, int octets) {
        this.number = number;
        this.octets = octets;
    }

    /// Octets of a value by itself.
    public int octets() {
        return octets;
    }

    /// A type alone by its number; several side by side with six bits each, the first one highest.
    static int number(List<DataType> types) {
        int number = 0;
        for (var type : types) {
            number = number << BITS | type.number;
        }
        return number;
    }

    /// Octets of values side by side: each fills up whole registers if there are several.
    static int octets(List<DataType> types) {
        if (types.size() == 1) {
            return types.getFirst().octets;
        }
        return types.stream().mapToInt(type -> type.octets + 3 & ~3).sum();
    }
}
