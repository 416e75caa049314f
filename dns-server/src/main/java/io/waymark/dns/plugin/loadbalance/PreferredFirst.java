package io.waymark.dns.plugin.loadbalance;

import io.waymark.dns.pipeline.Outcome;
import io.waymark.records.address.Cidr;
import io.waymark.records.address.IpAddress;
import io.waymark.records.message.Query;
import io.waymark.records.message.Rcode;
import io.waymark.records.rr.RecordData;
import io.waymark.records.rr.ResourceRecord;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Addresses in preferred prefixes before others, else in the order that they have.
final class PreferredFirst {
    private final List<Cidr> prefixes;

    /// @param prefixes the most preferred first; nothing is put in order if there are none
    PreferredFirst(List<Cidr> prefixes) {
        this.prefixes = List.copyOf(prefixes);
    }

    Outcome order(Outcome outcome, Query query) {
        return prefixes.isEmpty()
                ? outcome
                : Outcome.message(outcome, query)
                        .filter(message -> message.rcode().equals(Rcode.NOERROR))
                        .<Outcome>map(message -> new Outcome.Edited(
                                RecordParts.with(message, this::records, same -> same, this::records)))
                        .orElse(outcome);
    }

    private List<ResourceRecord> records(List<ResourceRecord> section) {
        var parts = RecordParts.of(section);
        parts.addresses().sort(Comparator.comparingInt(this::rank));
        var ordered = new ArrayList<>(parts.aliases());
        ordered.addAll(parts.addresses());
        ordered.addAll(parts.mail());
        ordered.addAll(parts.rest());
        return ordered;
    }

    private int rank(ResourceRecord record) {
        var address = address(record).orElseThrow();
        for (int i = 0; i < prefixes.size(); i++) {
            if (prefixes.get(i).contains(address)) {
                return i;
            }
        }
        return prefixes.size();
    }

    /// The address of an A or AAAA record.
    static Optional<IpAddress> address(ResourceRecord record) {
        return switch (record.data()) {
            case RecordData.A(var v4) -> Optional.of(v4);
            case RecordData.Aaaa(var v6) -> Optional.of(v6);
            default -> Optional.empty();
        };
    }
}
