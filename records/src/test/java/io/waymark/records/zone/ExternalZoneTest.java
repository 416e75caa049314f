package io.waymark.records.zone;

import static org.assertj.core.api.Assertions.assertThat;

import io.waymark.records.address.IpAddress;
import io.waymark.records.cluster.ClusterText;
import io.waymark.records.name.DomainName;
import io.waymark.records.rr.RecordSet;
import io.waymark.records.rr.RecordType;
import io.waymark.records.view.View;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The names of a cluster for those outside of it.
class ExternalZoneTest {
    private static final DomainName ZONE = DomainName.of("ext.org.");

    private final ClusterIndex index = new ClusterIndex(IndexConfig.DEFAULT);

    ExternalZoneTest() {
        ClusterText.feed("""
                namespace  empty
                service    shop/cart  10.96.0.10  http=80/TCP https=443/TCP external=203.0.113.1,2001:db8::1,203.0.113.2
                service    shop/own   10.96.0.11  http=80/TCP
                service    shop/lb    10.96.0.12  http=80/TCP external=lb.example.com
                service    shop/both  10.96.0.13  http=80/TCP external=lb.example.com,203.0.113.9
                service    shop/db    headless    pg=5432/TCP
                service    shop/dns   10.96.0.53  dns=53/UDP external=203.0.113.53
                slice      shop/own-1 own         http=8080/TCP
                endpoint   shop/own-1 10.244.1.4
                slice      shop/db-1  db          pg=5432/TCP
                endpoint   shop/db-1  10.244.1.5  hostname=db-0
                endpoint   shop/db-1  10.244.1.6
                slice      shop/dns-1 dns         dns=53/UDP
                endpoint   shop/dns-1 10.244.1.53
                """, index);
    }

    @ParameterizedTest(name = "{0} {1} says {2}: {3}")
    @CsvSource(delimiter = '|', textBlock = """
            # name                   | type  | says                     | because
            cart.shop                | A     | 203.0.113.1, 203.0.113.2 | it is reached there
            cart.shop                | AAAA  | 2001:db8::1              | and there
            cart.shop                | TXT   | NODATA                   | it has no such records
            cart.shop                | SRV   | 0 16 80 cart.shop, 0 16 443 cart.shop ; cart.shop A 203.0.113.1 ; cart.shop AAAA 2001:db8::1 ; cart.shop A 203.0.113.2 | each port at each address counts
            _http._tcp.cart.shop     | SRV   | 0 33 80 cart.shop ; cart.shop A 203.0.113.1 ; cart.shop AAAA 2001:db8::1 ; cart.shop A 203.0.113.2 | it is one of its ports
            _http._tcp.cart.shop     | A     | 203.0.113.1, 203.0.113.2 | as in the cluster's zone
            _gone._tcp.cart.shop     | SRV   | NXDOMAIN                 | there is no such port
            http.tcp.cart.shop       | SRV   | NXDOMAIN                 | a port's name has underscores
            _tcp.cart.shop           | SRV   | NODATA                   | it is an empty non-terminal
            x.cart.shop              | A     | NXDOMAIN                 | endpoints are not reached from outside
            x.y.z.cart.shop          | A     | NXDOMAIN                 | nothing has such a name
            own.shop                 | A     | NXDOMAIN                 | it is not reached from outside
            lb.shop                  | A     | -> lb.example.com. elsewhere lb.example.com. | its balancer has a name
            lb.shop                  | CNAME | lb.example.com.          | its balancer has a name
            lb.shop                  | MX    | NODATA                   | an alias is followed for addresses
            lb.shop                  | SRV   | 0 100 80 lb.example.com. | its balancer has a name
            _http._tcp.lb.shop       | SRV   | 0 100 80 lb.example.com. | its balancer has a name
            _tcp.lb.shop             | SRV   | NODATA                   | it is an empty non-terminal
            x.lb.shop                | A     | NXDOMAIN                 | nothing has such a name
            both.shop                | A     | 203.0.113.9              | an address is more use than a name
            db.shop                  | A     | NXDOMAIN                 | headless Services are not shown
            gone.shop                | A     | NXDOMAIN                 | there is no such Service
            shop                     | A     | NODATA                   | it is an empty non-terminal
            empty                    | A     | NODATA                   | the namespace exists
            gone                     | A     | NXDOMAIN                 | there is no such namespace
            ext.org.                 | SOA   | ns1.dns hostmaster.dns 0 7200 1800 86400 60 | the apex has it
            ext.org.                 | NS    | ns1.dns ; ns1.dns A 203.0.113.53 | this server's Service is reached there
            ext.org.                 | A     | NODATA                   | the apex exists
            dns                      | A     | NODATA                   | it is an empty non-terminal
            ns1.dns                  | A     | 203.0.113.53             | the name server is reached there
            ns1.dns                  | AAAA  | NODATA                   | it has no IPv6 address
            ns2.dns                  | A     | NXDOMAIN                 | there is one name server
            x.ns1.dns                | A     | NXDOMAIN                 | nothing is below it
            1.113.0.203.in-addr.arpa. | PTR  | cart.shop                | the way back
            1.113.0.203.in-addr.arpa. | A    | NODATA                   | the name exists
            113.0.203.in-addr.arpa.  | PTR   | NODATA                   | it is an empty non-terminal
            10.0.96.10.in-addr.arpa. | PTR   | NXDOMAIN                 | a ClusterIP is not reached from outside
            """)
    void says(String name, String type, String expected, String because) {
        assertThat(said(false, name, type)).as(because).isEqualTo(expected);
    }

