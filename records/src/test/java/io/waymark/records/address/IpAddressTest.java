package io.waymark.records.address;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.waymark.records.gen.Gen;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// RFC 4291 §2.2 for reading, RFC 5952 §4 for writing; as strict as Go's net.ParseIP.
class IpAddressTest {
    private static final int ADDRESSES = 20_000;

    @ParameterizedTest(name = "{0} is {1}: {2}")
    @CsvSource(delimiter = '|', textBlock = """
            # text                                    | canonical              | because
            10.0.0.1                                  | 10.0.0.1               | it is IPv4
            255.255.255.255                           | 255.255.255.255        | the highest
            0.0.0.0                                   | 0.0.0.0                | the lowest
            2001:db8::1                               | 2001:db8::1            | it is canonical
            2001:DB8::A                               | 2001:db8::a            | hexadecimal is lower case (§4.3)
            2001:0db8:0000:0000:0000:0000:0000:0001   | 2001:db8::1            | no leading zeros (§4.1), the run is shortened (§4.2.1)
            2001:db8:0:1:1:1:1:1                      | 2001:db8:0:1:1:1:1:1   | one zero group is not shortened (§4.2.2)
            2001:db8::1:1:1:1:1                       | 2001:db8:0:1:1:1:1:1   | not even where it was written so
            2001:0:0:1:0:0:0:1                        | 2001:0:0:1::1          | the longest run is (§4.2.3)
            2001:db8:0:0:1:0:0:1                      | 2001:db8::1:0:0:1      | of two equal ones the first (§4.2.3)
            ::                                        | ::                     | all zeros
            ::1                                       | ::1                    | the run stands in front
            1::                                       | 1::                    | the run stands at the end
            1:2:3:4:5:6:7::                           | 1:2:3:4:5:6:7:0        | a run of one group at the end
            ::2:3:4:5:6:7:8                           | 0:2:3:4:5:6:7:8        | a run of one group in front
            ::ffff:10.0.0.1                           | 10.0.0.1               | IPv4-mapped is IPv4
            ::ffff:a00:1                              | 10.0.0.1               | however it is written
            64:ff9b::10.0.0.1                         | 64:ff9b::a00:1         | a quad fills the last two groups
            1:2:3:4:5:6:1.2.3.4                       | 1:2:3:4:5:6:102:304    | and has six groups before it at most
            """)
    void parse(String text, String canonical, String because) {
        assertThat(IpAddress.of(text)).as(because).hasToString(canonical);
    }

    @ParameterizedTest(name = "\"{0}\" is no address")
    @ValueSource(
            strings = {
                "",
                ".",
                "1",
                "1.2.3",
                "1.2.3.4.",
                ".1.2.3.4",
                "1.2.3.4.5",
                "1..3.4",
                "256.0.0.1",
                "1.2.3.1000",
                "01.2.3.4",
                "1.2.3.00",
                "0x1.2.3.4",
                "1.2.3.4 ",
                " 1.2.3.4",
                "1.2.3.+4",
                "1.2.3.-4",
                "١.2.3.4",
                "1.2.3.4/32",
                "localhost",
                ":",
                ":::",
                "1:::2",
                "::1::",
                "1:2:3:4:5:6:7",
                "1:2:3:4:5:6:7:8:9",
                "1:2:3:4:5:6:7:8::",
                "::1:2:3:4:5:6:7:8",
                "1:2:3:4::5:6:7:8",
                ":1:2:3:4:5:6:7",
                "1:2:3:4:5:6:7:",
                "12345::",
                "g::",
                "fe80::1%eth0",
                "[::1]",
                "::1.2.3",
                "::01.2.3.4",
                "1:2:3:4:5:6:7:1.2.3.4",
                "::1.2.3.4:5",
                "1.2.3.4::",
                "::-1",
                "٠::",
                "::ffff:1.2.3.256"
            })
    void noAddress(String text) {
        assertThat(IpAddress.parse(text)).isEmpty();
    }

    @Test
    void textAndOctetsReadBackToTheSameAddress() throws UnknownHostException {
        var gen = Gen.seeded(1);
        for (int i = 0; i < ADDRESSES; i++) {
            var address = gen.address();
            var octets = address.octets();
            assertThat(IpAddress.parse(address.toString())).hasValue(address);
            assertThat(IpAddress.ofOctets(octets, 0, octets.length)).isEqualTo(address);
            assertThat(InetAddress.getByName(address.toString()).getAddress()).isEqualTo(octets);
        }
    }

    @Test
    void addressesAreOrderedByFamilyThenByValueWithoutSign() {
        var inOrder = Stream.of("0.0.0.0", "10.0.0.1", "128.0.0.0", "255.255.255.255", "::", "::1", "8000::", "ffff::")
                .map(IpAddress::of)
                .toList();
        assertThat(inOrder.reversed().stream().sorted()).isEqualTo(inOrder);
    }

    @Test
    void octetsHaveTheLengthOfAFamily() {
        assertThatIllegalArgumentException().isThrownBy(() -> IpAddress.ofOctets(new byte[5], 0, 5));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            nullValues = "none",
            value = {
                "010.000.0.01,10.0.0.1",
                "10.0.0.1,10.0.0.1",
                "00000010.0.0.1,10.0.0.1",
                "010.0.0.256,none",
                "010.0.0,none",
                "fd00::010,fd00::10",
                "0x10.0.0.1,none"
            })
    void parseLegacy(String text, String address) {
        assertThat(IpAddress.parseLegacy(text).map(IpAddress::toString)).isEqualTo(Optional.ofNullable(address));
    }
}
