package io.waymark.dns.plugin.prometheus;

import io.waymark.dns.pipeline.Answered;
import io.waymark.records.message.Edns;
import io.waymark.records.message.WireRcode;
import java.net.Inet4Address;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReferenceArray;

/// How often what happened to the queries of one server and zone. Written by one thread at a time,
/// with plain additions that readers see soon; read by any.
///
/// One row of longs: queries by protocol, family and type; those with DO; three histograms, the sizes
/// by protocol. Replies by response code are a row for each plugin that has answered, so that most
/// plugins cost nothing.
final class Tally {
    static final int PROTOCOLS = 2;
    static final int FAMILIES = 2;
    /// Codes from 0 on; all above the last but one are the last.
    static final int RCODES = 25;
    /// Plugins that are told apart; the first is none.
    static final int PLUGINS = 96;

    private static final int DNSSEC_OK = PROTOCOLS * FAMILIES * QueryTypes.COUNT;
    static final int DURATION = DNSSEC_OK + 1;
    private static final int QUERY_SIZE = DURATION + Buckets.DURATION.width();
    private static final int REPLY_SIZE = QUERY_SIZE + PROTOCOLS * Buckets.SIZE.width();
    private static final int WIDTH = REPLY_SIZE + PROTOCOLS * Buckets.SIZE.width();

    private final AtomicLongArray row = new AtomicLongArray(WIDTH);
    private final AtomicReferenceArray<AtomicLongArray> replies = new AtomicReferenceArray<>(PLUGINS);

    /// Counts one query and its reply; one that got none has the code 0 and the size 0, as in CoreDNS.
    /// @param plugin the number of the plugin that made the reply; 0 is none
    void count(Answered answered, int plugin) {
        var client = answered.exchange().client();
        var query = answered.exchange().query();
        int protocol = client.transport().isStream() ? 1 : 0;
        int family = client.address().getAddress() instanceof Inet4Address ? 0 : 1;
        add(row, queries(protocol, family, QueryTypes.number(query.question().type())), 1);
        if (query.edns().map(Edns::dnssecOk).orElse(false)) {
            add(row, DNSSEC_OK, 1);
        }
        observe(DURATION, Buckets.DURATION, answered.nanos());
        observe(querySize(protocol), Buckets.SIZE, answered.queryOctets());
        var reply = answered.reply();
        observe(replySize(protocol), Buckets.SIZE, reply.length);
        int rcode = reply.length == 0 ? 0 : WireRcode.of(reply);
        add(replies(plugin), Math.min(rcode, RCODES - 1), 1);
    }

    private AtomicLongArray replies(int plugin) {
        var codes = replies.getPlain(plugin);
        if (codes == null) {
            codes = new AtomicLongArray(RCODES);
            replies.set(plugin, codes);
        }
        return codes;
    }

    private void observe(int histogram, Buckets buckets, long value) {
        add(row, histogram + buckets.of(value), 1);
        add(row, histogram + buckets.sum(), value);
    }

    // No read-modify-write instruction: there is one writer.
    private static void add(AtomicLongArray numbers, int index, long more) {
        numbers.setOpaque(index, numbers.getPlain(index) + more);
    }

    static int queries(int protocol, int family, int type) {
        return (protocol * FAMILIES + family) * QueryTypes.COUNT + type;
    }

    static int dnssecOk() {
        return DNSSEC_OK;
    }

    static int querySize(int protocol) {
        return QUERY_SIZE + protocol * Buckets.SIZE.width();
    }

    static int replySize(int protocol) {
        return REPLY_SIZE + protocol * Buckets.SIZE.width();
    }

    /// The number at an index of the row.
    long get(int index) {
        return row.getOpaque(index);
    }

    long replies(int plugin, int rcode) {
        var codes = replies.get(plugin);
        return codes == null ? 0 : codes.getOpaque(rcode);
    }
}
