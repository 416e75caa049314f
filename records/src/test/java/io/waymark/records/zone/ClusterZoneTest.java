package io.waymark.records.zone;

import static org.assertj.core.api.Assertions.assertThat;

import io.waymark.records.address.IpAddress;
import io.waymark.records.cluster.ClusterText;
import io.waymark.records.name.DomainName;
import io.waymark.records.rr.RecordType;
import io.waymark.records.view.View;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Kubernetes DNS-Based Service Discovery 1.1.0 §2, and what CoreDNS does where it is silent;
/// names as in a zone file.
class ClusterZoneTest {
    private static final DomainName ORIGIN = DomainName.of("cluster.local.");
    private static final String CLUSTER = """
            namespace  empty
            service    shop/cart     10.96.0.10             http=80/TCP metrics=9090/TCP
            service    shop/both     10.96.0.11,fd00::b     dns=53/UDP dns-tcp=53/TCP
            service    shop/six      fd00::c                http=80/TCP
            service    shop/bare     10.96.0.12             80/TCP
            service    shop/portless 10.96.0.13
            service    shop/db       headless               pg=5432/TCP
            service    shop/idle     headless               pg=5432/TCP
            service    shop/noports  headless
            service    shop/pay      -> pay.example.com.
            service    shop/alias    -> cart.shop.svc.cluster.local
            service    shop/deep     -> alias.shop.svc.cluster.local
            service    shop/member   -> db-0.db.shop.svc.cluster.local
            service    shop/dangle   -> gone.shop.svc.cluster.local
            service    shop/number   -> 192.0.2.7
            service    shop/loop-a   -> loop-b.shop.svc.cluster.local
            service    shop/loop-b   -> loop-a.shop.svc.cluster.local
            service    shop/self     -> self.shop.svc.cluster.local
            service    shop/podname  -> 10-1-2-3.shop.pod.cluster.local
            slice      shop/cart-1   cart                   http=8080/TCP
            endpoint   shop/cart-1   10.244.1.9
            slice      shop/db-1     db                     pg=5432/TCP
            endpoint   shop/db-1     10.244.1.5             hostname=db-0
            endpoint   shop/db-1     10.244.1.6             hostname=db-1
            endpoint   shop/db-1     10.244.1.7             hostname=db-2 notready
            endpoint   shop/db-1     10.244.1.8
            slice      shop/db-6     db                     pg=5432/TCP
            endpoint   shop/db-6     fd00:1::               terminating
            slice      shop/idle-1   idle                   pg=5432/TCP
            endpoint   shop/idle-1   10.244.1.10            notready
            slice      shop/nop-1    noports
            endpoint   shop/nop-1    10.244.1.11
            slice      shop/orphan-1 orphan                 pg=5432/TCP
            endpoint   shop/orphan-1 10.244.1.12
            """;

    private final ClusterIndex index = new ClusterIndex(IndexConfig.DEFAULT);
    private final Zone zone = zone(PodMode.INSECURE, List.of());

    ClusterZoneTest() {
        ClusterText.feed(CLUSTER, index);
    }

    private Zone zone(PodMode pods, List<IpAddress> localAddresses) {
        return new ClusterZone(ORIGIN, new ClusterZoneConfig(ORIGIN, 30, pods, localAddresses), index);
    }

    private static String ask(Zone zone, String name, String type) {
        var asked = name.equals("@") ? ORIGIN : DomainName.of(name).under(ORIGIN);
        return ZoneText.of(zone.lookup(View.ALL, asked, RecordType.parse(type).orElseThrow()), ORIGIN);
    }

