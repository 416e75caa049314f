package io.waymark.source.kubernetes.protobuf;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Message;
import io.kubernetes.client.proto.Meta;
import io.kubernetes.client.proto.V1;
import io.kubernetes.client.proto.V1Discovery;
import io.kubernetes.client.proto.V1Networking;
import io.waymark.records.address.Cidr;
import io.waymark.records.address.IpAddress;
import io.waymark.records.cluster.ClusterDelta;
import io.waymark.records.cluster.ClusterDelta.PutNode;
import io.waymark.records.cluster.ClusterDelta.PutService;
import io.waymark.records.cluster.ClusterDelta.PutServiceCidr;
import io.waymark.records.cluster.ClusterDelta.PutSlice;
import io.waymark.records.cluster.ExternalAddresses;
import io.waymark.records.cluster.Hints;
import io.waymark.records.cluster.NamespacedName;
import io.waymark.records.cluster.Node.Departure;
import io.waymark.records.cluster.Service;
import io.waymark.records.cluster.ServiceTraffic;
import io.waymark.records.cluster.ServiceTraffic.External;
import io.waymark.records.cluster.TrafficPolicy;
import io.waymark.source.SourceEvent;
import io.waymark.source.SourceScope;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What only the data path asks for, out of the official protobuf classes.
class TrafficDecodersTest {
    private static final SourceScope DATA_PATH = SourceScope.dataPath("here");

    private final List<String> warnings = new ArrayList<>();
    private final UnfitObjects unfit = new UnfitObjects(warnings::add);

    @ParameterizedTest(name = "{0} {1} externalIPs={2} lb={3}")
    @CsvSource(delimiter = '|', nullValues = "none", textBlock = """
            # type       | policy  | externalIP   | ingress     | external policy | health | because
            ClusterIP    | Local   | none         | none        | CLUSTER         | 0      | nobody outside can reach it
            ClusterIP    | Local   | 198.51.100.1 | none        | LOCAL           | 0      | an external IP reaches it
            NodePort     | Local   | none         | none        | LOCAL           | 0      | a node port does
            LoadBalancer | Local   | none         | none        | LOCAL           | 31080  | a load balancer will
            LoadBalancer | Local   | none         | 203.0.113.1 | LOCAL           | 31080  | a load balancer does
            LoadBalancer | Cluster | none         | 203.0.113.1 | CLUSTER         | 0      | any node will do
            LoadBalancer | none    | none         | 203.0.113.1 | CLUSTER         | 0      | the default
            NodePort     | Cluster | none         | 203.0.113.1 | CLUSTER         | 0      | what a load balancer left behind
            """)
    void theTypeDecidesWhatCounts(
            String type,
            String policy,
            String externalIp,
            String ingress,
            TrafficPolicy external,
            int health,
            String because)
            throws Exception {
        var service = service();
        service.getSpecBuilder().setType(type).setHealthCheckNodePort(31_080);
        if (policy != null) {
            service.getSpecBuilder().setExternalTrafficPolicy(policy);
        }
        if (externalIp != null) {
            service.getSpecBuilder().addExternalIPs(externalIp);
        }
        if (ingress != null) {
            service.getStatusBuilder()
                    .getLoadBalancerBuilder()
                    .addIngress(V1.LoadBalancerIngress.newBuilder().setIp(ingress));
        }
        var traffic = put(service.build()).traffic();
        assertThat(traffic.externalPolicy()).as(because).isEqualTo(external);
        assertThat(traffic.healthCheckPort()).as(because).isEqualTo(health);
        assertThat(traffic.external().loadBalancerIps().isEmpty())
                .as(because)
                .isEqualTo(ingress == null || !type.equals("LoadBalancer"));
    }

    @ParameterizedTest(name = "{0} for {1} s is {2} s")
    @CsvSource({"None,600,0", "'',600,0", "ClientIP,600,600", "ClientIP,0,10800", "ClientIP,86401,10800"})
    void affinityHasATime(String affinity, int given, int seconds) throws Exception {
        var service = service();
        service.getSpecBuilder()
                .setSessionAffinity(affinity)
                .getSessionAffinityConfigBuilder()
                .getClientIPBuilder()
                .setTimeoutSeconds(given);
        assertThat(put(service.build()).traffic().affinitySeconds()).isEqualTo(seconds);
    }

