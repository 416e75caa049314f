package io.waymark.dns.querylog;

import io.waymark.dns.pipeline.Answered;
import io.waymark.records.message.Edns;
import io.waymark.records.message.Header;
import io.waymark.records.message.Message;
import io.waymark.records.message.PlainLength;
import io.waymark.records.message.Rcode;
import io.waymark.records.message.WireRcode;
import io.waymark.records.rr.ResourceRecord;
import java.math.BigDecimal;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.Optional;

/// A placeholder of a log's format. A query that got no reply has `-` for what a reply would have.
public enum LogField {
    TYPE("type"),
    NAME("name"),
    CLASS("class"),
    PROTO("proto"),
    SIZE("size"),
    REMOTE("remote"),
    PORT("port"),
    /// The address that was asked, where the server is bound to one.
    LOCAL("local"),
    ID(">id"),
    OPCODE(">opcode"),
    DNSSEC_OK(">do"),
    BUFFER_SIZE(">bufsize"),
    RCODE("rcode"),
    /// Of the reply as it would be without compression and EDNS.
    REPLY_SIZE("rsize"),
    REPLY_FLAGS(">rflags"),
    DURATION("duration");

    static final String NOTHING = "-";

    private static final int Z = 0x0040;
    private static final int[] FLAGS = {Header.QR, Header.AA, Header.TC, Header.RD, Header.RA, Z, Header.AD, Header.CD};
    private static final String[] FLAG_NAMES = {"qr", "aa", "tc", "rd", "ra", "z", "ad", "cd"};

    private final String text;

    LogField(String text) {
        this.text = text;
    }

    /// The field of a placeholder, without its braces.
    static Optional<LogField> of(String text) {
        return Arrays.stream(values()).filter(field -> field.text.equals(text)).findFirst();
    }

    void append(StringBuilder line, Answered answered) {
        var exchange = answered.exchange();
        var client = exchange.client();
        var question = exchange.question();
        var reply = answered.reply();
        switch (this) {
            case TYPE -> line.append(question.type());
            case NAME -> line.append(question.name());
            case CLASS -> recordClass(line, question.recordClass());
            case PROTO -> line.append(client.transport().protocol());
            case SIZE -> line.append(answered.queryOctets());
            case REMOTE -> address(line, client.address().getAddress());
            case PORT -> line.append(client.address().getPort());
            case LOCAL -> local(line, answered);
            case ID -> line.append(exchange.query().id());
            case OPCODE -> line.append(0);
            case DNSSEC_OK ->
                line.append(exchange.query().edns().map(Edns::dnssecOk).orElse(false));
            case BUFFER_SIZE ->
                line.append(
                        client.transport().isStream()
                                ? Message.OCTETS_MAX
                                : exchange.query().udpLimit());
            case RCODE -> line.append(reply.length == 0 ? NOTHING : new Rcode(WireRcode.of(reply)).toString());
            case REPLY_SIZE -> line.append(reply.length == 0 ? 0 : PlainLength.of(reply));
            case REPLY_FLAGS -> flags(line, reply);
            case DURATION -> line.append(seconds(answered.nanos())).append('s');
        }
    }

    private static void address(StringBuilder line, InetAddress address) {
        if (address instanceof Inet6Address) {
            line.append('[').append(address.getHostAddress()).append(']');
        } else {
            line.append(address.getHostAddress());
        }
    }

    // `dns://10.0.0.1:53`; one that listens on all addresses may not know which was asked.
    private static void local(StringBuilder line, Answered answered) {
        var local = answered.exchange().client().local().getAddress();
        var server = answered.served().server();
        int scheme = server.indexOf("://");
        int port = server.lastIndexOf(':');
        if (local != null && !local.isAnyLocalAddress()) {
            address(line, local);
        } else {
            line.append(scheme >= 0 && port > scheme + 3 ? server.substring(scheme + 3, port) : NOTHING);
        }
    }

    private static void recordClass(StringBuilder line, int code) {
        switch (code) {
            case ResourceRecord.CLASS_IN -> line.append("IN");
            case 2 -> line.append("CS");
            case ResourceRecord.CLASS_CHAOS -> line.append("CH");
            case 4 -> line.append("HS");
            case 254 -> line.append("NONE");
            case ResourceRecord.CLASS_ANY -> line.append("ANY");
            default -> line.append("CLASS").append(code);
        }
    }

    private static void flags(StringBuilder line, byte[] reply) {
        if (reply.length == 0) {
            line.append(NOTHING);
            return;
        }
        int flags = (reply[2] & 0xff) << 8 | reply[3] & 0xff;
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
