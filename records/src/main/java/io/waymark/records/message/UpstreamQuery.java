package io.waymark.records.message;

import java.util.ArrayList;
import java.util.Arrays;

/// The query that is sent on to an upstream for a client's: same question, letter for letter, same
/// RD, AD and CD; its own ID. With EDNS if the client has it, same payload size and DO, without the
/// options that belong to one hop (COOKIE, TCP-KEEPALIVE, PADDING; RFC 6891 §6.2.6).
public final class UpstreamQuery {
    private static final int FLAGS_SENT_ON = Header.RD | Header.AD | Header.CD;

    private UpstreamQuery() {}

    /// @param id 16 bits that an attacker cannot guess (RFC 5452 §9.2)
    public static byte[] compose(Query query, int id) {
        var question = query.questionOctets();
        var edns = query.edns().map(UpstreamQuery::sentOn);
        var target = new byte
                [Cursor.HEADER_OCTETS + question.length + edns.map(Opt::octets).orElse(0)];
        var out = new MessageWriter();
        out.begin(target, 0, target.length);
        out.octets(question, question.length);
        edns.ifPresent(asked -> Opt.write(out, asked, Rcode.NOERROR));
        out.header(id, query.flags() & FLAGS_SENT_ON, 1, 0, 0, edns.isPresent() ? 1 : 0);
        return Arrays.copyOf(target, out.length());
    }

    private static Edns sentOn(Edns edns) {
        var options = new ArrayList<>(edns.options());
        options.removeIf(option ->
                option.code() == Edns.COOKIE || option.code() == Edns.TCP_KEEPALIVE || option.code() == Edns.PADDING);
        return new Edns(edns.udpSize(), edns.version(), edns.dnssecOk(), options);
    }
}
