package io.waymark.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.waymark.records.address.Cidr;
import io.waymark.records.address.IpAddress;
import io.waymark.records.cluster.ClusterChange;
import io.waymark.records.cluster.ClusterChange.OfNamespace;
import io.waymark.records.cluster.ClusterChange.OfNode;
import io.waymark.records.cluster.ClusterChange.OfService;
import io.waymark.records.cluster.ClusterChange.OfServiceCidr;
import io.waymark.records.cluster.ClusterChange.OfSlice;
import io.waymark.records.cluster.ClusterDelta.PutNode;
import io.waymark.records.cluster.ClusterDelta.PutService;
import io.waymark.records.cluster.ClusterDelta.PutServiceCidr;
import io.waymark.records.cluster.ClusterDelta.PutSlice;
import io.waymark.records.cluster.ClusterDelta.RemoveNode;
import io.waymark.records.cluster.ClusterDelta.RemoveServiceCidr;
import io.waymark.records.cluster.EndpointPort;
import io.waymark.records.cluster.EndpointSlice;
import io.waymark.records.cluster.Endpoints;
import io.waymark.records.cluster.ExternalAddresses;
import io.waymark.records.cluster.Hints;
import io.waymark.records.cluster.NamespacedName;
import io.waymark.records.cluster.Node;
import io.waymark.records.cluster.Node.Departure;
import io.waymark.records.cluster.Origin;
import io.waymark.records.cluster.Protocol;
import io.waymark.records.cluster.Service;
import io.waymark.records.cluster.ServiceCidr;
import io.waymark.records.cluster.ServicePort;
import io.waymark.records.cluster.ServiceTraffic;
import io.waymark.records.cluster.ServiceTraffic.External;
import io.waymark.records.cluster.TrafficPolicy;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What every source promises to the data path of the node `here`, and keeps from everybody else. A part
/// of the [ClusterSourceContract].
@Timeout(60)
public interface TrafficContract {
    Origin UNPLACED = new Origin.None();
    NamespacedName WEB = new NamespacedName("shop", "web");
    NamespacedName WEB_SLICE = new NamespacedName("shop", "web-1");
    SourceScope DATA_PATH = SourceScope.dataPath("here");
    ServiceTraffic BALANCED = new ServiceTraffic(
            new External(
                    List.of(IpAddress.of("198.51.100.1"), IpAddress.of("2001:db8::1")),
                    List.of(IpAddress.of("203.0.113.1")),
                    List.of(Cidr.of("192.0.2.0/24"), Cidr.of("2001:db8::/32")),
                    1_700_000_000),
            TrafficPolicy.LOCAL,
            TrafficPolicy.LOCAL,
            600,
            31_080);

    /// A world of its own for one test.
    SourceWorld world();

    @Test
    default void howPacketsAreTreatedIsToldToTheDataPath() {
        try (var world = world()) {
            world.make(new PutService(web(30_080), ExternalAddresses.NONE, BALANCED));
            world.make(new PutSlice(webSlice(hints())));
            try (var source = RecordedSource.start(world.open(DATA_PATH))) {
                assertThat(source.awaitSync())
                        .contains(
                                new OfService(WEB, Optional.empty(), Optional.of(web(30_080))),
                                new OfSlice(WEB_SLICE, Optional.empty(), Optional.of(webSlice(hints()))));
                assertThat(source.traffic(WEB)).isEqualTo(BALANCED);
            }
        }
    }

    @Test
    default void howPacketsAreTreatedIsKeptFromNames() {
        try (var world = world()) {
            world.make(new PutService(web(30_080), ExternalAddresses.NONE, BALANCED));
            world.make(new PutSlice(webSlice(hints())));
            world.make(new PutNode(node("here", Departure.STAYS)));
            world.make(new PutServiceCidr(cidr("10.96.0.0/12")));
            try (var source = RecordedSource.start(world.open(SourceScope.DEFAULT))) {
                assertThat(source.awaitSync())
                        .contains(
                                new OfService(WEB, Optional.empty(), Optional.of(web(0))),
                                new OfSlice(WEB_SLICE, Optional.empty(), Optional.of(webSlice(Hints.NONE))))
                        .noneMatch(change -> change instanceof OfNode || change instanceof OfServiceCidr);
                assertThat(source.traffic(WEB)).isSameAs(ServiceTraffic.PLAIN);
            }
        }
    }

    @Test
    default void aChangeOfTrafficAloneIsTold() {
        try (var world = world()) {
            world.make(new PutService(web(0)));
            try (var source = RecordedSource.startSynced(world.open(DATA_PATH))) {
                assertThat(source.traffic(WEB)).isSameAs(ServiceTraffic.PLAIN);
                var sticky = new ServiceTraffic(External.NONE, TrafficPolicy.CLUSTER, TrafficPolicy.CLUSTER, 10_800, 0);
                world.make(new PutService(web(0), ExternalAddresses.NONE, sticky));
                source.awaitIn("shop");
                assertThat(source.traffic(WEB)).isEqualTo(sticky);
                world.make(new PutService(web(0)));
                source.awaitIn("shop");
                assertThat(source.traffic(WEB)).isSameAs(ServiceTraffic.PLAIN);
            }
        }
    }

