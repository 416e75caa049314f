package io.waymark.dns.plugin.cache;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Answers whose time is over (RFC 8767), and answers that are asked for again before it is.
class ServeStaleTest {

    @ParameterizedTest(name = "{0}: {1}, after {2} s {3}: {4}, then {5}")
    @CsvSource(delimiter = '|', textBlock = """
            # the Corefile says                       | upstream                | after | upstream then            | a client is told         | and the next one         | because
            serve_stale                               | NOERROR: A 60 192.0.2.1 | 60    | NOERROR: A 60 192.0.2.2  | NOERROR: A 0 192.0.2.1   | NOERROR: A 60 192.0.2.2  | the old one first, then the new one
            serve_stale                               | NOERROR: A 60 192.0.2.1 | 3659  | -                        | NOERROR: A 0 192.0.2.1   | NOERROR: A 0 192.0.2.1   | for an hour
            serve_stale                               | NOERROR: A 60 192.0.2.1 | 3660  | -                        | SERVFAIL, as nobody replies | SERVFAIL              | and no longer
            serve_stale 10s                           | NOERROR: A 60 192.0.2.1 | 70    | -                        | SERVFAIL, as nobody replies | SERVFAIL              | or as long as the Corefile says
            serve_stale                               | NOERROR: A 60 192.0.2.1 | 60    | SERVFAIL                 | NOERROR: A 0 192.0.2.1   | NOERROR: A 0 192.0.2.1   | a failure is no news
            serve_stale                               | NOERROR: A 60 192.0.2.1 | 60    | REFUSED                  | NOERROR: A 0 192.0.2.1   | NOERROR: A 0 192.0.2.1   | nor is a refusal
            serve_stale                               | NOERROR: A 60 192.0.2.1 | 60    | NOERROR tc: A 60 192.0.2.2 | NOERROR: A 0 192.0.2.1 | NOERROR: A 0 192.0.2.1   | nor a part of an answer
            serve_stale                               | NOERROR: A 60 192.0.2.1 | 60    | NXDOMAIN: / SOA 60 60    | NOERROR: A 0 192.0.2.1   | NXDOMAIN:  / SOA 60 60   | a denial is
            serve_stale                               | NOERROR: A 60 192.0.2.1 | 60    | NXDOMAIN                 | NOERROR: A 0 192.0.2.1   | NXDOMAIN                 | one that cannot be kept too
            serve_stale                               | NXDOMAIN: / SOA 60 60   | 60    | NOERROR: A 60 192.0.2.2  | NXDOMAIN:  / SOA 0 60    | NOERROR: A 60 192.0.2.2  | an answer ends a denial
            serve_stale 1h immediate 30s              | NOERROR: A 60 192.0.2.1 | 60    | -                        | NOERROR: A 30 192.0.2.1  | NOERROR: A 30 192.0.2.1  | RFC 8767 §4 has a TTL for it
            serve_stale 1h verify                     | NOERROR: A 60 192.0.2.1 | 60    | NOERROR: A 60 192.0.2.2  | NOERROR: A 60 192.0.2.2  | NOERROR: A 60 192.0.2.2  | upstream first
            serve_stale 1h verify                     | NOERROR: A 60 192.0.2.1 | 60    | -                        | NOERROR: A 0 192.0.2.1   | NOERROR: A 0 192.0.2.1   | nobody knows better
            serve_stale 1h verify                     | NOERROR: A 60 192.0.2.1 | 60    | SERVFAIL                 | NOERROR: A 0 192.0.2.1   | NOERROR: A 0 192.0.2.1   | nobody knows better
            serve_stale 1h verify                     | NOERROR: A 60 192.0.2.1 | 60    | NXDOMAIN: / SOA 60 60    | NXDOMAIN:  / SOA 60 60   | NXDOMAIN:  / SOA 60 60   | upstream knows better
            serve_stale 1h verify 0 30s               | NOERROR: A 60 192.0.2.1 | 60    | -                        | NOERROR: A 30 192.0.2.1  | NOERROR: A 30 192.0.2.1  | with a TTL
            serve_stale 1h verify~keepttl             | NOERROR: A 60 192.0.2.1 | 60    | -                        | NOERROR: A 60 192.0.2.1  | NOERROR: A 60 192.0.2.1  | as for CoreDNS
            serve_stale~serve_stale_policy prefer_positive | NOERROR: A 60 192.0.2.1 | 60 | NXDOMAIN: / SOA 60 60   | NOERROR: A 0 192.0.2.1   | NOERROR: A 0 192.0.2.1   | an answer is better than a denial
            serve_stale~serve_stale_policy prefer_positive | NOERROR: A 60 192.0.2.1 | 60 | NOERROR: / NS@b. 60 c.  | NOERROR: A 0 192.0.2.1   | NOERROR: A 0 192.0.2.1   | and than a referral
            serve_stale~serve_stale_policy prefer_positive | NXDOMAIN: / SOA 60 60 | 60   | NOERROR: A 60 192.0.2.2  | NXDOMAIN:  / SOA 0 60    | NOERROR: A 60 192.0.2.2  | an answer ends a denial
            """)
    void serves(String lines, String upstream, long after, String then, String told, String next, String because) {
        var rig = new CacheRig("cache {~" + lines + "~}").says(upstream);
        rig.ask("a.test.");
        rig.passes(after).says(then);
        assertThat(rig.ask("a.test.")).as(because).isEqualTo(told);
        assertThat(rig.ask("a.test.")).as(because).isEqualTo(next);
    }

