package io.waymark.proxy.netlink.nft;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// A set, or a map if it has data, without its elements.
/// @param data         empty: a set
/// @param timeout      of an element that packets make, in milliseconds; 0 is none
/// @param elementsMax  0: it grows
public record SetSpec(
        String name, List<DataType> key, List<DataType> data, Set<Trait> traits, long timeout, int elementsMax) {
    /// NFT_SET_x.
    public enum Trait {
        INTERVAL(4),
        MAP(8),
        TIMEOUT(0x10),
        DYNAMIC(0x20),
        CONCATENATED(0x80);

        final int bit;

        Trait(int bit) {
            this.bit = bit;
        }
    }

    public SetSpec {
        key = List.copyOf(key);
        data = List.copyOf(data);
        traits = Set.copyOf(traits);
    }

    public static SetSpec set(String name, DataType... key) {
        return new SetSpec(name, List.of(key), List.of(), Set.of(), 0, 0);
    }

    public static SetSpec map(String name, List<DataType> key, List<DataType> data) {
        return new SetSpec(name, key, data, Set.of(Trait.MAP), 0, 0);
    }

    /// Of ranges; those of several fields have their two ends in one element, the others in two.
    public static SetSpec intervals(String name, DataType... key) {
        var traits = EnumSet.of(Trait.INTERVAL);
        if (key.length > 1) {
            traits.add(Trait.CONCATENATED);
        }
        return new SetSpec(name, List.of(key), List.of(), traits, 0, 0);
    }

    /// One whose elements packets make, and whose elements go by themselves.
    public static SetSpec learned(String name, List<DataType> key, List<DataType> data, long timeout, int elementsMax) {
        return new SetSpec(name, key, data, Set.of(Trait.MAP, Trait.TIMEOUT, Trait.DYNAMIC), timeout, elementsMax);
    }

    int flags() {
        return traits.stream().mapToInt(trait -> trait.bit).sum();
    }

    /// What the kernel keeps of it: as this record, but types as numbers, so that dumps compare.
    public String signature() {
        return "%s flags 0x%x key 0x%x:%d data 0x%x:%d timeout %d size %d"
                .formatted(
                        name,
                        flags(),
                        DataType.number(key),
                        DataType.octets(key),
                        data.isEmpty() ? 0 : DataType.number(data),
                        data.isEmpty() ? 0 : DataType.octets(data),
                        timeout,
                        elementsMax);
    }
}
