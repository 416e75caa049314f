package io.waymark.proxy.nftables.plan;

import io.waymark.proxy.netlink.nft.Element;
import io.waymark.proxy.nftables.skeleton.Maps;
import io.waymark.proxy.nftables.skeleton.Skeleton;
import io.waymark.proxy.nftables.skeleton.Structure;
import io.waymark.proxy.rules.Backend;
import io.waymark.proxy.rules.BackendList;
import io.waymark.proxy.rules.Frontend;
import io.waymark.proxy.rules.RuleChanges;
import io.waymark.proxy.rules.RuleSet;
import io.waymark.proxy.rules.ServicePortKey;
import io.waymark.proxy.rules.ServiceRules;
import io.waymark.proxy.rules.node.NodePortTargets;
import io.waymark.proxy.rules.node.NodeRules;
import io.waymark.records.address.IpAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// What must stand in the table of one family: the rules so far, each Service port with its id and
/// with its lists in the order that the kernel has them in. It changes as if every change succeeded;
/// when the kernel refuses one, comparing the two repairs it. Not for several threads.
public final class FamilyPlan {
    private final Map<ServicePortKey, PlacedPort> ports = new HashMap<>();
    private final Tally<IpAddress> endpoints =
            new Tally<>(Maps.HAIRPIN, address -> new Element.Member(Keys.twice(address)));
    private final Tally<IpAddress> clusterIps =
            new Tally<>(Maps.CLUSTER_IPS, address -> new Element.Member(Keys.address(address)));
    /// Chains of a timeout stay when the last Service with it goes.
    private final TreeSet<Integer> timeouts = new TreeSet<>();

    private NodeRules node;
    private int nextService;
    private int nextEndpoint;

    /// Places all rules of a family.
    /// @param adopted  what stands in the kernel
    /// @param timeouts of session affinity whose chains stand in the kernel
    public FamilyPlan(RuleSet desired, Adopted adopted, Set<Integer> timeouts) {
        node = desired.node();
        nextService = adopted.serviceMax() + 1;
        nextEndpoint = adopted.endpointMax() + 1;
        this.timeouts.addAll(timeouts);
        for (var rules : desired.services().values()) {
            var id = adopted.claim(rules);
            int service = id.isPresent() ? id.getAsInt() : nextService++;
            var placed = new PlacedPort(
                    service,
                    rules,
                    adopted.list(service, BackendList.CLUSTER),
                    adopted.list(service, BackendList.LOCAL),
                    adopted.endpoints(service));
            keep(rules.key(), place(placed, rules));
        }
        settle(new ElementChanges.Builder());
    }

    public NodeRules node() {
        return node;
    }

    /// Plans one change, and takes it for done.
    public PlanStep apply(RuleChanges changes) {
        var into = new ElementChanges.Builder();
        var difference = new PortChange(into);
        var before = Set.copyOf(timeouts);
        for (var delta : changes.services()) {
            var old = Optional.ofNullable(ports.get(delta.key()));
            var now = delta.after()
                    .map(rules -> old.map(placed -> place(placed, rules)).orElseGet(() -> place(fresh(rules), rules)));
            difference.between(old, now);
            old.ifPresent(this::release);
            ports.remove(delta.key());
            now.ifPresent(placed -> keep(delta.key(), placed));
        }
        settle(into);
        boolean another = isAnotherSkeleton(changes.nodeAfter());
        nodeElements(changes.nodeAfter(), into);
        node = changes.nodeAfter();
        return another ? new PlanStep.Rebuild() : new PlanStep.Change(added(before), into.build());
    }

    private PlacedPort fresh(ServiceRules rules) {
        return new PlacedPort(nextService++, rules, DenseList.EMPTY, DenseList.EMPTY, Map.of());
    }

    private PlacedPort place(PlacedPort before, ServiceRules rules) {
        var cluster = before.cluster().with(PlacedPort.wanted(rules, BackendList.CLUSTER));
        var local = before.local().with(PlacedPort.wanted(rules, BackendList.LOCAL));
        return new PlacedPort(
                before.id(),
                rules,
                cluster,
                local,
                rules.affinitySeconds() > 0 ? named(before.endpoints(), cluster, local) : Map.of());
    }

