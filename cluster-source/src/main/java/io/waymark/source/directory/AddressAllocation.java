package io.waymark.source.directory;

import io.waymark.records.address.Cidr;
import io.waymark.records.address.IpAddress;
import io.waymark.records.address.IpAddress.V4;
import io.waymark.records.address.IpAddress.V6;
import io.waymark.records.cluster.NamespacedName;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/// Gives addresses of one service range to Services that claim none.
///
/// A Service's name says where in the range the search begins, so that it has the same address
/// after a restart and in each replica, whatever else comes or goes; only who meets a taken one
/// moves on to the next. As in a cluster the lowest addresses are left to those who choose
/// theirs, until the rest is full.
final class AddressAllocation {
    private static final long FNV_OFFSET = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;
    private static final int HOST_BITS_MAX = 24;
    private static final int CHOSEN_MIN = 16;
    private static final int CHOSEN_MAX = 256;

    private final Cidr range;
    private final Set<IpAddress> taken;
    /// How many addresses there are to give, the first of all not counted; it is the range's own.
    private final int size;
    /// Up to here addresses are left to those who choose theirs.
    private final int chosen;

    /// @param claimed never given; of any family
    AddressAllocation(Cidr range, Set<IpAddress> claimed) {
        this.range = range;
        this.taken = new HashSet<>(claimed);
        boolean ipv4 = range.network() instanceof V4;
        int hostBits = Math.min(HOST_BITS_MAX, (ipv4 ? 32 : 128) - range.prefixLength());
        // The last IPv4 address of a range is its broadcast address.
        this.size = (1 << hostBits) - (ipv4 ? 2 : 1);
        this.chosen = Math.min(Math.max(CHOSEN_MIN, size / CHOSEN_MIN), CHOSEN_MAX);
    }

    /// The first address of the range, which a cluster keeps for `default/kubernetes`; empty if
    /// it is claimed.
    Optional<IpAddress> first() {
        return take(1);
    }

    /// An address that nobody has; empty if there is none left. Call for Services in the order of
    /// their names, so that it does not matter in which order they were read.
    Optional<IpAddress> give(NamespacedName service) {
        int free = size - chosen;
        int start = free <= 0 ? 0 : (int) Long.remainderUnsigned(hash(service), free);
        for (int i = 0; i < free; i++) {
            var given = take(chosen + 1 + (start + i) % free);
            if (given.isPresent()) {
                return given;
            }
        }
        // The first stays with default/kubernetes to the last.
        for (int i = 2; i <= chosen; i++) {
            var given = take(i);
            if (given.isPresent()) {
                return given;
            }
        }
        return Optional.empty();
    }

    private Optional<IpAddress> take(int offset) {
        IpAddress address = switch (range.network()) {
            case V4(int bits) -> new V4(bits + offset);
            case V6(long high, long low) -> new V6(high, low + offset);
        };
        return taken.add(address) ? Optional.of(address) : Optional.empty();
    }

    /// FNV-1a of 64 bits, then stirred, for the last characters of names differ little.
    private static long hash(NamespacedName name) {
        long hash = FNV_OFFSET;
        for (byte octet : name.toString().getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ octet & 0xff) * FNV_PRIME;
        }
        hash ^= hash >>> 33;
        hash *= 0xff51afd7ed558ccdL;
        hash ^= hash >>> 33;
        hash *= 0xc4ceb9fe1a85ec53L;
        return hash ^ hash >>> 33;
    }
}
