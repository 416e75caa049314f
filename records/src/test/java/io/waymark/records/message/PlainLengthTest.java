package io.waymark.records.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.waymark.records.address.IpAddress;
import io.waymark.records.name.DomainName;
import io.waymark.records.rr.RecordData;
import io.waymark.records.rr.RecordType;
import io.waymark.records.rr.ResourceRecord;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PlainLengthTest {
    private static final DomainName NAME = DomainName.of("cart.shop.");

    @Test
    void everyNameCountsInFullAndTheOptRecordNotAtAll() {
        // 12 + (11 + 4) for the question, 11 + 10 + 4 for the address, 11 + 10 + 11 for the alias.
        assertThat(PlainLength.of(reply())).isEqualTo(27 + 25 + 32);
    }

    @Test
    void whatIsCutOffHasTheLengthThatItHas() {
        var whole = reply();
        for (int length = 12; length < whole.length - 11; length++) {
            assertThat(PlainLength.of(Arrays.copyOf(whole, length))).isEqualTo(length);
        }
    }

    @Test
    void aPointerToItselfIsNotFollowed() {
        var looped = new byte[] {0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, (byte) 0xc0, 12, 0, 1, 0, 1};
        assertThat(PlainLength.of(looped)).isEqualTo(looped.length);
    }

    private static byte[] reply() {
        return MessageComposer.compose(
                new Message(
                        new Header(7, Header.QR),
                        Rcode.NOERROR,
                        List.of(new Question(NAME, RecordType.A, 1)),
                        List.of(
                                new ResourceRecord(
                                        NAME, 1, 5, new RecordData.A((IpAddress.V4) IpAddress.of("10.0.0.1"))),
                                new ResourceRecord(NAME, 1, 5, new RecordData.Cname(NAME))),
                        List.of(),
                        List.of(),
                        Optional.of(new Edns(1232, 0, false, List.of()))),
                512);
    }
}