    @ParameterizedTest(name = "{0} {1} says {2}: {3}")
    @CsvSource(delimiter = '|', textBlock = """
            # name                      | type | says                                     | because
            cart.shop.svc               | A    | 10.96.0.10                               | it has a ClusterIP
            CART.Shop.SVC               | A    | 10.96.0.10                               | letter case means nothing
            cart.shop.svc               | AAAA | NODATA                                   | it has no IPv6 address
            cart.shop.svc               | TXT  | NODATA                                   | the name exists
            cart.shop.svc               | ANY  | NODATA                                   | ANY is not answered
            six.shop.svc                | AAAA | fd00::c                                  | it has an IPv6 ClusterIP
            six.shop.svc                | A    | NODATA                                   | it has no IPv4 address
            both.shop.svc               | A    | 10.96.0.11                               | each family has its own
            both.shop.svc               | AAAA | fd00::b                                  | each family has its own
            portless.shop.svc           | A    | 10.96.0.13                               | an address needs no port
            portless.shop.svc           | SRV  | NODATA                                   | SRV does
            gone.shop.svc               | A    | NXDOMAIN                                 | there is no such Service
            orphan.shop.svc             | A    | NXDOMAIN                                 | slices alone make no Service
            *.shop.svc                  | A    | NXDOMAIN                                 | wildcards are labels like others
            cart.gone.svc               | A    | NXDOMAIN                                 | there is no such namespace
            """)
    void aServiceNameSays(String name, String type, String expected, String because) {
        assertThat(ask(zone, name, type)).as(because).isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0} {1} says {2}: {3}")
    @CsvSource(delimiter = '|', textBlock = """
            # name                      | type | says                                     | because
            _http._tcp.cart.shop.svc    | SRV  | 0 100 80 cart.shop.svc ; cart.shop.svc A 10.96.0.10 | the port has a name
            _HTTP._TCP.cart.shop.svc    | SRV  | 0 100 80 cart.shop.svc ; cart.shop.svc A 10.96.0.10 | letter case means nothing
            _http._tcp.cart.shop.svc    | A    | 10.96.0.10                               | CoreDNS answers it
            _http._udp.cart.shop.svc    | SRV  | NXDOMAIN                                 | not over that protocol
            _smtp._tcp.cart.shop.svc    | SRV  | NXDOMAIN                                 | no such port
            http._tcp.cart.shop.svc     | SRV  | NXDOMAIN                                 | the specification has underscores
            _http.tcp.cart.shop.svc     | SRV  | NXDOMAIN                                 | the specification has underscores
            _tcp.cart.shop.svc          | SRV  | NODATA                                   | it is an empty non-terminal
            _udp.cart.shop.svc          | SRV  | NXDOMAIN                                 | nothing is below it
            _tcp.bare.shop.svc          | SRV  | NXDOMAIN                                 | a port without a name has no SRV name
            x._http._tcp.cart.shop.svc  | SRV  | NXDOMAIN                                 | nothing is below a port
            bare.shop.svc               | SRV  | 0 100 80 bare.shop.svc ; bare.shop.svc A 10.96.0.12 | at the Service itself it needs no name
            cart.shop.svc               | SRV  | 0 50 80 cart.shop.svc, 0 50 9090 cart.shop.svc ; cart.shop.svc A 10.96.0.10 | all ports
            both.shop.svc               | SRV  | 0 25 53 both.shop.svc ; both.shop.svc A 10.96.0.11 ; both.shop.svc AAAA fd00::b | two protocols and two families are one record
            """)
    void aPortSays(String name, String type, String expected, String because) {
        assertThat(ask(zone, name, type)).as(because).isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0} {1} says {2}: {3}")
    @CsvSource(delimiter = '|', textBlock = """
            # name                      | type | says                                     | because
            db.shop.svc                 | A    | 10.244.1.5, 10.244.1.6, 10.244.1.8       | those that are ready
            db.shop.svc                 | AAAA | fd00:1::                                 | ready counts, terminating does not
            idle.shop.svc               | A    | NXDOMAIN                                 | nobody is ready
            noports.shop.svc            | A    | 10.244.1.11                              | an address needs no port
            noports.shop.svc            | SRV  | NODATA                                   | SRV does
            noports.shop.svc            | AAAA | NODATA                                   | it has the other family only
            db-0.db.shop.svc            | A    | 10.244.1.5                               | the endpoint has a hostname
            db-0.db.shop.svc            | AAAA | NODATA                                   | it has the other family only
            DB-0.db.shop.svc            | A    | 10.244.1.5                               | letter case means nothing
            10-244-1-5.db.shop.svc      | A    | NXDOMAIN                                 | it has its hostname and no other name
            10-244-1-8.db.shop.svc      | A    | 10.244.1.8                               | it has no hostname
            fd00-1--0.db.shop.svc       | AAAA | fd00:1::                                 | no label ends with a dash
            db-2.db.shop.svc            | A    | NXDOMAIN                                 | it is not ready
            x.db-0.db.shop.svc          | A    | NXDOMAIN                                 | nothing is below an endpoint
            10-244-1-9.cart.shop.svc    | A    | 10.244.1.9                               | a Service with a ClusterIP has endpoints too
            db-0.db.shop.svc            | SRV  | 0 100 5432 db-0.db.shop.svc ; db-0.db.shop.svc A 10.244.1.5 | CoreDNS answers it
            _pg._tcp.db.shop.svc        | SRV  | 0 25 5432 db-0.db.shop.svc, 0 25 5432 db-1.db.shop.svc, 0 25 5432 10-244-1-8.db.shop.svc, 0 25 5432 fd00-1--0.db.shop.svc ; db-0.db.shop.svc A 10.244.1.5 ; db-1.db.shop.svc A 10.244.1.6 ; 10-244-1-8.db.shop.svc A 10.244.1.8 ; fd00-1--0.db.shop.svc AAAA fd00:1:: | each endpoint with its own name
            _tcp.db.shop.svc            | A    | NODATA                                   | it is an empty non-terminal
            _tcp.idle.shop.svc          | A    | NXDOMAIN                                 | nobody is ready
            """)
    void anEndpointSays(String name, String type, String expected, String because) {
        assertThat(ask(zone, name, type)).as(because).isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0} {1} says {2}: {3}")
    @CsvSource(delimiter = '|', textBlock = """
            # name                      | type  | says                                    | because
            pay.shop.svc                | A     | -> pay.example.com. elsewhere pay.example.com. | it leads out of the zone
            pay.shop.svc                | CNAME | pay.example.com.                        | the alias itself is not followed
            pay.shop.svc                | SRV   | NODATA                                  | as CoreDNS
            x.pay.shop.svc              | A     | NXDOMAIN                                | nothing is below an alias
            alias.shop.svc              | A     | -> cart.shop.svc 10.96.0.10             | it leads to another Service
            alias.shop.svc              | AAAA  | -> cart.shop.svc NODATA                 | the alias stays, the end decides
            deep.shop.svc               | A     | -> alias.shop.svc -> cart.shop.svc 10.96.0.10 | aliases are followed
            member.shop.svc             | A     | -> db-0.db.shop.svc 10.244.1.5          | to endpoints too
            podname.shop.svc            | A     | -> 10-1-2-3.shop.pod 10.1.2.3           | and to Pods
            dangle.shop.svc             | A     | -> gone.shop.svc NXDOMAIN               | the end decides
            number.shop.svc             | A     | NXDOMAIN                                | an address is no name
            loop-a.shop.svc             | A     | -> loop-b.shop.svc -> loop-a.shop.svc NODATA | a loop has no end
            self.shop.svc               | A     | -> self.shop.svc NODATA                 | a loop has no end
            """)
    void anExternalNameSays(String name, String type, String expected, String because) {
        assertThat(ask(zone, name, type)).as(because).isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0} {1} says {2}: {3}")
    @CsvSource(delimiter = '|', textBlock = """
            # name                      | type | says                                     | because
            10-1-2-3.shop.pod           | A    | 10.1.2.3                                 | any address has a name
            10-1-2-3.shop.pod           | AAAA | NODATA                                   | it is of the other family
            10-1-2-3.shop.pod           | SRV  | NODATA                                   | a Pod has no port here
            fd00--1.shop.pod            | AAAA | fd00::1                                  | dashes stand for colons
            1--2-3-4.shop.pod           | AAAA | 1::2:3:4                                 | two dashes mean IPv6
            10-1-2-03.shop.pod          | A    | NXDOMAIN                                 | leading zeros are no address
            10-1-2.shop.pod             | A    | NXDOMAIN                                 | three octets are no address
            x.10-1-2-3.shop.pod         | A    | NXDOMAIN                                 | nothing is below a Pod
            10-1-2-3.gone.pod           | A    | NXDOMAIN                                 | there is no such namespace
            shop.pod                    | A    | NODATA                                   | it is an empty non-terminal
            """)
    void aPodNameSays(String name, String type, String expected, String because) {
        assertThat(ask(zone, name, type)).as(because).isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0} {1} says {2}: {3}")
    @CsvSource(delimiter = '|', textBlock = """
            # name                      | type | says                                     | because
            @                           | SOA  | ns.dns hostmaster 0 7200 1800 86400 30   | the apex has it
            @                           | NS   | ns.dns                                   | no Service leads here
            @                           | A    | NODATA                                   | it has no address
            @                           | TXT  | NODATA                                   | the name exists
            svc                         | A    | NODATA                                   | it is an empty non-terminal
            pod                         | A    | NODATA                                   | it is an empty non-terminal
            shop.svc                    | A    | NODATA                                   | it is an empty non-terminal
            empty.svc                   | TXT  | NODATA                                   | the namespace exists
            gone.svc                    | A    | NXDOMAIN                                 | there is no such namespace
            shop.svc                    | SOA  | NODATA                                   | only the apex has it
            gone.svc                    | SOA  | NXDOMAIN                                 | the name does not exist
            dns                         | A    | NODATA                                   | ns.dns is below it
            ns.dns                      | A    | NODATA                                   | no address is known
            x.ns.dns                    | A    | NXDOMAIN                                 | nothing is below it
            dns-version                 | TXT  | 1.1.0                                    | the schema has a version
            dns-version                 | A    | NODATA                                   | the name exists
            other                       | A    | NXDOMAIN                                 | nothing else is at the top
            """)
    void theTopOfTheZoneSays(String name, String type, String expected, String because) {
        assertThat(ask(zone, name, type)).as(because).isEqualTo(expected);
    }

