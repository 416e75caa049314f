package io.waymark.dns.pipeline;

import io.waymark.records.message.Edns;
import io.waymark.records.message.Header;
import io.waymark.records.message.Message;
import io.waymark.records.message.MessageComposer;
import io.waymark.records.message.MessageParse;
import io.waymark.records.message.MessageParser;
import io.waymark.records.message.Question;
import io.waymark.records.message.Rcode;
import io.waymark.records.name.DomainName;
import io.waymark.records.rr.RecordType;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The client's side of a test: queries to octets, replies to text.
public final class Ask {
    private Ask() {}

    /// A query for a record of class IN with RD set and no EDNS.
    public static byte[] query(int id, String name, RecordType type) {
        return query(id, Header.RD, new Question(DomainName.of(name), type, 1), Optional.empty());
    }

    /// The same with EDNS and a payload size.
    public static byte[] query(int id, String name, RecordType type, int udpSize) {
        var edns = new Edns(udpSize, 0, false, List.of());
        return query(id, Header.RD, new Question(DomainName.of(name), type, 1), Optional.of(edns));
    }

    /// Any query of one question.
    public static byte[] query(int id, int flags, Question question, Optional<Edns> edns) {
        return MessageComposer.compose(
                new Message(
                        new Header(id, flags), Rcode.NOERROR, List.of(question), List.of(), List.of(), List.of(), edns),
                Message.UDP_OCTETS_MIN);
    }

    /// Throws if the octets are no message.
    public static Message parse(byte[] octets) {
        return switch (MessageParser.parse(octets, 0, octets.length)) {
            case MessageParse.Parsed(var message, var end) -> message;
            case io.waymark.records.message.Malformed malformed -> throw new AssertionError(malformed.toString());
        };
    }

    /// `NOERROR aa ra: cart.shop. A 10.0.0.1 | …` with `authority:` behind it if there is any.
    public static String text(byte[] octets) {
        var message = parse(octets);
        var text = new StringBuilder(message.rcode().toString());
        flag(text, message, Header.AA, "aa");
        flag(text, message, Header.RA, "ra");
        flag(text, message, Header.TC, "tc");
        if (!message.answer().isEmpty()) {
            text.append(": ").append(records(message.answer().stream()));
        }
        if (!message.authority().isEmpty()) {
            text.append("; ").append(records(message.authority().stream()));
        }
        return text.toString();
    }

    private static void flag(StringBuilder text, Message message, int flag, String name) {
        if (message.header().has(flag)) {
            text.append(' ').append(name);
        }
    }

    private static String records(Stream<io.waymark.records.rr.ResourceRecord> records) {
        return records.map(record -> record.owner() + " "
                        + switch (record.data()) {
                            case io.waymark.records.rr.RecordData.A(var address) -> "A " + address;
                            case io.waymark.records.rr.RecordData.Aaaa(var address) -> "AAAA " + address;
                            case io.waymark.records.rr.RecordData.Txt(var strings) ->
                                "TXT \"" + String.join("\" \"", strings) + '"';
                            case io.waymark.records.rr.RecordData.Cname(var target) -> "CNAME " + target;
                            default -> record.type().toString();
                        })
                .collect(Collectors.joining(", "));
    }
}
