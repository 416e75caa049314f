package io.waymark.dns.plugin.loadbalance;

import io.waymark.dns.pipeline.Exchange;
import io.waymark.dns.pipeline.Outcome;
import io.waymark.records.message.Rcode;
import io.waymark.records.rr.RecordType;
import io.waymark.records.rr.ResourceRecord;
import java.util.Collections;
import java.util.List;
import java.util.function.IntUnaryOperator;
import java.util.function.Supplier;

/// One address first, the more often, the more it weighs; the others stay in their order, but for the
/// one that was first. For questions about addresses and SRV records, as for CoreDNS.
final class WeightedFirst implements RecordOrder {
    private final Supplier<AddressWeights> weights;
    private final IntUnaryOperator below;

    /// @param below see [ShuffledRecords]
    WeightedFirst(Supplier<AddressWeights> weights, IntUnaryOperator below) {
        this.weights = weights;
        this.below = below;
    }

    @Override
    public Outcome order(Outcome outcome, Exchange exchange) {
        var type = exchange.question().type();
        if (!RecordParts.isAddress(type) && !type.equals(RecordType.SRV)) {
            return outcome;
        }
        return Outcome.message(outcome, exchange.query())
                .filter(message -> message.rcode().equals(Rcode.NOERROR))
                .<Outcome>map(message ->
                        new Outcome.Edited(RecordParts.with(message, this::records, same -> same, this::records)))
                .orElse(outcome);
    }

    private List<ResourceRecord> records(List<ResourceRecord> section) {
        var parts = RecordParts.of(section);
        var addresses = parts.addresses();
        if (addresses.isEmpty()) {
            return section;
        }
        Collections.swap(addresses, 0, first(addresses));
        return parts.together();
    }

    private int first(List<ResourceRecord> addresses) {
        var known = weights.get();
        int sum = 0;
        for (var record : addresses) {
            sum += known.of(record);
        }
        int chosen = below.applyAsInt(sum);
        for (int i = 0; i < addresses.size(); i++) {
            chosen -= known.of(addresses.get(i));
            if (chosen < 0) {
                return i;
            }
        }
        throw new IllegalStateException("weights add up to less than their sum " + sum);
    }
}