    @ParameterizedTest(name = "pods {0}: {1} {2} says {3}")
    @CsvSource({
        "DISABLED, 10-1-2-3.shop.pod,    A, NXDOMAIN",
        "DISABLED, shop.pod,             A, NXDOMAIN",
        "DISABLED, pod,                  A, NODATA",
        "VERIFIED, 10-244-9-1.shop.pod,  A, 10.244.9.1",
        "VERIFIED, fd00--9.shop.pod,     AAAA, fd00::9",
        "VERIFIED, 10-244-9-2.shop.pod,  A, NXDOMAIN",
        "VERIFIED, 10-244-9-1.empty.pod, A, NXDOMAIN"
    })
    void podNamesFollowTheirMode(PodMode mode, String name, String type, String expected) {
        ClusterText.feed("pod shop/web 10.244.9.1,fd00::9", index);
        assertThat(ask(zone(mode, List.of()), name, type)).isEqualTo(expected);
    }

    @Test
    void theNameServerIsTheServiceThatLeadsToThisServer() {
        ClusterText.feed("""
                service  kube-system/kube-dns    10.96.0.53  dns=53/UDP
                slice    kube-system/kube-dns-1  kube-dns    dns=53/UDP
                endpoint kube-system/kube-dns-1  10.244.0.2
                """, index);
        var local = zone(PodMode.DISABLED, List.of(IpAddress.of("10.244.0.2")));
        assertThat(ask(local, "@", "NS")).isEqualTo("kube-dns.kube-system.svc ; kube-dns.kube-system.svc A 10.96.0.53");
        assertThat(ask(local, "ns.dns", "A")).isEqualTo("10.96.0.53");
    }

