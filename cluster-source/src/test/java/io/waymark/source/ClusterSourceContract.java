package io.waymark.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.waymark.records.address.IpAddress;
import io.waymark.records.cluster.ClusterChange;
import io.waymark.records.cluster.ClusterChange.OfNamespace;
import io.waymark.records.cluster.ClusterChange.OfPod;
import io.waymark.records.cluster.ClusterChange.OfService;
import io.waymark.records.cluster.ClusterChange.OfSlice;
import io.waymark.records.cluster.ClusterDelta.PutNamespace;
import io.waymark.records.cluster.ClusterDelta.PutPod;
import io.waymark.records.cluster.ClusterDelta.PutService;
import io.waymark.records.cluster.ClusterDelta.PutSlice;
import io.waymark.records.cluster.ClusterDelta.RemovePod;
import io.waymark.records.cluster.ClusterDelta.RemoveService;
import io.waymark.records.cluster.ClusterDelta.RemoveSlice;
import io.waymark.records.cluster.EndpointPort;
import io.waymark.records.cluster.EndpointSlice;
import io.waymark.records.cluster.Endpoints;
import io.waymark.records.cluster.LabelSelector;
import io.waymark.records.cluster.Namespace;
import io.waymark.records.cluster.NamespacedName;
import io.waymark.records.cluster.Origin;
import io.waymark.records.cluster.Pod;
import io.waymark.records.cluster.Protocol;
import io.waymark.records.cluster.Service;
import io.waymark.records.cluster.ServicePort;
import io.waymark.source.SourceScope.Reach;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What every source promises, whatever it reads. A source's test implements [#world] and inherits
/// the rest. All objects are in the namespace `shop`: what a source adds elsewhere is its own affair.
@Timeout(60)
public interface ClusterSourceContract {
    Origin NOWHERE = new Origin.None();
    NamespacedName CART = new NamespacedName("shop", "cart");
    NamespacedName DB = new NamespacedName("shop", "db");
    NamespacedName DB_SLICE = new NamespacedName("shop", "db-1");
    NamespacedName DB_POD = new NamespacedName("shop", "db-0");
    SourceScope WITH_PODS = new SourceScope(true, true, true, LabelSelector.ALL, LabelSelector.ALL);

    /// A world of its own for one test.
    SourceWorld world();

    @Test
    default void theFirstStateIsToldBeforeSynced() {
        try (var world = shop();
                var source = RecordedSource.start(world.open(SourceScope.DEFAULT))) {
            var before = source.awaitSync();
            assertThat(before)
                    .contains(
                            new OfNamespace("shop", Optional.empty(), Optional.of(new Namespace("shop", NOWHERE))),
                            new OfService(CART, Optional.empty(), Optional.of(cart("10.96.0.10"))),
                            new OfService(DB, Optional.empty(), Optional.of(db())),
                            new OfSlice(DB_SLICE, Optional.empty(), Optional.of(dbSlice("10.244.1.5", ""))));
        }
    }

    @Test
    default void syncedIsCalledOnce() {
        try (var world = shop();
                var source = RecordedSource.startSynced(world.open(SourceScope.DEFAULT))) {
            world.make(new PutService(cart("10.96.0.11")));
            source.awaitIn("shop");
            world.make(new RemoveService(CART));
            source.awaitIn("shop");
            assertThat(source.furtherSyncs()).isZero();
        }
    }

    @Test
    default void aNewObjectIsToldAsItIs() {
        try (var world = shop();
                var source = RecordedSource.startSynced(world.open(SourceScope.DEFAULT))) {
            var pay = new NamespacedName("shop", "pay");
            var alias = new Service.ExternalName(pay, NOWHERE, "pay.example.com");
            world.make(new PutService(alias));
            assertThat(source.awaitIn("shop")).isEqualTo(new OfService(pay, Optional.empty(), Optional.of(alias)));
        }
    }

