package io.waymark.dns.querylog;

import io.waymark.dns.pipeline.Answered;
import io.waymark.dns.pipeline.Client;
import io.waymark.records.message.Edns;
import io.waymark.records.message.Header;
import io.waymark.records.message.Message;
import io.waymark.records.message.Query;
import io.waymark.records.message.Rcode;
import io.waymark.records.rr.ResourceRecord;
import java.math.BigDecimal;
import java.net.Inet6Address;

/// The lines that dashboards and scripts know from CoreDNS:
///
/// ```
/// [INFO] 10.0.0.5:42 - 7 "A IN cart.shop.svc.cluster.local. udp 45 false 512" NOERROR qr,aa,rd 88 0.000052083s
/// [ERROR] plugin/errors: 2 example.org. A: upstream 192.0.2.1:53/udp: no reply within 2000 ms
/// ```
public final class LogLine {
    private static final int Z = 0x0040;
    private static final int[] FLAGS = {Header.QR, Header.AA, Header.TC, Header.RD, Header.RA, Z, Header.AD, Header.CD};
    private static final String[] FLAG_NAMES = {"qr", "aa", "tc", "rd", "ra", "z", "ad", "cd"};

    private LogLine() {}

    /// `{remote}:{port} - {>id} "{type} {class} {name} {proto} {size} {>do} {>bufsize}" {rcode}
    /// {>rflags} {rsize} {duration}`; a query that got nothing has `-` for what a reply would have.
    public static String answered(Answered answered) {
        var exchange = answered.exchange();
        var line = new StringBuilder(160).append("[INFO] ");
        remote(line, exchange.client());
        line.append(" - ").append(exchange.query().id()).append(" \"");
        asked(line, exchange.query(), exchange.client(), answered.queryOctets());
        line.append("\" ");
        replied(line, answered.reply());
        return line.append(' ').append(seconds(answered.nanos())).append('s').toString();
    }

    /// What the `errors` plugin says of a query without a good answer.
    public static String failed(Answered answered) {
        var question = answered.exchange().question();
        return "[ERROR] plugin/errors: " + rcode(answered.reply()).code() + " " + question.name() + " "
                + question.type() + ": " + answered.reason();
    }

    private static void remote(StringBuilder line, Client client) {
        var address = client.address().getAddress();
        if (address instanceof Inet6Address) {
            line.append('[').append(address.getHostAddress()).append(']');
        } else {
            line.append(address.getHostAddress());
        }
        line.append(':').append(client.address().getPort());
    }

    private static void asked(StringBuilder line, Query query, Client client, int octets) {
        var question = query.question();
        line.append(question.type()).append(' ').append(recordClass(question.recordClass()));
        line.append(' ')
                .append(question.name())
                .append(' ')
                .append(client.transport().protocol());
        line.append(' ').append(octets);
        line.append(' ').append(query.edns().map(Edns::dnssecOk).orElse(false));
        line.append(' ').append(client.transport().isStream() ? Message.OCTETS_MAX : query.udpLimit());
    }

    private static void replied(StringBuilder line, byte[] reply) {
        if (reply.length == 0) {
            line.append("- - 0");
            return;
        }
        line.append(rcode(reply)).append(' ');
        flags(line, (reply[2] & 0xff) << 8 | reply[3] & 0xff);
        line.append(' ').append(reply.length);
    }

    private static String recordClass(int code) {
        return switch (code) {
            case ResourceRecord.CLASS_IN -> "IN";
            case 2 -> "CS";
            case ResourceRecord.CLASS_CHAOS -> "CH";
            case 4 -> "HS";
            case 254 -> "NONE";
            case ResourceRecord.CLASS_ANY -> "ANY";
            default -> "CLASS" + code;
        };
    }

    // The upper bits, in an OPT record at the end, belong to codes that no plugin of ours gives.
    private static Rcode rcode(byte[] reply) {
        return new Rcode(reply[3] & 0xf);
    }

    private static void flags(StringBuilder line, int flags) {
        int start = line.length();
        for (int i = 0; i < FLAGS.length; i++) {
            if ((flags & FLAGS[i]) != 0) {
                line.append(line.length() > start ? "," : "").append(FLAG_NAMES[i]);
            }
        }
    }

    // As Go writes a float without exponent: all digits that are not a zero at the end.
    private static String seconds(long nanos) {
        return nanos == 0
                ? "0"
                : BigDecimal.valueOf(nanos, 9).stripTrailingZeros().toPlainString();
    }
}