    @Test
    void withoutSuchAServiceTheNameServerIsThisServersOwnAddress() {
        var local = zone(PodMode.DISABLED, List.of(IpAddress.of("192.0.2.5")));
        assertThat(ask(local, "@", "NS")).isEqualTo("ns.dns ; ns.dns A 192.0.2.5");
        assertThat(ask(local, "ns.dns", "A")).isEqualTo("192.0.2.5");
    }

    @Test
    void aNamespaceThatIsNotListedDoesNotExist() {
        var limited = new ClusterIndex(new IndexConfig(Set.of("empty"), false, true));
        ClusterText.feed(CLUSTER, limited);
        var config = new ClusterZoneConfig(ORIGIN, 30, PodMode.INSECURE, List.of());
        var zone = new ClusterZone(ORIGIN, config, limited);
        assertThat(ask(zone, "empty.svc", "A")).isEqualTo("NODATA");
        assertThat(ask(zone, "shop.svc", "A")).isEqualTo("NXDOMAIN");
        assertThat(ask(zone, "cart.shop.svc", "A")).isEqualTo("NXDOMAIN");
        assertThat(ask(zone, "10-1-2-3.shop.pod", "A")).isEqualTo("NXDOMAIN");
    }

    @ParameterizedTest(name = "without empty Services, {0} {1} says {2}: {3}")
    @CsvSource(delimiter = '|', textBlock = """
            # name                | type | says        | because
            cart.shop.svc         | A    | 10.96.0.10  | an endpoint is ready
            bare.shop.svc         | A    | NXDOMAIN    | no endpoint is ready
            db.shop.svc           | AAAA | fd00:1::    | headless ones go by their endpoints anyway
            pay.shop.svc          | AAAA | -> pay.example.com. elsewhere pay.example.com. | an alias has no endpoints
            """)
    void aServiceWithoutReadyEndpointsDoesNotExistWhereThatWasAskedFor(
            String name, String type, String expected, String because) {
        var strict = new ClusterIndex(new IndexConfig(Set.of(), false, false));
        ClusterText.feed(CLUSTER, strict);
        var config = new ClusterZoneConfig(ORIGIN, 30, PodMode.DISABLED, List.of());
        assertThat(ask(new ClusterZone(ORIGIN, config, strict), name, type))
                .as(because)
                .isEqualTo(expected);
    }

