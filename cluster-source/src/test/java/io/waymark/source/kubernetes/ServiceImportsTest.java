package io.waymark.source.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubernetes.client.proto.Meta;
import io.kubernetes.client.proto.V1;
import io.kubernetes.client.proto.V1Discovery;
import io.waymark.records.address.IpAddress;
import io.waymark.records.cluster.ClusterDelta.PutService;
import io.waymark.records.cluster.ClusterDelta.PutSlice;
import io.waymark.records.cluster.LabelSelector;
import io.waymark.records.cluster.Protocol;
import io.waymark.records.cluster.Service;
import io.waymark.records.cluster.ServicePort;
import io.waymark.source.SourceScope;
import io.waymark.source.SourceScope.Reach;
import io.waymark.source.kubernetes.ScriptedApi.Fault;
import io.waymark.source.kubernetes.ScriptedApi.Faults;
import io.waymark.source.kubernetes.http.Patience;
import io.waymark.source.kubernetes.pace.Timing;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What a set of clusters exports to each other (KEP-1645), off a scripted API server.
@Timeout(120)
class ServiceImportsTest {
    private static final SourceScope CLUSTER_SET =
            new SourceScope(Reach.CLUSTER_SET, true, false, false, LabelSelector.ALL, LabelSelector.ALL);
    private static final Duration SILENCE = Duration.ofMillis(400);
    private static final Timing FAST = new Timing(
            Duration.ofSeconds(2),
            new Patience(SILENCE, Duration.ofSeconds(5)),
            new Patience(SILENCE, SILENCE),
            new Patience(SILENCE, SILENCE),
            Duration.ofMinutes(5),
            Duration.ofMillis(2),
            Duration.ofMillis(50),
            Duration.ofHours(1));

    private final ApiWorld world = new ApiWorld(1);
    private final Recorder recorder = new Recorder(put -> true);
    private final Lines log = new Lines();
    private AutoCloseable source = () -> {};

    private void start(ScriptedApi api) {
        var made = new KubernetesSource(
                KubernetesConfig.ofEndpoint(api.uri()),
                CLUSTER_SET,
                new Surroundings(FAST, InstantSource.system(), RandomGenerator.getDefault(), log));
        source = made;
        made.start(recorder);
    }

    @AfterEach
    void close() throws Exception {
        source.close();
        assertThat(recorder.faults()).isEmpty();
    }

    private static Meta.ObjectMeta.Builder metadata(String name, long version) {
        return Meta.ObjectMeta.newBuilder()
                .setNamespace("shop")
                .setName(name)
                .setUid("00000000-0000-0001-0000-00000000000a")
                .setResourceVersion(Long.toString(version));
    }

    private void putImport(String name, String... ips) {
        var spec = V1.ServiceSpec.newBuilder()
                .setClusterIP(ips[0])
                .addPorts(V1.ServicePort.newBuilder()
                        .setName("http")
                        .setProtocol("TCP")
                        .setPort(80));
        Stream.of(ips).filter(ip -> !ip.equals("None")).forEach(spec::addClusterIPs);
        world.put(
                ResourceKind.SERVICE_IMPORTS,
                V1.Service.newBuilder()
                        .setMetadata(metadata(name, world.nextVersion()))
                        .setSpec(spec)
                        .build());
    }

    private void putSlice(String name, Map<String, String> labels) {
        world.put(
                ResourceKind.ENDPOINT_SLICES,
                V1Discovery.EndpointSlice.newBuilder()
                        .setMetadata(metadata(name, world.nextVersion()).putAllLabels(labels))
                        .setAddressType("IPv4")
                        .addEndpoints(V1Discovery.Endpoint.newBuilder().addAddresses("10.1.0.5"))
                        .build());
    }

    private List<Service> services() {
        return recorder.objects().stream()
                .flatMap(delta -> delta instanceof PutService(var service, var external, var traffic)
                        ? Stream.of(service)
                        : Stream.of())
                .sorted((a, b) -> a.name().compareTo(b.name()))
                .toList();
    }

    private List<String> names() {
        return services().stream().map(service -> service.name().toString()).toList();
    }

