package io.waymark.proxy.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.waymark.proxy.rules.node.LocalDetector;
import io.waymark.proxy.rules.node.Masquerade;
import io.waymark.proxy.rules.node.NodeFacts;
import io.waymark.proxy.rules.node.RuleConfig;
import io.waymark.records.address.Cidr;
import io.waymark.records.address.IpAddress;
import io.waymark.records.address.IpFamily;
import io.waymark.records.cluster.ClusterDelta;
import io.waymark.records.cluster.NamespacedName;
import io.waymark.records.cluster.Origin;
import io.waymark.records.cluster.Protocol;
import io.waymark.records.cluster.ServiceCidr;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What a change of the cluster does to the rules.
class RuleBuilderTest {
    private static final NodeFacts HERE = node("here", "a");
    private static final String WEB = """
            service   shop/web    10.96.0.1  http=80/TCP
            slice     shop/web-1  web        http=8080/TCP
            endpoint  shop/web-1  10.244.1.1 node=here
            """;
    private static final ServicePortKey WEB_HTTP = key("shop", "web", "http");

    private final RuleWorld world =
            new RuleWorld(RuleConfig.NFTABLES.with(new LocalDetector.NodeCidr()), HERE, IpFamily.IPV4);

    private static NodeFacts node(String name, String zone) {
        var address = IpAddress.of("192.168.0.1");
        return new NodeFacts(name, zone, List.of(address), List.of(Cidr.of("10.244.1.0/24")), List.of(address));
    }

    private static ServicePortKey key(String namespace, String name, String port) {
        return new ServicePortKey(new NamespacedName(namespace, name), port, Protocol.TCP, IpFamily.IPV4);
    }

    @Test
    void anEndpointMoreIsADeltaOfItsServiceAlone() {
        world.put(WEB + """
                service   shop/pay    10.96.0.2  80/TCP
                """);
        var changes = world.put("""
                slice     shop/web-2  web        http=8080/TCP
                endpoint  shop/web-2  10.244.2.1
                """);
        assertThat(changes.services()).extracting(RuleDelta::key).containsExactly(WEB_HTTP);
        assertThat(changes.services().getFirst().before().orElseThrow().cluster())
                .extracting(Backend::toString)
                .containsExactly("10.244.1.1:8080");
        assertThat(changes.services().getFirst().after().orElseThrow().cluster())
                .extracting(Backend::toString)
                .containsExactly("10.244.1.1:8080", "10.244.2.1:8080");
    }

    @Test
    void whatChangesNoRuleIsNoDelta() {
        world.put(WEB);
        assertThat(world.put(WEB).isEmpty()).isTrue();
        var other = world.put("""
                slice     shop/web-9  web        metrics=9090/TCP
                endpoint  shop/web-9  10.244.1.9
                """);
        assertThat(other.isEmpty()).as("a port that the Service has not").isTrue();
        assertThat(world.put("pod shop/web-0 10.244.1.1").isEmpty()).isTrue();
    }

    @Test
    void aServiceThatGoesLeavesNothing() {
        world.put(WEB);
        var changes = world.apply(new ClusterDelta.RemoveService(new NamespacedName("shop", "web")));
        assertThat(changes.services()).hasSize(1);
        assertThat(changes.services().getFirst().after()).isEmpty();
        assertThat(world.rules().services()).isEmpty();
    }

    @Test
    void slicesMayComeBeforeTheirService() {
        world.put("""
                slice     shop/web-1  web        http=8080/TCP
                endpoint  shop/web-1  10.244.1.1 node=here
                """);
        assertThat(world.rules().services()).isEmpty();
        world.put("service shop/web 10.96.0.1 http=80/TCP");
        assertThat(rules("web").cluster()).hasSize(1);
    }

    @Test
    void aServiceWithoutAddressOfTheFamilyHasNoRules() {
        world.put("""
                service   shop/six    fd00::1    80/TCP
                service   shop/none   headless   80/TCP
                service   shop/alias  -> www.example.com
                """);
        assertThat(world.rules().services()).isEmpty();
    }

    @Test
    void eachFamilyHasItsOwnRules() {
        var both = WEB.replace("10.96.0.1", "10.96.0.1,fd00::1") + """
                slice     shop/web-6  web        http=8080/TCP
                endpoint  shop/web-6  fd00:244::1
                """;
        world.put(both);
        var six = new RuleWorld(RuleConfig.NFTABLES, HERE, IpFamily.IPV6);
        six.put(both);
        assertThat(rules("web").cluster()).extracting(Backend::toString).containsExactly("10.244.1.1:8080");
        assertThat(six.rules().services().values())
                .flatExtracting(ServiceRules::cluster)
                .extracting(Backend::toString)
                .containsExactly("[fd00:244::1]:8080");
    }