    @Test
    default void aChangedObjectIsToldWithWhatItWas() {
        try (var world = shop();
                var source = RecordedSource.startSynced(world.open(SourceScope.DEFAULT))) {
            world.make(new PutSlice(dbSlice("10.244.1.5", "db-0")));
            assertThat(source.awaitIn("shop"))
                    .isEqualTo(new OfSlice(
                            DB_SLICE,
                            Optional.of(dbSlice("10.244.1.5", "")),
                            Optional.of(dbSlice("10.244.1.5", "db-0"))));
        }
    }

    @Test
    default void aRemovedObjectIsToldWithWhatItWas() {
        try (var world = shop();
                var source = RecordedSource.startSynced(world.open(SourceScope.DEFAULT))) {
            world.make(new RemoveSlice(DB_SLICE));
            assertThat(source.awaitIn("shop"))
                    .isEqualTo(new OfSlice(DB_SLICE, Optional.of(dbSlice("10.244.1.5", "")), Optional.empty()));
        }
    }

    /// A source may pass over what lasted only a moment, but never swap two changes.
    @Test
    default void manyChangesOfOneObjectAreToldInTheirOrder() {
        try (var world = shop();
                var source = RecordedSource.startSynced(world.open(SourceScope.DEFAULT))) {
            for (int last = 11; last <= 40; last++) {
                world.make(new PutService(cart("10.96.0." + last)));
            }
            source.await(
                    change -> change instanceof OfService of && of.after().equals(Optional.of(cart("10.96.0.40"))));
            var addresses = source.all().stream()
                    .filter(change ->
                            change instanceof OfService of && of.name().equals(CART))
                    .map(change -> ((Service.ClusterIp)
                                    ((OfService) change).after().orElseThrow())
                            .clusterIps()
                            .getFirst())
                    .toList();
            assertThat(addresses).isSorted().doesNotHaveDuplicates();
        }
    }

    @Test
    default void onlyWhatChangedIsTold() {
        try (var world = shop();
                var source = RecordedSource.startSynced(world.open(SourceScope.DEFAULT))) {
            int before = source.all().size();
            world.make(new PutService(cart("10.96.0.10")));
            world.make(new PutService(db()));
            world.make(new PutSlice(dbSlice("10.244.1.6", "")));
            source.awaitIn("shop");
            world.make(new RemoveService(CART));
            source.awaitIn("shop");
            assertThat(source.all().subList(before, source.all().size())).hasSize(2);
        }
    }

    @Test
    default void anImpossibleObjectIsLeftOutAndTheRestIsServed() {
        var broken = new NamespacedName("shop", "broken");
        try (var world = shop()) {
            world.makeImpossible(broken);
            try (var source = RecordedSource.start(world.open(SourceScope.DEFAULT))) {
                assertThat(source.awaitSync())
                        .contains(new OfService(CART, Optional.empty(), Optional.of(cart("10.96.0.10"))))
                        .noneMatch(change ->
                                change instanceof OfService of && of.name().equals(broken));
                world.make(new PutService(cart("10.96.0.12")));
                assertThat(source.await(change -> change instanceof OfService)).isInstanceOf(OfService.class);
            }
        }
    }

    @Test
    default void anObjectThatIsMendedIsServed() {
        try (var world = shop()) {
            world.makeImpossible(CART);
            try (var source = RecordedSource.startSynced(world.open(SourceScope.DEFAULT))) {
                world.make(new PutService(cart("10.96.0.12")));
                assertThat(source.awaitIn("shop"))
                        .isEqualTo(new OfService(CART, Optional.empty(), Optional.of(cart("10.96.0.12"))));
            }
        }
    }

    /// A second source shows that the world did change.
    @Test
    default void nothingIsToldAfterClose() {
        try (var world = shop()) {
            var closed = RecordedSource.startSynced(world.open(SourceScope.DEFAULT));
            closed.close();
            int before = closed.all().size();
            try (var open = RecordedSource.startSynced(world.open(SourceScope.DEFAULT))) {
                world.make(new PutService(cart("10.96.0.11")));
                open.awaitIn("shop");
            }
            assertThat(closed.all()).hasSize(before);
        }
    }