    @Test
    void importsAreServicesWithTheAddressesOfTheClusterSet() throws Exception {
        putImport("cart", "10.112.0.10", "fd00::10");
        putImport("db", "None");
        putImport("early", "");
        try (var api = new ScriptedApi(world, Faults.NONE)) {
            start(api);
            assertThat(recorder.awaitSynced()).isTrue();
            var cart = services().get(0);
            assertThat(cart)
                    .isEqualTo(new Service.ClusterIp(
                            cart.name(),
                            cart.origin(),
                            List.of(IpAddress.of("10.112.0.10"), IpAddress.of("fd00::10")),
                            List.of(new ServicePort("http", Protocol.TCP, 80))));
            assertThat(cart.origin().version()).isEqualTo(101);
            assertThat(services().get(1)).isInstanceOf(Service.Headless.class);
            assertThat(names()).containsExactly("shop/cart", "shop/db");
            assertThat(log.with("shop/early")).singleElement().asString().contains("no address");
        }
    }

    @Test
    void aWatchOfImportsIsFollowed() throws Exception {
        putImport("cart", "10.112.0.10");
        try (var api = new ScriptedApi(world, Faults.NONE)) {
            start(api);
            assertThat(recorder.awaitSynced()).isTrue();
            putImport("db", "None");
            assertThat(recorder.await(() -> names().equals(List.of("shop/cart", "shop/db"))))
                    .isTrue();
            world.delete(ResourceKind.SERVICE_IMPORTS, "shop/cart");
            assertThat(recorder.await(() -> names().equals(List.of("shop/db")))).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void oneFaultOfAKindIsOvercome(Fault fault) throws Exception {
        putImport("cart", "10.112.0.10");
        var left = new AtomicInteger(8);
        Faults some = struck -> struck == fault && left.getAndDecrement() > 0;
        try (var api = new ScriptedApi(world, some)) {
            start(api);
            assertThat(recorder.await(() -> {
                        putImport("cart", "10.112.0.11");
                        return left.get() <= 0;
                    }))
                    .isTrue();
            putImport("last", "None");
            assertThat(recorder.await(() -> recorder.isSynced() && names().equals(List.of("shop/cart", "shop/last"))))
                    .isTrue();
        }
    }

    @Test
    void onlySlicesOfTheClusterSetAreAskedForAndKept() throws Exception {
        var imported = "multicluster.kubernetes.io/service-name";
        var from = "multicluster.kubernetes.io/source-cluster";
        putSlice("own", Map.of("kubernetes.io/service-name", "db"));
        putSlice("east", Map.of(imported, "db", from, "east"));
        putSlice("odd", Map.of(imported, "db", from, "Not.A.Label"));
        try (var api = new ScriptedApi(world, Faults.NONE)) {
            start(api);
            assertThat(recorder.awaitSynced()).isTrue();
            assertThat(recorder.objects())
                    .filteredOn(delta -> delta instanceof PutSlice)
                    .singleElement()
                    .isInstanceOfSatisfying(PutSlice.class, put -> {
                        assertThat(put.slice().service()).isEqualTo("db");
                        assertThat(put.slice().sourceCluster()).isEqualTo("east");
                    });
            assertThat(log.with("shop/odd")).singleElement().asString().contains(from + " is \"Not.A.Label\"");
            assertThat(api.requests())
                    .contains("/apis/multicluster.x-k8s.io/v1alpha1/serviceimports?resourceVersion=0")
                    .contains("/apis/discovery.k8s.io/v1/endpointslices?resourceVersion=0&labelSelector="
                            + "multicluster.kubernetes.io%2Fservice-name")
                    .noneMatch(target -> target.contains("/services"));
        }
    }

    @Test
    void whereTheDefinitionIsNotInstalledTheRestSyncsAndImportsComeLater() throws Exception {
        putImport("cart", "10.112.0.10");
        try (var api = new ScriptedApi(world, Faults.NONE)) {
            api.uninstall(ResourceKind.SERVICE_IMPORTS);
            start(api);
            assertThat(recorder.awaitSynced()).isTrue();
            assertThat(names()).isEmpty();
            assertThat(recorder.await(() -> api.requests().stream()
                                    .filter(target -> target.contains("serviceimports"))
                                    .count()
                            > 3))
                    .isTrue();
            assertThat(log.with("CustomResourceDefinitions")).hasSize(1);
            api.install(ResourceKind.SERVICE_IMPORTS);
            assertThat(recorder.await(() -> names().equals(List.of("shop/cart"))))
                    .isTrue();
        }
    }
}
