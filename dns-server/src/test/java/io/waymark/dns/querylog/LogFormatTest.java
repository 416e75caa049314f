package io.waymark.dns.querylog;

import static org.assertj.core.api.Assertions.assertThat;

import io.waymark.dns.pipeline.Answered;
import io.waymark.dns.pipeline.Ask;
import io.waymark.dns.pipeline.Client;
import io.waymark.dns.pipeline.Exchange;
import io.waymark.dns.pipeline.HandBlock;
import io.waymark.dns.pipeline.Notes;
import io.waymark.dns.pipeline.QueryPipeline.Served;
import io.waymark.dns.pipeline.Transport;
import io.waymark.records.message.Edns;
import io.waymark.records.message.Header;
import io.waymark.records.message.Query;
import io.waymark.records.message.Question;
import io.waymark.records.message.Rcode;
import io.waymark.records.message.Reply;
import io.waymark.records.message.ReplyComposer;
import io.waymark.records.name.DomainName;
import io.waymark.records.rr.RecordType;
import io.waymark.records.view.View;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Placeholders as the README of CoreDNS' plugin `log` has them.
class LogFormatTest {
    @ParameterizedTest(name = "{0} gives {1}")
    @CsvSource(delimiter = '|', textBlock = """
            {type}/{class}/{name}       | A/IN/cart.shop.
            {proto} {size}              | udp 38
            {remote}:{port}             | 10.0.0.5:42
            {local}                     | 10.96.0.10
            {>id} {>opcode}             | 7 0
            {>do} {>bufsize}            | true 1232
            {rcode} {>rflags} {rsize}   | NXDOMAIN qr,rd 27
            {duration}                  | 0.000052083s
            {/log/class}{/none}         | denial-
            { {name} }                  | { cart.shop. }
            {nonsense} {type}           | {nonsense} A
            no placeholder }{           | no placeholder }{
            """)
    void placeholders(String format, String expected) {
        assertThat(LogFormat.of(format).line(answered(), Map.of("log/class", "denial")))
                .isEqualTo(expected);
    }

    @Test
    void commonAndCombinedAreShortForLongerOnes() {
        var common = "10.0.0.5:42 - 7 \"A IN cart.shop. udp 38 true 1232\" NXDOMAIN qr,rd 27 0.000052083s";
        assertThat(LogFormat.COMMON.line(answered(), Map.of())).isEqualTo(common);
        assertThat(LogFormat.of("> {common}").line(answered(), Map.of())).isEqualTo("> " + common);
        assertThat(LogFormat.of("{combined}").line(answered(), Map.of())).isEqualTo(common + " \"0\"");
    }

    @Test
    void aQueryThatGotNothingHasADashForWhatAReplyWouldHave() {
        var dropped = new Answered(answered().exchange(), answered().served(), 38, new byte[0], "", 0);
        assertThat(LogFormat.of("{rcode} {>rflags} {rsize} {duration}").line(dropped, Map.of()))
                .isEqualTo("- - 0 0s");
    }

    private static Answered answered() {
        var octets = Ask.query(
                7,
                Header.RD,
                new Question(DomainName.of("cart.shop."), RecordType.A, 1),
                Optional.of(new Edns(1232, 0, true, List.of())));
        var query = (Query) Query.parse(octets, 0, octets.length);
        var client = new Client(Transport.UDP, new InetSocketAddress("10.0.0.5", 42));
        var exchange = new Exchange(query, client, View.ALL, 0, new Notes(other -> {
            throw new AssertionError("nothing is asked");
        }));
        var served = new Served("dns://10.96.0.10:53", DomainName.ROOT, HandBlock.of(false));
        var reply = ReplyComposer.compose(query, Reply.of(Rcode.NXDOMAIN), 512);
        return new Answered(exchange, served, octets.length, reply, "", 52_083);
    }
}
