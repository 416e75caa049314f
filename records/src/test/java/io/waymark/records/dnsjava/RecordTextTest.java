package io.waymark.records.dnsjava;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.waymark.records.gen.Gen;
import io.waymark.records.name.DomainName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecordTextTest {

    @ParameterizedTest(name = "{0}: {2}")
    @CsvSource(delimiter = '|', quoteCharacter = '\u0001', textBlock = """
            # text                                 | is                               | because
            a.org. 60 IN A 10.0.0.1                | a.org. 1 60 A 4                  | it is complete
            a.org. IN 60 A 10.0.0.1                | a.org. 1 60 A 4                  | class and TTL stand in either order
            A.Org. A 10.0.0.1                      | a.org. 1 3600 A 4                | IN and one hour where nothing is said
            a.org. 1h IN AAAA fd00::1              | a.org. 1 3600 AAAA 16            | a TTL may have a unit
            a.org 60 IN CNAME b                    | a.org.o. 1 60 CNAME b.o.         | names without a dot are relative
            @ 60 IN TXT "one two" three            | o. 1 60 TXT 2                    | strings may be quoted
            a. 60 CH TXT x                         | a. 3 60 TXT 1                    | other classes can be written
            a. 60 IN HTTPS 1 . alpn=h2             | a. 1 60 HTTPS 10                 | types without a shape of ours are read too
            a. 60 IN TYPE999 \\# 2 abcd            | a. 1 60 TYPE999 2                | RFC 3597
            a. 60 IN A 10.0.0.256                  | unreadable                       | it is no address
            a. 60 IN A                             | unreadable                       | the address is missing
            a..b. 60 IN A 10.0.0.1                 | unreadable                       | it is no name
            a. 60 IN BOGUS x                       | unreadable                       | it is no type
            $INCLUDE /etc/passwd                   | unreadable                       | no file is opened
            """)
    void is(String text, String expected, String because) {
        assertThat(described(RecordText.read(text, DomainName.of("o."))))
                .as(because)
                .isEqualTo(expected);
    }

    private static String described(RecordRead read) {
        return switch (read) {
            case RecordRead.Read(var record) ->
                record.owner() + " " + record.recordClass() + " " + record.ttl() + " " + record.type() + " "
                        + switch (record.data()) {
                            case io.waymark.records.rr.RecordData.A a -> "4";
                            case io.waymark.records.rr.RecordData.Aaaa a -> "16";
                            case io.waymark.records.rr.RecordData.Cname(var target) -> target.toString();
                            case io.waymark.records.rr.RecordData.Txt(var strings) -> "" + strings.size();
                            case io.waymark.records.rr.RecordData.Unknown(var type, var octets) -> "" + octets.length;
                            default -> "?";
                        };
            case RecordRead.Unreadable unreadable -> "unreadable";
        };
    }

    @Test
    void anEmptyTextIsNoRecord() {
        assertThat(RecordText.read("", DomainName.ROOT)).isEqualTo(new RecordRead.Unreadable("it is empty"));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 7, 4711})
    void anyTextGivesAValue(long seed) {
        var gen = Gen.seeded(seed);
        String[] pieces = {
            "a.", " ", "60", "IN", "A", "TXT", "\"", "\\", "\\2", "(", ")", ";", "$", "\n", "SRV", "1", "é", "\\#",
            "-1", "@"
        };
        for (int i = 0; i < 2_000; i++) {
            var text = new StringBuilder();
            for (int n = gen.below(12); n > 0; n--) {
                text.append(pieces[gen.below(pieces.length)]).append(gen.below(3) == 0 ? "" : " ");
            }
            assertThatCode(() -> RecordText.read(text.toString(), DomainName.ROOT))
                    .as("seed %d: %s", seed, text)
                    .doesNotThrowAnyException();
        }
    }
}
