package io.waymark.records.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.waymark.records.name.DomainName;
import io.waymark.records.rr.RecordType;
import io.waymark.records.rr.ResourceRecord;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// RFC 6891 §6.1.3.
class WireRcodeTest {
    @ParameterizedTest
    @ValueSource(ints = {0, 2, 3, 15, 16, 23, 4095})
    void theUpperBitsAreTheOptRecords(int code) {
        assertThat(WireRcode.of(reply(code, Optional.of(new Edns(1232, 0, true, List.of())))))
                .isEqualTo(code);
    }

    @Test
    void anOptRecordWithOptionsIsFoundToo() {
        var nsid = new Edns.Option(3, new byte[] {1, 2, 3});
        assertThat(WireRcode.of(reply(23, Optional.of(new Edns(1232, 0, true, List.of(nsid))))))
                .isEqualTo(23);
    }

    @Test
    void withoutEdnsItIsTheHeaders() {
        assertThat(WireRcode.of(reply(5, Optional.empty()))).isEqualTo(5);
    }

    @Test
    void whatIsCutOffAnywhereHasTheCodeOfItsHeader() {
        var whole = reply(23, Optional.of(new Edns(1232, 0, true, List.of(new Edns.Option(3, new byte[40])))));
        for (int length = 12; length < 40; length++) {
            assertThat(WireRcode.of(Arrays.copyOf(whole, length)) & 0xf).isEqualTo(23 & 0xf);
        }
    }

    private static byte[] reply(int code, Optional<Edns> edns) {
        var question = new Question(DomainName.of("cart.shop."), RecordType.A, ResourceRecord.CLASS_IN);
        return MessageComposer.compose(
                new Message(
                        new Header(7, Header.QR | code & 0xf),
                        new Rcode(code),
                        List.of(question),
                        List.of(),
                        List.of(),
                        List.of(),
                        edns),
                512);
    }
}