    @ParameterizedTest(name = "zonal: {0} {1} says {2}: {3}")
    @CsvSource(delimiter = '|', textBlock = """
            # name                               | type | says                    | because
            eu-1.pin._zone.db.shop.svc           | A    | 10.0.0.1, 10.0.0.2      | these are in the zone
            EU-1.Pin._Zone.db.shop.svc           | A    | 10.0.0.1, 10.0.0.2      | letter case means nothing
            dc.eu.pin._zone.db.shop.svc          | A    | 10.0.0.3                | a topology zone may have dots
            us-1.pin._zone.db.shop.svc           | A    | NODATA                  | nobody is in the zone
            eu-1.pin._zone.db.shop.svc           | AAAA | NODATA                  | it has the other family only
            eu-1.pin._zone.db.shop.svc           | TXT  | NODATA                  | the name exists
            eu-1.prefer._zone.db.shop.svc        | A    | 10.0.0.1, 10.0.0.2      | these are in the zone
            us-1.prefer._zone.db.shop.svc        | A    | 10.0.0.1, 10.0.0.2, 10.0.0.3, 10.0.0.5 | nobody is in the zone
            dc.eu.pin._zone.db.shop.svc          | SRV  | 0 100 5432 10-0-0-3.db.shop.svc ; 10-0-0-3.db.shop.svc A 10.0.0.3 | endpoints have their usual names
            eu-1.near._zone.db.shop.svc          | A    | NXDOMAIN                | there are two directives
            pin._zone.db.shop.svc                | A    | NODATA                  | it is an empty non-terminal
            _zone.db.shop.svc                    | A    | NODATA                  | it is an empty non-terminal
            eu-1.pin._zone.web.shop.svc          | A    | NXDOMAIN                | only headless Services have them
            eu-1.pin._zone.idle.shop.svc         | A    | NXDOMAIN                | nobody is ready
            eu-1.pin._zone.away.shop.svc         | A    | NXDOMAIN                | an alias has no endpoints
            eu-1.pin._zone.gone.shop.svc         | A    | NXDOMAIN                | there is no such Service
            """)
    void aTopologyZoneSays(String name, String type, String expected, String because) {
        var zoned = new ClusterIndex(IndexConfig.DEFAULT);
        ClusterText.feed("""
                service   shop/db     headless    pg=5432/TCP
                service   shop/web    10.96.0.1   http=80/TCP
                service   shop/idle   headless    pg=5432/TCP
                service   shop/away   -> www.example.com
                slice     shop/db-1   db          pg=5432/TCP
                endpoint  shop/db-1   10.0.0.1    zone=eu-1
                endpoint  shop/db-1   10.0.0.2    zone=EU-1
                endpoint  shop/db-1   10.0.0.3    zone=dc.eu
                endpoint  shop/db-1   10.0.0.4    zone=eu-1 notready
                endpoint  shop/db-1   10.0.0.5
                """, zoned);
        var config = new ClusterZoneConfig(ORIGIN, 30, PodMode.DISABLED, List.of(), true);
        assertThat(ask(new ClusterZone(ORIGIN, config, zoned), name, type))
                .as(because)
                .isEqualTo(expected);
    }

