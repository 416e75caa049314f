package io.waymark.records.zone.compat;

import static org.assertj.core.api.Assertions.assertThat;

import io.waymark.records.cluster.ClusterText;
import io.waymark.records.name.DomainName;
import io.waymark.records.rr.RecordType;
import io.waymark.records.view.View;
import io.waymark.records.zone.ClusterIndex;
import io.waymark.records.zone.ClusterZone;
import io.waymark.records.zone.ClusterZoneConfig;
import io.waymark.records.zone.IndexConfig;
import io.waymark.records.zone.PodMode;
import io.waymark.records.zone.ReverseZone;
import io.waymark.records.zone.Zone;
import io.waymark.records.zone.ZoneText;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What CoreDNS says, beside what is true; names as in a zone file.
class CoreDnsZoneTest {
    private static final DomainName ORIGIN = DomainName.of("cluster.local.");
    private static final DomainName REVERSE = DomainName.of("in-addr.arpa.");
    private static final String CLUSTER = """
            service    shop/cart     10.96.0.10   http=80/TCP
            service    shop/db       headless     pg=5432/TCP
            service    shop/pay      -> pay.example.com.
            service    shop/dangle   -> gone.shop.svc.cluster.local
            slice      shop/db-1     db           pg=5432/TCP cluster=east
            endpoint   shop/db-1     10.244.1.5   hostname=db-0
            """;
    private static final ClusterZoneConfig CONFIG =
            new ClusterZoneConfig(ORIGIN, 30, PodMode.INSECURE, List.of(), true);

    private final ClusterIndex index = new ClusterIndex(IndexConfig.DEFAULT);

    CoreDnsZoneTest() {
        ClusterText.feed(CLUSTER, index);
    }

    private static String ask(Zone zone, String name, String type) {
        var asked = name.equals("@") ? zone.origin() : DomainName.of(name).under(zone.origin());
        return ZoneText.of(zone.lookup(View.ALL, asked, RecordType.parse(type).orElseThrow()), zone.origin());
    }

    @ParameterizedTest(name = "{0} {1} says {3} instead of {2}")
    @CsvSource(delimiter = '|', textBlock = """
            # name                      | type | is true                      | CoreDNS
            cart.shop.svc               | A    | 10.96.0.10                   | 10.96.0.10
            cart.shop.svc               | TXT  | NODATA                       | NODATA
            pay.shop.svc                | TXT  | NODATA                       | NODATA
            @                           | TXT  | NODATA                       | NXDOMAIN
            svc                         | TXT  | NODATA                       | NXDOMAIN
            shop.svc                    | TXT  | NODATA                       | NXDOMAIN
            shop.svc                    | MX   | NODATA                       | NODATA
            dns                         | A    | NODATA                       | NXDOMAIN
            dns-version                 | A    | NODATA                       | NXDOMAIN
            dns-version                 | TXT  | 1.1.0                        | 1.1.0
            ns.dns                      | PTR  | NODATA                       | NXDOMAIN
            ns.dns                      | A    | NODATA                       | NODATA
            _tcp.cart.shop.svc          | A    | NODATA                       | NXDOMAIN
            gone.shop.svc               | A    | NXDOMAIN                     | NXDOMAIN
            gone.shop.svc               | SOA  | NXDOMAIN                     | NODATA
            dangle.shop.svc             | A    | -> gone.shop.svc NXDOMAIN    | NODATA
            pay.shop.svc                | A    | -> pay.example.com. elsewhere pay.example.com. | -> pay.example.com. elsewhere pay.example.com.
            http.tcp.cart.shop.svc      | SRV  | NXDOMAIN                     | 0 100 80 cart.shop.svc ; cart.shop.svc A 10.96.0.10
            _http.tcp.cart.shop.svc     | A    | NXDOMAIN                     | 10.96.0.10
            10-1-2-3.shop.pod           | SRV  | NODATA                       | 0 100 0 10-1-2-3.shop.pod ; 10-1-2-3.shop.pod A 10.1.2.3
            x.10-1-2-3.shop.pod         | A    | NXDOMAIN                     | 10.1.2.3
            x.y.10-1-2-3.shop.pod       | A    | NXDOMAIN                     | 10.1.2.3
            x.y.z.10-1-2-3.shop.pod     | A    | NXDOMAIN                     | NXDOMAIN
            pin._zone.db.shop.svc       | A    | NODATA                       | NXDOMAIN
            eu.pin._zone.db.shop.svc    | TXT  | NODATA                       | NODATA
            """)
    void aNameOfTheClusterSays(String name, String type, String truth, String coredns) {
        var zone = new ClusterZone(ORIGIN, CONFIG, index);
        assertThat(ask(zone, name, type)).isEqualTo(truth);
        assertThat(ask(new CoreDnsZone(zone, CoreDnsZone.Kind.CLUSTER), name, type))
                .isEqualTo(coredns);
    }

    @ParameterizedTest(name = "{0} {1} says {3} instead of {2}")
    @CsvSource(delimiter = '|', textBlock = """
            # name            | type | is true                      | CoreDNS
            10.0.96.10        | PTR  | cart.shop.svc.cluster.local. | cart.shop.svc.cluster.local.
            10.0.96.10        | A    | NODATA                       | NXDOMAIN
            10.0.96.10        | SOA  | NODATA                       | NODATA
            96.10             | PTR  | NODATA                       | NXDOMAIN
            97.10             | SOA  | NXDOMAIN                     | NODATA
            @                 | A    | NODATA                       | NODATA
            """)
    void theNameOfAnAddressSays(String name, String type, String truth, String coredns) {
        var zone = new ReverseZone(REVERSE, CONFIG, index);
        assertThat(ask(zone, name, type)).isEqualTo(truth);
        assertThat(ask(new CoreDnsZone(zone, CoreDnsZone.Kind.REVERSE), name, type))
                .isEqualTo(coredns);
    }

    @ParameterizedTest(name = "{0} says {1}")
    @CsvSource(delimiter = '|', textBlock = """
            # name                     | says
            db-0.east.db.shop.svc      | 10.244.1.5
            http.tcp.cart.shop.svc     | NXDOMAIN
            _http.tcp.cart.shop.svc    | 10.96.0.10
            """)
    void twoLabelsAreAnEndpointWhereOtherClustersExport(String name, String says) {
        var zone = new CoreDnsZone(new ClusterZone(ORIGIN, CONFIG, index), CoreDnsZone.Kind.CLUSTER_SET);
        assertThat(ask(zone, name, "A")).isEqualTo(says);
    }
}
