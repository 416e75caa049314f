package io.waymark.dns.plugin.minimal;

import static org.assertj.core.api.Assertions.assertThat;

import io.waymark.dns.pipeline.Outcome;
import io.waymark.dns.plugin.HandExchange;
import io.waymark.records.address.IpAddress;
import io.waymark.records.message.Message;
import io.waymark.records.message.Rcode;
import io.waymark.records.message.Reply;
import io.waymark.records.message.WholeReply;
import io.waymark.records.name.DomainName;
import io.waymark.records.rr.RecordData;
import io.waymark.records.rr.RecordSet;
import io.waymark.records.rr.RecordType;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Each reply has an NS record in its authority section and an address in its additional section.
class MinimalPluginTest {
    private static final DomainName NAME = DomainName.of("a.test.");
    private static final List<RecordSet> ADDRESS =
            List.of(RecordSet.of(NAME, 5, RecordData.address(IpAddress.of("10.0.0.1"))));
    private static final List<RecordSet> SERVER = List.of(RecordSet.of(NAME, 5, new RecordData.Ns(NAME)));

    @ParameterizedTest(name = "{0}, answer: {1}: {3}")
    @CsvSource(delimiter = '|', textBlock = """
            # rcode | answer | records left | because
            0       | true   | 1            | it is answered
            0       | false  | 2            | it is a referral
            3       | false  | 2            | a denial says for how long
            3       | true   | 3            | so does one behind an alias
            2       | false  | 2            | errors are left alone
            """)
    void leavesTheRestOfAnAnswerAway(int rcode, boolean answer, int left, String because) {
        var exchange = HandExchange.of("a.test.", RecordType.A, "10.0.0.1");
        var reply = new Reply(new Rcode(rcode), true, true, answer ? ADDRESS : List.of(), SERVER, ADDRESS);
        var whole = WholeReply.of(exchange.query(), reply);
        for (Outcome outcome : List.of(
                new Outcome.Answer(reply),
                new Outcome.Edited(whole),
                new Outcome.Verbatim(WholeReply.compose(exchange.query(), whole, 512)))) {
            var minimal = new MinimalPlugin().answer(exchange, asked -> outcome);
            var message = Outcome.message(minimal, exchange.query()).orElseThrow();
            assertThat(records(message)).as(because).isEqualTo(left);
            assertThat(message.header().flags()).isEqualTo(whole.header().flags());
        }
    }

    private static int records(Message message) {
        return message.answer().size()
                + message.authority().size()
                + message.additional().size();
    }
}
