package io.waymark.records.cluster;

import io.waymark.records.address.IpAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/// Changes of a cluster out of a seed. Its universe is small, so that objects are changed, removed
/// and come back, addresses change hands, and slices move from one Service to another.
public final class ClusterHistory {
    public static final List<String> NAMESPACES = List.of("shop", "bank", "empty");
    public static final List<String> NAMES = List.of("cart", "db", "pay", "web", "mail");
    public static final List<String> HOSTNAMES = List.of("", "", "db-0", "db-1");
    private static final int ADDRESSES = 12;

    private final SplittableRandom random;
    private long version = 1;

    public ClusterHistory(long seed) {
        this.random = new SplittableRandom(seed);
    }

    /// All addresses of one family that the history gives out: cluster IPs and endpoints share them.
    public static List<IpAddress> addresses(boolean ipv4) {
        var all = new ArrayList<IpAddress>();
        for (int i = 0; i < ADDRESSES; i++) {
            all.add(IpAddress.of(ipv4 ? "10.0." + i % 3 + "." + i : "fd00::" + Integer.toHexString(i * 0x85)));
        }
        return all;
    }

    public ClusterDelta next() {
        return switch (random.nextInt(12)) {
            case 0 -> new ClusterDelta.PutNamespace(new Namespace(pick(NAMESPACES), origin()));
            case 1 ->
                random.nextInt(4) == 0
                        ? new ClusterDelta.RemoveNamespace(pick(NAMESPACES))
                        : new ClusterDelta.PutNamespace(new Namespace(pick(NAMESPACES), origin()));
            case 2, 3, 4 -> new ClusterDelta.PutService(service());
            case 5 -> new ClusterDelta.RemoveService(name());
            case 6, 7, 8 -> new ClusterDelta.PutSlice(slice());
            case 9 -> new ClusterDelta.RemoveSlice(name());
            case 10 -> new ClusterDelta.PutPod(new Pod(name(), origin(), List.of(address(random.nextBoolean()))));
            default -> new ClusterDelta.RemovePod(name());
        };
    }

    private Origin origin() {
        return new Origin.Api(0, 0, version++);
    }

    private NamespacedName name() {
        return new NamespacedName(pick(NAMESPACES), pick(NAMES));
    }

    private Service service() {
        return switch (random.nextInt(4)) {
            case 0 -> new Service.Headless(name(), origin(), servicePorts());
            case 1 -> new Service.ExternalName(name(), origin(), externalName());
            case 2 -> new Service.ClusterIp(name(), origin(), List.of(address(true), address(false)), servicePorts());
            default -> new Service.ClusterIp(name(), origin(), List.of(address(random.nextBoolean())), servicePorts());
        };
    }

    private String externalName() {
        return random.nextBoolean() ? "www.example.com" : pick(NAMES) + "." + pick(NAMESPACES) + ".svc.cluster.local";
    }

    private List<ServicePort> servicePorts() {
        var ports = new ArrayList<ServicePort>();
        if (random.nextBoolean()) {
            ports.add(new ServicePort("http", Protocol.TCP, 80));
        }
        if (random.nextBoolean()) {
            ports.add(new ServicePort("dns", Protocol.UDP, 53));
        }
        return ports;
    }

    private EndpointSlice slice() {
        boolean ipv4 = random.nextInt(3) > 0;
        var rows = new Endpoints.Builder(ipv4 ? 4 : 16);
        for (int count = random.nextInt(4); count > 0; count--) {
            boolean ready = random.nextInt(4) > 0;
            var row = new Endpoints.Row(ready, ready, false, pick(HOSTNAMES), "", "", "");
            rows.add(address(ipv4), row);
        }
        var ports = random.nextInt(4) == 0
                ? List.<EndpointPort>of()
                : List.of(new EndpointPort(random.nextBoolean() ? "http" : "", Protocol.TCP, 8080));
        return new EndpointSlice(name(), origin(), pick(NAMES), ports, rows.build());
    }

    private IpAddress address(boolean ipv4) {
        return pick(addresses(ipv4));
    }

    private <T> T pick(List<T> from) {
        return from.get(random.nextInt(from.size()));
    }
}