    @Test
    default void aSourceCanBeClosedBeforeItStarts() {
        try (var world = shop()) {
            world.open(SourceScope.DEFAULT).close();
        }
    }

    @Test
    default void freshnessSaysWhetherTheStateIsComplete() {
        try (var world = shop();
                var source = world.open(SourceScope.DEFAULT)) {
            var before = source.freshness();
            assertThat(before).isEqualTo(new Freshness(false, Instant.EPOCH, "", before.contacts()));
            assertThat(before.contacts())
                    .isNotEmpty()
                    .allSatisfy((kind, contact) -> assertThat(contact).isEqualTo(Instant.EPOCH));
            try (var recorded = RecordedSource.startSynced(source)) {
                world.make(new PutService(cart("10.96.0.11")));
                recorded.awaitIn("shop");
                world.make(new RemoveService(CART));
                recorded.awaitIn("shop");
                // The first look ended before the second change was told.
                assertThat(source.freshness().synced()).isTrue();
                assertThat(source.freshness().lastContact()).isAfter(Instant.EPOCH);
                assertThat(source.freshness().trouble()).isEmpty();
            }
        }
    }

    @Test
    default void slicesAreNotToldWhereTheyAreNotAskedFor() {
        var scope = new SourceScope(false, false, false, LabelSelector.ALL, LabelSelector.ALL);
        try (var world = shop();
                var source = RecordedSource.start(world.open(scope))) {
            assertThat(source.awaitSync())
                    .anyMatch(change ->
                            change instanceof OfService of && of.name().equals(DB))
                    .noneMatch(change -> change instanceof OfSlice);
        }
    }

    @Test
    default void podsAreToldOnlyWhereTheyAreAskedFor() {
        try (var world = shop()) {
            world.make(new PutPod(dbPod()));
            try (var source = RecordedSource.start(world.open(SourceScope.DEFAULT))) {
                assertThat(source.awaitSync()).noneMatch(change -> change instanceof OfPod);
            }
            try (var source = RecordedSource.start(world.open(WITH_PODS))) {
                assertThat(source.awaitSync()).contains(new OfPod(DB_POD, Optional.empty(), Optional.of(dbPod())));
                world.make(new RemovePod(DB_POD));
                assertThat(source.await(change -> change instanceof OfPod))
                        .isEqualTo(new OfPod(DB_POD, Optional.of(dbPod()), Optional.empty()));
            }
        }
    }

    @Test
    default void aPodWithTheAddressesOfItsNodeIsToldApart() {
        try (var world = shop();
                var source = RecordedSource.startSynced(world.open(WITH_PODS))) {
            var onNode = new Pod(DB_POD, NOWHERE, dbPod().podIps(), true, Map.of());
            world.make(new PutPod(onNode));
            assertThat(source.await(change -> change instanceof OfPod))
                    .isEqualTo(new OfPod(DB_POD, Optional.empty(), Optional.of(onNode)));
        }
    }

    @Test
    default void podsHaveTheirLabelsOnlyWhereTheyAreAskedFor() {
        var labels = Map.of("app", "db", "example.com/team", "red", "kubernetes.io/service-name", "db");
        var scope =
                new SourceScope(Reach.CLUSTER, true, true, true, false, false, LabelSelector.ALL, LabelSelector.ALL);
        try (var world = shop()) {
            world.make(new PutPod(dbPod()), labels);
            try (var source = RecordedSource.start(world.open(WITH_PODS))) {
                assertThat(source.awaitSync()).contains(new OfPod(DB_POD, Optional.empty(), Optional.of(dbPod())));
            }
            try (var source = RecordedSource.start(world.open(scope))) {
                var labelled = labelled(labels);
                assertThat(source.awaitSync()).contains(new OfPod(DB_POD, Optional.empty(), Optional.of(labelled)));
                world.make(new PutPod(dbPod()), Map.of("app", "db"));
                assertThat(source.await(change -> change instanceof OfPod))
                        .isEqualTo(
                                new OfPod(DB_POD, Optional.of(labelled), Optional.of(labelled(Map.of("app", "db")))));
            }
        }
    }

