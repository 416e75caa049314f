package io.waymark.proxy.nftables.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.waymark.proxy.netlink.nft.Element;
import io.waymark.proxy.rules.Backend;
import io.waymark.proxy.rules.Destination;
import io.waymark.records.address.Cidr;
import io.waymark.records.address.IpAddress;
import io.waymark.records.address.IpFamily;
import io.waymark.records.cluster.Protocol;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Octets of keys and values, of a little-endian host.
class KeysTest {
    @Test
    void aFrontendIsAddressProtocolAndPortInWords() {
        assertThat(Keys.destination(new Destination.Address(IpAddress.of("10.96.0.10"), Protocol.TCP, 8080))
                        .toString())
                .isEqualTo("0a60000a" + "06000000" + "1f900000");
        assertThat(Keys.destination(new Destination.Address(IpAddress.of("fd00::a"), Protocol.SCTP, 53))
                        .toString())
                .isEqualTo("fd00000000000000000000000000000a" + "84000000" + "00350000");
        assertThat(Keys.destination(new Destination.AnyNodeAddress(IpFamily.IPV4, Protocol.UDP, 30080))
                        .toString())
                .isEqualTo("11000000" + "75800000");
    }

    @Test
    void aBackendIsAddressAndPortAndReadBackAsItself() {
        for (var backend :
                List.of(new Backend(IpAddress.of("10.244.1.5"), 65535), new Backend(IpAddress.of("fd00:244::5"), 80))) {
            assertThat(Keys.backend(Keys.backend(backend))).isEqualTo(backend);
        }
        assertThat(Keys.backend(new Backend(IpAddress.of("10.244.1.5"), 80)).toString())
                .isEqualTo("0af40105" + "00500000");
    }

    @Test
    void idsAreInHostOrder() {
        assertThat(Keys.pair(7, 0x10203).toString()).isEqualTo("07000000" + "03020100");
    }

    @Test
    void aSourceRangeHasBothEnds() {
        assertThat(Keys.sources(9, Cidr.of("10.1.0.0/15"))).isInstanceOfSatisfying(Element.Range.class, range -> {
            assertThat(range.key().toString()).isEqualTo("09000000" + "0a000000");
            assertThat(range.last().toString()).isEqualTo("09000000" + "0a01ffff");
        });
    }

    @Test
    void anIntervalEndsBeforeTheNextAddress() {
        assertThat(Keys.interval(Cidr.of("10.96.0.0/12"))).hasToString("[Member[key=0a600000], End[key=0a700000]]");
        assertThat(Keys.interval(Cidr.of("255.255.255.0/24")))
                .as("no address is behind it")
                .hasToString("[Member[key=ffffff00]]");
    }

    @Test
    void rangesWithinOthersAreLeftOut() {
        assertThat(Keys.disjoint(List.of(
                        Cidr.of("10.1.0.0/16"), Cidr.of("10.0.0.0/8"), Cidr.of("10.1.2.3/32"), Cidr.of("11.0.0.0/8"))))
                .hasToString("[10.0.0.0/8, 11.0.0.0/8]");
    }
}
