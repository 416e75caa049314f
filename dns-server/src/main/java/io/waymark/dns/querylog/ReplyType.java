package io.waymark.dns.querylog;

import io.waymark.records.message.Message;
import io.waymark.records.message.MessageParse;
import io.waymark.records.message.MessageParser;
import io.waymark.records.message.Rcode;
import io.waymark.records.rr.RecordType;
import io.waymark.records.rr.ResourceRecord;
import java.util.List;

/// What a reply says, as `log` tells replies apart.
public enum ReplyType {
    /// There is an answer, or nothing is wrong.
    NOERROR(ReplyClass.SUCCESS),
    /// There is an NS RRset instead of an answer.
    DELEGATION(ReplyClass.SUCCESS),
    NXDOMAIN(ReplyClass.DENIAL),
    /// There is a SOA instead of an answer (RFC 2308 §2.2).
    NODATA(ReplyClass.DENIAL),
    /// SERVFAIL or NOTIMP.
    SERVERERROR(ReplyClass.ERROR),
    /// A zone is handed over.
    META(ReplyClass.ERROR),
    /// All others, and no reply at all.
    OTHERERROR(ReplyClass.ERROR);

    private final ReplyClass replyClass;

    ReplyType(ReplyClass replyClass) {
        this.replyClass = replyClass;
    }

    public ReplyClass replyClass() {
        return replyClass;
    }

    /// @param reply as it was sent; empty if nothing was
    public static ReplyType of(byte[] reply) {
        return reply.length > 0
                        && MessageParser.parse(reply, 0, reply.length)
                                instanceof MessageParse.Parsed(var message, int end)
                ? of(message)
                : OTHERERROR;
    }

    private static ReplyType of(Message reply) {
        var rcode = reply.rcode();
        boolean transfer = reply.questions().stream()
                .anyMatch(question -> question.type().equals(RecordType.AXFR)
                        || question.type().equals(RecordType.IXFR));
        if (transfer) {
            return META;
        }
        if (rcode.equals(Rcode.NOERROR)) {
            return !reply.answer().isEmpty()
                    ? NOERROR
                    : has(reply.authority(), RecordType.SOA)
                            ? NODATA
                            : has(reply.authority(), RecordType.NS) ? DELEGATION : NOERROR;
        }
        if (rcode.equals(Rcode.NXDOMAIN)) {
            return reply.answer().isEmpty() ? NXDOMAIN : OTHERERROR;
        }
        return rcode.equals(Rcode.SERVFAIL) || rcode.equals(Rcode.NOTIMP) ? SERVERERROR : OTHERERROR;
    }

    private static boolean has(List<ResourceRecord> records, RecordType type) {
        return records.stream().anyMatch(record -> record.type().equals(type));
    }
}
