package io.waymark.records.zone;

import static org.assertj.core.api.Assertions.assertThat;

import io.waymark.records.cluster.ClusterText;
import io.waymark.records.name.DomainName;
import io.waymark.records.rr.RecordType;
import io.waymark.records.view.View;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// RFC 1035 §3.5 and RFC 3596 §2.5 for the addresses of a cluster.
class ReverseZoneTest {
    private static final DomainName PRIMARY = DomainName.of("cluster.local.");

    private final ClusterIndex index = new ClusterIndex(IndexConfig.DEFAULT);

    ReverseZoneTest() {
        ClusterText.feed("""
                service    shop/cart     10.96.0.10,fd00::a  http=80/TCP
                service    shop/db       headless            pg=5432/TCP
                service    shop/db-all   10.96.0.20          pg=5432/TCP
                slice      shop/cart-1   cart                http=8080/TCP
                endpoint   shop/cart-1   10.244.1.9
                slice      shop/db-1     db                  pg=5432/TCP
                endpoint   shop/db-1     10.244.1.5          hostname=db-0
                endpoint   shop/db-1     10.244.1.7          notready
                slice      shop/db-2     db-all              pg=5432/TCP
                endpoint   shop/db-2     10.244.1.5
                slice      shop/orphan-1 orphan              pg=5432/TCP
                endpoint   shop/orphan-1 10.244.3.1
                pod        shop/lone     10.244.4.1
                """, index);
    }

    @ParameterizedTest(name = "{0} {1} says {2}: {3}")
    @CsvSource(delimiter = '|', textBlock = """
            # name                      | type | says                      | because
            10.0.96.10.in-addr.arpa     | PTR  | cart.shop.svc             | it is a ClusterIP
            10.0.96.10.in-addr.arpa     | A    | NODATA                    | the name exists
            9.1.244.10.in-addr.arpa     | PTR  | 10-244-1-9.cart.shop.svc  | it is an endpoint
            5.1.244.10.in-addr.arpa     | PTR  | db-0.db.shop.svc, 10-244-1-5.db-all.shop.svc | it is one of two Services
            7.1.244.10.in-addr.arpa     | PTR  | NXDOMAIN                  | it is not ready
            1.3.244.10.in-addr.arpa     | PTR  | NXDOMAIN                  | its Service does not exist
            1.4.244.10.in-addr.arpa     | PTR  | NXDOMAIN                  | a Pod without a Service has no PTR
            1.244.10.in-addr.arpa       | PTR  | NODATA                    | it is an empty non-terminal
            244.10.in-addr.arpa         | NS   | NODATA                    | it is an empty non-terminal
            10.in-addr.arpa             | PTR  | NODATA                    | it is an empty non-terminal
            2.244.10.in-addr.arpa       | PTR  | NXDOMAIN                  | nothing is below it
            3.244.10.in-addr.arpa       | PTR  | NXDOMAIN                  | nothing that has a name is below it
            192.in-addr.arpa            | PTR  | NXDOMAIN                  | nothing is below it
            x.0.96.10.in-addr.arpa      | PTR  | NXDOMAIN                  | it is no octet
            010.0.96.10.in-addr.arpa    | PTR  | NXDOMAIN                  | it is no octet as written
            1.10.0.96.10.in-addr.arpa   | PTR  | NXDOMAIN                  | no address has five octets
            in-addr.arpa                | PTR  | NODATA                    | the apex exists
            in-addr.arpa                | SOA  | ns.dns.in-addr.arpa. hostmaster.in-addr.arpa. 0 7200 1800 86400 30 | the apex has it
            a.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.d.f.ip6.arpa | PTR | cart.shop.svc | it is a ClusterIP
            A.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.D.F.ip6.arpa | PTR | cart.shop.svc | letter case means nothing
            0.0.d.f.ip6.arpa            | PTR  | NODATA                    | it is an empty non-terminal
            0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.d.f.ip6.arpa | PTR | NODATA | it is an empty non-terminal
            1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.d.f.ip6.arpa | PTR | NXDOMAIN | nothing is below it
            0.0.e.f.ip6.arpa            | PTR  | NXDOMAIN                  | nothing is below it
            00.d.f.ip6.arpa             | PTR  | NXDOMAIN                  | it is no nibble
            """)
    void says(String name, String type, String expected, String because) {
        var origin = DomainName.of(name.contains("ip6") ? "ip6.arpa." : "in-addr.arpa.");
        var zone = new ReverseZone(origin, new ClusterZoneConfig(PRIMARY, 30, PodMode.DISABLED, List.of()), index);
        var result = zone.lookup(
                View.ALL, DomainName.of(name), RecordType.parse(type).orElseThrow());
        assertThat(ZoneText.of(result, PRIMARY)).as(because).isEqualTo(expected);
    }
}
