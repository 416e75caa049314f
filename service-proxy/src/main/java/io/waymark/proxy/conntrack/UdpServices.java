package io.waymark.proxy.conntrack;

import io.waymark.proxy.rules.Backend;
import io.waymark.proxy.rules.Destination;
import io.waymark.proxy.rules.Frontend;
import io.waymark.proxy.rules.RuleChanges;
import io.waymark.proxy.rules.RuleDelta;
import io.waymark.proxy.rules.RuleSet;
import io.waymark.proxy.rules.ServiceRules;
import io.waymark.proxy.rules.node.NodeRules;
import io.waymark.records.address.IpAddress;
import io.waymark.records.address.IpFamily;
import io.waymark.records.cluster.Protocol;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/// Which destinations of UDP are a Service's, and which endpoints serve each: what makes a flow stale.
/// One thread follows the rules, another asks: each call locks. What is told is in force at once, so that a
/// flow to an endpoint that has just come is never taken for a stale one.
final class UdpServices {
    private final Map<Destination, Set<Backend>> serving = new HashMap<>();
    /// Of destinations that are nobody's any more, until their flows were looked through.
    private final Map<Destination, Set<Backend>> served = new HashMap<>();
    private final Map<IpFamily, NodeRules> nodes = new EnumMap<>(IpFamily.class);

    synchronized void begin(Collection<RuleSet> rules) {
        serving.clear();
        served.clear();
        for (var set : rules) {
            nodes.put(set.node().family(), set.node());
            set.services().values().forEach(this::own);
        }
    }

    /// Follows changes.
    /// @param suspects gets each destination that may have stale flows by them
    synchronized void change(Collection<RuleChanges> changes, Consumer<Destination> suspects) {
        for (var change : changes) {
            // A destination that goes from one Service to another is in both of their deltas.
            change.services().forEach(this::disown);
            change.services().forEach(delta -> delta.after().ifPresent(this::own));
            change.services().stream()
                    .filter(UdpServices::makesStale)
                    .flatMap(delta -> List.of(delta.before(), delta.after()).stream())
                    .forEach(rules -> rules.ifPresent(of -> destinations(of).forEach(suspects)));
            if (!change.nodeBefore().equals(change.nodeAfter())) {
                nodes.put(change.nodeAfter().family(), change.nodeAfter());
                serving.keySet().stream()
                        .filter(destination -> destination instanceof Destination.AnyNodeAddress any
                                && any.family() == change.nodeAfter().family())
                        .forEach(suspects);
            }
        }
    }

    private static List<Destination> destinations(ServiceRules rules) {
        return rules.key().protocol() == Protocol.UDP
                ? rules.frontends().stream().map(Frontend::destination).toList()
                : List.of();
    }

    private void own(ServiceRules rules) {
        var destinations = destinations(rules);
        var endpoints = destinations.isEmpty() ? Set.<Backend>of() : Set.copyOf(rules.serving());
        for (var destination : destinations) {
            serving.put(destination, endpoints);
            served.remove(destination);
        }
    }

    private void disown(RuleDelta delta) {
        delta.before().ifPresent(rules -> {
            for (var destination : destinations(rules)) {
                var endpoints = serving.remove(destination);
                if (endpoints != null) {
                    served.merge(destination, endpoints, UdpServices::both);
                }
            }
        });
    }

    private static Set<Backend> both(Set<Backend> some, Set<Backend> others) {
        var all = new HashSet<>(some);
        all.addAll(others);
        return Set.copyOf(all);
    }

    /// More endpoints alone leave every flow where it is well served; the first one does not, for flows
    /// may have passed as if there were no Service.
    private static boolean makesStale(RuleDelta delta) {
        if (delta.before().isEmpty() || delta.after().isEmpty()) {
            return true;
        }
        var before = delta.before().get();
        var after = delta.after().get();
        return !before.frontends().equals(after.frontends())
                || before.serving().isEmpty() != after.serving().isEmpty()
                || !new HashSet<>(after.serving()).containsAll(before.serving());
    }

    /// Whether its answerer serves the Service no more that it is addressed to. The flow of a destination
    /// that was a Service's goes too if an endpoint of that answers it; any other is none of ours.
    synchronized boolean isStale(Flow flow) {
        var to = flow.to();
        var address = new Destination.Address(to.address(), Protocol.UDP, to.port());
        var endpoints = serving.get(address);
        if (endpoints != null) {
            return !endpoints.contains(flow.answerer());
        }
        if (served.getOrDefault(address, Set.of()).contains(flow.answerer()) || isOrphan(flow)) {
            return true;
        }
        var node = nodes.get(to.address().family());
        if (node == null || !node.servesNodePorts(to.address())) {
            return false;
        }
        var port = new Destination.AnyNodeAddress(to.address().family(), Protocol.UDP, to.port());
        var behind = serving.get(port);
        return behind != null
                ? !behind.contains(flow.answerer())
                : served.getOrDefault(port, Set.of()).contains(flow.answerer());
    }

    /// A cluster IP that no Service has leads nowhere: whoever sent it elsewhere is gone.
    private boolean isOrphan(Flow flow) {
        return !flow.to().equals(flow.answerer()) && isInServiceCidr(flow.to().address());
    }

    private boolean isInServiceCidr(IpAddress address) {
        var node = nodes.get(address.family());
        return node != null && node.serviceCidrs().stream().anyMatch(cidr -> cidr.contains(address));
    }

    /// What is nobody's any more, of these destinations.
    synchronized Map<Destination, Set<Backend>> left(Collection<Destination> of) {
        var left = new HashMap<>(served);
        left.keySet().retainAll(of);
        return left;
    }

    /// What is nobody's any more.
    synchronized Map<Destination, Set<Backend>> left() {
        return Map.copyOf(served);
    }

    /// The flows of these were looked through. What was given up since they were [#left] is kept.
    @SuppressWarnings("ReferenceEquality") // an equal set may have been left later
    synchronized void forget(Map<Destination, Set<Backend>> left) {
        left.forEach((destination, endpoints) ->
                served.computeIfPresent(destination, (key, now) -> now == endpoints ? null : now));
    }
}
