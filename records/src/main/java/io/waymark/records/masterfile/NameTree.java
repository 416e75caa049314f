package io.waymark.records.masterfile;

import io.waymark.records.name.DomainName;
import io.waymark.records.rr.RecordData;
import io.waymark.records.rr.RecordSet;
import io.waymark.records.rr.RecordType;
import io.waymark.records.rr.ResourceRecord;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// The names of a zone as the tree that they are, each with what it owns (RFC 1034 §3.1). Immutable.
final class NameTree {
    static final String WILDCARD = "*";

    private final DomainName origin;
    private final Map<DomainName, Map<RecordType, RecordSet>> nodes = new HashMap<>();

    /// What is at a name, of one type.
    sealed interface Found {
        record Data(RecordSet rrset) implements Found {}

        record Alias(List<RecordSet> rrsets, DomainName target) implements Found {}

        record Cut(RecordSet delegation) implements Found {}

        record NoData() implements Found {}

        record Nothing() implements Found {}
    }

    /// The tree of the records at or below `origin`.
    NameTree(DomainName origin, List<ResourceRecord> records) {
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

    /// Every name that exists, empty non-terminals included, with what it owns.
    Map<DomainName, Map<RecordType, RecordSet>> nodes() {
        return Collections.unmodifiableMap(nodes);
    }

    /// What a name owns itself.
    Optional<RecordSet> rrset(DomainName owner, RecordType type) {
        return Optional.ofNullable(nodes.getOrDefault(owner, Map.of()).get(type));
    }

    /// The A and AAAA records that a name owns itself.
    List<RecordSet> addresses(DomainName name) {
        return Stream.of(RecordType.A, RecordType.AAAA)
                .flatMap(type -> rrset(name, type).stream())
                .toList();
    }

    /// Walks down from the apex to the name, or to where the zone ends.
    Found find(DomainName name, RecordType type) {
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
        return RdataNames.uncompressed(octets, 0)
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
}
