package io.waymark.records.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What octets from an upstream are to the query `Wá.z. A` (the question is written Q), sent with ID 7.
class ReceivedTest {
    private static final String QUESTION = "0257c1 017a 00 0001 0001";
    private static final String ANSWER = " c00c 0001 0001 0000000a 0004 c0000201";
    private static final String OPT = " 00 0029 04d0 01000000 0000";
    private final Query query = query();

    @ParameterizedTest(name = "{2}")
    @CsvSource(delimiter = '|', textBlock = """
            # octets                                | are                            | because
            0007 8180 0001 0001 0000 0000 Q A       | NOERROR, 1 answer              | it is a reply
            0007 8183 0001 0000 0000 0000 Q         | NXDOMAIN, 0 answers            | it is one without records
            0007 8180 0001 0001 0000 0001 Q A O     | BADVERS, 1 answer              | EDNS has the upper bits of the code
            0007 8380 0001 0001 0000 0000 Q A       | NOERROR, 1 answer, truncated   | it has TC
            0007 8380 0001 0002 0000 0000 Q A c00c  | NOERROR, 0 answers, truncated  | it is cut within a record
            0007 8180 0001 0002 0000 0000 Q A c00c  | broken                         | it is cut without TC
            0007 8180 0001 0001 0000 0000 Q A 00    | broken                         | an octet is too many
            0007 8180 0001 0000 0000 0000 Q A       | broken                         | a record is too many
            0007 8180 0001 ffff ffff ffff Q         | broken                         | it promises much
            0008 8180 0001 0001 0000 0000 Q A       | other                          | it has another ID
            0007 8180 0001 0000 0000 0000 0177 00 0001 0001 | other                  | it has another question
            0007 8181 0000 0000 0000 0000           | FORMERR, 0 answers             | an old server says no more
            0008 8181 0000 0000 0000 0000           | other                          | that has another ID
            0007 0181 0000 0000 0000 0000           | other                          | that is no reply
            0007 8180 0000 0000 0000 0000           | other                          | that is no error
            0007 8181                               | other                          | it is shorter than a header
            """)
    void are(String octets, String expected, String because) {
        var hex = octets.replace("Q", QUESTION).replace(" A", ANSWER).replace(" O", OPT);
        assertThat(text(Received.of(query, 7, HexFormat.of().parseHex(hex.replace(" ", "")))))
                .as(because)
                .isEqualTo(expected);
    }

    private static String text(Received received) {
        return switch (received) {
            case Received.Matched(var octets, var rcode, var answers, var truncated) -> {
                assertThat(MessageParser.parse(octets, 0, octets.length)).isInstanceOf(MessageParse.Parsed.class);
                yield rcode + ", " + answers + (answers == 1 ? " answer" : " answers")
                        + (truncated ? ", truncated" : "");
            }
            case Received.Other other -> "other";
            case Received.Broken broken -> "broken";
        };
    }

    private static Query query() {
        var octets = HexFormat.of().parseHex(("1234 0100 0001 0000 0000 0000" + QUESTION).replace(" ", ""));
        return (Query) Query.parse(octets, 0, octets.length);
    }
}
