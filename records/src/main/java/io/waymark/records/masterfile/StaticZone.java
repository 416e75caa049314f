package io.waymark.records.masterfile;

import io.waymark.records.message.Rcode;
import io.waymark.records.name.DomainName;
import io.waymark.records.rr.RecordData;
import io.waymark.records.rr.RecordSet;
import io.waymark.records.rr.RecordType;
import io.waymark.records.rr.ResourceRecord;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// All records of one zone. Immutable; any thread may ask.
public final class StaticZone {
    /// More aliases than this are a loop, or as good as one.
    private static final int ALIASES_MAX = 10;

    static final String WILDCARD = "*";

    private final DomainName origin;
    /// Every name of the zone that exists, empty non-terminals included, with what it owns.
    private final Map<DomainName, Map<RecordType, RecordSet>> nodes = new HashMap<>();

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
        var rrsets = new LinkedHashMap<DomainName, Map<RecordType, Collected>>();
        for (var resource : records) {
            if (resource.owner().isWithin(origin)) {
                rrsets.computeIfAbsent(resource.owner(), first -> new LinkedHashMap<>())
                        .computeIfAbsent(resource.type(), first -> new Collected(resource.ttl()))
                        .add(resource.data());
            }
        }
        rrsets.forEach((owner, byType) -> {
            var node = new LinkedHashMap<RecordType, RecordSet>();
            byType.forEach((type, collected) -> node.put(type, collected.rrset(owner, type)));
            nodes.put(owner, node);
            for (int labels = owner.labelCount() - 1; labels >= origin.labelCount(); labels--) {
                nodes.putIfAbsent(last(owner, labels), Map.of());
            }
        });
        soa = rrset(origin, RecordType.SOA).orElseThrow();
        negativeSoa = new RecordSet(origin, RecordType.SOA, Math.min(soa.ttl(), data().minimum()), soa.data());
        nameServers = rrset(origin, RecordType.NS).stream().toList();
        signatures = new Signatures(nodes);
    }

    /// The records of one owner and type on the way to an RRset, whose records have one TTL (RFC 2181 §5.2).
    private static final class Collected {
        private final int ttl;
        private final Set<RecordData> data = new LinkedHashSet<>();

        Collected(int ttl) {
            this.ttl = ttl;
        }

        void add(RecordData other) {
            data.add(other);
        }

        RecordSet rrset(DomainName owner, RecordType type) {
            // Of a SOA record and an alias there is one; the last counts.
            boolean single = type.equals(RecordType.SOA) || type.equals(RecordType.CNAME);
            var all = List.copyOf(data);
            return new RecordSet(owner, type, ttl, single ? List.of(all.getLast()) : all);
        }
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
        return nodes.values().stream()
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

    private Optional<RecordSet> rrset(DomainName owner, RecordType type) {
        return Optional.ofNullable(nodes.getOrDefault(owner, Map.of()).get(type));
    }

    /// The answer to a question about a name of this zone (RFC 1034 §4.3.2 step 3). Aliases within the
    /// zone are followed.
    /// @param name     at or below the origin
    /// @param dnssecOk whether with signatures and proofs, if the zone has any
    public StaticAnswer answer(DomainName name, RecordType type, boolean dnssecOk) {
        var aliases = new ArrayList<RecordSet>();
        var at = name;
        for (int hop = 0; hop <= ALIASES_MAX; hop++) {
            switch (find(at, type)) {
                case Found.Alias(var rrsets, var target) -> {
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
                case Found.Data(var rrset) -> {
                    var said = positive(aliases, rrset);
                    return dnssecOk ? signatures.of(said, List.of()) : said;
                }
                case Found.Cut(var delegation) -> {
                    var said = referral(aliases, delegation);
                    return dnssecOk ? signatures.of(said, signatures.ofCut(delegation.owner())) : said;
                }
                case Found.NoData() -> {
                    var said = negative(Rcode.NOERROR, aliases);
                    return dnssecOk ? signatures.of(said, signatures.denial(at)) : said;
                }
                case Found.Nothing() -> {
                    var said = negative(Rcode.NXDOMAIN, aliases);
                    return dnssecOk ? signatures.of(said, signatures.denial(at)) : said;
                }
            }
        }
        return new StaticAnswer.Circle(at);
    }

    private sealed interface Found {
        record Data(RecordSet rrset) implements Found {}

        record Alias(List<RecordSet> rrsets, DomainName target) implements Found {}

        record Cut(RecordSet delegation) implements Found {}

        record NoData() implements Found {}

        record Nothing() implements Found {}
    }

    /// Walks down from the apex to the name, or to where the zone ends.
    private Found find(DomainName name, RecordType type) {
        for (int labels = origin.labelCount(); labels <= name.labelCount(); labels++) {
            var at = last(name, labels);
            var node = nodes.get(at);
            if (node == null) {
                return synthesized(name, last(name, labels - 1), type);
            }
            var dname = node.get(RecordType.DNAME);
            if (dname != null && labels < name.labelCount()) {
                return redirected(name, dname);
            }
            var delegation = node.get(RecordType.NS);
            boolean ofParent = type.equals(RecordType.DS) && labels == name.labelCount();
            if (delegation != null && labels > origin.labelCount() && !ofParent) {
                return new Found.Cut(delegation);
            }
        }
        return owned(nodes.getOrDefault(name, Map.of()), name, type);
    }

    /// The last labels of a name.
    private static DomainName last(DomainName name, int labels) {
        return name.suffix(name.labelCount() - labels);
    }

    private static Found owned(Map<RecordType, RecordSet> node, DomainName name, RecordType type) {
        var rrset = node.get(type);
        if (rrset != null) {
            return new Found.Data(as(rrset, name));
        }
        var cname = node.get(RecordType.CNAME);
        return cname != null && cname.data().getFirst() instanceof RecordData.Cname(var target)
                ? new Found.Alias(List.of(as(cname, name)), target)
                : new Found.NoData();
    }

    private static RecordSet as(RecordSet rrset, DomainName owner) {
        return rrset.owner().equals(owner) ? rrset : new RecordSet(owner, rrset.type(), rrset.ttl(), rrset.data());
    }

    /// The wildcard below the closest encloser, and no other (RFC 4592 §3.3.1).
    private Found synthesized(DomainName name, DomainName encloser, RecordType type) {
        var node = nodes.get(encloser.child(WILDCARD));
        return node == null ? new Found.Nothing() : owned(node, name, type);
    }

    /// RFC 6672 §3.1. A name that becomes too long is YXDOMAIN there; no resolver asks for such a name,
    /// and it gets no data here.
    private static Found redirected(DomainName name, RecordSet dname) {
        if (!(dname.data().getFirst() instanceof RecordData.Unknown(var type, var octets))) {
            return new Found.NoData();
        }
        return wireName(octets, 0)
                .flatMap(target -> rebased(name, dname.owner(), target))
                .<Found>map(target -> new Found.Alias(
                        List.of(dname, RecordSet.of(name, dname.ttl(), new RecordData.Cname(target))), target))
                .orElseGet(Found.NoData::new);
    }

    private static Optional<DomainName> rebased(DomainName name, DomainName from, DomainName to) {
        var rebased = to;
        try {
            for (int i = name.labelsBelow(from) - 1; i >= 0; i--) {
                rebased = rebased.child(name.label(i));
            }
            return Optional.of(rebased);
        } catch (IllegalArgumentException tooLong) {
            return Optional.empty();
        }
    }

    /// A name without compression, as RDATA of newer types has it (RFC 3597 §4).
    private static Optional<DomainName> wireName(byte[] octets, int from) {
        var labels = new ArrayList<String>();
        int at = from;
        while (at < octets.length && octets[at] != 0) {
            int length = octets[at];
            if (length < 0 || at + length >= octets.length) {
                return Optional.empty();
            }
            labels.add(new String(octets, at + 1, length, StandardCharsets.ISO_8859_1));
            at += 1 + length;
        }
        var name = DomainName.ROOT;
        for (var label : labels.reversed()) {
            name = name.child(label);
        }
        return at < octets.length ? Optional.of(name) : Optional.empty();
    }

    private StaticAnswer.Said positive(List<RecordSet> aliases, RecordSet rrset) {
        var additional = new LinkedHashSet<RecordSet>();
        targets(rrset).forEach(target -> additional.addAll(addresses(target)));
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

    /// The names whose addresses a client will want next.
    private static List<DomainName> targets(RecordSet rrset) {
        var targets = new ArrayList<DomainName>();
        for (var data : rrset.data()) {
            switch (data) {
                case RecordData.Srv srv -> targets.add(srv.target());
                case RecordData.Mx mx -> targets.add(mx.exchange());
                case RecordData.Ns(var server) -> targets.add(server);
                case RecordData.Unknown(var type, var octets) -> {
                    if (type.equals(RecordType.SVCB) || type.equals(RecordType.HTTPS)) {
                        wireName(octets, 2).ifPresent(targets::add);
                    }
                }
                case RecordData.A a -> {}
                case RecordData.Aaaa aaaa -> {}
                case RecordData.Ptr ptr -> {}
                case RecordData.Cname cname -> {}
                case RecordData.Soa soa -> {}
                case RecordData.Txt txt -> {}
            }
        }
        return targets;
    }

    private List<RecordSet> addresses(DomainName name) {
        return Stream.of(RecordType.A, RecordType.AAAA)
                .flatMap(type -> rrset(name, type).stream())
                .toList();
    }

    private StaticAnswer.Said referral(List<RecordSet> aliases, RecordSet delegation) {
        var glue = targets(delegation).stream()
                .filter(server -> server.isWithin(delegation.owner()))
                .flatMap(server -> addresses(server).stream())
                .distinct()
                .toList();
        return new StaticAnswer.Said(Rcode.NOERROR, !aliases.isEmpty(), aliases, List.of(delegation), glue);
    }

    private StaticAnswer.Said negative(Rcode rcode, List<RecordSet> aliases) {
        return new StaticAnswer.Said(rcode, true, aliases, List.of(negativeSoa), List.of());
    }
}
