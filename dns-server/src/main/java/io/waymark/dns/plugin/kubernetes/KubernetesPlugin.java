package io.waymark.dns.plugin.kubernetes;

import io.waymark.dns.pipeline.Exchange;
import io.waymark.dns.pipeline.LongestApex;
import io.waymark.dns.pipeline.MetadataProvider;
import io.waymark.dns.pipeline.Next;
import io.waymark.dns.pipeline.Outcome;
import io.waymark.dns.pipeline.OwnNames;
import io.waymark.dns.pipeline.Plugin;
import io.waymark.dns.plugin.Transferable;
import io.waymark.records.message.Question;
import io.waymark.records.message.Rcode;
import io.waymark.records.message.Reply;
import io.waymark.records.name.DomainName;
import io.waymark.records.rr.RecordSet;
import io.waymark.records.rr.ResourceRecord;
import io.waymark.records.view.View;
import io.waymark.records.zone.LookupResult;
import io.waymark.records.zone.Zone;
import java.util.List;
import java.util.Optional;

/// The `kubernetes` plugin, and `k8s_external`, which differs in its zones only: answers out of the
/// zones of the cluster, forward and reverse.
///
/// As long as the cluster is not known completely, a name that seems missing may exist: the client
/// gets SERVFAIL and asks again, never NXDOMAIN, and nobody else is asked either.
public final class KubernetesPlugin implements Plugin, OwnNames, Transferable, MetadataProvider {
    private final LongestApex<Zone> zones;
    private final List<Zone> all;
    private final List<DomainName> fallthrough;
    private final ServedCluster cluster;
    private final Manner manner;
    private final MetadataProvider metadata;

    /// One that says nothing of a query.
    public KubernetesPlugin(List<Zone> zones, List<DomainName> fallthrough, ServedCluster cluster, boolean recursion) {
        this(zones, fallthrough, cluster, new Manner(recursion, Compat.NONE), (exchange, label) -> Optional.empty());
    }

    /// @param fallthrough below these apexes a missing name is left to the next plugin
    /// @param cluster     that the zones are read off
    /// @param manner      how its answers are dressed
    /// @param metadata    what it says of a query
    public KubernetesPlugin(
            List<Zone> zones,
            List<DomainName> fallthrough,
            ServedCluster cluster,
            Manner manner,
            MetadataProvider metadata) {
        this.zones = new LongestApex<>(zones.stream()
                .map(zone -> new LongestApex.Apex<>(zone.origin(), zone))
                .toList());
        this.all = List.copyOf(zones);
        this.fallthrough = List.copyOf(fallthrough);
        this.cluster = cluster;
        this.manner = manner;
        this.metadata = metadata;
    }

    /// What the zones are read off.
    public ServedCluster cluster() {
        return cluster;
    }

    @Override
    public Outcome answer(Exchange exchange, Next next) {
        var question = exchange.question();
        if (question.recordClass() != ResourceRecord.CLASS_IN) {
            return Outcome.PASS;
        }
        var zone = zones.of(question);
        if (zone.isEmpty()) {
            return Outcome.PASS;
        }
        return switch (zone.get().lookup(exchange.view(), question.name(), question.type())) {
            case LookupResult.Answer(var answer, var additional) ->
                new Outcome.Answer(new Reply(Rcode.NOERROR, true, manner.recursion(), answer, List.of(), additional));
            case LookupResult.Alias(var aliases, var target) -> manner.follow(exchange, aliases, target);
            case LookupResult.NoData(var aliases, var soa) -> negative(Rcode.NOERROR, aliases, soa);
            case LookupResult.NxDomain(var aliases, var soa) -> missing(question.name(), aliases, soa);
            case LookupResult.OutOfZone outOfZone -> Outcome.PASS;
        };
    }

    @Override
    public boolean owns(Question question) {
        return question.recordClass() == ResourceRecord.CLASS_IN
                && zones.of(question).isPresent()
                && !covers(question.name());
    }

    @Override
    public Optional<String> metadata(Exchange exchange, String label) {
        return metadata.metadata(exchange, label);
    }

    private boolean covers(DomainName name) {
        for (int i = 0; i < fallthrough.size(); i++) {
            if (name.isWithin(fallthrough.get(i))) {
                return true;
            }
        }
        return false;
    }

    @Override
    public Offer offer(View view, DomainName apex) {
        var zone = all.stream().filter(own -> own.origin().equals(apex)).findFirst();
        if (zone.isEmpty()) {
            return new Offer.Foreign();
        }
        return cluster.synced().getAsBoolean()
                ? new Offer.Whole(zone.get().contents(view))
                : new Offer.NotYet("the first list of the cluster's objects is not complete");
    }

    private Outcome missing(DomainName name, List<RecordSet> aliases, RecordSet soa) {
        if (!cluster.synced().getAsBoolean()) {
            return negative(Rcode.SERVFAIL, aliases, soa);
        }
        // Behind an alias the missing name is another one, and the alias is ours: it stands.
        boolean passes = aliases.isEmpty() && covers(name);
        return passes ? Outcome.PASS : negative(Rcode.NXDOMAIN, aliases, soa);
    }

    private Outcome negative(Rcode rcode, List<RecordSet> aliases, RecordSet soa) {
        return new Outcome.Answer(new Reply(rcode, true, manner.recursion(), aliases, List.of(soa), List.of()));
    }
}
