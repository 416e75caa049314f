package io.waymark.proxy.nftables.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.waymark.proxy.netlink.nft.Element;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// Sets and maps in memory, stricter than the kernel: what is deleted must be there, and what is added
/// must not be, not even with the same value.
final class StrictMaps {
    private final Map<String, Map<Object, Element>> sets = new HashMap<>();

    /// With all that a plan lists.
    static StrictMaps with(FamilyPlan plan) {
        var maps = new StrictMaps();
        plan.elements((set, element) -> maps.of(set).put(identity(element), element));
        return maps;
    }

    void apply(ElementChanges changes) {
        changes.deleted()
                .forEach((set, elements) -> elements.forEach(element -> assertThat(of(set).remove(identity(element)))
                        .as("deleted from " + set)
                        .isEqualTo(element)));
        changes.added()
                .forEach((set, elements) ->
                        elements.forEach(element -> assertThat(of(set).put(identity(element), element))
                                .as("added to " + set + ": " + element)
                                .isNull()));
    }

    private Map<Object, Element> of(String set) {
        return sets.computeIfAbsent(set, name -> new HashMap<>());
    }

    private static Object identity(Element element) {
        return switch (element) {
            case Element.Mapping(var key, var value) -> key;
            case Element.Member member -> member;
            case Element.Decision(var key, var verdict) -> key;
            case Element.Range(var key, var last) -> key;
            case Element.End end -> end;
        };
    }

    /// All elements by set, sets without elements left out.
    Map<String, Set<Element>> elements() {
        var all = new HashMap<String, Set<Element>>();
        sets.forEach((set, elements) -> {
            if (!elements.isEmpty()) {
                all.put(set, new HashSet<>(elements.values()));
            }
        });
        return all;
    }

    /// What a plan lists, likewise; each element once.
    static Map<String, Set<Element>> of(FamilyPlan plan) {
        var all = new HashMap<String, Set<Element>>();
        plan.elements((set, element) -> assertThat(
                        all.computeIfAbsent(set, name -> new HashSet<>()).add(element))
                .as(set + " has " + element + " once")
                .isTrue());
        return all;
    }
}
