package io.waymark.dns.plugin.cache;

import io.waymark.records.address.IpAddress;
import io.waymark.records.message.Edns;
import io.waymark.records.message.Header;
import io.waymark.records.message.Message;
import io.waymark.records.message.MessageComposer;
import io.waymark.records.message.Question;
import io.waymark.records.message.Rcode;
import io.waymark.records.name.DomainName;
import io.waymark.records.rr.RecordData;
import io.waymark.records.rr.RecordType;
import io.waymark.records.rr.ResourceRecord;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// Replies as text: `NOERROR tc: A 60 192.0.2.1, A@b. 30 192.0.2.2 / SOA 300 60 / A 60 192.0.2.3`: code,
/// flags, then the three sections; a record is type, owner if it is not the QNAME, TTL and data (of a SOA its
/// MINIMUM, of an RRSIG its expiration, of an OPT its DO).
public final class ReplyText {
    private static final Map<String, Integer> FLAGS = Map.of("aa", Header.AA, "tc", Header.TC, "ad", Header.AD);
    private static final Map<String, Rcode> RCODES = Map.of(
            "NOERROR", Rcode.NOERROR,
            "NXDOMAIN", Rcode.NXDOMAIN,
            "SERVFAIL", Rcode.SERVFAIL,
            "NOTIMP", Rcode.NOTIMP,
            "REFUSED", Rcode.REFUSED);

    private ReplyText() {}

    /// The octets of a reply to a question.
    public static byte[] octets(Question question, String text) {
        var parts = text.split(":", 2);
        var head = parts[0].strip().split(" ");
        int flags = Header.QR | Header.RD | Header.RA;
        for (var flag : Arrays.copyOfRange(head, 1, head.length)) {
            flags |= FLAGS.get(flag);
        }
        var rcode = RCODES.get(head[0]);
        var sections = (parts.length == 1 ? "" : parts[1]).split("/", -1);
        var additional = new ArrayList<>(records(question, sections, 2));
        boolean edns = additional.removeIf(record -> record.type().equals(RecordType.OPT));
        return MessageComposer.compose(
                new Message(
                        new Header(1, flags | rcode.code()),
                        rcode,
                        List.of(question),
                        records(question, sections, 0),
                        records(question, sections, 1),
                        additional,
                        edns ? Optional.of(new Edns(1_232, 0, true, List.of())) : Optional.empty()),
                Message.OCTETS_MAX);
    }

    private static List<ResourceRecord> records(Question question, String[] sections, int section) {
        return section >= sections.length || sections[section].isBlank()
                ? List.of()
                : Arrays.stream(sections[section].split(","))
                        .map(text -> record(question, text.strip().split(" ")))
                        .toList();
    }

    private static ResourceRecord record(Question question, String[] words) {
        var type = words[0].split("@");
        var owner = type.length == 1 ? question.name() : DomainName.of(type[1]);
        var value = words.length < 3 ? "" : words[2];
        var data = switch (type[0]) {
            case "A", "AAAA" -> RecordData.address(IpAddress.of(value));
            case "CNAME" -> new RecordData.Cname(DomainName.of(value));
            case "NS" -> new RecordData.Ns(DomainName.of(value));
            case "MX" -> new RecordData.Mx(10, DomainName.of(value));
            case "SOA" ->
                new RecordData.Soa(
                        DomainName.of("ns."), DomainName.of("x."), 1, 2, 3, 4, Integer.parseUnsignedInt(value));
            case "RRSIG" -> new RecordData.Unknown(RecordType.RRSIG, signature(Integer.parseInt(value)));
            case "OPT" -> new RecordData.Unknown(RecordType.OPT, new byte[0]);
            default -> throw new AssertionError("no record: " + String.join(" ", words));
        };
        return new ResourceRecord(
                owner, ResourceRecord.CLASS_IN, words.length < 2 ? 0 : Integer.parseInt(words[1]), data);
    }

    private static byte[] signature(int expiration) {
        return ByteBuffer.allocate(24)
                .putInt(8, expiration)
                .putInt(12, expiration - 1_000)
                .array();
    }

    /// The same text of a message; owners that are the QNAME are left out.
    public static String of(Message message) {
        var text = new StringBuilder(message.rcode().toString());
        FLAGS.entrySet().stream()
                .filter(flag -> message.header().has(flag.getValue()))
                .map(Map.Entry::getKey)
                .sorted()
                .forEach(flag -> text.append(' ').append(flag));
        var sections = List.of(message.answer(), message.authority(), message.additional());
        int last = 3;
        while (last > 0 && sections.get(last - 1).isEmpty()) {
            last--;
        }
        var qname = message.questions().getFirst().name();
        return text
                + (last == 0 ? "" : ": ")
                + sections.subList(0, last).stream()
                        .map(section -> section.stream()
                                .map(record -> text(qname, record))
                                .collect(Collectors.joining(", ")))
                        .collect(Collectors.joining(" / "));
    }

    private static String text(DomainName qname, ResourceRecord record) {
        var owner = record.owner().equals(qname) ? "" : "@" + record.owner();
        var data = switch (record.data()) {
            case RecordData.A(var address) -> address.toString();
            case RecordData.Aaaa(var address) -> address.toString();
            case RecordData.Cname(var target) -> target.toString();
            case RecordData.Ns(var target) -> target.toString();
            case RecordData.Mx(int preference, var exchange) -> exchange.toString();
            case RecordData.Soa soa -> Integer.toUnsignedString(soa.minimum());
            default -> "";
        };
        return (record.type() + owner + " " + record.ttl() + " " + data).strip();
    }
}
