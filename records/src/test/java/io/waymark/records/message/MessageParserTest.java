package io.waymark.records.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.waymark.records.rr.RecordData;
import io.waymark.records.rr.RecordType;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// RFC 1035 §4.1 and §3.3, RFC 3597; octets in hexadecimal, spaces for the reader.
class MessageParserTest {
    /// A response with the name `z.` asked for at octet 12 and one answer, owned by that name.
    private static final String ONE_ANSWER = "0001 8000 0001 0001 0000 0000 017a00 0001 0001 c00c ";

    @ParameterizedTest(name = "{3}")
    @CsvSource(delimiter = '|', textBlock = """
            # octets                                                      | at | why                                    | because
            0001 8000 0000 0000 0000 00                                   | 10 | message ends early                     | a header has 12 octets
            0001 8000 0001 0000 0000 0000 017a                            | 14 | name has no end                        | there is no root label
            0001 8000 0001 0000 0000 0000 057a00                          | 12 | label leaves message                   | it has 5 octets
            0001 8000 0001 0000 0000 0000 c00c 0001 0001                  | 12 | pointer leads to no earlier name       | it points to itself
            0001 8000 0001 0000 0000 0000 c00e 00 0001 0001               | 12 | pointer leads to no earlier name       | it points forwards
            0001 8000 0001 0000 0000 0000 c000 0001 0001                  | 12 | pointer leads to no earlier name       | it points into the header
            0001 8000 0001 0000 0000 0000 017ac00c 0001 0001              | 14 | pointer leads to no earlier name       | it points to its own name
            0001 8000 0001 0000 0000 0000 017ac0                          | 14 | pointer leaves message                 | it has one octet
            0001 8000 0001 0000 0000 0000 8000 0001 0001                  | 12 | reserved label type                    | 10 in the upper bits
            0001 8000 0000 0000 0000 0000 00                              | 12 | octets behind the last record          | nothing is announced
            0001 8000 0000 0001 0000 0000 00 0029 04d0 00000000 0000      | 15 | OPT record outside the additional section | it is an answer
            """)
    void malformed(String octets, int at, String why, String because) {
        assertThat(parse(octets)).as(because).isEqualTo(new Malformed(at, why));
    }

    @ParameterizedTest(name = "{0} {1} is {2}")
    @CsvSource(delimiter = '|', textBlock = """
            # type | rdlength and rdata                    | data
            0001 | 0004 0a000001                           | A[address=10.0.0.1]
            001c | 0010 fd000000000000000000000000000001   | Aaaa[address=fd00::1]
            0005 | 0004 0177 c00c                          | Cname[target=w.z.]
            0002 | 0002 c00c                               | Ns[target=z.]
            000c | 0003 0177 00                            | Ptr[target=w.]
            000f | 0004 000a c00c                          | Mx[preference=10, exchange=z.]
            0021 | 0008 0000 0064 0050 c00c                | Srv[priority=0, weight=100, port=80, target=z.]
            0010 | 0005 0161 00 0162                       | Txt[strings=[a, , b]]
            0006 | 0018 c00c c00c ffffffff 00000001 00000002 00000003 00000004 | Soa[primary=z., mailbox=z., serial=-1, refresh=1, retry=2, expire=3, minimum=4]
            ff00 | 0000                                    | Unknown[TYPE65280, 0 octets]
            """)
    void rdata(String type, String rdata, String data) {
        assertThat(answer(type + " 0001 00000000 " + rdata)).hasToString(data);
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(delimiter = '|', textBlock = """
            # type | rdlength and rdata
            0001 | 0003 0a0000
            0001 | 0005 0a00000102
            0001 | 0000
            0005 | 0005 0177 00 00 00
            0010 | 0000
            0010 | 0002 0561
            0023 | 0006 0001 0002 00 00
            0023 | 0006 0001 0002 02 0000 00 00 0163 00
            0018 | 0002 00000000 00000000 00000000 00000000 0000 0163 00
            """)
    void dataThatDoesNotFillItsLengthIsMalformed(String type, String rdata) {
        assertThat(parse(ONE_ANSWER + type + " 0001 00000000 " + rdata)).isInstanceOf(Malformed.class);
    }

    @ParameterizedTest(name = "{0}: {2}")
    @CsvSource(delimiter = '|', textBlock = """
            # type | rdata as sent                | rdata as kept
            0027 | 0002 c00c                      | 017a00
            0011 | 0004 c00c c00c                 | 017a00 017a00
            0023 | 000c 0001 0002 0155 00 00 0177 c00c | 0001 0002 0155 00 00 0177 017a00
            0012 | 0004 0001 c00c                 | 0001 017a00
            001e | 0004 c00c 4040                 | 017a00 4040
            """)
    void namesInDataThatStaysOctetsAreExpanded(String type, String rdata, String kept) {
        assertThat(answer(type + " 0001 00000000 " + rdata))
                .isEqualTo(new RecordData.Unknown(RecordType.of(Integer.parseInt(type, 16)), hex(kept)));
    }

    @Test
    void aTtlWithItsHighestBitSetIsZero() {
        var message = message(ONE_ANSWER + "0001 0001 80000005 0004 0a000001");
        assertThat(message.answer().getFirst().ttl()).isZero();
    }

    @Test
    void emptyDataOutsideClassInIsKept() {
        assertThat(answer("0001 00ff 00000000 0000")).isEqualTo(new RecordData.Unknown(RecordType.A, new byte[0]));
    }

    @Test
    void theUpperBitsOfTheResponseCodeComeFromOpt() {
        var message = message("0001 8003 0000 0000 0000 0001 00 0029 04d0 01 00 8000 0000");
        assertThat(message.rcode()).isEqualTo(new Rcode(0x13));
        assertThat(message.additional()).isEmpty();
    }

    private static RecordData answer(String octets) {
        return message(ONE_ANSWER + octets).answer().getFirst().data();
    }

    private static Message message(String octets) {
        return switch (parse(octets)) {
            case MessageParse.Parsed(var message, var questionEnd) -> message;
            case Malformed malformed -> throw new AssertionError(malformed);
        };
    }

    private static MessageParse parse(String octets) {
        return MessageParser.parse(hex(octets), 0, hex(octets).length);
    }

    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text.replace(" ", ""));
    }
}
