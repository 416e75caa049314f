package io.waymark.records.zone;

import io.waymark.records.address.IpAddress;
import io.waymark.records.address.IpAddress.V4;
import io.waymark.records.address.IpAddress.V6;
import io.waymark.records.name.DomainName;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Predicate;

/// From an address to the Services that have it, by their keys. One bucket for each 256 addresses
/// that differ in the last octet only: clusters give addresses out densely, so an entry costs some
/// five octets, and a whole prefix can be asked for in order.
///
/// One writer; a reader sees each bucket before or after a change.
final class ReverseIndex {
    private final ConcurrentNavigableMap<IpAddress, Bucket> buckets = new ConcurrentSkipListMap<>();

    /// Immutable: the last octets in ascending order, and beside each the key of a Service.
    private record Bucket(byte[] lastOctets, DomainName[] keys) {
        private static final Bucket EMPTY = new Bucket(new byte[0], new DomainName[0]);

        int firstAt(int octet) {
            int at = 0;
            while (at < lastOctets.length && (lastOctets[at] & 0xff) < octet) {
                at++;
            }
            return at;
        }

        boolean holds(int at, int octet) {
            return at < lastOctets.length && (lastOctets[at] & 0xff) == octet;
        }

        int find(int octet, DomainName key) {
            for (int at = firstAt(octet); holds(at, octet); at++) {
                if (keys[at].equals(key)) {
                    return at;
                }
            }
            return -1;
        }

        /// This bucket and `addresses[from..to)`, which ascend, for one Service.
        Bucket with(IpAddress[] addresses, int from, int to, DomainName key) {
            var moreOctets = new byte[lastOctets.length + to - from];
            var moreKeys = new DomainName[moreOctets.length];
            int size = 0;
            int at = 0;
            for (int i = from; i < to; i++) {
                int octet = lastOctet(addresses[i]);
                while (at < keys.length && precedes(at, octet, key)) {
                    moreOctets[size] = lastOctets[at];
                    moreKeys[size++] = keys[at++];
                }
                boolean present = holds(at, octet) && keys[at].equals(key);
                if (!present && !(i > from && addresses[i].equals(addresses[i - 1]))) {
                    moreOctets[size] = (byte) octet;
                    moreKeys[size++] = key;
                }
            }
            System.arraycopy(lastOctets, at, moreOctets, size, lastOctets.length - at);
            System.arraycopy(keys, at, moreKeys, size, keys.length - at);
            size += keys.length - at;
            return size == moreKeys.length
                    ? new Bucket(moreOctets, moreKeys)
                    : new Bucket(Arrays.copyOf(moreOctets, size), Arrays.copyOf(moreKeys, size));
        }

        private boolean precedes(int at, int octet, DomainName key) {
            int mine = lastOctets[at] & 0xff;
            return mine < octet || mine == octet && keys[at].compareTo(key) < 0;
        }

        Bucket without(int at) {
            var fewerOctets = Arrays.copyOf(lastOctets, lastOctets.length - 1);
            var fewerKeys = Arrays.copyOf(keys, keys.length - 1);
            System.arraycopy(lastOctets, at + 1, fewerOctets, at, fewerOctets.length - at);
            System.arraycopy(keys, at + 1, fewerKeys, at, fewerKeys.length - at);
            return new Bucket(fewerOctets, fewerKeys);
        }
    }

    /// Gives a Service all of these addresses, those that it has already included. A bucket is
    /// copied once, however many of them fall into it. Sorts the array.
    void putAll(IpAddress[] addresses, DomainName key) {
        Arrays.sort(addresses);
        int from = 0;
        while (from < addresses.length) {
            var base = base(addresses[from]);
            int to = from + 1;
            while (to < addresses.length && base(addresses[to]).equals(base)) {
                to++;
            }
            buckets.put(base, buckets.getOrDefault(base, Bucket.EMPTY).with(addresses, from, to, key));
            from = to;
        }
    }

    /// Does nothing if the Service does not have the address.
    void remove(IpAddress address, DomainName key) {
        var base = base(address);
        var bucket = buckets.get(base);
        int at = bucket == null ? -1 : bucket.find(lastOctet(address), key);
        if (bucket == null || at < 0) {
            return;
        }
        if (bucket.keys().length == 1) {
            buckets.remove(base);
        } else {
            buckets.put(base, bucket.without(at));
        }
    }

    /// The keys of the Services that have the address, in the order of their names.
    List<DomainName> find(IpAddress address) {
        var bucket = buckets.get(base(address));
        if (bucket == null) {
            return List.of();
        }
        var found = new ArrayList<DomainName>(1);
        int octet = lastOctet(address);
        for (int at = bucket.firstAt(octet); bucket.holds(at, octet); at++) {
            found.add(bucket.keys()[at]);
        }
        return found;
    }

    /// Whether any address from `first` to `last`, both included, belongs to a Service that is
    /// shown. Both bounds are of one family.
    boolean anyWithin(IpAddress first, IpAddress last, Predicate<DomainName> shown) {
        for (var entry : buckets.subMap(base(first), true, last, true).entrySet()) {
            var bucket = entry.getValue();
            int from = entry.getKey().equals(base(first)) ? lastOctet(first) : 0;
            int to = entry.getKey().equals(base(last)) ? lastOctet(last) : 0xff;
            for (int at = bucket.firstAt(from); at < bucket.keys().length; at++) {
                if ((bucket.lastOctets()[at] & 0xff) > to) {
                    break;
                }
                if (shown.test(bucket.keys()[at])) {
                    return true;
                }
            }
        }
        return false;
    }

    private static IpAddress base(IpAddress address) {
        return switch (address) {
            case V4(int bits) -> new V4(bits & ~0xff);
            case V6(long high, long low) -> new V6(high, low & ~0xffL);
        };
    }

    private static int lastOctet(IpAddress address) {
        return switch (address) {
            case V4(int bits) -> bits & 0xff;
            case V6(long high, long low) -> (int) low & 0xff;
        };
    }
}
