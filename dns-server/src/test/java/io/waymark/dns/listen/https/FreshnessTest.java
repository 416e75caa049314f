package io.waymark.dns.listen.https;

import static org.assertj.core.api.Assertions.assertThat;

import io.waymark.records.message.Header;
import io.waymark.records.message.Message;
import io.waymark.records.message.MessageComposer;
import io.waymark.records.message.Rcode;
import io.waymark.records.name.DomainName;
import io.waymark.records.rr.RecordData;
import io.waymark.records.rr.ResourceRecord;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// As CoreDNS 1.15.0 counts. A column has the TTL of one record, or is empty.
class FreshnessTest {
    private static final DomainName NAME = DomainName.of("a.test.");
    private static final RecordData TEXT = new RecordData.Txt(List.of("x"));
    private static final RecordData SOA = new RecordData.Soa(NAME, NAME, 1, 2, 3, 4, 5);
    private static final RecordData NS = new RecordData.Ns(NAME);

    @ParameterizedTest(name = "{6}: {5} s")
    @CsvSource(delimiter = '|', textBlock = """
            # rcode | answer | SOA | NS  | additional | seconds | because
            0       | 60     |     |     |            | 60      | the answer's
            0       | 60     |     | 30  | 20         | 20      | the smallest of all
            0       | 90000  |     |     |            | 3600    | an hour at most
            0       |        | 30  |     |            | 30      | the denial's
            3       |        | 30  |     | 10         | 10      | the denial's, or what stands beside it
            3       |        |     |     |            | 5       | a denial without SOA is for nobody to keep
            0       |        |     | 300 | 300        | 5       | a referral
            2       | 60     | 60  |     |            | 5       | an error
            0       |        |     |     |            | 5       | there is nothing in it
            0       |        |     |     | 0          | 0       | as whoami answers
            """)
    void isTheSmallestTtl(
            int rcode,
            @Nullable Integer answer,
            @Nullable Integer soa,
            @Nullable Integer ns,
            @Nullable Integer additional,
            int seconds,
            String because) {
        var authority = Stream.concat(records(soa, SOA).stream(), records(ns, NS).stream())
                .toList();
        var reply = MessageComposer.compose(
                new Message(
                        new Header(1, Header.QR | rcode),
                        new Rcode(rcode),
                        List.of(),
                        records(answer, TEXT),
                        authority,
                        records(additional, TEXT),
                        Optional.empty()),
                512);
        assertThat(Freshness.seconds(reply)).as(because).isEqualTo(seconds);
    }

    private static List<ResourceRecord> records(@Nullable Integer ttl, RecordData data) {
        return ttl == null ? List.of() : List.of(new ResourceRecord(NAME, ResourceRecord.CLASS_IN, ttl, data));
    }
}
