package io.waymark.records.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.waymark.records.name.DomainName;
import io.waymark.records.rr.RecordType;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// RFC 1035 §4.1, RFC 6891 §6.1 and RFC 9619; octets in hexadecimal, spaces for the reader.
class QueryTest {
    private static final String WWW_A = "03 777777 00 0001 0001";

    @ParameterizedTest(name = "{1}: {2}")
    @CsvSource(delimiter = '|', textBlock = """
            # octets                                                                     | says    | because
            1234 0100 0001 0000 0000 0000 03777777 00 0001 0001                          | query   | it is a plain one
            1234 0100 0001 0000 0000 0000 00 0002 0001                                   | query   | the root is a name
            1234 0100 0001 0000 0000 0001 00 0002 0001 00 0029 04d0 00 00 8000 0000      | query   | OPT with DO
            1234 0100 0001 0000 0000 0001 00 0002 0001 00 0029 04d0 00 00 0000 000c 000a 0008 0102030405060708 | query | a client's cookie
            1234 0100 0001 0000 0000 0002 00 0002 0001 00 0029 04d0 00 00 0000 0000 00 00fa 00ff 00000000 0002 beef | query | TSIG is passed over
            1234 0100 0001 0000 0000                                                     | ignore  | shorter than a header
            1234 8100 0001 0000 0000 0000 00 0002 0001                                   | ignore  | a response
            1234 2100 0001 0000 0000 0000 00 0006 0001                                   | NOTIMP  | NOTIFY
            1234 2900                     0000 0000 0000 0000                            | NOTIMP  | UPDATE
            1234 7900                     0000 0000 0000 0000                            | NOTIMP  | an OPCODE nobody knows
            1234 0100 0000 0000 0000 0000                                                | FORMERR | no question
            1234 0100 0002 0000 0000 0000 00 0002 0001 00 0006 0001                      | FORMERR | two questions
            1234 0100 0001 0000 0000 0000 c00c 0001 0001                                 | FORMERR | the QNAME points to itself
            1234 0100 0001 0000 0000 0000 0377 0001 0001                                 | FORMERR | a label leaves the message
            1234 0100 0001 0000 0000 0000 4177 0001 0001                                 | FORMERR | a reserved label type
            1234 0100 0001 0000 0000 0000 00 0002 00                                     | FORMERR | the class is cut off
            1234 0100 0001 0000 0000 0000 00 0002 0001 00                                | FORMERR | an octet behind the end
            1234 0100 0001 0001 0000 0000 00 0002 0001                                   | FORMERR | an answer is announced and absent
            1234 0100 0001 ffff ffff ffff 00 0002 0001                                   | FORMERR | counts that octets do not back
            1234 0100 0001 0000 0000 0002 00 0002 0001 00 0029 04d0 00000000 0000 00 0029 04d0 00000000 0000 | FORMERR | two OPT records
            1234 0100 0001 0000 0000 0001 00 0002 0001 0161 00 0029 04d0 00000000 0000   | FORMERR | OPT below the root
            1234 0100 0001 0001 0000 0000 00 0002 0001 00 0029 04d0 00000000 0000        | FORMERR | OPT among the answers
            1234 0100 0001 0000 0000 0001 00 0002 0001 00 0029 04d0 00000000 0006 000a 0002 0102 | FORMERR | a cookie of two octets
            1234 0100 0001 0000 0000 0001 00 0002 0001 00 0029 04d0 00000000 0005 0003 0002 01   | FORMERR | an option leaves the OPT record
            1234 0100 0001 0000 0000 0001 00 0002 0001 00 0029 04d0 00 01 0000 0000      | BADVERS | EDNS version 1
            """)
    void parse(String octets, String says, String because) {
        assertThat(verdict(hex(octets))).as(because).isEqualTo(says);
    }

    @Test
    void aQueryKeepsTheCaseOfItsQuestionAndLowersItsName() {
        var query = query("1234 0110 0001 0000 0000 0000 03577777 00 001c 0001");
        assertThat(query.id()).isEqualTo(0x1234);
        assertThat(query.header().has(Header.RD | Header.CD)).isTrue();
        assertThat(query.question()).isEqualTo(new Question(DomainName.of("www."), RecordType.AAAA, 1));
        assertThat(query.questionOctets()).isEqualTo(hex("03577777 00 001c 0001"));
        assertThat(query.edns()).isEmpty();
    }