    @ParameterizedTest(name = "with headless, {0} {1} says {2}: {3}")
    @CsvSource(delimiter = '|', textBlock = """
            # name             | type | says                        | because
            db.shop            | A    | 10.244.1.5, 10.244.1.6      | these are its endpoints
            db-0.db.shop       | A    | 10.244.1.5                  | each has a name
            _pg._tcp.db.shop   | SRV  | 0 50 5432 db-0.db.shop, 0 50 5432 10-244-1-6.db.shop ; db-0.db.shop A 10.244.1.5 ; 10-244-1-6.db.shop A 10.244.1.6 | it is one of its ports
            own.shop           | A    | NXDOMAIN                    | a ClusterIP is not shown
            10-244-1-4.own.shop | A   | 10.244.1.4                  | its endpoints are
            cart.shop          | A    | 203.0.113.1, 203.0.113.2    | outer addresses go before
            """)
    void saysWithHeadless(String name, String type, String expected, String because) {
        assertThat(said(true, name, type)).as(because).isEqualTo(expected);
    }

    @Test
    void aTransferHasWhatIsReachedFromOutside() {
        var sets = new ArrayList<RecordSet>();
        zone(ZONE, false).contents(View.ALL).transfer().forEachRemaining(sets::add);
        var lines = ZoneText.lines(sets, ZONE);
        assertThat(lines.subList(1, lines.size() - 1))
                .startsWith("@ 60 NS ns1.dns", "ns1.dns 60 A 203.0.113.53", "both.shop 60 A 203.0.113.9")
                .contains(
                        "cart.shop 60 AAAA 2001:db8::1",
                        "_https._tcp.cart.shop 60 SRV 0 100 443 cart.shop",
                        "lb.shop 60 CNAME lb.example.com.")
                .noneMatch(line -> line.contains("own") || line.contains("db."));
        sets.clear();
        zone(DomainName.of("in-addr.arpa."), false)
                .contents(View.ALL)
                .transfer()
                .forEachRemaining(sets::add);
        assertThat(ZoneText.lines(sets, ZONE)).contains("1.113.0.203.in-addr.arpa. 60 PTR cart.shop");
    }

    private String said(boolean headless, String name, String type) {
        boolean reverse = name.endsWith("arpa.");
        var zone = zone(reverse ? DomainName.of("in-addr.arpa.") : ZONE, headless);
        var asked =
                name.endsWith(".") ? DomainName.of(name) : DomainName.of(name).under(ZONE);
        var result = zone.lookup(View.ALL, asked, RecordType.parse(type).orElseThrow());
        return ZoneText.of(result, ZONE);
    }

    private ExternalZone zone(DomainName origin, boolean headless) {
        var local = List.of(IpAddress.of("10.244.1.53"));
        return new ExternalZone(origin, new ExternalZoneConfig(ZONE, "dns", 60, headless, local), index);
    }
}
