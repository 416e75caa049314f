package io.waymark.records.rr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.Type;

/// RFC 6895 §3.1 and RFC 3597 §5.
class RecordTypeTest {
    @ParameterizedTest(name = "{0} is {1}, written {2}")
    @CsvSource({
        "A, 1, A",
        "aaaa, 28, AAAA",
        "Https, 65, HTTPS",
        "TYPE1, 1, A",
        "type65280, 65280, TYPE65280",
        "TYPE0, 0, TYPE0"
    })
    void parse(String text, int code, String canonical) {
        var type = RecordType.parse(text).orElseThrow();
        assertThat(type).isEqualTo(RecordType.of(code)).hasToString(canonical);
    }

    @ParameterizedTest(name = "\"{0}\" is no type")
    @ValueSource(strings = {"", "AA", "TYPE", "TYPE-1", "TYPE65536", "TYPE100000", "TYPE1x", "1", "TYPE٣"})
    void noType(String text) {
        assertThat(RecordType.parse(text)).isEmpty();
    }

    @Test
    void everyCodeReadsBackFromItsText() {
        for (int code = 0; code <= 0xffff; code++) {
            assertThat(RecordType.parse(RecordType.of(code).toString())).hasValue(new RecordType(code));
        }
    }

    @Test
    void mnemonicsAreThoseOfTheRegistry() {
        for (int code = 0; code <= 0xffff; code++) {
            var text = RecordType.of(code).toString();
            if (!text.startsWith("TYPE")) {
                assertThat(Type.value(text)).as(text).isEqualTo(code);
            }
        }
    }

    @Test
    void aCodeHas16Bits() {
        assertThatIllegalArgumentException().isThrownBy(() -> RecordType.of(0x10000));
        assertThatIllegalArgumentException().isThrownBy(() -> RecordType.of(-1));
    }
}