    @Test
    void withoutTheOptionATopologyZoneHasNoName() {
        assertThat(ask(zone, "eu-1.pin._zone.db.shop.svc", "A")).isEqualTo("NXDOMAIN");
        assertThat(ask(zone, "_zone.db.shop.svc", "A")).isEqualTo("NXDOMAIN");
    }

    @Test
    void endpointsAreNamedAfterTheirPodsWhereThatWasAskedFor() {
        var named = new ClusterIndex(new IndexConfig(Set.of(), true, true));
        ClusterText.feed("""
                service  shop/db    headless    pg=5432/TCP
                slice    shop/db-1  db          pg=5432/TCP
                endpoint shop/db-1  10.244.1.5  pod=db-7f9c hostname=first
                endpoint shop/db-1  10.244.1.6  pod=db-8a11
                """, named);
        var zone = new ClusterZone(ORIGIN, new ClusterZoneConfig(ORIGIN, 5, PodMode.DISABLED, List.of()), named);
        assertThat(ask(zone, "db-8a11.db.shop.svc", "A")).isEqualTo("10.244.1.6");
        assertThat(ask(zone, "10-244-1-6.db.shop.svc", "A")).isEqualTo("NXDOMAIN");
        assertThat(ask(zone, "first.db.shop.svc", "A")).isEqualTo("10.244.1.5");
    }