    @Test
    void whatOldObjectsSayOddlyIsUnderstoodAndWhatIsWrongIsLeftOut() throws Exception {
        var service = service();
        service.getSpecBuilder()
                .setType("LoadBalancer")
                .setClusterIP("010.096.0.1")
                .addExternalIPs("198.051.100.1")
                .addExternalIPs("www.example.com")
                .addLoadBalancerSourceRanges(" 192.0.2.0/24 ")
                .addLoadBalancerSourceRanges("192.0.2.0");
        service.getStatusBuilder()
                .getLoadBalancerBuilder()
                .addIngress(V1.LoadBalancerIngress.newBuilder().setIp("203.0.113.1"))
                .addIngress(
                        V1.LoadBalancerIngress.newBuilder().setIp("203.0.113.2").setIpMode("VIP"))
                .addIngress(
                        V1.LoadBalancerIngress.newBuilder().setIp("203.0.113.3").setIpMode("Proxy"))
                .addIngress(V1.LoadBalancerIngress.newBuilder().setHostname("lb.example.com"));
        var put = put(service.build());
        assertThat(((Service.ClusterIp) put.service()).clusterIps()).containsExactly(IpAddress.of("10.96.0.1"));
        assertThat(put.external()).isSameAs(ExternalAddresses.NONE);
        assertThat(put.traffic().external())
                .isEqualTo(new External(
                        List.of(IpAddress.of("198.51.100.1")),
                        List.of(IpAddress.of("203.0.113.1"), IpAddress.of("203.0.113.2")),
                        List.of(Cidr.of("192.0.2.0/24")),
                        1_700_000_000));
        assertThat(warnings)
                .containsExactly(
                        "Service shop/cart: externalIP \"www.example.com\" left out, for it is no address",
                        "Service shop/cart: loadBalancerSourceRange \"192.0.2.0\" left out, for it is no address prefix");
    }

    @Test
    void aPlainServiceCostsNothing() throws Exception {
        var service = service();
        service.getSpecBuilder().setType("ClusterIP").setSessionAffinity("None").setInternalTrafficPolicy("Cluster");
        assertThat(put(service.build()).traffic()).isSameAs(ServiceTraffic.PLAIN);
    }

    @Test
    void oneDecoderForgetsEachServiceBeforeTheNext() throws Exception {
        var sticky = service();
        sticky.getSpecBuilder()
                .setType("LoadBalancer")
                .setSessionAffinity("ClientIP")
                .setInternalTrafficPolicy("Local")
                .setExternalTrafficPolicy("Local")
                .setHealthCheckNodePort(31_080)
                .addExternalIPs("198.51.100.1");
        var deltas = read(
                new ServiceDecoder(DATA_PATH, unfit),
                List.of(sticky.build(), service().build()));
        assertThat(((PutService) deltas.getLast()).traffic()).isSameAs(ServiceTraffic.PLAIN);
    }

    @Test
    void ofAnEndpointTheFirstAddressCountsAndEqualHintsAreOne() throws Exception {
        var endpoint = V1Discovery.Endpoint.newBuilder()
                .addAddresses("010.244.1.5")
                .addAddresses("10.244.1.6")
                .setHints(V1Discovery.EndpointHints.newBuilder()
                        .addForZones(V1Discovery.ForZone.newBuilder().setName("a"))
                        .addForNodes(V1Discovery.ForNode.newBuilder().setName("n1"))
                        .addForNodes(V1Discovery.ForNode.newBuilder().setName("n2")));
        var slice = V1Discovery.EndpointSlice.newBuilder()
                .setMetadata(metadata().putLabels("kubernetes.io/service-name", "cart"))
                .setAddressType("IPv4")
                .addEndpoints(endpoint)
                .addEndpoints(endpoint.clone().clearAddresses().addAddresses("10.244.1.7"))
                .addEndpoints(V1Discovery.Endpoint.newBuilder().addAddresses("10.244.1.8"))
                .build();
        var rows = ((PutSlice)
                        read(new SliceDecoder(DATA_PATH, unfit), List.of(slice)).getFirst())
                .slice()
                .endpoints();
        assertThat(rows.toString()).isEqualTo("[10.244.1.5, 10.244.1.7, 10.244.1.8]");
        assertThat(rows.hints(0)).isEqualTo(new Hints(List.of("a"), List.of("n1", "n2")));
        assertThat(rows.hints(1)).isSameAs(rows.hints(0));
        assertThat(rows.hints(2)).isSameAs(Hints.NONE);
    }