    @Test
    default void labelsSelectServicesAndSlices() {
        var scope = new SourceScope(true, false, false, selector("team=red"), LabelSelector.ALL);
        try (var world = shop()) {
            world.make(new PutService(cart("10.96.0.10")), Map.of("team", "red"));
            try (var source = RecordedSource.start(world.open(scope))) {
                var shop = inShop(source.awaitSync());
                assertThat(shop)
                        .contains(new OfService(CART, Optional.empty(), Optional.of(cart("10.96.0.10"))))
                        .noneMatch(change ->
                                change instanceof OfService of && of.name().equals(DB))
                        .noneMatch(change -> change instanceof OfSlice);
            }
        }
    }

    @Test
    default void anObjectThatLosesItsLabelIsRemoved() {
        var scope = new SourceScope(true, false, false, selector("team=red"), LabelSelector.ALL);
        try (var world = shop()) {
            world.make(new PutService(cart("10.96.0.10")), Map.of("team", "red"));
            try (var source = RecordedSource.startSynced(world.open(scope))) {
                world.make(new PutService(cart("10.96.0.10")), Map.of("team", "blue"));
                assertThat(source.awaitIn("shop"))
                        .isEqualTo(new OfService(CART, Optional.of(cart("10.96.0.10")), Optional.empty()));
            }
        }
    }

    @Test
    default void namespaceLabelsSelectNamespacesOnly() {
        var scope = new SourceScope(true, false, false, LabelSelector.ALL, selector("env=prod"));
        try (var world = shop()) {
            world.make(new PutNamespace(new Namespace("stage", NOWHERE)), Map.of("env", "prod"));
            try (var source = RecordedSource.start(world.open(scope))) {
                var names = source.awaitSync();
                assertThat(names)
                        .filteredOn(change -> change instanceof OfNamespace)
                        .extracting(RecordedSource::namespace)
                        .containsExactly("stage");
                assertThat(inShop(names)).anyMatch(change -> change instanceof OfService);
            }
        }
    }

    private SourceWorld shop() {
        var world = world();
        world.make(new PutNamespace(new Namespace("shop", NOWHERE)));
        world.make(new PutService(cart("10.96.0.10")));
        world.make(new PutService(db()));
        world.make(new PutSlice(dbSlice("10.244.1.5", "")));
        return world;
    }

    private static List<ClusterChange> inShop(List<ClusterChange> changes) {
        return changes.stream()
                .filter(change -> RecordedSource.namespace(change).equals("shop"))
                .toList();
    }

    private static LabelSelector selector(String text) {
        return LabelSelector.parse(text).orElseThrow();
    }

    private static Service cart(String address) {
        var ports = List.of(new ServicePort("http", Protocol.TCP, 80), new ServicePort("dns", Protocol.UDP, 53));
        return new Service.ClusterIp(CART, NOWHERE, List.of(IpAddress.of(address)), ports);
    }

    private static Service db() {
        return new Service.Headless(DB, NOWHERE, List.of(new ServicePort("pg", Protocol.TCP, 5432)));
    }

    private static EndpointSlice dbSlice(String address, String hostname) {
        var row = new Endpoints.Row(true, true, false, hostname, "node-1", "", "");
        var starting = new Endpoints.Row(false, true, true, "", "node-2", "zone-b", "");
        var rows = new Endpoints.Builder(4)
                .add(IpAddress.of(address), row)
                .add(IpAddress.of("10.244.9.9"), starting)
                .build();
        var ports = List.of(new EndpointPort("pg", Protocol.TCP, 5432));
        return new EndpointSlice(DB_SLICE, NOWHERE, DB.name(), ports, rows);
    }

    private static Pod labelled(Map<String, String> labels) {
        return new Pod(DB_POD, NOWHERE, dbPod().podIps(), false, labels);
    }

    private static Pod dbPod() {
        return new Pod(DB_POD, NOWHERE, List.of(IpAddress.of("10.244.1.5"), IpAddress.of("fd00:244::5")));
    }
}
