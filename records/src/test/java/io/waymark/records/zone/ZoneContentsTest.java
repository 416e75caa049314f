package io.waymark.records.zone;

import static org.assertj.core.api.Assertions.assertThat;

import io.waymark.records.address.IpAddress;
import io.waymark.records.cluster.ClusterDelta;
import io.waymark.records.cluster.ClusterState;
import io.waymark.records.cluster.ClusterText;
import io.waymark.records.cluster.NamespacedName;
import io.waymark.records.cluster.Origin;
import io.waymark.records.cluster.Service;
import io.waymark.records.name.DomainName;
import io.waymark.records.rr.RecordSet;
import io.waymark.records.view.View;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// What a secondary gets of each zone.
class ZoneContentsTest {
    private static final DomainName ZONE = DomainName.of("cluster.local.");
    private static final String CLUSTER = """
            service    shop/cart  10.96.0.10,fd00::a  http=80/TCP http-u=80/UDP
            service    shop/one   10.96.0.11          80/TCP
            service    shop/db    headless            pg=5432/TCP
            service    shop/pay   -> pay.example.com
            service    shop/ip    -> 192.0.2.1
            service    bank/safe  10.96.0.12          https=443/TCP
            slice      shop/db-1  db                  pg=5432/TCP
            endpoint   shop/db-1  10.244.1.5          hostname=db-0
            endpoint   shop/db-1  10.244.1.6
            endpoint   shop/db-1  10.244.1.7          notready
            slice      shop/db-2  db                  pg=5432/TCP
            endpoint   shop/db-2  10.244.1.8
            slice      shop/gone  gone                pg=5432/TCP
            endpoint   shop/gone  10.244.1.9
            pod        shop/lone  10.244.4.1
            """;
    private static final String SOA = "@ 30 SOA ns.dns hostmaster 0 7200 1800 86400 30";

    private final List<IpAddress> localAddresses = List.of(IpAddress.of("10.244.1.6"));

    @Test
    void aClustersZoneHasItsServicesInOrderBetweenTwoSoas() {
        var lines = lines(new ClusterZone(ZONE, config(), index(IndexConfig.DEFAULT)));
        assertThat(lines)
                .containsExactly(
                        SOA,
                        "@ 30 NS 10-244-1-6.db.shop.svc",
                        "10-244-1-6.db.shop.svc 0 A 10.244.1.6",
                        "safe.bank.svc 30 A 10.96.0.12",
                        "safe.bank.svc 30 SRV 0 100 443 safe.bank.svc",
                        "_https._tcp.safe.bank.svc 30 SRV 0 100 443 safe.bank.svc",
                        "cart.shop.svc 30 A 10.96.0.10",
                        "cart.shop.svc 30 AAAA fd00::a",
                        "cart.shop.svc 30 SRV 0 100 80 cart.shop.svc",
                        "_http._tcp.cart.shop.svc 30 SRV 0 100 80 cart.shop.svc",
                        "_http-u._udp.cart.shop.svc 30 SRV 0 100 80 cart.shop.svc",
                        "db.shop.svc 30 A 10.244.1.5",
                        "db.shop.svc 30 A 10.244.1.6",
                        "db.shop.svc 30 A 10.244.1.8",
                        "db-0.db.shop.svc 30 A 10.244.1.5",
                        "_pg._tcp.db.shop.svc 30 SRV 0 50 5432 db-0.db.shop.svc",
                        "_pg._tcp.db.shop.svc 30 SRV 0 50 5432 10-244-1-6.db.shop.svc",
                        "_pg._tcp.db.shop.svc 30 SRV 0 100 5432 10-244-1-8.db.shop.svc",
                        "10-244-1-6.db.shop.svc 30 A 10.244.1.6",
                        "10-244-1-8.db.shop.svc 30 A 10.244.1.8",
                        "one.shop.svc 30 A 10.96.0.11",
                        "one.shop.svc 30 SRV 0 100 80 one.shop.svc",
                        "pay.shop.svc 30 CNAME pay.example.com.",
                        SOA);
    }

    @Test
    void aReverseZoneHasThePointersOfItsAddresses() {
        var lines = lines(new ReverseZone(DomainName.of("10.in-addr.arpa."), config(), index(IndexConfig.DEFAULT)));
        assertThat(lines.subList(3, lines.size() - 1))
                .containsExactly(
                        "10.0.96.10.in-addr.arpa. 30 PTR cart.shop.svc",
                        "11.0.96.10.in-addr.arpa. 30 PTR one.shop.svc",
                        "12.0.96.10.in-addr.arpa. 30 PTR safe.bank.svc",
                        "5.1.244.10.in-addr.arpa. 30 PTR db-0.db.shop.svc",
                        "6.1.244.10.in-addr.arpa. 30 PTR 10-244-1-6.db.shop.svc",
                        "8.1.244.10.in-addr.arpa. 30 PTR 10-244-1-8.db.shop.svc");
        var other = lines(new ReverseZone(DomainName.of("ip6.arpa."), config(), index(IndexConfig.DEFAULT)));
        assertThat(other.subList(3, other.size() - 1))
                .containsExactly("a.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.d.f.ip6.arpa. 30 PTR"
                        + " cart.shop.svc");
    }

    @Test
    void whatIsNotExposedIsInNoTransfer() {
        var exposed = index(new IndexConfig(Set.of("bank"), false, true));
        assertThat(lines(new ClusterZone(ZONE, config(), exposed)).toString())
                .contains("safe.bank")
                .doesNotContain("shop");
        assertThat(lines(new ReverseZone(DomainName.of("in-addr.arpa."), config(), exposed))
                        .toString())
                .contains("safe.bank")
                .doesNotContain("shop");
    }

    @Test
    void bothSoasHaveTheSerialOfTheMomentWhateverChangesInBetween() {
        var index = index(IndexConfig.DEFAULT);
        var transfer = new ClusterZone(ZONE, config(), index).contents(View.ALL).transfer();
        var sets = new ArrayList<>(List.of(transfer.next()));
        var late = new Service.Headless(new NamespacedName("shop", "late"), new Origin.Api(1, 1, 99), List.of());
        var state = new ClusterState();
        state.apply(new ClusterDelta.PutService(late)).ifPresent(change -> index.changed(state, change));
        transfer.forEachRemaining(sets::add);
        assertThat(index.serial()).isEqualTo(99);
        assertThat(sets.getLast()).isEqualTo(sets.getFirst());
    }

    private List<String> lines(Zone zone) {
        return lines(zone.contents(View.ALL));
    }

    private static List<String> lines(ZoneContents contents) {
        var sets = new ArrayList<RecordSet>();
        contents.transfer().forEachRemaining(sets::add);
        return ZoneText.lines(sets, ZONE);
    }

    private ClusterZoneConfig config() {
        return new ClusterZoneConfig(ZONE, 30, PodMode.INSECURE, localAddresses);
    }

    private static ClusterIndex index(IndexConfig config) {
        var index = new ClusterIndex(config);
        ClusterText.feed(CLUSTER, index);
        return index;
    }
}