    @ParameterizedTest(name = "{0} says {1}: {2}")
    @CsvSource(delimiter = '|', textBlock = """
            # type and authority section                                                          | serial | because
            00fb 0001  00 0006 0001 00000000 0016 00 00 0000002a 00000001 00000001 00000001 00000001 | 42   | RFC 1995 §3
            00fb 0001  c00c 0006 0001 00000000 0018 c00c c00c fffffffe 00000001 00000001 00000001 00000001 | -2 | 32 bits
            00fc 0001  00 0006 0001 00000000 0016 00 00 0000002a 00000001 00000001 00000001 00000001 | none | AXFR has no serial
            00fb 0001  00 0002 0001 00000000 0001 00                                                 | none | NS is no SOA
            """)
    void theSerialOfAnIxfrIsThatOfTheSoaInItsAuthoritySection(String rest, String serial, String because) {
        var hex = rest.replace(" ", "");
        var octets = "1234 0000 0001 0000 0001 0000 00 " + hex.substring(0, 8) + hex.substring(8);
        assertThat(query(octets).serial().map(String::valueOf).orElse("none"))
                .as(because)
                .isEqualTo(serial);
    }

    @Test
    void aSoaThatIsShorterThanItsPartsMakesAnIxfrMalformed() {
        var octets = "1234 0000 0001 0000 0001 0000 00 00fb 0001 00 0006 0001 00000000 0003 00 00 0000002a";
        assertThat(verdict(hex(octets))).isEqualTo("FORMERR");
    }

    @ParameterizedTest(name = "{0} means {1}")
    @CsvSource({"0000, 512", "01ff, 512", "0200, 512", "04d0, 1232", "ffff, 65535"})
    void aReplyOverUdpMayHaveAtLeast512Octets(String advertised, int limit) {
        var query = query("1234 0100 0001 0000 0000 0001 " + WWW_A + " 00 0029 " + advertised + " 00000000 0000");
        assertThat(query.udpLimit()).isEqualTo(limit);
    }

    @ParameterizedTest(name = "{2}")
    @CsvSource(delimiter = '|', textBlock = """
            # query                                                                 | refusal                                      | because
            1234 2900 0001 0000 0000 0000 00 0006 0001                              | 1234 a904 0000 0000 0000 0000                | NOTIMP repeats ID, OPCODE and RD
            1234 0110 0000 0000 0000 0000                                           | 1234 8111 0000 0000 0000 0000                | FORMERR repeats ID, RD and CD
            1234 0000 0001 0000 0000 0000 0141 00 0001 0001 ff                      | 1234 8001 0001 0000 0000 0000 0141 00 0001 0001 | a question that was read is echoed
            1234 0000 0001 0000 0000 0001 00 0002 0001 00 0029 04d0 00 07 8000 0000 | 1234 8000 0001 0000 0000 0001 00 0002 0001 00 0029 04d0 01 00 8000 0000 | BADVERS speaks version 0
            """)
    void aRefusalSays(String octets, String expected, String because) {
        var refuse = (QueryParse.Refuse) parse(hex(octets));
        assertThat(refuse.reply()).as(because).isEqualTo(hex(expected));
    }

    private static String verdict(byte[] octets) {
        return switch (parse(octets)) {
            case Query query -> "query";
            case QueryParse.Refuse refuse -> refuse.rcode().toString();
            case QueryParse.Ignore ignore -> "ignore";
        };
    }

    /// Parses from the middle of a larger array, as a receive buffer is.
    private static QueryParse parse(byte[] octets) {
        var buffer = new byte[octets.length + 20];
        System.arraycopy(octets, 0, buffer, 10, octets.length);
        return Query.parse(buffer, 10, octets.length);
    }

    private static Query query(String octets) {
        return (Query) parse(hex(octets));
    }

    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text.replace(" ", ""));
    }
}
