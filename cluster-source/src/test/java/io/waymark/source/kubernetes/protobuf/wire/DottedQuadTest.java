package io.waymark.source.kubernetes.protobuf.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.waymark.records.address.IpAddress;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DottedQuadTest {
    private static void assertReadsAsIpAddressDoes(String text) {
        byte[] octets = ("x" + text + "9").getBytes(StandardCharsets.ISO_8859_1);
        long bits = DottedQuad.read(octets, 1, text.length());
        var expected = IpAddress.parse(text).map(address -> ((IpAddress.V4) address).bits() & 0xffffffffL);
        assertThat(bits).as(text).isEqualTo(expected.orElse(DottedQuad.NONE));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0",
                "255.255.255.255",
                "10.1.2.3",
                "256.1.2.3",
                "1.2.3",
                "1.2.3.4.5",
                "01.2.3.4",
                "1.2.3.00",
                "1..2.3",
                ".1.2.3",
                "1.2.3.",
                "",
                ".",
                "1.2.3.4 ",
                "1.2.3.-4",
                "a.b.c.d",
                "1000.2.3.4",
                "1.2.3.4444444444"
            })
    void readsWhatAnIpAddressReads(String text) {
        assertReadsAsIpAddressDoes(text);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 7, 4711})
    void readsRandomTextsAsAnIpAddressDoes(long seed) {
        var random = new SplittableRandom(seed);
        for (int i = 0; i < 20_000; i++) {
            var text = new StringBuilder();
            for (int part = 0; part < 4; part++) {
                text.append(part == 0 ? "" : ".").append(random.nextInt(300));
            }
            if (random.nextInt(4) == 0) {
                text.setCharAt(random.nextInt(text.length()), "0.9-a".charAt(random.nextInt(5)));
            }
            assertReadsAsIpAddressDoes(text.toString());
        }
    }
}
