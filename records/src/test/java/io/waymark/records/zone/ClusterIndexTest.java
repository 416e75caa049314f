package io.waymark.records.zone;

import static org.assertj.core.api.Assertions.assertThat;

import io.waymark.records.address.IpAddress;
import io.waymark.records.cluster.ClusterDelta;
import io.waymark.records.cluster.ClusterHistory;
import io.waymark.records.cluster.ClusterListener;
import io.waymark.records.cluster.ClusterState;
import io.waymark.records.cluster.ClusterText;
import io.waymark.records.name.DomainName;
import io.waymark.records.rr.RecordType;
import io.waymark.records.view.View;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClusterIndexTest {
    private static final DomainName ORIGIN = DomainName.of("cluster.local.");
    private static final List<RecordType> TYPES =
            List.of(RecordType.A, RecordType.AAAA, RecordType.SRV, RecordType.PTR, RecordType.CNAME, RecordType.NS);
    private static final int CHANGES = 600;
    private static final int COMPARED_EVERY = 20;

    /// Every name that any history can give something to say, and some that none can.
    private static final List<DomainName> NAMES = names();

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 5, 8, 4711, 20261123})
    void afterAnyHistoryTheIndexIsAsIfBuiltAtOnce(long seed) {
        var history = new ClusterHistory(seed);
        var state = new ClusterState();
        var grown = new ClusterIndex(IndexConfig.DEFAULT);
        for (int change = 1; change <= CHANGES; change++) {
            state.apply(history.next()).ifPresent(done -> grown.changed(state, done));
            if (change % COMPARED_EVERY == 0) {
                assertThat(everything(grown))
                        .as("seed %d after %d changes", seed, change)
                        .isEqualTo(everything(rebuilt(state)));
            }
        }
    }

    private static ClusterIndex rebuilt(ClusterState from) {
        var index = new ClusterIndex(IndexConfig.DEFAULT);
        var state = new ClusterState();
        var deltas = new ArrayList<ClusterDelta>();
        from.slices().forEach(slice -> deltas.add(new ClusterDelta.PutSlice(slice)));
        from.services().forEach(service -> deltas.add(new ClusterDelta.PutService(service)));
        from.pods().forEach(pod -> deltas.add(new ClusterDelta.PutPod(pod)));
        from.namespaces().forEach(namespace -> deltas.add(new ClusterDelta.PutNamespace(namespace)));
        deltas.forEach(delta -> state.apply(delta).ifPresent(change -> index.changed(state, change)));
        state.sawVersion(from.version());
        index.synced(state);
        return index;
    }

    private static SortedMap<String, String> everything(ClusterIndex index) {
        var config = new ClusterZoneConfig(
                ORIGIN,
                30,
                PodMode.VERIFIED,
                List.of(ClusterHistory.addresses(true).getFirst()));
        var zones = List.of(
                new ClusterZone(ORIGIN, config, index),
                new ReverseZone(DomainName.of("in-addr.arpa"), config, index),
                new ReverseZone(DomainName.of("ip6.arpa"), config, index));
        var said = new TreeMap<String, String>();
        for (var name : NAMES) {
            for (var type : TYPES) {
                for (var zone : zones) {
                    if (name.isWithin(zone.origin())) {
                        said.put(name + " " + type, ZoneText.of(zone.lookup(View.ALL, name, type), ORIGIN));
                    }
                }
            }
        }
        return said;
    }

    private static List<DomainName> names() {
        var names = new LinkedHashSet<DomainName>(
                List.of(ORIGIN, ORIGIN.child("dns").child("ns")));
        for (var namespace : ClusterHistory.NAMESPACES) {
            var services = ORIGIN.child("svc").child(namespace);
            names.add(services);
            names.add(ORIGIN.child("pod").child(namespace));
            for (var service : ClusterHistory.NAMES) {
                var owner = services.child(service);
                names.add(owner);
                names.add(owner.child("_tcp"));
                names.add(owner.child("_tcp").child("_http"));
                names.add(owner.child("_udp").child("_dns"));
                names.add(owner.child("db-0"));
                names.add(owner.child("db-1"));
                for (boolean ipv4 : new boolean[] {true, false}) {
                    for (var address : ClusterHistory.addresses(ipv4)) {
                        names.add(owner.child(EndpointLabels.dashed(address)));
                        names.add(ORIGIN.child("pod").child(namespace).child(EndpointLabels.dashed(address)));
                    }
                }
            }
        }
        for (boolean ipv4 : new boolean[] {true, false}) {
            ClusterHistory.addresses(ipv4).forEach(address -> addReverse(names, address));
        }
        return List.copyOf(names);
    }

    private static void addReverse(Set<DomainName> names, IpAddress address) {
        boolean ipv4 = address instanceof IpAddress.V4;
        var name = DomainName.of(ipv4 ? "in-addr.arpa" : "ip6.arpa");
        for (byte octet : address.octets()) {
            if (ipv4) {
                name = name.child(Integer.toString(octet & 0xff));
                names.add(name);
            } else {
                names.add(name.child(Integer.toHexString(octet >> 4 & 0xf)));
                name = name.child(Integer.toHexString(octet >> 4 & 0xf)).child(Integer.toHexString(octet & 0xf));
                names.add(name);
            }
        }
    }

    @Test
    void aReaderSeesTheEndpointsBeforeAChangeOrAfterItNeverBetween() throws Exception {
        var before = ClusterText.deltas("""
                service   shop/db    headless    pg=5432/TCP
                slice     shop/db-1  db          pg=5432/TCP
                endpoint  shop/db-1  10.244.1.1
                endpoint  shop/db-1  10.244.1.2
                """);
        var after = ClusterText.deltas("""
                service   shop/db    headless    pg=5432/TCP
                slice     shop/db-1  db          pg=5432/TCP
                endpoint  shop/db-1  10.244.1.3
                endpoint  shop/db-1  10.244.1.4
                endpoint  shop/db-1  10.244.1.5
                """);
        var index = new ClusterIndex(IndexConfig.DEFAULT);
        var state = new ClusterState();
        apply(state, index, before);
        var zone = new ClusterZone(ORIGIN, new ClusterZoneConfig(ORIGIN, 30, PodMode.DISABLED, List.of()), index);
        var name = DomainName.of("db.shop.svc.cluster.local");
        var writing = new AtomicBoolean(true);
        var seen = CompletableFuture.supplyAsync(() -> {
            var said = new LinkedHashSet<String>();
            while (writing.get()) {
                said.add(ZoneText.of(zone.lookup(View.ALL, name, RecordType.A), ORIGIN));
            }
            return said;
        });
        for (int i = 0; i < 20_000; i++) {
            apply(state, index, i % 2 == 0 ? after.subList(2, 3) : before.subList(2, 3));
        }
        writing.set(false);
        assertThat(seen.get()).isSubsetOf("10.244.1.1, 10.244.1.2", "10.244.1.3, 10.244.1.4, 10.244.1.5");
    }

    private static void apply(ClusterState state, ClusterListener listener, List<ClusterDelta> deltas) {
        deltas.forEach(delta -> state.apply(delta).ifPresent(change -> listener.changed(state, change)));
    }

    @Test
    void theSerialIsTheNewestVersionSoThatReplicasAgree() {
        var state = new ClusterState();
        var index = new ClusterIndex(IndexConfig.DEFAULT);
        var history = new ClusterHistory(1);
        for (int i = 0; i < 50; i++) {
            state.apply(history.next()).ifPresent(change -> index.changed(state, change));
        }
        state.sawVersion(0x1_0000_0007L);
        index.synced(state);
        assertThat(index.serial()).isEqualTo(7);
    }
}