    @Test
    void oneRefreshIsUnderWayAtATime() {
        var rig = stale("serve_stale");
        rig.hold(true);
        for (int i = 0; i < 5; i++) {
            assertThat(rig.ask("a.test.")).isEqualTo("NOERROR: A 0 192.0.2.1");
        }
        assertThat(rig.asked).hasValue(2);
        rig.reply("a.test.", "NOERROR: A 60 192.0.2.2");
        assertThat(rig.ask("a.test.")).isEqualTo("NOERROR: A 60 192.0.2.2");
        assertThat(rig.count("served_stale_total")).isEqualTo(5);
        assertThat(rig.count("prefetch_total")).isEqualTo(1);
    }

    @Test
    void aRefreshThatFailedIsTriedAgainAfterTheRecheckTime() {
        var rig = stale("serve_stale 1h immediate 30s 20s").says("-");
        rig.ask("a.test.");
        rig.passes(19).ask("a.test.");
        assertThat(rig.asked).as("one question, one refresh").hasValue(2);
        rig.passes(1).ask("a.test.");
        assertThat(rig.asked).hasValue(3);
    }

    @Test
    void verifyingEndsWithItsTime() {
        var rig = stale("serve_stale 1h verify 100ms");
        rig.hold(true);
        var waiting = rig.ask(CacheRig.address("a.test."));
        assertThat(CacheRig.text(waiting)).isEqualTo("later");
        assertThat(rig.ask("a.test.")).as("the second need not wait").isEqualTo("NOERROR: A 0 192.0.2.1");
        rig.delayed.removeFirst().run();
        assertThat(CacheRig.text(waiting)).isEqualTo("NOERROR: A 0 192.0.2.1");
        rig.reply("a.test.", "NOERROR: A 60 192.0.2.2");
        assertThat(rig.ask("a.test.")).as("it came late, but it came").isEqualTo("NOERROR: A 60 192.0.2.2");
    }

    @Test
    void verifyingThatEndsInTimeIsServed() {
        var rig = stale("serve_stale 1h verify 100ms");
        rig.hold(true);
        var waiting = rig.ask(CacheRig.address("a.test."));
        rig.reply("a.test.", "NXDOMAIN: / SOA 60 60");
        rig.delayed.removeFirst().run();
        assertThat(CacheRig.text(waiting)).isEqualTo("NXDOMAIN:  / SOA 60 60");
        assertThat(rig.count("served_stale_total")).isZero();
    }

    @Test
    void aPopularAnswerIsAskedForBeforeItEnds() {
        var rig = new CacheRig("cache {~prefetch 2 1m 20%~}").says("NOERROR: A 100 192.0.2.1");
        rig.ask("a.test.");
        rig.passes(70).ask("a.test.");
        rig.passes(9).ask("a.test.");
        assertThat(rig.asked).as("more than a fifth of its time is left").hasValue(1);
        rig.says("NOERROR: A 100 192.0.2.2").passes(1);
        assertThat(rig.ask("a.test.")).isEqualTo("NOERROR: A 20 192.0.2.1");
        assertThat(rig.asked).hasValue(2);
        assertThat(rig.ask("a.test.")).isEqualTo("NOERROR: A 100 192.0.2.2");
    }

    @Test
    void anAnswerThatIsAskedForSeldomIsNotPopular() {
        var rig = new CacheRig("cache {~prefetch 2 10s 20%~}").says("NOERROR: A 100 192.0.2.1");
        rig.ask("a.test.");
        rig.passes(70).ask("a.test.");
        rig.passes(11).ask("a.test.");
        rig.passes(11).ask("a.test.");
        assertThat(rig.asked).hasValue(1);
    }

    private static CacheRig stale(String lines) {
        var rig = new CacheRig("cache {~" + lines + "~}").says("NOERROR: A 60 192.0.2.1");
        rig.ask("a.test.");
        return rig.passes(60);
    }
}
