package io.waymark.records.masterfile;

import io.waymark.records.message.Rcode;
import io.waymark.records.name.DomainName;
import io.waymark.records.rr.RecordData;
import io.waymark.records.rr.RecordSet;
import io.waymark.records.rr.RecordType;
import io.waymark.records.rr.ResourceRecord;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.stream.Stream;

/// All records of one zone. Immutable; any thread may ask.
public final class StaticZone {
    /// More aliases than this are a loop, or as good as one.
    private static final int ALIASES_MAX = 10;

    private final DomainName origin;
    private final NameTree tree;
    private final RecordSet soa;
    private final RecordSet negativeSoa;
    private final List<RecordSet> nameServers;
    private final Signatures signatures;

    /// What makes a zone of records.
    public sealed interface Made {
        /// The zone.
        record Zone(StaticZone zone) implements Made {}

        /// They are no zone.
        /// @param why one clause, for people
        record Unfit(String why) implements Made {}
    }

    /// The zone that has these records; those of other zones are left out.
    public static Made of(DomainName origin, List<ResourceRecord> records) {
        for (var resource : records) {
            if (resource.type().equals(RecordType.SOA) && !resource.owner().equals(origin)) {
                return new Made.Unfit("the SOA record belongs to " + resource.owner() + ", not to " + origin);
            }
        }
        return records.stream().anyMatch(resource -> resource.type().equals(RecordType.SOA))
                ? new Made.Zone(new StaticZone(origin, records))
                : new Made.Unfit("there is no SOA record of " + origin);
    }

    private StaticZone(DomainName origin, List<ResourceRecord> records) {
        this.origin = origin;
        tree = new NameTree(origin, records);
        soa = tree.rrset(origin, RecordType.SOA).orElseThrow();
        negativeSoa = new RecordSet(origin, RecordType.SOA, Math.min(soa.ttl(), data().minimum()), soa.data());
        nameServers = tree.rrset(origin, RecordType.NS).stream().toList();
        signatures = new Signatures(tree.nodes());
    }

    public DomainName origin() {
        return origin;
    }

    /// The serial of its SOA record: 32 bits, which wrap (RFC 1982).
    public int serial() {
        return data().serial();
    }

    /// The SOA record.
    public RecordSet soa() {
        return soa;
    }

    /// Every RRset but the SOA record's, in no order; the signatures of one owner in one for each type that they
    /// cover.
    public List<RecordSet> rrsets() {
        return tree.nodes().values().stream()
                .flatMap(node -> node.values().stream()
                        .filter(rrset -> !rrset.type().equals(RecordType.SOA))
                        .flatMap(rrset -> signatures.parted(rrset).stream()))
                .toList();
    }

    private RecordData.Soa data() {
        if (soa.data().getFirst() instanceof RecordData.Soa data) {
            return data;
        }
        throw new IllegalStateException("the SOA record of " + origin + " has other data");
    }

    /// The answer to a question about a name of this zone (RFC 1034 §4.3.2 step 3). Aliases within the
    /// zone are followed.
    /// @param name     at or below the origin
    /// @param dnssecOk whether with signatures and proofs, if the zone has any
    public StaticAnswer answer(DomainName name, RecordType type, boolean dnssecOk) {
        var aliases = new ArrayList<RecordSet>();
        var at = name;
        for (int hop = 0; hop <= ALIASES_MAX; hop++) {
            switch (tree.find(at, type)) {
                case NameTree.Found.Alias(var rrsets, var target) -> {
                    aliases.addAll(rrsets);
                    if (type.equals(RecordType.CNAME)) {
                        // Made of a DNAME: it is what was asked for, so it is not followed.
                        var said = positive(aliases.subList(0, aliases.size() - 1), aliases.getLast());
                        return dnssecOk ? signatures.of(said, List.of()) : said;
                    }
                    if (!target.isWithin(origin)) {
                        return new StaticAnswer.Elsewhere(dnssecOk ? signatures.with(aliases) : aliases, target);
                    }
                    at = target;
                }
                case NameTree.Found.Data(var rrset) -> {
                    var said = positive(aliases, rrset);
                    return dnssecOk ? signatures.of(said, List.of()) : said;
                }
                case NameTree.Found.Cut(var delegation) -> {
                    var said = referral(aliases, delegation);
                    return dnssecOk ? signatures.of(said, signatures.ofCut(delegation.owner())) : said;
                }
                case NameTree.Found.NoData() -> {
                    var said = negative(Rcode.NOERROR, aliases);
                    return dnssecOk ? signatures.of(said, signatures.denial(at)) : said;
                }
                case NameTree.Found.Nothing() -> {
                    var said = negative(Rcode.NXDOMAIN, aliases);
                    return dnssecOk ? signatures.of(said, signatures.denial(at)) : said;
                }
            }
        }
        return new StaticAnswer.Circle(at);
    }

    private StaticAnswer.Said positive(List<RecordSet> aliases, RecordSet rrset) {
        var additional = new LinkedHashSet<RecordSet>();
        RdataNames.targets(rrset).forEach(target -> additional.addAll(tree.addresses(target)));
        boolean apexServers =
                rrset.type().equals(RecordType.NS) && rrset.owner().equals(origin);
        return new StaticAnswer.Said(
                Rcode.NOERROR,
                true,
                Stream.concat(aliases.stream(), signatures.parted(rrset).stream())
                        .toList(),
                apexServers && aliases.isEmpty() ? List.of() : nameServers,
                List.copyOf(additional));
    }

    private StaticAnswer.Said referral(List<RecordSet> aliases, RecordSet delegation) {
        var glue = RdataNames.targets(delegation).stream()
                .filter(server -> server.isWithin(delegation.owner()))
                .flatMap(server -> tree.addresses(server).stream())
                .distinct()
                .toList();
        return new StaticAnswer.Said(Rcode.NOERROR, !aliases.isEmpty(), aliases, List.of(delegation), glue);
    }

    private StaticAnswer.Said negative(Rcode rcode, List<RecordSet> aliases) {
        return new StaticAnswer.Said(rcode, true, aliases, List.of(negativeSoa), List.of());
    }
}
