package io.waymark.records.message;

import java.util.Arrays;

/// The octets of a refusal. Apart from [ReplyComposer] because the query may have no question.
final class RefusalComposer {
    private RefusalComposer() {}

    static byte[] compose(QueryParse.Refuse refuse) {
        var target = new byte[Message.UDP_OCTETS_MIN];
        var out = new MessageWriter();
        out.begin(target, 0, target.length);
        out.octets(refuse.question(), refuse.question().length);
        refuse.edns().ifPresent(asked -> EdnsReply.write(out, asked, refuse.rcode()));
        var header = refuse.header();
        int flags = Header.QR
                | header.flags() & ReplyComposer.FLAGS_REPEATED
                | refuse.rcode().code() & 0xf;
        int questions = refuse.question().length == 0 ? 0 : 1;
        out.header(header.id(), flags, questions, 0, 0, refuse.edns().isPresent() ? 1 : 0);
        return Arrays.copyOf(target, out.length());
    }
}