    @Test
    void theOlderServiceHasASharedAddress() {
        world.put("""
                service   shop/web    10.96.0.1  80/TCP externalip=198.51.100.1 created=20
                """);
        var changes = world.put("""
                service   shop/zoo    10.96.0.2  80/TCP externalip=198.51.100.1 created=10
                """);
        assertThat(changes.services()).extracting(delta -> delta.key().text()).containsExactly("shop/web", "shop/zoo");
        assertThat(ownerOf("198.51.100.1")).isEqualTo("shop/zoo");
        assertThat(changes.notes())
                .extracting(note -> note.key().text() + ": " + note.text())
                .containsExactly("shop/web: 198.51.100.1:80/TCP left out, for shop/zoo has it already; "
                        + "give one of the two another address or port");
        var gone = world.apply(new ClusterDelta.RemoveService(new NamespacedName("shop", "zoo")));
        assertThat(ownerOf("198.51.100.1")).isEqualTo("shop/web");
        assertThat(gone.services()).hasSize(2);
        assertThat(world.notes()).isEmpty();
    }

    @Test
    void aClusterIpIsNotTakenByAnExternalOne() {
        world.put("""
                service   bank/steal  10.96.0.9  80/TCP externalip=10.96.0.1 lb=203.0.113.1 created=1
                service   shop/web    10.96.0.1  80/TCP externalip=203.0.113.1 created=9
                """);
        assertThat(ownerOf("10.96.0.1")).isEqualTo("shop/web");
        assertThat(ownerOf("203.0.113.1")).as("a controller gave it out").isEqualTo("bank/steal");
    }

    @Test
    void ofEquallyOldServicesTheFirstByNameHasIt() {
        world.put("""
                service   shop/web    10.96.0.1  80/TCP lb=203.0.113.1
                service   shop/pay    10.96.0.2  80/TCP lb=203.0.113.1
                service   shop/ftp    10.96.0.3  21/TCP lb=203.0.113.1
                """);
        assertThat(ownerOf("203.0.113.1")).isEqualTo("shop/pay");
        assertThat(world.notes()).hasSize(1);
        assertThat(rules("ftp").frontends()).as("another port is no conflict").hasSize(2);
    }

    @Test
    void anAddressThatAServiceHasTwiceIsUnderTheStricterRules() {
        world.put("""
                service   shop/web    10.96.0.1  80/TCP lb=203.0.113.1 externalip=203.0.113.1 ranges=192.0.2.0/24
                """);
        assertThat(rules("web").frontends())
                .containsExactly(
                        new Frontend.ClusterIp(IpAddress.of("10.96.0.1"), Protocol.TCP, 80),
                        new Frontend.LoadBalancerIp(IpAddress.of("203.0.113.1"), Protocol.TCP, 80));
        assertThat(world.notes()).isEmpty();
    }

    @Test
    void whatCannotBeReachedIsLeftOutAndTheRestIsServed() {
        var changes = world.put(WEB.replace("http=80/TCP", "http=80/TCP http=81/TCP externalip=127.0.0.1,198.51.100.1")
                + "endpoint  shop/web-1  127.0.0.1\nendpoint  shop/web-1  0.0.0.0");
        assertThat(changes.notes())
                .extracting(RuleNote::text)
                .containsExactlyInAnyOrder(
                        "port 81/TCP left out, for another one has its name http; give each port a name of its own",
                        "endpoint 127.0.0.1:8080 left out; expected an address that is neither unspecified nor loopback",
                        "endpoint 0.0.0.0:8080 left out; expected an address that is neither unspecified nor loopback",
                        "address 127.0.0.1 left out; expected one that is neither unspecified nor loopback");
        assertThat(rules("web").cluster()).hasSize(1);
        assertThat(rules("web").frontends()).hasSize(2);
        assertThat(world.put(WEB.replace("http=80/TCP", "http=80/TCP externalip=198.51.100.1"))
                        .notes())
                .as("what is mended is not said again")
                .isEmpty();
    }

    @Test
    void anEndpointInTwoSlicesIsOneAndTheOneThatRunsWins() {
        world.put(WEB.replace("node=here", "node=here notready terminating") + """
                slice     shop/web-2  web        http=8080/TCP
                endpoint  shop/web-2  10.244.1.1 node=here
                slice     shop/web-3  web        http=8080/TCP
                endpoint  shop/web-3  10.244.1.1 node=here notready terminating
                """);
        assertThat(rules("web").cluster()).extracting(Backend::toString).containsExactly("10.244.1.1:8080");
    }

