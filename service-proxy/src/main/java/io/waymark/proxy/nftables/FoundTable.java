package io.waymark.proxy.nftables;

import static java.util.stream.Collectors.groupingBy;

import io.waymark.proxy.netlink.NetlinkException;
import io.waymark.proxy.netlink.nft.Chain;
import io.waymark.proxy.netlink.nft.Element;
import io.waymark.proxy.netlink.nft.NfFamily;
import io.waymark.proxy.netlink.nft.NftReader;
import io.waymark.proxy.netlink.nft.Rule;
import io.waymark.proxy.netlink.nft.Table;
import io.waymark.proxy.nftables.plan.ElementChanges;
import io.waymark.proxy.nftables.plan.FamilyPlan;
import io.waymark.proxy.nftables.skeleton.Maps;
import io.waymark.proxy.nftables.skeleton.Skeleton;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// What the kernel holds as the table of one family.
/// @param sets     signatures ([SetSpec#signature])
/// @param elements by set
record FoundTable(
        Table table,
        Set<String> sets,
        Set<Chain> chains,
        Map<String, List<Rule>> rules,
        Map<String, Set<Element>> elements) {
    private static final String AFFINITY_PREFIX = "aff-";
    private static final String AFFINITY_SUFFIX = "-ac";

    /// Reads it; empty if there is none.
    static Optional<FoundTable> read(NftReader reader, NfFamily family) throws NetlinkException {
        var name = Skeleton.TABLE;
        for (var table : reader.tables(family)) {
            if (table.name().equals(name)) {
                var sets = new HashSet<>(reader.sets(family, name));
                var chains = new HashSet<>(reader.chains(family, name));
                var rules = reader.rules(family, name).stream().collect(groupingBy(Rule::chain));
                return Optional.of(new FoundTable(table, sets, chains, rules, elements(reader, family, sets)));
            }
        }
        return Optional.empty();
    }

    private static Map<String, Set<Element>> elements(NftReader reader, NfFamily family, Set<String> sets)
            throws NetlinkException {
        var elements = new HashMap<String, Set<Element>>();
        for (var signature : sets) {
            var set = signature.substring(0, signature.indexOf(' '));
            elements.put(set, new HashSet<>(reader.elements(family, Skeleton.TABLE, set)));
        }
        return elements;
    }

    /// The timeouts of session affinity that have chains.
    Set<Integer> timeouts() {
        var timeouts = new TreeSet<Integer>();
        for (var chain : chains) {
            var name = chain.name();
            if (name.matches(AFFINITY_PREFIX + "[1-9][0-9]{0,5}" + AFFINITY_SUFFIX)) {
                timeouts.add(Integer.valueOf(
                        name.substring(AFFINITY_PREFIX.length(), name.length() - AFFINITY_SUFFIX.length())));
            }
        }
        return timeouts;
    }

    /// The first part of the constant structure that is not as the plan has it.
    Optional<Drift> structureDrift(FamilyPlan plan) {
        var family = table.family();
        var parts = new ArrayList<>(plan.body());
        parts.add(Skeleton.of(plan.node()).hooks());
        var wantedSets = new HashSet<String>();
        var wantedChains = new HashSet<Chain>();
        var wantedRules = new HashMap<String, List<Rule>>();
        var wantedDecisions = new HashMap<String, Set<Element>>();
        for (var part : parts) {
            part.sets().forEach(set -> wantedSets.add(set.signature()));
            wantedChains.addAll(part.chains());
            part.rules()
                    .forEach(rule -> wantedRules
                            .computeIfAbsent(rule.chain(), name -> new ArrayList<>())
                            .add(rule));
            part.decisions()
                    .forEach((map, decisions) -> wantedDecisions
                            .computeIfAbsent(map, name -> new HashSet<>())
                            .addAll(decisions));
        }
        if (!wantedSets.equals(sets)) {
            return changed(family, "the list of sets");
        }
        if (!wantedChains.equals(chains)) {
            return changed(family, "the list of chains");
        }
        for (var chain : wantedChains) {
            var name = chain.name();
            if (!wantedRules.getOrDefault(name, List.of()).equals(rules.getOrDefault(name, List.of()))) {
                return changed(family, "chain " + name);
            }
        }
        for (var map : wantedDecisions.entrySet()) {
            if (!map.getValue().equals(elements.getOrDefault(map.getKey(), Set.of()))) {
                return changed(family, "map " + map.getKey());
            }
        }
        return Optional.empty();
    }

    private static Optional<Drift> changed(NfFamily family, String where) {
        return Optional.of(new Drift.StructureChanged(family, where));
    }

    /// What makes the elements those of the plan.
    ElementChanges elementDrift(FamilyPlan plan) {
        var wanted = new HashMap<String, Set<Element>>();
        plan.elements((set, element) ->
                wanted.computeIfAbsent(set, name -> new HashSet<>()).add(element));
        var deleted = new LinkedHashMap<String, List<Element>>();
        var added = new LinkedHashMap<String, List<Element>>();
        for (var set : Maps.planned()) {
            var here = elements.getOrDefault(set, Set.of());
            var there = wanted.getOrDefault(set, Set.of());
            without(here, there, set, deleted);
            without(there, here, set, added);
        }
        return new ElementChanges(deleted, added);
    }

    private static void without(Set<Element> these, Set<Element> those, String set, Map<String, List<Element>> into) {
        var left = these.stream().filter(element -> !those.contains(element)).toList();
        if (!left.isEmpty()) {
            into.put(set, left);
        }
    }

    /// The same as values to report.
    static List<Drift> drifts(NfFamily family, ElementChanges changes) {
        var drifts = new ArrayList<Drift>();
        for (var set : Maps.planned()) {
            int missing = changes.added().getOrDefault(set, List.of()).size();
            int foreign = changes.deleted().getOrDefault(set, List.of()).size();
            if (missing + foreign > 0) {
                drifts.add(new Drift.ElementsChanged(family, set, missing, foreign));
            }
        }
        return drifts;
    }
}
