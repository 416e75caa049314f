package io.waymark.records.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.waymark.records.address.IpAddress;
import io.waymark.records.rr.RecordData;
import io.waymark.records.rr.ResourceRecord;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// RFC 5452 §9.1: which octets answer a forwarded query, and what the client gets of them.
class UpstreamTest {
    private static final String ASKED = "1234 0130 0001 0000 0000 0000 0257c1 017a 00 0041 0001";
    private final Query query = query(ASKED);

    @ParameterizedTest(name = "{1}: {2}")
    @CsvSource(delimiter = '|', textBlock = """
            # reply                                                     | answers | because
            0007 8180 0001 0000 0000 0000 0257c1 017a 00 0041 0001      | true    | it echoes ID and question
            0007 8180 0001 0000 0000 0000 0277c1 015a 00 0041 0001      | true    | letters have no case
            0007 8180 0001 0001 0000 0000 0257c1 017a 00 0041 0001 c0ff | true    | what follows is not looked at
            0008 8180 0001 0000 0000 0000 0257c1 017a 00 0041 0001      | false   | another ID
            0007 0180 0001 0000 0000 0000 0257c1 017a 00 0041 0001      | false   | a query
            0007 a180 0001 0000 0000 0000 0257c1 017a 00 0041 0001      | false   | a NOTIFY
            0007 8180 0001 0000 0000 0000 0258c1 017a 00 0041 0001      | false   | another name
            0007 8180 0001 0000 0000 0000 0257c1 017a 00 0061 0001      | false   | another type, though A and a are one letter
            0007 8180 0001 0000 0000 0000 0257c1 017a 00 0041 0003      | false   | another class
            0007 8180 0000 0000 0000 0000                               | false   | no question
            0007 8180 0002 0000 0000 0000 0257c1 017a 00 0041 0001      | false   | two questions
            0007 8180 0001 0000 0000 0000 0257c1 017a 00 0041 00        | false   | cut off
            0007                                                        | false   | no header
            """)
    void answers(String reply, boolean answers, String because) {
        var octets = hex(reply);
        assertThat(UpstreamReply.answers(query, 7, octets, 0, octets.length))
                .as(because)
                .isEqualTo(answers);
    }

    @Test
    void theQueryGoesOnWithItsQuestionAndFlagsAndAnotherId() {
        assertThat(UpstreamQuery.compose(query, 7)).isEqualTo(hex(ASKED.replace("1234", "0007")));
    }

    @Test
    void optionsOfOneHopAreNotSentOn() {
        var asked = query("1234 0100 0001 0000 0000 0001 00 0002 0001 00 0029 04d0 00008000 0014"
                + " 000a 0008 0102030405060708 0003 0000 000c 0000");
        assertThat(UpstreamQuery.compose(asked, 7))
                .isEqualTo(hex("0007 0100 0001 0000 0000 0001 00 0002 0001 00 0029 04d0 00008000 0004 0003 0000"));
    }

    @Test
    void aReplyThatFitsGoesToTheClientAsItCame() {
        var octets = hex("ff 0007 8180 0001 0000 0000 0000 0277c1 015a 00 0041 0001 ff");
        assertThat(UpstreamReply.relay(query, octets, 1, octets.length - 2, 512))
                .hasValue(hex("1234 8180 0001 0000 0000 0000 0257c1 017a 00 0041 0001"));
    }

    @ParameterizedTest(name = "{2}")
    @CsvSource(delimiter = '|', textBlock = """
            0001                              | 0001 00 0029 04d0 00008000 0000            | upstream has no EDNS: the client has it all the same
            0001 00 0029 0200 00008000 0000   | 0001 00 0029 04d0 00008000 0000            | upstream's size is of another hop
            0002 c00c 0001 0001 00000005 0004 01020304 00 0029 0200 00000000 0000 | 0002 c00c 0001 0001 00000005 0004 01020304 00 0029 04d0 00000000 0000 | other additional records stay
            0001 c00c 0001 0001 00000005 0005 01020304 | 0001 c00c 0001 0001 00000005 0005 01020304 | what cannot be read stays as it is
            """)
    void aClientThatHasEdnsGetsIt(String upstreams, String clients, String because) {
        var asked = query("1234 0130 0001 0000 0000 0001 0257c1 017a 00 0041 0001 00 0029 04d0 00008000 0000");
        var additional = upstreams.equals("0001") ? "0000" : upstreams;
        var octets = hex("0007 8180 0001 0000 0000" + withQuestion(additional));
        assertThat(UpstreamReply.relay(asked, octets, 0, octets.length, 1232))
                .as(because)
                .hasValue(hex("1234 8180 0001 0000 0000" + withQuestion(clients)));
    }

    /// The question goes between ARCOUNT and the records.
    private static String withQuestion(String additional) {
        return additional.substring(0, 4) + "0257c1 017a 00 0041 0001" + additional.substring(4);
    }

    @Test
    void aReplyThatDoesNotFitIsTruncated() {
        var records = IntStream.range(0, 100)
                .mapToObj(i -> new ResourceRecord(query.question().name(), 1, 5, new RecordData.A(new IpAddress.V4(i))))
                .toList();
        var whole = new Message(
                new Header(7, Header.QR),
                Rcode.NOERROR,
                List.of(query.question()),
                records,
                List.of(),
                List.of(),
                Optional.empty());
        var octets = MessageComposer.compose(whole, Message.OCTETS_MAX);
        var relayed = UpstreamReply.relay(query, octets, 0, octets.length, 512).orElseThrow();
        assertThat(relayed.length).isBetween(490, 512);
        assertThat(UpstreamReply.isTruncated(relayed, 0)).isTrue();
        assertThat(UpstreamReply.answers(query, 0x1234, relayed, 0, relayed.length))
                .isTrue();
        assertThat(HexFormat.of().formatHex(relayed)).contains("0257c1017a00");
    }

    @Test
    void aReplyThatIsTooLongAndMalformedIsDropped() {
        var octets = new byte[600];
        var head = hex("0007 8180 0001 0000 0000 0000 0277c1 015a 00 0041 0001");
        System.arraycopy(head, 0, octets, 0, head.length);
        assertThat(UpstreamReply.relay(query, octets, 0, 600, 512)).isEmpty();
    }

    private static Query query(String octets) {
        return (Query) Query.parse(hex(octets), 0, hex(octets).length);
    }

    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text.replace(" ", ""));
    }
}
