package io.waymark.proxy.iptables.plan;

import io.waymark.proxy.iptables.chains.ChainId;
import io.waymark.proxy.iptables.chains.ChainNames;
import io.waymark.proxy.iptables.chains.ChainOptions.Dispatch;
import io.waymark.proxy.iptables.chains.ChainRule;
import io.waymark.proxy.iptables.chains.FixedChains;
import io.waymark.proxy.iptables.chains.PortEntries;
import io.waymark.proxy.rules.ServicePortKey;
import io.waymark.proxy.rules.ServiceRules;
import io.waymark.proxy.rules.node.NodeRules;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/// The chains that all Services have entries in, divided or not. Knows which Services have an entry in
/// which slot: a bucket, or a chain that is never divided. Not for several threads.
final class SharedChains {
    private static final ChainId SERVICES = ChainId.nat(ChainNames.SERVICES);
    private static final ChainId NODE_PORTS = ChainId.nat(ChainNames.NODE_PORTS);
    private static final List<ChainId> UNDIVIDED = List.of(
            ChainId.filter(ChainNames.SERVICES),
            ChainId.filter(ChainNames.EXTERNAL_SERVICES),
            ChainId.filter(ChainNames.NODE_PORTS),
            ChainId.filter(ChainNames.PROXY_FIREWALL));

    private final Dispatch dispatch;
    private final SortedMap<ServicePortKey, ServiceRules> services;
    private final TreeMap<ChainId, TreeSet<ServicePortKey>> members = new TreeMap<>();
    private int addresses;
    private int ports;
    private Form byAddress = Form.WHOLE;
    private Form byPort = Form.WHOLE;

    private enum Form {
        WHOLE,
        DIVIDED;

        Form next(int entries) {
            return switch (this) {
                case WHOLE -> entries >= Buckets.THRESHOLD ? DIVIDED : WHOLE;
                case DIVIDED -> entries < Buckets.THRESHOLD_BACK ? WHOLE : DIVIDED;
            };
        }
    }

    /// @param services of those that have entered, changed by who owns this
    SharedChains(Dispatch dispatch, SortedMap<ServicePortKey, ServiceRules> services) {
        this.dispatch = dispatch;
        this.services = services;
    }

    void enter(ServiceRules rules, NodeRules node) {
        for (var entry : PortEntries.of(rules, node)) {
            count(entry.chain(), 1);
            members.computeIfAbsent(Buckets.of(entry.chain(), entry.rule()), slot -> new TreeSet<>())
                    .add(rules.key());
        }
    }

    void leave(ServiceRules rules, NodeRules node) {
        for (var entry : PortEntries.of(rules, node)) {
            count(entry.chain(), -1);
            var slot = Buckets.of(entry.chain(), entry.rule());
            var keys = members.get(slot);
            if (keys != null && keys.remove(rules.key()) && keys.isEmpty()) {
                members.remove(slot);
            }
        }
    }

    private void count(ChainId chain, int more) {
        if (chain.equals(SERVICES)) {
            addresses += more;
        } else if (chain.equals(NODE_PORTS)) {
            ports += more;
        }
    }

    /// Brings the forms to the sizes. @return whether one is another now
    boolean settle() {
        return switch (dispatch) {
            case FLAT -> false;
            case BUCKETS -> {
                var address = byAddress.next(addresses);
                var port = byPort.next(ports);
                boolean isOther = address != byAddress || port != byPort;
                byAddress = address;
                byPort = port;
                yield isOther;
            }
        };
    }

    /// Where a Service port has entries.
    Set<ChainId> slots(ServiceRules rules, NodeRules node) {
        var slots = new LinkedHashSet<ChainId>();
        for (var entry : PortEntries.of(rules, node)) {
            slots.add(Buckets.of(entry.chain(), entry.rule()));
        }
        return slots;
    }