    @Test
    void ofTwoPortsInOneSliceEachNameGetsItsOwn() {
        world.put("""
                service   shop/web    10.96.0.1  http=80/TCP http=80/UDP admin=81/TCP
                slice     shop/web-1  web        http=8080/TCP http=8081/UDP admin=9090/TCP
                endpoint  shop/web-1  10.244.1.1
                """);
        assertThat(world.rules().services().values())
                .extracting(rules -> rules.key() + " " + rules.cluster())
                .containsExactly(
                        "shop/web:admin/TCP/IPv4 [10.244.1.1:9090]",
                        "shop/web:http/TCP/IPv4 [10.244.1.1:8080]",
                        "shop/web:http/UDP/IPv4 [10.244.1.1:8081]");
    }

    @Test
    void aUdpPortKnowsAllThatStillServe() {
        world.put("""
                service   shop/dns    10.96.0.1  53/UDP
                slice     shop/dns-1  dns        53/UDP
                endpoint  shop/dns-1  10.244.1.1 forzones=b
                endpoint  shop/dns-1  10.244.1.2 forzones=a
                endpoint  shop/dns-1  10.244.1.3 notready terminating
                endpoint  shop/dns-1  10.244.1.4 notready notserving terminating
                endpoint  shop/dns-1  10.244.1.5 notserving forzones=b
                """);
        var dns = world.rules().services().values().iterator().next();
        assertThat(dns.cluster()).extracting(Backend::toString).containsExactly("10.244.1.2:53");
        assertThat(dns.serving())
                .extracting(Backend::toString)
                .containsExactly("10.244.1.1:53", "10.244.1.2:53", "10.244.1.3:53", "10.244.1.5:53");
    }

    @Test
    void healthCountsTheReadyAddressesOfThisNode() {
        world.put("""
                service   shop/web    10.96.0.1  http=80/TCP admin=81/TCP lb=203.0.113.1 etp=local health=31080
                slice     shop/web-1  web        http=8080/TCP admin=9090/TCP
                endpoint  shop/web-1  10.244.1.1 node=here
                endpoint  shop/web-1  10.244.1.2 node=here
                endpoint  shop/web-1  10.244.1.3 node=here notready terminating
                endpoint  shop/web-1  10.244.2.1 node=there
                """);
        assertThat(world.rules().services().values())
                .extracting(ServiceRules::health)
                .containsExactly(new HealthCheck(31080, 2), new HealthCheck(31080, 2));
    }

    @Test
    void theNodeMovesAndAllRulesWithIt() {
        world.put(WEB + "service shop/pay 10.96.0.2 80/TCP itp=local\n" + """
                slice     shop/pay-1  pay        80/TCP
                endpoint  shop/pay-1  10.244.1.2 node=here
                """);
        var changes = world.move(node("there", "b"));
        assertThat(changes.services()).extracting(delta -> delta.key().text()).containsExactly("shop/pay");
        assertThat(rules("pay").internal()).isEqualTo(new Entry.DropAll());
        var masqueraded = world.move(new NodeFacts("there", "b", List.of(), List.of(), List.of()));
        assertThat(masqueraded.nodeAfter().internalMasquerade()).isEqualTo(Masquerade.NEVER);
        assertThat(masqueraded.services())
                .extracting(delta -> delta.key().text())
                .containsExactly("shop/web:http");
    }

    @Test
    void serviceCidrsAreTheNodes() {
        var cidr = new ServiceCidr(
                "kubernetes", new Origin.None(), List.of(Cidr.of("10.96.0.0/12"), Cidr.of("fd00::/108")));
        var changes = world.apply(new ClusterDelta.PutServiceCidr(cidr));
        assertThat(changes.isEmpty()).isFalse();
        assertThat(changes.nodeAfter().serviceCidrs()).containsExactly(Cidr.of("10.96.0.0/12"));
        assertThat(world.apply(new ClusterDelta.RemoveServiceCidr("kubernetes"))
                        .nodeAfter()
                        .serviceCidrs())
                .isEmpty();
    }

    @Test
    void changesThatUndoEachOtherAreNone() {
        world.put(WEB);
        var there = world.put("slice shop/web-1 web http=8080/TCP");
        var back = world.put(WEB);
        assertThat(there.isEmpty()).isFalse();
        assertThat(there.then(back).isEmpty()).isTrue();
    }

    private ServiceRules rules(String name) {
        return world.rules().services().values().stream()
                .filter(rules -> rules.key().service().name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private String ownerOf(String address) {
        return world.rules()
                .owner(new Destination.Address(IpAddress.of(address), Protocol.TCP, 80))
                .map(owner -> owner.rules().key().text())
                .orElse("nobody");
    }
}