    @Test
    default void whatIsForAnotherProxyIsNotTold() {
        try (var world = world()) {
            world.make(new PutService(web(0)), Map.of("service.kubernetes.io/service-proxy-name", "other"));
            world.make(new PutSlice(webSlice(hints())), Map.of("service.kubernetes.io/headless", ""));
            try (var source = RecordedSource.start(world.open(DATA_PATH))) {
                assertThat(source.awaitSync())
                        .noneMatch(change -> RecordedSource.namespace(change).equals("shop"));
                world.make(new PutService(web(0)));
                assertThat(source.awaitIn("shop")).isEqualTo(new OfService(WEB, Optional.empty(), Optional.of(web(0))));
            }
        }
    }

    @Test
    default void onlyTheOwnNodeIsTold() {
        try (var world = world()) {
            world.make(new PutNode(node("there", Departure.STAYS)));
            world.make(new PutNode(node("here", Departure.STAYS)));
            try (var source = RecordedSource.start(world.open(DATA_PATH))) {
                assertThat(source.awaitSync())
                        .contains(new OfNode("here", Optional.empty(), Optional.of(node("here", Departure.STAYS))))
                        .noneMatch(change ->
                                change instanceof OfNode of && !of.name().equals("here"))
                        .noneMatch(change -> change instanceof OfNamespace);
                for (var departure : List.of(Departure.MARKED_BY_AUTOSCALER, Departure.BEING_DELETED)) {
                    world.make(new PutNode(node("here", departure)));
                    assertThat(nextNode(source).after()).contains(node("here", departure));
                }
                world.make(new RemoveNode("here"));
                assertThat(nextNode(source).after()).isEmpty();
            }
        }
    }

    private static OfNode nextNode(RecordedSource source) {
        return (OfNode) source.await(change -> change instanceof OfNode);
    }

    @Test
    default void serviceCidrsAreTold() {
        try (var world = world()) {
            world.make(new PutServiceCidr(cidr("10.96.0.0/12")));
            try (var source = RecordedSource.start(world.open(DATA_PATH))) {
                assertThat(source.awaitSync())
                        .contains(new OfServiceCidr("kubernetes", Optional.empty(), Optional.of(cidr("10.96.0.0/12"))));
                world.make(new PutServiceCidr(cidr("10.0.0.0/16")));
                assertThat(nextCidr(source))
                        .isEqualTo(new OfServiceCidr(
                                "kubernetes", Optional.of(cidr("10.96.0.0/12")), Optional.of(cidr("10.0.0.0/16"))));
                world.make(new PutServiceCidr(new ServiceCidr("more", UNPLACED, List.of(Cidr.of("10.1.0.0/16")))));
                nextCidr(source);
                world.make(new RemoveServiceCidr("more"));
                assertThat(nextCidr(source))
                        .isEqualTo(new OfServiceCidr(
                                "more",
                                Optional.of(new ServiceCidr("more", UNPLACED, List.of(Cidr.of("10.1.0.0/16")))),
                                Optional.empty()));
            }
        }
    }

    private static ClusterChange nextCidr(RecordedSource source) {
        return source.await(change -> change instanceof OfServiceCidr);
    }

    private static Service web(int nodePort) {
        var ports =
                List.of(new ServicePort("http", Protocol.TCP, 80, nodePort), new ServicePort("dns", Protocol.UDP, 53));
        return new Service.ClusterIp(WEB, UNPLACED, List.of(IpAddress.of("10.96.0.20")), ports);
    }

    private static Hints hints() {
        return new Hints(List.of("a", "b"), List.of("here"));
    }

    private static EndpointSlice webSlice(Hints hints) {
        var rows = new Endpoints.Builder(4)
                .add(IpAddress.of("10.244.1.5"), new Endpoints.Row(true, true, false, "", "here", "a", "", hints))
                .add(IpAddress.of("10.244.2.5"), new Endpoints.Row(true, true, false, "", "there", "b", ""))
                .build();
        return new EndpointSlice(
                WEB_SLICE, UNPLACED, WEB.name(), List.of(new EndpointPort("http", Protocol.TCP, 8080)), rows);
    }

    private static Node node(String name, Departure departure) {
        return new Node(
                name,
                UNPLACED,
                List.of(IpAddress.of("192.168.0.1"), IpAddress.of("fd00::1")),
                List.of(Cidr.of("10.244.1.0/24"), Cidr.of("fd00:244::/64")),
                "a",
                departure);
    }

    private static ServiceCidr cidr(String cidr) {
        return new ServiceCidr("kubernetes", UNPLACED, List.of(Cidr.of(cidr), Cidr.of("fd00:96::/108")));
    }
}