    /// Endpoints keep their ids for as long as they are in a list.
    private Map<Backend, Integer> named(Map<Backend, Integer> before, DenseList cluster, DenseList local) {
        var named = new HashMap<Backend, Integer>();
        for (var list : List.of(cluster, local)) {
            for (var backend : list.backends()) {
                if (!named.containsKey(backend)) {
                    var id = before.get(backend);
                    named.put(backend, id == null ? nextEndpoint++ : id);
                }
            }
        }
        return Map.copyOf(named);
    }

    private void keep(ServicePortKey key, PlacedPort placed) {
        ports.put(key, placed);
        if (placed.isSticky()) {
            timeouts.add(placed.rules().affinitySeconds());
        }
        for (var list : BackendList.values()) {
            placed.list(list).backends().forEach(backend -> endpoints.need(backend.address()));
        }
        for (var frontend : placed.rules().frontends()) {
            if (frontend instanceof Frontend.ClusterIp clusterIp) {
                clusterIps.need(clusterIp.address());
            }
        }
    }

    private void release(PlacedPort placed) {
        for (var list : BackendList.values()) {
            placed.list(list).backends().forEach(backend -> endpoints.release(backend.address()));
        }
        for (var frontend : placed.rules().frontends()) {
            if (frontend instanceof Frontend.ClusterIp clusterIp) {
                clusterIps.release(clusterIp.address());
            }
        }
    }

    private void settle(ElementChanges.Builder into) {
        endpoints.settle(into);
        clusterIps.settle(into);
    }

    private boolean isAnotherSkeleton(NodeRules after) {
        if (after.equals(node)) {
            return false;
        }
        var old = Skeleton.of(node);
        var now = Skeleton.of(after);
        return !old.body().equals(now.body()) || !old.hooks().equals(now.hooks());
    }

    private List<Structure> added(Set<Integer> before) {
        var structures = new ArrayList<Structure>();
        var skeleton = Skeleton.of(node);
        for (int seconds : timeouts) {
            if (!before.contains(seconds)) {
                if (before.isEmpty() && structures.isEmpty()) {
                    structures.add(skeleton.learning());
                }
                structures.add(skeleton.affinity(seconds));
            }
        }
        return structures;
    }

    private void nodeElements(NodeRules after, ElementChanges.Builder into) {
        if (after.equals(node)) {
            return;
        }
        record Placed(String set, Element element) {}
        var old = new LinkedHashSet<Placed>();
        var now = new LinkedHashSet<Placed>();
        nodeElements(node, (set, element) -> old.add(new Placed(set, element)));
        nodeElements(after, (set, element) -> now.add(new Placed(set, element)));
        for (var placed : old) {
            if (!now.contains(placed)) {
                into.delete(placed.set, placed.element);
            }
        }
        for (var placed : now) {
            if (!old.contains(placed)) {
                into.add(placed.set, placed.element);
            }
        }
    }

    private static void nodeElements(NodeRules node, ElementSink into) {
        if (node.nodePorts() instanceof NodePortTargets.Only(var addresses)) {
            addresses.forEach(address -> into.put(Maps.NODE_PORT_IPS, new Element.Member(Keys.address(address))));
        }
        for (var cidr : Keys.disjoint(node.serviceCidrs())) {
            Keys.interval(cidr).forEach(element -> into.put(Maps.SERVICE_CIDRS, element));
        }
    }

    /// The chains, sets and rules that must be there, but for [Skeleton#hooks].
    public List<Structure> body() {
        var skeleton = Skeleton.of(node);
        var structures = new ArrayList<Structure>();
        structures.add(skeleton.body());
        if (!timeouts.isEmpty()) {
            structures.add(skeleton.learning());
            timeouts.forEach(seconds -> structures.add(skeleton.affinity(seconds)));
        }
        return structures;
    }

    /// Every element that must be there, in no order.
    public void elements(ElementSink into) {
        for (var placed : ports.values()) {
            placed.heads(into);
            placed.backends(into);
        }
        endpoints.elements(into);
        clusterIps.elements(into);
        nodeElements(node, into);
    }
}
