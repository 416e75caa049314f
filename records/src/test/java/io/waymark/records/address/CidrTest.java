package io.waymark.records.address;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.waymark.records.address.IpAddress.V4;
import io.waymark.records.gen.Gen;
import java.math.BigInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// RFC 4632 §3.1 and RFC 4291 §2.3.
class CidrTest {
    private static final int PREFIXES = 20_000;

    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource({
        "10.96.0.0/12, 10.96.0.0/12",
        "10.111.255.255/12, 10.96.0.0/12",
        "1.2.3.4/0, 0.0.0.0/0",
        "1.2.3.4/32, 1.2.3.4/32",
        "1.2.3.4/031, 1.2.3.4/31",
        "2001:db8:ffff::1/33, 2001:db8:8000::/33",
        "fd00::1:2:3:4/64, fd00::/64",
        "fd00::1/128, fd00::1/128",
        "fd00::1/0, ::/0"
    })
    void bitsBehindThePrefixAreCleared(String text, String canonical) {
        assertThat(Cidr.of(text)).hasToString(canonical);
    }

    @ParameterizedTest(name = "\"{0}\" is no prefix")
    @ValueSource(
            strings = {
                "",
                "/",
                "10.0.0.0",
                "10.0.0.0/",
                "10.0.0.0/33",
                "10.0.0.0/-1",
                "10.0.0.0/+1",
                "10.0/8",
                "10.0.0.0/8 ",
                "10.0.0.0/8/8",
                "/8",
                "::/129",
                "::/1000",
                "host/8",
                "10.0.0.0/٨"
            })
    void noPrefix(String text) {
        assertThat(Cidr.parse(text)).isEmpty();
    }

    @ParameterizedTest(name = "{0} contains {1}: {2}")
    @CsvSource({
        "10.96.0.0/12, 10.96.0.0, true",
        "10.96.0.0/12, 10.111.255.255, true",
        "10.96.0.0/12, 10.112.0.0, false",
        "0.0.0.0/0, 255.255.255.255, true",
        "0.0.0.0/0, ::1, false",
        "::/0, 10.0.0.1, false",
        "fd00::/65, fd00::7fff:0:0:0, true",
        "fd00::/65, fd00::8000:0:0:0, false"
    })
    void contains(String prefix, String address, boolean contained) {
        assertThat(Cidr.of(prefix).contains(IpAddress.of(address))).isEqualTo(contained);
    }

    @Test
    void aPrefixContainsTheAddressesWhoseFirstBitsAreItsOwn() {
        var gen = Gen.seeded(1);
        for (int i = 0; i < PREFIXES; i++) {
            var network = gen.address();
            var address = gen.oneIn(3) ? network : network instanceof V4 ? gen.v4() : gen.v6();
            int bits = network instanceof V4 ? 32 : 128;
            int length = gen.between(0, bits);
            boolean expected = number(network)
                    .shiftRight(bits - length)
                    .equals(number(address).shiftRight(bits - length));
            assertThat(new Cidr(network, length).contains(address))
                    .as("%s/%d contains %s", network, length, address)
                    .isEqualTo(expected);
        }
    }

    @Test
    void aLengthThatTheFamilyDoesNotHaveIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Cidr(IpAddress.of("10.0.0.0"), 33));
        assertThatIllegalArgumentException().isThrownBy(() -> new Cidr(IpAddress.of("::"), -1));
    }

    private static BigInteger number(IpAddress address) {
        return new BigInteger(1, address.octets());
    }
}
