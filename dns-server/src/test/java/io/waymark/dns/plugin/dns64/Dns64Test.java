package io.waymark.dns.plugin.dns64;

import static org.assertj.core.api.Assertions.assertThat;

import io.waymark.dns.metrics.Metrics;
import io.waymark.dns.pipeline.Exchange;
import io.waymark.dns.pipeline.Notes;
import io.waymark.dns.pipeline.Outcome;
import io.waymark.dns.plugin.HandExchange;
import io.waymark.dns.plugin.cache.ReplyText;
import io.waymark.records.address.IpAddress;
import io.waymark.records.address.IpAddress.V4;
import io.waymark.records.rr.RecordType;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// RFC 6147 §5.1 and RFC 6052 §2.4; replies as in [ReplyText].
class Dns64Test {
    private static final Dns64Stage PLAIN = Dns64Stage.DEFAULT;

    @ParameterizedTest(name = "{0} and {1} give {2}")
    @CsvSource(delimiter = '|', textBlock = """
            # AAAA says                   | A says                                        | the client is told                                                  | because
            NOERROR: / SOA 60 60          | NOERROR: A 300 192.0.2.1                      | NOERROR: AAAA 60 64:ff9b::c000:201                                  | the SOA bounds the TTL
            NOERROR: / SOA 60 60          | NOERROR: A 30 192.0.2.1, A 30 192.0.2.2       | NOERROR: AAAA 30 64:ff9b::c000:201, AAAA 30 64:ff9b::c000:202       | so does the address
            NOERROR                       | NOERROR aa ad: A 900 192.0.2.1                | NOERROR: AAAA 600 64:ff9b::c000:201                                 | without SOA ten minutes do, and nobody signed this
            NOERROR: CNAME 9 b. / SOA 60 60 | NOERROR: CNAME 9 b., A@b. 9 192.0.2.1       | NOERROR: CNAME 9 b., AAAA@b. 9 64:ff9b::c000:201                    | other records stay
            SERVFAIL                      | NOERROR: A 9 192.0.2.1                        | NOERROR: AAAA 9 64:ff9b::c000:201                                   | an error is no address
            NOERROR: / SOA 60 60          | NOERROR: / SOA 60 60                          | NOERROR:  / SOA 60 60                                               | it has no address at all
            NOERROR: / SOA 60 60          | SERVFAIL                                      | SERVFAIL                                                            | the code is that of A
            NXDOMAIN: / SOA 60 60         | NOERROR: A 9 192.0.2.1                        | NXDOMAIN:  / SOA 60 60                                              | there is no such name
            NOERROR: AAAA 9 fd00::1       | NOERROR: A 9 192.0.2.1                        | NOERROR: AAAA 9 fd00::1                                             | it has an address
            """)
    void answers(String ipv6, String ipv4, String told, String because) {
        assertThat(told(PLAIN, "fd00::53", RecordType.AAAA, ipv6, ipv4))
                .as(because)
                .isEqualTo(told);
    }

    @ParameterizedTest(name = "{0} {1} {2} {3}: {4}")
    @CsvSource(delimiter = '|', textBlock = """
            # all | IPv4  | client   | type | is answered                         | because
            false | false | 10.0.0.1 | AAAA | PASS                                | it may have no translator
            false | true  | 10.0.0.1 | AAAA | NOERROR: AAAA 9 fd00::1             | the Corefile says it has one
            false | false | fd00::53 | A    | PASS                                | it asks for IPv4
            true  | false | fd00::53 | AAAA | NOERROR: AAAA 9 64:ff9b::c000:201   | the Corefile wants all traffic translated
            """)
    void appliesTo(boolean all, boolean ipv4, String client, String type, String told, String because) {
        var stage = new Dns64Stage(Nat64Prefix.WELL_KNOWN, all, ipv4);
        assertThat(told(
                        stage,
                        client,
                        RecordType.parse(type).orElseThrow(),
                        "NOERROR: AAAA 9 fd00::1",
                        "NOERROR: A 9 192.0.2.1"))
                .as(because)
                .isEqualTo(told);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "2001:db8::/32, 2001:db8:c000:221::",
        "2001:db8:100::/40, 2001:db8:1c0:2:21::",
        "2001:db8:122::/48, 2001:db8:122:c000:2:2100::",
        "2001:db8:122:300::/56, 2001:db8:122:3c0:0:221::",
        "2001:db8:122:344::/64, 2001:db8:122:344:c0:2:2100::",
        "2001:db8:122:344::/96, 2001:db8:122:344::c000:221"
    })
    void anAddressIsEmbeddedAsTheTableOfTheRfcSays(String prefix, String embedded) {
        var address = (V4) IpAddress.of("192.0.2.33");
        assertThat(Nat64Prefix.parse(prefix).orElseThrow().embed(address)).isEqualTo(IpAddress.of(embedded));
    }

    @ParameterizedTest
    @CsvSource({"10.0.0.0/8", "64:ff9b::/95", "64:ff9b::", "64:ff9b::/128"})
    void otherPrefixesAreNone(String prefix) {
        assertThat(Nat64Prefix.parse(prefix)).isEmpty();
    }

    private static String told(Dns64Stage stage, String client, RecordType type, String ipv6, String ipv4) {
        var metrics = new Metrics();
        var reasked = new AtomicInteger();
        var hand = HandExchange.of("a.test.", type, client);
        var notes = new Notes(exchange -> {
            reasked.incrementAndGet();
            assertThat(exchange.question().type()).isEqualTo(RecordType.A);
            return new Outcome.Verbatim(ReplyText.octets(exchange.question(), ipv4));
        });
        var exchange = new Exchange(hand.query(), hand.client(), hand.view(), 0, notes);
        var counter = metrics.counter("translated", "", "server");
        var outcome = new Dns64Plugin(stage, counter)
                .answer(exchange, asked -> new Outcome.Verbatim(ReplyText.octets(asked.question(), ipv6)));
        long counted = counter.counters().values().stream()
                .mapToLong(Number::longValue)
                .sum();
        assertThat(counted).as("translated").isEqualTo(reasked.get());
        return Outcome.message(outcome, exchange.query())
                .map(ReplyText::of)
                .orElse(outcome == Outcome.PASS ? "PASS" : outcome.toString());
    }
}
