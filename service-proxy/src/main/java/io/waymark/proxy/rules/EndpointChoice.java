package io.waymark.proxy.rules;

import io.waymark.proxy.rules.node.NodeFacts;
import io.waymark.records.cluster.Hints;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

/// Which endpoints of a Service port its clients are sent to, on one node.
/// @param cluster for clients under the policy Cluster, by text; empty if nobody uses it
/// @param local   for clients under the policy Local, likewise
/// @param use     whether there is an endpoint anywhere that could serve
record EndpointChoice(List<Backend> cluster, List<Backend> local, Use use) {

    /// Whether a Service port can be served at all.
    enum Use {
        POSSIBLE,
        /// There is no usable endpoint on any node: clients are refused.
        NONE
    }

    /// Which lists the policies of a Service port ask for.
    enum Wanted {
        CLUSTER,
        LOCAL,
        BOTH;

        boolean cluster() {
            return this != LOCAL;
        }

        boolean local() {
            return this != CLUSTER;
        }
    }

    static EndpointChoice of(Collection<Candidate> candidates, Wanted wanted, NodeFacts node) {
        var cluster = wanted.cluster() ? cluster(candidates, node) : List.<Backend>of();
        var local = wanted.local() ? local(candidates, node) : List.<Backend>of();
        // A client under the policy Local is refused only if no node has an endpoint for it.
        boolean isPossible = !cluster.isEmpty()
                || wanted.local() && candidates.stream().anyMatch(it -> it.ready() || it.servesTheLast());
        return new EndpointChoice(cluster, local, isPossible ? Use.POSSIBLE : Use.NONE);
    }

    /// The ready ones that are meant for this node; if none is ready, those that serve until they end,
    /// for whomever they are meant.
    private static List<Backend> cluster(Collection<Candidate> candidates, NodeFacts node) {
        var ready = those(candidates, Candidate::ready);
        return backends(
                ready.isEmpty() ? those(candidates, Candidate::servesTheLast) : those(ready, meantFor(node, ready)));
    }

    /// The same among those on this node, where hints count for nothing.
    private static List<Backend> local(Collection<Candidate> candidates, NodeFacts node) {
        var here = those(candidates, it -> isOn(node, it));
        var ready = those(here, Candidate::ready);
        return backends(ready.isEmpty() ? those(here, Candidate::servesTheLast) : ready);
    }

    static boolean isOn(NodeFacts node, Candidate candidate) {
        return !node.name().isEmpty() && candidate.nodeName().equals(node.name());
    }

    /// Those with a hint for this node, if each has a hint for nodes and one is for this one; else those
    /// with a hint for its zone, likewise; else all. One without a hint makes the hints of others void:
    /// they were given out under the assumption that all have one.
    private static Predicate<Candidate> meantFor(NodeFacts node, List<Candidate> ready) {
        if (applies(ready, Hints::nodes, node.name())) {
            return it -> it.hints().nodes().contains(node.name());
        }
        if (applies(ready, Hints::zones, node.zone())) {
            return it -> it.hints().zones().contains(node.zone());
        }
        return it -> true;
    }

    private static boolean applies(List<Candidate> ready, Function<Hints, List<String>> kind, String name) {
        boolean isNamed = false;
        for (var candidate : ready) {
            var hinted = kind.apply(candidate.hints());
            if (hinted.isEmpty()) {
                return false;
            }
            isNamed |= hinted.contains(name);
        }
        return isNamed && !name.isEmpty();
    }

    private static List<Candidate> those(Collection<Candidate> candidates, Predicate<Candidate> condition) {
        var those = new ArrayList<Candidate>(candidates.size());
        for (var candidate : candidates) {
            if (condition.test(candidate)) {
                those.add(candidate);
            }
        }
        return those;
    }

    private static List<Backend> backends(List<Candidate> candidates) {
        var backends = new ArrayList<Backend>(candidates.size());
        for (var candidate : candidates) {
            backends.add(candidate.backend());
        }
        return Backend.sortedByText(backends);
    }
}
