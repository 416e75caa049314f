package io.waymark.dns;

import io.waymark.dns.pipeline.Ask;
import io.waymark.records.message.Edns;
import io.waymark.records.message.Header;
import io.waymark.records.message.Message;
import io.waymark.records.message.Question;
import io.waymark.records.name.DomainName;
import io.waymark.records.rr.RecordData;
import io.waymark.records.rr.RecordType;
import io.waymark.records.rr.ResourceRecord;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;

/// Queries and whole replies on one line each, in the words of dig:
/// `+nsid a.test CH TXT`, and `NOERROR aa rd | do NSID="x" | AN: a.test. 0 IN A 10.0.0.1`.
final class ReplyText {
    private static final int EDE = 15;

    private ReplyText() {}

    /// RD is set and EDNS there unless `+norec` or `+noedns` stand in front.
    static byte[] query(String text) {
        var words = List.of(text.split(" "));
        var name =
                words.stream().filter(word -> !word.startsWith("+")).findFirst().orElseThrow();
        var options =
                words.contains("+nsid") ? List.of(new Edns.Option(Edns.NSID, new byte[0])) : List.<Edns.Option>of();
        var edns = new Edns(1_232, 0, words.contains("+dnssec"), options);
        var type = RecordType.parse(words.getLast()).orElseThrow();
        int recordClass = words.contains("CH") ? ResourceRecord.CLASS_CHAOS : ResourceRecord.CLASS_IN;
        var octets = Ask.query(
                7,
                words.contains("+norec") ? 0 : Header.RD,
                new Question(DomainName.of(name), type, recordClass),
                words.contains("+noedns") ? Optional.empty() : Optional.of(edns));
        // The letters as they are written: a name has lower case, and its octets come first.
        int at = 13;
        for (int i = 0; i < name.length() && name.length() > 1; i++, at++) {
            octets[at] = name.charAt(i) == '.' ? octets[at] : (byte) name.charAt(i);
        }
        return octets;
    }

    static String of(byte[] octets) {
        var message = Ask.parse(octets);
        var text = new StringBuilder(message.rcode().toString());
        flag(text, message, Header.AA, "aa");
        flag(text, message, Header.TC, "tc");
        flag(text, message, Header.RD, "rd");
        flag(text, message, Header.RA, "ra");
        text.append(" |");
        message.edns().ifPresent(edns -> edns(text, edns));
        text.append(" |");
        section(text, "AN", message.answer());
        section(text, "AU", message.authority());
        section(text, "AD", message.additional());
        return text.toString();
    }

    private static void flag(StringBuilder text, Message message, int flag, String name) {
        if (message.header().has(flag)) {
            text.append(' ').append(name);
        }
    }

    private static void edns(StringBuilder text, Edns edns) {
        text.append(edns.dnssecOk() ? " do" : "");
        for (var option : edns.options()) {
            switch (option.code()) {
                case Edns.NSID -> text.append(" NSID=").append(quoted(option.octets()));
                case EDE -> text.append(" EDE=").append(option.octets()[0] << 8 | option.octets()[1]);
                default -> text.append(' ').append(option);
            }
        }
    }

    private static void section(StringBuilder text, String name, List<ResourceRecord> records) {
        if (!records.isEmpty()) {
            var lines = new StringJoiner("; ", " " + name + ": ", "");
            records.forEach(record -> lines.add(record.owner() + " " + record.ttl()
                    + (record.recordClass() == ResourceRecord.CLASS_CHAOS ? " CH " : " IN ") + record.type() + " "
                    + data(record.data())));
            text.append(lines);
        }
    }

    private static String data(RecordData data) {
        return switch (data) {
            case RecordData.A(var address) -> address.toString();
            case RecordData.Aaaa(var address) -> address.toString();
            case RecordData.Ptr(var target) -> target.toString();
            case RecordData.Ns(var target) -> target.toString();
            case RecordData.Cname(var target) -> target.toString();
            case RecordData.Mx(int preference, var exchange) -> preference + " " + exchange;
            case RecordData.Srv(int priority, int weight, int port, var target) ->
                priority + " " + weight + " PORT " + target;
            case RecordData.Txt(var strings) -> "\"" + String.join("\" \"", strings) + "\"";
            case RecordData.Soa(var ns, var mail, int serial, int refresh, int retry, int expire, int minimum) ->
                ns + " " + mail + " " + serial + " " + refresh + " " + retry + " " + expire + " " + minimum;
            case RecordData.Unknown(var type, var octets) -> strings(octets);
        };
    }

    private static String strings(byte[] octets) {
        var text = new StringJoiner(" ");
        var in = new ByteArrayInputStream(octets);
        for (int length = in.read(); length >= 0; length = in.read()) {
            var string = new byte[length];
            in.readNBytes(string, 0, length);
            text.add(quoted(string));
        }
        return text.toString();
    }

    private static String quoted(byte[] octets) {
        return '"' + new String(octets, StandardCharsets.ISO_8859_1) + '"';
    }
}
