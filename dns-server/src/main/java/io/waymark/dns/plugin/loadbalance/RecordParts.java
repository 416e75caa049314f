package io.waymark.dns.plugin.loadbalance;

import io.waymark.records.message.Message;
import io.waymark.records.rr.RecordType;
import io.waymark.records.rr.ResourceRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/// The records of one section by what an order does with them.
/// @param aliases   they lead to what follows, so they come first
/// @param addresses A and AAAA
/// @param mail      MX
/// @param rest      all others
record RecordParts(
        List<ResourceRecord> aliases,
        List<ResourceRecord> addresses,
        List<ResourceRecord> mail,
        List<ResourceRecord> rest) {

    /// Parts that can be changed.
    static RecordParts of(List<ResourceRecord> section) {
        var parts = new RecordParts(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        for (var record : section) {
            parts.part(record.type()).add(record);
        }
        return parts;
    }

    private List<ResourceRecord> part(RecordType type) {
        if (isAddress(type)) {
            return addresses;
        }
        return type.equals(RecordType.CNAME) ? aliases : type.equals(RecordType.MX) ? mail : rest;
    }

    static boolean isAddress(RecordType type) {
        return type.equals(RecordType.A) || type.equals(RecordType.AAAA);
    }

    /// Aliases, all else, addresses, mail servers.
    List<ResourceRecord> together() {
        var section = new ArrayList<>(aliases);
        section.addAll(rest);
        section.addAll(addresses);
        section.addAll(mail);
        return section;
    }

    /// The message with each of these sections changed.
    static Message with(
            Message message,
            UnaryOperator<List<ResourceRecord>> answer,
            UnaryOperator<List<ResourceRecord>> authority,
            UnaryOperator<List<ResourceRecord>> additional) {
        return new Message(
                message.header(),
                message.rcode(),
                message.questions(),
                answer.apply(message.answer()),
                authority.apply(message.authority()),
                additional.apply(message.additional()),
                message.edns());
    }
}
