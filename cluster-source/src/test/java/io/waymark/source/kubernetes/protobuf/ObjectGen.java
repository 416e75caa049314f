package io.waymark.source.kubernetes.protobuf;

import io.kubernetes.client.proto.Meta;
import io.kubernetes.client.proto.V1;
import io.kubernetes.client.proto.V1Discovery;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;

/// Random objects of the API in the official classes, one in `oddness` of whose fields is something
/// that cannot be served. Equal seeds give equal objects.
public final class ObjectGen {
    private static final List<String> ODD_TEXTS =
            List.of("", "-", "UPPER", "under_score", "a..b", "300.1.2.3", "::g", "x".repeat(300), "ü", "a\nb", "None");

    private final SplittableRandom random;
    private final int oddness;

    /// `oddness` 0 gives none that are odd.
    public ObjectGen(long seed, int oddness) {
        this.random = new SplittableRandom(seed);
        this.oddness = oddness;
    }

    private boolean isOdd() {
        return oddness > 0 && random.nextInt(oddness) == 0;
    }

    private boolean chance(int in) {
        return random.nextInt(in) == 0;
    }

    private String oneOf(String... texts) {
        return isOdd() ? ODD_TEXTS.get(random.nextInt(ODD_TEXTS.size())) : texts[random.nextInt(texts.length)];
    }

    private String namespaceName() {
        return oneOf("default", "shop", "kube-system", "n-" + random.nextInt(5));
    }

    private String ipv4() {
        return isOdd() ? oneOf("10.0.0.1") : "10." + random.nextInt(256) + "." + random.nextInt(256) + ".1";
    }

    private String ipv6() {
        return isOdd() ? oneOf("fd00::1") : oneOf("fd00::", "2001:DB8::a:", "fd00:0:0::0:") + random.nextInt(9999);
    }

    /// What every object has, and much that we skip.
    public Meta.ObjectMeta.Builder metadata(String namespace, String name, long version) {
        var metadata = Meta.ObjectMeta.newBuilder()
                .setName(isOdd() ? oneOf(name) : name)
                .setGenerateName("made-")
                .setNamespace(namespace)
                .setUid(new UUID(random.nextLong(), random.nextLong()).toString())
                .setResourceVersion(Long.toString(version))
                .setGeneration(random.nextLong())
                .setCreationTimestamp(
                        Meta.Time.newBuilder().setSeconds(1_700_000_000).setNanos(5))
                .putLabels("app", "web")
                .putAnnotations("kubernetes.io/service-name", "not-a-label")
                .addFinalizers("x/y");
        return metadata.addManagedFields(Meta.ManagedFieldsEntry.newBuilder().setManager("kubectl"));
    }

    /// A Service of any type.
    public V1.Service service(String name, long version) {
        var spec = V1.ServiceSpec.newBuilder().putSelector("app", "web").setSessionAffinity("None");
        for (int i = random.nextInt(3); i > 0; i--) {
            spec.addPorts(V1.ServicePort.newBuilder()
                    .setName(oneOf("", "http", "dns-tcp"))
                    .setProtocol(oneOf("TCP", "UDP", "SCTP", ""))
                    .setPort(isOdd() ? random.nextInt(-2, 70000) : random.nextInt(1, 65536))
                    .setNodePort(30_000)
                    .setAppProtocol("h2c"));
        }
        switch (random.nextInt(4)) {
            case 0 -> spec.setType("ExternalName").setExternalName(oneOf("example.org", "db.example.org."));
            case 1 -> spec.setType("ClusterIP").setClusterIP("None").addClusterIPs("None");
            case 2 -> {
                var address = ipv4();
                spec.setType(oneOf("NodePort", "LoadBalancer", "ClusterIP"))
                        .setClusterIP(address)
                        .addClusterIPs(address)
                        .addClusterIPs(ipv6());
            }
            default -> spec.setType("ClusterIP").setClusterIP(ipv4());
        }
        return V1.Service.newBuilder()
                .setMetadata(metadata(namespaceName(), name, version))
                .setSpec(spec)
                .setStatus(V1.ServiceStatus.newBuilder()
                        .setLoadBalancer(V1.LoadBalancerStatus.newBuilder()
                                .addIngress(V1.LoadBalancerIngress.newBuilder().setIp("192.0.2.1"))))
                .build();
    }

