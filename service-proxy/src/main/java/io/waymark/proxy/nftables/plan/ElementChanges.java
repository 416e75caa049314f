package io.waymark.proxy.nftables.plan;

import io.waymark.proxy.netlink.nft.Element;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What is to be deleted from the sets and maps of one table, and then added to them.
/// @param deleted elements by set; of a map the value does not matter
/// @param added   elements by set
public record ElementChanges(Map<String, List<Element>> deleted, Map<String, List<Element>> added) {
    public static final ElementChanges NONE = new ElementChanges(Map.of(), Map.of());

    /// How many elements are deleted or added.
    public int count() {
        return count(deleted.values()) + count(added.values());
    }

    private static int count(Collection<List<Element>> lists) {
        return lists.stream().mapToInt(List::size).sum();
    }

    public boolean isEmpty() {
        return count() == 0;
    }

    /// Collects changes. An element that is both deleted and added with the same value is a mistake of
    /// the caller: the kernel would do both.
    static final class Builder {
        private final Map<String, List<Element>> deleted = new LinkedHashMap<>();
        private final Map<String, List<Element>> added = new LinkedHashMap<>();

        void delete(String set, Element element) {
            deleted.computeIfAbsent(set, name -> new ArrayList<>()).add(element);
        }

        void add(String set, Element element) {
            added.computeIfAbsent(set, name -> new ArrayList<>()).add(element);
        }

        ElementChanges build() {
            return new ElementChanges(deleted, added);
        }
    }
}