    @ParameterizedTest(name = "{0} {1} says {2}: {3}")
    @CsvSource(delimiter = '|', textBlock = """
            # name                         | type | says                       | because
            cart.shop.svc                  | A    | 10.112.0.10                | the import has an IP of the cluster set
            _http._tcp.cart.shop.svc       | SRV  | 0 100 80 cart.shop.svc ; cart.shop.svc A 10.112.0.10 | and a port
            10-1-0-9.west.cart.shop.svc    | A    | 10.1.0.9                   | its endpoints have names too
            db.shop.svc                    | A    | 10.1.0.5, 10.2.0.5         | those of all clusters
            db-0.east.db.shop.svc          | A    | 10.1.0.5                   | two clusters may have one hostname
            db-0.west.db.shop.svc          | A    | 10.2.0.5                   | two clusters may have one hostname
            DB-0.West.db.shop.svc          | A    | 10.2.0.5                   | letter case means nothing
            db-0.east.db.shop.svc          | AAAA | NODATA                     | it has the other family only
            db-0.east.db.shop.svc          | SRV  | 0 100 5432 db-0.east.db.shop.svc ; db-0.east.db.shop.svc A 10.1.0.5 | the target is the endpoint
            _pg._tcp.db.shop.svc           | SRV  | 0 50 5432 db-0.east.db.shop.svc, 0 50 5432 db-0.west.db.shop.svc ; db-0.east.db.shop.svc A 10.1.0.5 ; db-0.west.db.shop.svc A 10.2.0.5 | the targets tell the clusters apart
            db-0.db.shop.svc               | A    | NXDOMAIN                   | which cluster's is not said
            east.db.shop.svc               | A    | NODATA                     | it is an empty non-terminal
            south.db.shop.svc              | A    | NXDOMAIN                   | no endpoint of it is ready
            db-0.south.db.shop.svc         | A    | NXDOMAIN                   | it is not ready
            north.db.shop.svc              | A    | NXDOMAIN                   | there is no such cluster
            x.db-0.east.db.shop.svc        | A    | NXDOMAIN                   | nothing is below an endpoint
            """)
    void inAClusterSetAnEndpointIsNamedWithItsCluster(String name, String type, String expected, String because) {
        var imported = new ClusterIndex(IndexConfig.DEFAULT);
        ClusterText.feed("""
                service  shop/cart    10.112.0.10 http=80/TCP
                slice    shop/cart-1  cart        http=8080/TCP cluster=west
                endpoint shop/cart-1  10.1.0.9
                service  shop/db      headless    pg=5432/TCP
                slice    shop/db-e    db          pg=5432/TCP cluster=east
                endpoint shop/db-e    10.1.0.5    hostname=db-0
                slice    shop/db-s    db          pg=5432/TCP cluster=south
                endpoint shop/db-s    10.3.0.5    hostname=db-0 notready
                slice    shop/db-w    db          pg=5432/TCP cluster=west
                endpoint shop/db-w    10.2.0.5    hostname=db-0
                """, imported);
        var config = new ClusterZoneConfig(ORIGIN, 5, PodMode.DISABLED, List.of());
        assertThat(ask(new ClusterZone(ORIGIN, config, imported), name, type))
                .as(because)
                .isEqualTo(expected);
    }

    @Test
    void aNegativeAnswerIsKeptForFiveMinutesAtMost() {
        var zone = new ClusterZone(ORIGIN, new ClusterZoneConfig(ORIGIN, 3600, PodMode.DISABLED, List.of()), index);
        var result = zone.lookup(View.ALL, DomainName.of("gone.cluster.local"), RecordType.A);
        assertThat(result)
                .isInstanceOfSatisfying(
                        LookupResult.NxDomain.class,
                        nx -> assertThat(nx.soa().ttl()).isEqualTo(300));
    }

    @Test
    void theSoaItselfIsKeptForFiveMinutesAtMost() {
        var zone = new ClusterZone(ORIGIN, new ClusterZoneConfig(ORIGIN, 3600, PodMode.DISABLED, List.of()), index);
        var result = zone.lookup(View.ALL, ORIGIN, RecordType.SOA);
        assertThat(result)
                .isInstanceOfSatisfying(
                        LookupResult.Answer.class,
                        soa -> assertThat(soa.answer().getFirst().ttl()).isEqualTo(300));
    }

    @Test
    void aNameOutsideTheZoneIsNotAnswered() {
        var result = zone.lookup(View.ALL, DomainName.of("example.com"), RecordType.A);
        assertThat(result).isInstanceOf(LookupResult.OutOfZone.class);
    }
}
