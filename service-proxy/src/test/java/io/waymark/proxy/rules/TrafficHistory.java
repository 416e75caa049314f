package io.waymark.proxy.rules;

import io.waymark.proxy.rules.node.NodeFacts;
import io.waymark.records.address.Cidr;
import io.waymark.records.address.IpAddress;
import io.waymark.records.cluster.ClusterDelta;
import io.waymark.records.cluster.EndpointPort;
import io.waymark.records.cluster.EndpointSlice;
import io.waymark.records.cluster.Endpoints;
import io.waymark.records.cluster.ExternalAddresses;
import io.waymark.records.cluster.Hints;
import io.waymark.records.cluster.NamespacedName;
import io.waymark.records.cluster.Origin;
import io.waymark.records.cluster.Protocol;
import io.waymark.records.cluster.Service;
import io.waymark.records.cluster.ServiceCidr;
import io.waymark.records.cluster.ServicePort;
import io.waymark.records.cluster.ServiceTraffic;
import io.waymark.records.cluster.ServiceTraffic.External;
import io.waymark.records.cluster.TrafficPolicy;
import io.waymark.records.gen.Gen;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/// Changes of a cluster and of its node out of a seed, with everything that the data path heeds. Few
/// names and addresses: Services fight for addresses, endpoints are in several slices, slices come
/// before their Service and change hands.
public final class TrafficHistory {
    private static final List<String> NAMES = List.of("cart", "db", "pay", "web");
    private static final List<String> NODES = List.of("here", "there", "");
    private static final List<String> ZONES = List.of("a", "b");

    private final Gen gen;
    private long version = 1;

    public TrafficHistory(long seed) {
        this.gen = Gen.seeded(seed);
    }

    public ClusterDelta next() {
        return switch (gen.below(12)) {
            case 0, 1, 2, 3 -> service();
            case 4 -> new ClusterDelta.RemoveService(name());
            case 5, 6, 7, 8 -> new ClusterDelta.PutSlice(slice());
            case 9, 10 -> new ClusterDelta.RemoveSlice(name());
            default ->
                gen.oneIn(2)
                        ? new ClusterDelta.RemoveServiceCidr("kubernetes")
                        : new ClusterDelta.PutServiceCidr(new ServiceCidr(
                                "kubernetes",
                                origin(),
                                gen.oneIn(2)
                                        ? List.of(Cidr.of("10.96.0.0/16"))
                                        : List.of(Cidr.of("10.96.0.0/20"), Cidr.of("fd00:96::/108"))));
        };
    }

    public NodeFacts node() {
        var addresses = List.of(IpAddress.of("192.168.0." + gen.between(1, 2)), IpAddress.of("fd00:192::1"));
        return new NodeFacts(
                gen.one(NODES),
                gen.oneIn(3) ? "" : gen.one(ZONES),
                addresses,
                gen.oneIn(3) ? List.of() : List.of(Cidr.of("10.244.0.0/24"), Cidr.of("fd00:244::/64")),
                addresses);
    }

    private Origin origin() {
        return new Origin.Api(0, 0, version++);
    }

    private NamespacedName name() {
        return new NamespacedName(gen.oneIn(3) ? "bank" : "shop", gen.one(NAMES));
    }

    private ClusterDelta service() {
        var name = name();
        if (gen.oneIn(12)) {
            return new ClusterDelta.PutService(new Service.Headless(name, origin(), List.of()));
        }
        var addresses = new ArrayList<IpAddress>();
        addresses.add(IpAddress.of("10.96.0." + gen.below(6)));
        if (gen.oneIn(2)) {
            addresses.add(IpAddress.of("fd00:96::" + gen.between(1, 5)));
        }
        var service = new Service.ClusterIp(name, origin(), addresses, ports());
        var traffic = gen.oneIn(3) ? ServiceTraffic.PLAIN : traffic();
        return new ClusterDelta.PutService(service, ExternalAddresses.NONE, traffic);
    }

    private List<ServicePort> ports() {
        return some(
                3,
                () -> new ServicePort(
                        gen.one(List.of("", "http", "dns")),
                        gen.one(List.of(Protocol.values())),
                        gen.one(List.of(53, 80)),
                        gen.oneIn(2) ? 0 : 30000 + gen.below(3)));
    }

    private ServiceTraffic traffic() {
        var external = new External(
                some(3, this::outsideAddress),
                some(3, this::outsideAddress),
                gen.oneIn(3)
                        ? List.of(Cidr.of(gen.oneIn(4) ? "0.0.0.0/0" : "192.168.0.0/31"), Cidr.of("fd00:192::/64"))
                        : List.of(),
                gen.below(3));
        return new ServiceTraffic(
                external,
                gen.one(List.of(TrafficPolicy.values())),
                gen.one(List.of(TrafficPolicy.values())),
                gen.oneIn(3) ? 600 : 0,
                gen.oneIn(4) ? 31000 : 0);
    }

    private IpAddress outsideAddress() {
        return IpAddress.of(
                gen.one(List.of("203.0.113.1", "203.0.113.2", "10.96.0.1", "127.0.0.1", "fd00:203::1", "fd00:203::2")));
    }

    private EndpointSlice slice() {
        boolean isFour = !gen.oneIn(3);
        var rows = new Endpoints.Builder(isFour ? 4 : 16);
        some(5, () -> isFour ? "10.244.0." + gen.below(12) : "fd00:244::" + gen.between(1, 9))
                .forEach(address -> rows.add(IpAddress.of(address), row()));
        var ports = some(
                3,
                () -> new EndpointPort(
                        gen.one(List.of("", "http", "dns")), gen.one(List.of(Protocol.values())), 8080 + gen.below(2)));
        return new EndpointSlice(name(), origin(), gen.one(NAMES), ports, rows.build());
    }

    private Endpoints.Row row() {
        boolean isTerminating = gen.oneIn(4);
        boolean isReady = !isTerminating && !gen.oneIn(4);
        var hints = new Hints(
                gen.oneIn(4) ? List.of() : some(2, () -> gen.one(ZONES)),
                some(2, () -> gen.one(List.of("here", "there"))));
        return new Endpoints.Row(isReady, isReady || !gen.oneIn(3), isTerminating, "", gen.one(NODES), "", "", hints);
    }

    private <T> List<T> some(int most, Supplier<T> one) {
        var some = new ArrayList<T>();
        for (int left = gen.between(0, most); left > 0; left--) {
            some.add(one.get());
        }
        return some;
    }
}