    /// The chains in which the entries of these slots stand, and those whose rules lead there. A bucket
    /// of node ports without entries is not there.
    Map<ChainId, List<ChainRule>> rules(Collection<ChainId> slots, NodeRules node) {
        var chains = new LinkedHashMap<ChainId, List<ChainRule>>();
        var wholes = new LinkedHashSet<ChainId>();
        for (var slot : slots) {
            var top = top(slot);
            if (top.equals(slot)) {
                chains.put(slot, entries(slot, List.of(slot), node));
            } else if (form(top) == Form.WHOLE) {
                wholes.add(top);
            } else if (top.equals(SERVICES)) {
                chains.put(slot, entries(SERVICES, List.of(slot), node));
            } else if (members.containsKey(slot)) {
                chains.put(slot, entries(NODE_PORTS, List.of(slot), node));
                wholes.add(NODE_PORTS);
            } else {
                wholes.add(NODE_PORTS);
            }
        }
        wholes.forEach(top -> chains.put(top, top(top, node)));
        return chains;
    }

    private static ChainId top(ChainId slot) {
        if (slot.table() != SERVICES.table()) {
            return slot;
        }
        return slot.name().startsWith(ChainNames.NODE_PORTS) ? NODE_PORTS : SERVICES;
    }

    private Form form(ChainId top) {
        return top.equals(SERVICES) ? byAddress : byPort;
    }

    /// The rules of `KUBE-SERVICES` or `KUBE-NODEPORTS` itself.
    private List<ChainRule> top(ChainId top, NodeRules node) {
        var slots =
                members.keySet().stream().filter(slot -> top(slot).equals(top)).toList();
        var rules = new ArrayList<ChainRule>();
        switch (form(top)) {
            case WHOLE -> rules.addAll(entries(top, slots, node));
            case DIVIDED -> {
                if (top.equals(SERVICES)) {
                    rules.addAll(Buckets.toNibbles());
                } else {
                    slots.forEach(slot -> rules.add(Buckets.toPorts(slot)));
                }
            }
        }
        if (top.equals(SERVICES)) {
            rules.addAll(FixedChains.last(node));
        }
        return rules;
    }

    /// All entries of a chain that stand in these slots, by Service.
    private List<ChainRule> entries(ChainId chain, Collection<ChainId> slots, NodeRules node) {
        var keys = new TreeSet<ServicePortKey>();
        slots.forEach(slot -> keys.addAll(members.getOrDefault(slot, new TreeSet<>())));
        var wanted = Set.copyOf(slots);
        var rules = new ArrayList<ChainRule>();
        for (var key : keys) {
            for (var entry : entriesOf(key, node)) {
                if (entry.chain().equals(chain) && wanted.contains(Buckets.of(chain, entry.rule()))) {
                    rules.add(entry.rule());
                }
            }
        }
        return rules;
    }

    private List<PortEntries.Placed> entriesOf(ServicePortKey key, NodeRules node) {
        var rules = services.get(key);
        return rules == null ? List.of() : PortEntries.of(rules, node);
    }

    /// All of them, those that others lead to first.
    Map<ChainId, List<ChainRule>> all(NodeRules node) {
        var chains = new LinkedHashMap<ChainId, List<ChainRule>>();
        for (var chain : UNDIVIDED) {
            chains.put(chain, entries(chain, List.of(chain), node));
        }
        if (byPort == Form.DIVIDED) {
            members.keySet().stream()
                    .filter(slot -> top(slot).equals(NODE_PORTS))
                    .forEach(slot -> chains.put(slot, entries(NODE_PORTS, List.of(slot), node)));
        }
        chains.put(NODE_PORTS, top(NODE_PORTS, node));
        if (byAddress == Form.DIVIDED) {
            Buckets.octets().forEach(slot -> chains.put(slot, entries(SERVICES, List.of(slot), node)));
            int low = 0;
            for (var nibble : Buckets.nibbles()) {
                chains.put(nibble, Buckets.ofNibble(low++));
            }
        }
        chains.put(SERVICES, top(SERVICES, node));
        return chains;
    }
}
