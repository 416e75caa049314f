package io.waymark.proxy.rules;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/// Which Service port has a destination that several ask for. One has it at a time; who that is
/// depends on who asks now, never on who asked first. Confined to one thread.
final class Claims {
    private final Map<Destination, Claim> winners = new HashMap<>();
    private final Map<Destination, SortedSet<Claim>> contested = new HashMap<>();

    /// The better one comes first: the lower rank, then the older Service, then the lower key. A Service
    /// whose age is not known counts as old.
    private record Claim(Frontend frontend, long createdSeconds, ServicePortKey key) implements Comparable<Claim> {
        @Override
        public int compareTo(Claim other) {
            int byRank = Integer.compare(frontend.rank(), other.frontend.rank());
            if (byRank != 0) {
                return byRank;
            }
            int byAge = Long.compare(createdSeconds, other.createdSeconds);
            return byAge != 0 ? byAge : key.compareTo(other.key);
        }
    }

    private static List<Claim> claims(ServicePlan plan) {
        var claims = new ArrayList<Claim>();
        for (var rules : plan.rules()) {
            for (var frontend : rules.frontends()) {
                claims.add(new Claim(frontend, plan.createdSeconds(), rules.key()));
            }
        }
        return claims;
    }

    /// Takes back the claims of one plan of a Service and makes those of the next. Adds to `touched` the
    /// ports of other Services that lose or get a destination by it, or that lose it to another one.
    void replace(ServicePlan before, ServicePlan after, Collection<ServicePortKey> touched) {
        claims(before).forEach(claim -> remove(claim, touched));
        claims(after).forEach(claim -> add(claim, touched));
    }

    /// Makes the claims of a plan where none was looked at yet.
    void add(ServicePlan plan) {
        replace(ServicePlan.NONE, plan, new ArrayList<>());
    }

    private void add(Claim claim, Collection<ServicePortKey> touched) {
        var destination = claim.frontend.destination();
        var winner = winners.get(destination);
        if (winner == null) {
            winners.put(destination, claim);
            return;
        }
        var all = contested.computeIfAbsent(destination, key -> new TreeSet<>());
        all.add(winner);
        all.add(claim);
        winners.put(destination, all.getFirst());
        all.forEach(it -> touched.add(it.key));
    }

    private void remove(Claim claim, Collection<ServicePortKey> touched) {
        var destination = claim.frontend.destination();
        var all = contested.get(destination);
        if (all == null) {
            winners.remove(destination);
            return;
        }
        all.remove(claim);
        all.forEach(it -> touched.add(it.key));
        winners.put(destination, all.getFirst());
        if (all.size() == 1) {
            contested.remove(destination);
        }
    }

    /// Who has it instead; empty if this one has it.
    Optional<ServicePortKey> takenBy(Destination destination, ServicePortKey key) {
        var winner = winners.get(destination);
        return winner == null || winner.key.equals(key) ? Optional.empty() : Optional.of(winner.key);
    }
}