    @Test
    void aNodeSaysWhereItIsAndWhetherItStays() throws Exception {
        var node = V1.Node.newBuilder()
                .setMetadata(metadata().clearNamespace().setName("here").putLabels("topology.kubernetes.io/zone", "a"))
                .setSpec(V1.NodeSpec.newBuilder()
                        .setPodCIDR("10.244.1.0/24")
                        .addTaints(V1.Taint.newBuilder().setKey("ToBeDeletedByClusterAutoscaler")))
                .setStatus(V1.NodeStatus.newBuilder()
                        .addAddresses(address("ExternalIP", "198.51.100.7"))
                        .addAddresses(address("Hostname", "here"))
                        .addAddresses(address("InternalIP", "192.168.0.1"))
                        .addAddresses(address("InternalIP", "nonsense")))
                .build();
        var read = ((PutNode) read(new NodeDecoder(unfit), List.of(node)).getFirst()).node();
        assertThat(read.addresses()).containsExactly(IpAddress.of("192.168.0.1"), IpAddress.of("198.51.100.7"));
        assertThat(read.podCidrs()).containsExactly(Cidr.of("10.244.1.0/24"));
        assertThat(read.zone()).isEqualTo("a");
        assertThat(read.departure()).isEqualTo(Departure.MARKED_BY_AUTOSCALER);
        assertThat(warnings).containsExactly("Node here: address \"nonsense\" left out, for it cannot be read");
    }

    @Test
    void whatIsLeftOutIsToldOnce() throws Exception {
        var told = new ArrayList<SourceEvent>();
        var decoder = new NodeDecoder(new UnfitObjects(warnings::add, told::add));
        var node = V1.Node.newBuilder()
                .setMetadata(metadata().clearNamespace().setName("here"))
                .setSpec(V1.NodeSpec.newBuilder().addPodCIDRs("10.244.1.0"))
                .build();
        read(decoder, List.of(node, node));
        read(decoder, List.of(node));
        assertThat(told)
                .containsExactly(new SourceEvent.LeftOut(
                        "Node",
                        new NamespacedName("", "here"),
                        "podCIDR \"10.244.1.0\" left out, for it cannot be read"));
        assertThat(warnings).hasSize(1);
    }

    @Test
    void aServiceCidrThatIsNoneIsLeftOut() throws Exception {
        var cidr = V1Networking.ServiceCIDR.newBuilder()
                .setMetadata(metadata().clearNamespace().setName("kubernetes"))
                .setSpec(V1Networking.ServiceCIDRSpec.newBuilder()
                        .addCidrs("10.96.0.0/12")
                        .addCidrs("10.96.0.0/33"))
                .build();
        var read = ((PutServiceCidr)
                        read(new ServiceCidrDecoder(unfit), List.of(cidr)).getFirst())
                .cidr();
        assertThat(read.cidrs()).containsExactly(Cidr.of("10.96.0.0/12"));
        assertThat(warnings)
                .containsExactly("ServiceCIDR kubernetes: \"10.96.0.0/33\" left out, for it is no address prefix");
    }

    private static V1.NodeAddress address(String type, String text) {
        return V1.NodeAddress.newBuilder().setType(type).setAddress(text).build();
    }

    private PutService put(V1.Service service) throws Exception {
        return (PutService)
                read(new ServiceDecoder(DATA_PATH, unfit), List.of(service)).getFirst();
    }

    private static V1.Service.Builder service() {
        return V1.Service.newBuilder()
                .setMetadata(metadata())
                .setSpec(V1.ServiceSpec.newBuilder().setClusterIP("10.96.0.1"));
    }

    private static Meta.ObjectMeta.Builder metadata() {
        return Meta.ObjectMeta.newBuilder()
                .setName("cart")
                .setNamespace("shop")
                .setUid("00000000-0000-0000-0000-000000000001")
                .setResourceVersion("7")
                .setCreationTimestamp(Meta.Time.newBuilder().setSeconds(1_700_000_000));
    }

    private static List<ClusterDelta> read(ObjectDecoder decoder, List<? extends Message> objects) throws Exception {
        var deltas = new ArrayList<ClusterDelta>();
        new ListReader(decoder).read(new ByteArrayInputStream(Wire.list(77, objects)), deltas::add);
        return deltas;
    }
}
