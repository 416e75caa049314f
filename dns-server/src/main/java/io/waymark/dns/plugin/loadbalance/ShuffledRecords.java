package io.waymark.dns.plugin.loadbalance;

import io.waymark.dns.pipeline.Exchange;
import io.waymark.dns.pipeline.Outcome;
import io.waymark.records.message.AddressOrder;
import io.waymark.records.message.Message;
import io.waymark.records.message.Rcode;
import io.waymark.records.message.Reply;
import io.waymark.records.rr.RecordSet;
import io.waymark.records.rr.RecordType;
import io.waymark.records.rr.ResourceRecord;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.IntUnaryOperator;

/// Addresses and mail servers by chance, aliases first.
///
/// | the answer is | it is shuffled |
/// |---|---|
/// | out of memory | RRset by RRset; one that has nothing to shuffle is not touched |
/// | an upstream's octets | in place: addresses of one owner change places |
/// | an upstream's for MX, or changed record by record | as records |
final class ShuffledRecords implements RecordOrder {
    private final IntUnaryOperator below;

    /// @param below of a number `n`, one from 0 up to but without `n`; on any thread
    ShuffledRecords(IntUnaryOperator below) {
        this.below = below;
    }

    @Override
    public Outcome order(Outcome outcome, Exchange exchange) {
        return switch (outcome) {
            case Outcome.Answer(var reply)
            when reply.rcode().equals(Rcode.NOERROR) && shuffles(reply) -> new Outcome.Answer(shuffled(reply));
            case Outcome.Verbatim(var octets) -> shuffled(octets, exchange);
            case Outcome.Edited(var message)
            when message.rcode().equals(Rcode.NOERROR) -> new Outcome.Edited(shuffled(message));
            default -> outcome;
        };
    }

    // RRsets.

    private static boolean shuffles(Reply reply) {
        return shuffles(reply.answer()) || shuffles(reply.authority()) || shuffles(reply.additional());
    }

    private static boolean shuffles(List<RecordSet> section) {
        if (section.size() == 1) {
            return section.getFirst().data().size() > 1
                    && changesPlaces(section.getFirst().type());
        }
        for (int i = 0; i < section.size(); i++) {
            if (changesPlaces(section.get(i).type())) {
                return true;
            }
        }
        return false;
    }

    private static boolean changesPlaces(RecordType type) {
        return RecordParts.isAddress(type) || type.equals(RecordType.MX);
    }

    private Reply shuffled(Reply reply) {
        return new Reply(
                reply.rcode(),
                reply.authoritative(),
                reply.recursionAvailable(),
                rrsets(reply.answer()),
                rrsets(reply.authority()),
                rrsets(reply.additional()));
    }

    private List<RecordSet> rrsets(List<RecordSet> section) {
        if (!shuffles(section)) {
            return section;
        }
        var aliases = new ArrayList<RecordSet>(section.size());
        var rest = new ArrayList<RecordSet>();
        var addresses = new ArrayList<RecordSet>(section.size());
        var mail = new ArrayList<RecordSet>();
        for (var rrset : section) {
            if (RecordParts.isAddress(rrset.type())) {
                addresses.add(shuffled(rrset));
            } else if (rrset.type().equals(RecordType.MX)) {
                mail.add(shuffled(rrset));
            } else {
                (rrset.type().equals(RecordType.CNAME) ? aliases : rest).add(rrset);
            }
        }
        shuffle(addresses);
        shuffle(mail);
        aliases.addAll(rest);
        aliases.addAll(addresses);
        aliases.addAll(mail);
        return aliases;
    }

    private RecordSet shuffled(RecordSet rrset) {
        if (rrset.data().size() == 1) {
            return rrset;
        }
        var data = new ArrayList<>(rrset.data());
        shuffle(data);
        return new RecordSet(rrset.owner(), rrset.type(), rrset.ttl(), data);
    }

    // Octets and records.

    private Outcome shuffled(byte[] octets, Exchange exchange) {
        if (!isNoError(octets)) {
            return new Outcome.Verbatim(octets);
        }
        if (exchange.question().type().equals(RecordType.MX)) {
            var verbatim = new Outcome.Verbatim(octets);
            return Outcome.message(verbatim, exchange.query())
                    .<Outcome>map(message -> new Outcome.Edited(shuffled(message)))
                    .orElse(verbatim);
        }
        // Others may have the same octets.
        var mine = octets.clone();
        AddressOrder.shuffle(mine, below);
        return new Outcome.Verbatim(mine);
    }

    private static boolean isNoError(byte[] octets) {
        return octets.length > 3 && (octets[3] & 0xf) == Rcode.NOERROR.code();
    }

    private Message shuffled(Message message) {
        return RecordParts.with(message, this::records, this::records, this::records);
    }

    private List<ResourceRecord> records(List<ResourceRecord> section) {
        if (section.size() < 2) {
            return section;
        }
        var parts = RecordParts.of(section);
        shuffle(parts.addresses());
        shuffle(parts.mail());
        return parts.together();
    }

    private void shuffle(List<?> list) {
        for (int i = list.size() - 1; i > 0; i--) {
            Collections.swap(list, i, below.applyAsInt(i + 1));
        }
    }
}
