package io.waymark.dns.plugin.loop;

import static org.assertj.core.api.Assertions.assertThat;

import io.waymark.dns.metrics.Metrics;
import io.waymark.dns.plugin.forward.HandUpstream;
import io.waymark.records.name.DomainName;
import io.waymark.records.rr.RecordType;
import java.net.InetSocketAddress;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.Test;

/// One upstream that does as it is told; rounds begin when the test says so.
class LoopCheckTest {
    private static final InetSocketAddress CLIENT = new InetSocketAddress("127.0.0.9", 5353);

    private final HandUpstream upstream = new HandUpstream("127.0.0.53:53", new Metrics());
    private final LongAdder found = new LongAdder();
    private final LoopCheck check =
            new LoopCheck(upstream.alone(), DomainName.ROOT, DomainName.of("a.org."), new SplittableRandom(7), found);

    @Test
    void anUpstreamThatRepliesAndDoesNotComeBackIsCheckedOnce() {
        check.round();
        var asked = upstream.pending.getFirst().query().question();
        assertThat(asked.type()).isEqualTo(RecordType.HINFO);
        assertThat(asked.name().toString()).matches("[0-9]+\\.[0-9]+\\.a\\.org\\.");
        assertThat(check.isOwn(asked.name())).isTrue();
        upstream.reply(HandUpstream.REPLY);
        rounds(100);
        assertThat(upstream.pending).isEmpty();
        assertThat(check.isLooping()).isFalse();
    }

    @Test
    void anUpstreamThatIsSilentIsTriedThirtyTimesEachTimeWithAnotherName() {
        for (int i = 0; i < 30; i++) {
            check.round();
            check.round(); // the one before is still under way
            assertThat(upstream.pending).hasSize(1);
            var name = upstream.pending.getFirst().query().question().name();
            upstream.fail();
            if (i < 29) {
                check.round();
                assertThat(upstream.pending.getFirst().query().question().name())
                        .isNotEqualTo(name);
                upstream.fail();
                i++;
            }
        }
        rounds(100);
        assertThat(upstream.pending).isEmpty();
    }

    @Test
    void aNameThatComesBackIsALoopUntilItDoesNotComeBackAnyMore() {
        check.round();
        assertThat(check.cameBack(CLIENT))
                .isEqualTo("questions that are forwarded to 127.0.0.53:53 come back to this server");
        upstream.reply(HandUpstream.REPLY);
        assertThat(check.isLooping()).isTrue();
        assertThat(found.sum()).isOne();

        rounds(30);
        assertThat(upstream.pending).as("half a minute of silence").isEmpty();
        check.round();
        check.cameBack(CLIENT);
        upstream.reply(HandUpstream.REPLY);
        assertThat(check.isLooping()).isTrue();
        assertThat(found.sum()).as("it is the same loop").isOne();

        rounds(31);
        upstream.reply(HandUpstream.REPLY);
        assertThat(check.isLooping()).isFalse();
        rounds(100);
        assertThat(upstream.pending).isEmpty();
    }

    private void rounds(int count) {
        for (int i = 0; i < count; i++) {
            check.round();
        }
    }
}