    /// An EndpointSlice of any address type.
    public V1Discovery.EndpointSlice slice(String name, long version) {
        boolean isV6 = chance(3);
        var metadata = metadata(namespaceName(), name, version);
        if (!chance(8)) {
            metadata.putLabels("kubernetes.io/service-name", oneOf("cart", "db", "web"));
        }
        var slice = V1Discovery.EndpointSlice.newBuilder()
                .setMetadata(metadata)
                .setAddressType(chance(10) ? oneOf("FQDN") : isV6 ? "IPv6" : "IPv4");
        for (int i = random.nextInt(3); i > 0; i--) {
            slice.addPorts(port());
        }
        for (int i = random.nextInt(12); i > 0; i--) {
            slice.addEndpoints(endpoint(isV6));
        }
        return slice.build();
    }

    private V1Discovery.EndpointPort port() {
        var port = V1Discovery.EndpointPort.newBuilder()
                .setName(oneOf("", "http"))
                .setProtocol(oneOf("TCP", "UDP"))
                .setAppProtocol("h2c");
        if (!chance(5)) {
            port.setPort(isOdd() ? random.nextInt(-2, 70000) : random.nextInt(1, 65536));
        }
        return port.build();
    }

    private V1Discovery.Endpoint endpoint(boolean isV6) {
        var endpoint = V1Discovery.Endpoint.newBuilder();
        for (int i = 1 + random.nextInt(2); i > 0; i--) {
            endpoint.addAddresses(isV6 != isOdd() ? ipv6() : ipv4());
        }
        if (!chance(3)) {
            var conditions = V1Discovery.EndpointConditions.newBuilder();
            if (!chance(3)) {
                conditions.setReady(!chance(3));
            }
            if (!chance(3)) {
                conditions.setServing(!chance(3));
            }
            if (!chance(3)) {
                conditions.setTerminating(chance(3));
            }
            endpoint.setConditions(conditions);
        }
        if (chance(3)) {
            endpoint.setHostname(oneOf("db-0", "db-1"));
        }
        if (!chance(3)) {
            endpoint.setNodeName("node-" + random.nextInt(9)).setZone(oneOf("eu-1a", "eu-1b"));
        }
        if (!chance(3)) {
            endpoint.setTargetRef(V1.ObjectReference.newBuilder()
                    .setKind(chance(4) ? "Node" : "Pod")
                    .setNamespace("default")
                    .setName("pod-" + random.nextInt(99)));
        }
        return endpoint.putDeprecatedTopology("a", "b")
                .setHints(V1Discovery.EndpointHints.newBuilder()
                        .addForZones(V1Discovery.ForZone.newBuilder().setName("eu-1a")))
                .build();
    }

    public V1.Namespace namespace(String name, long version) {
        return V1.Namespace.newBuilder()
                .setMetadata(metadata("", name, version))
                .setStatus(V1.NamespaceStatus.newBuilder().setPhase("Active"))
                .build();
    }

    public V1.Pod pod(String name, long version) {
        var status = V1.PodStatus.newBuilder().setPhase("Running").setHostIP("192.0.2.7");
        if (!chance(3)) {
            status.setPodIP(ipv4());
        }
        if (chance(2)) {
            status.addPodIPs(V1.PodIP.newBuilder().setIp(ipv4()))
                    .addPodIPs(V1.PodIP.newBuilder().setIp(ipv6()));
        }
        return V1.Pod.newBuilder()
                .setMetadata(metadata(namespaceName(), name, version))
                .setSpec(V1.PodSpec.newBuilder().setNodeName("node-1"))
                .setStatus(status)
                .build();
    }
}
