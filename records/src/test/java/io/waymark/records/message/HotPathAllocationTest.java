package io.waymark.records.message;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.waymark.records.address.IpAddress;
import io.waymark.records.name.DomainName;
import io.waymark.records.rr.RecordData;
import io.waymark.records.rr.RecordSet;
import io.waymark.records.rr.RecordType;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// What a query and its reply cost in octets of heap, measured on the thread that runs the test.
class HotPathAllocationTest {
    private static final int ROUNDS = 2_000;
    /// The query, its question, the name and two copies of the octets; a quarter more for other JVMs.
    private static final int QUERY_OCTETS_MAX = 500;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final ReplyComposer composer = new ReplyComposer();
    private final byte[] target = new byte[Message.OCTETS_MAX];

    @Test
    void composingAReplyAllocatesNothing() {
        var owner = DomainName.of("_http._tcp.web.shop.svc.cluster.local.");
        var query = (Query) parse(asked(owner));
        var targets = IntStream.range(0, 20)
                .mapToObj(i -> owner.suffix(2).child("10-0-0-" + i))
                .toList();
        var srv = targets.stream()
                .map(name -> (RecordData) new RecordData.Srv(0, 5, 80, name))
                .toList();
        var additional = targets.stream()
                .map(name -> RecordSet.of(name, 30, RecordData.address(IpAddress.of("10.0.0.1"))))
                .toList();
        var reply = new Reply(
                Rcode.NOERROR,
                true,
                false,
                List.of(new RecordSet(owner, RecordType.SRV, 30, srv)),
                List.of(),
                additional);
        assertThat(octetsPerRound(() -> composer.compose(query, reply, target, 0, 4096)))
                .isZero();
    }

    @Test
    void parsingAQueryAllocatesLittle() {
        var octets = asked(DomainName.of("web.shop.svc.cluster.local."));
        assertThat(octetsPerRound(() -> parse(octets))).isLessThan(QUERY_OCTETS_MAX);
    }

    private static QueryParse parse(byte[] octets) {
        return Query.parse(octets, 0, octets.length);
    }

    private static byte[] asked(DomainName name) {
        var edns = Optional.of(new Edns(1232, 0, false, List.of()));
        var question = List.of(new Question(name, RecordType.SRV, 1));
        var header = new Header(1, Header.RD);
        return MessageComposer.compose(
                new Message(header, Rcode.NOERROR, question, List.of(), List.of(), List.of(), edns), 512);
    }

    private long octetsPerRound(Runnable round) {
        long least = Long.MAX_VALUE;
        for (int attempt = 0; attempt < 5; attempt++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < ROUNDS; i++) {
                round.run();
            }
            least = Math.min(least, (threads.getCurrentThreadAllocatedBytes() - before) / ROUNDS);
        }
        return least;
    }
}
