package io.waymark.records.masterfile;

import io.waymark.records.name.DomainName;
import io.waymark.records.rr.RecordData;
import io.waymark.records.rr.RecordSet;
import io.waymark.records.rr.RecordType;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/// What a zone that was signed before it was read says to those who ask with DO (RFC 4035 §3.1): signatures of the
/// records that it answers with, and NSEC records of what it has not. Nothing is signed here. Of a zone
/// without signatures it says nothing. Immutable.
final class Signatures {
    private final Map<DomainName, Map<RecordType, RecordSet>> nodes;
    /// By owner, in canonical order.
    private final NavigableMap<DomainName, RecordSet> denials = new TreeMap<>();

    /// @param nodes every name of the zone with what it owns, not to be changed any more
    Signatures(Map<DomainName, Map<RecordType, RecordSet>> nodes) {
        this.nodes = nodes;
        nodes.forEach((owner, node) -> {
            var nsec = node.get(RecordType.NSEC);
            if (nsec != null) {
                denials.put(owner, nsec);
            }
        });
    }

    /// The same with signatures.
    /// @param proofs further RRsets for the authority section
    StaticAnswer of(StaticAnswer.Said said, List<RecordSet> proofs) {
        var authority = new LinkedHashSet<>(said.authority());
        authority.addAll(ofWildcards(said.answer()));
        authority.addAll(proofs);
        return new StaticAnswer.Said(
                said.rcode(),
                said.authoritative(),
                with(said.answer()),
                with(List.copyOf(authority)),
                with(said.additional()));
    }

    /// What says whether a delegation is signed: its DS record, or that there is none (RFC 4035 §3.1.4).
    List<RecordSet> ofCut(DomainName owner) {
        var node = nodes.getOrDefault(owner, Map.of());
        return Stream.of(RecordType.DS, RecordType.NSEC)
                .filter(node::containsKey)
                .limit(1)
                .map(node::get)
                .toList();
    }

    /// The RRsets, each with its signatures behind it.
    List<RecordSet> with(List<RecordSet> rrsets) {
        return rrsets.stream()
                .flatMap(rrset -> Stream.concat(Stream.of(rrset), of(rrset).stream()))
                .toList();
    }

    /// The records that deny what a wildcard stands for: that the names it answers exist themselves (RFC 4035
    /// §3.1.3.3).
    private List<RecordSet> ofWildcards(List<RecordSet> answer) {
        var proofs = new LinkedHashSet<RecordSet>();
        for (var rrset : answer) {
            if (!nodes.containsKey(rrset.owner()) && !source(rrset.owner()).isEmpty()) {
                before(rrset.owner()).ifPresent(proofs::add);
            }
        }
        return List.copyOf(proofs);
    }

    /// The records that deny a name, or a type of one that exists or that a wildcard stands for (RFC 4035 §3.1.3.1,
    /// §3.1.3.2, §3.1.3.4).
    List<RecordSet> denial(DomainName name) {
        var proofs = new LinkedHashSet<RecordSet>();
        before(name).ifPresent(proofs::add);
        if (!nodes.containsKey(name)) {
            before(encloser(name).child(NameTree.WILDCARD)).ifPresent(proofs::add);
        }
        return List.copyOf(proofs);
    }

    /// The NSEC record of the name, or of the last one before it.
    private Optional<RecordSet> before(DomainName name) {
        return Optional.ofNullable(denials.floorEntry(name)).map(Map.Entry::getValue);
    }

    private DomainName encloser(DomainName name) {
        var at = name;
        while (!nodes.containsKey(at)) {
            at = at.suffix(1);
        }
        return at;
    }

    private Map<RecordType, RecordSet> source(DomainName owner) {
        var node = nodes.get(owner);
        return node != null ? node : nodes.getOrDefault(encloser(owner).child(NameTree.WILDCARD), Map.of());
    }

    private Optional<RecordSet> of(RecordSet rrset) {
        var all = source(rrset.owner()).get(RecordType.RRSIG);
        if (all == null) {
            return Optional.empty();
        }
        var ours = all.data().stream()
                .filter(signature -> covered(signature).equals(rrset.type()))
                .toList();
        return ours.isEmpty()
                ? Optional.empty()
                : Optional.of(new RecordSet(rrset.owner(), RecordType.RRSIG, rrset.ttl(), ours));
    }

    /// An RRset; signatures parted by what they cover, for a signature has the TTL of that (RFC 4034 §3).
    List<RecordSet> parted(RecordSet rrset) {
        return rrset.type().equals(RecordType.RRSIG) ? parted(rrset, source(rrset.owner())) : List.of(rrset);
    }

    private static List<RecordSet> parted(RecordSet signatures, Map<RecordType, RecordSet> node) {
        var byType = new TreeMap<Integer, List<RecordData>>();
        for (var signature : signatures.data()) {
            byType.computeIfAbsent(covered(signature).code(), first -> new ArrayList<>())
                    .add(signature);
        }
        return byType.entrySet().stream()
                .map(entry -> {
                    var signed = node.getOrDefault(RecordType.of(entry.getKey()), signatures);
                    return new RecordSet(signatures.owner(), RecordType.RRSIG, signed.ttl(), entry.getValue());
                })
                .toList();
    }

    /// The type that an RRSIG record is about: the first two octets of its data (RFC 4034 §3.1).
    private static RecordType covered(RecordData signature) {
        return signature instanceof RecordData.Unknown(var type, var octets) && octets.length >= 2
                ? RecordType.of((octets[0] & 0xff) << 8 | octets[1] & 0xff)
                : RecordType.RRSIG;
    }
}
