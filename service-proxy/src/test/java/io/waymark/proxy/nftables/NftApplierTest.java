package io.waymark.proxy.nftables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waymark.proxy.netlink.NetlinkSocket;
import io.waymark.proxy.netlink.TestNamespace;
import io.waymark.proxy.netlink.nft.Element;
import io.waymark.proxy.netlink.nft.NfFamily;
import io.waymark.proxy.netlink.nft.NftReader;
import io.waymark.proxy.rules.RuleWorld;
import io.waymark.proxy.rules.TrafficHistory;
import io.waymark.proxy.rules.node.LocalDetector;
import io.waymark.proxy.rules.node.NodeFacts;
import io.waymark.proxy.rules.node.RuleConfig;
import io.waymark.records.address.Cidr;
import io.waymark.records.address.IpAddress;
import io.waymark.records.address.IpFamily;
import io.waymark.records.cluster.ClusterDelta;
import io.waymark.records.cluster.Origin;
import io.waymark.records.cluster.ServiceCidr;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The applier against a kernel, in a network namespace of its own.
class NftApplierTest {
    private static final IpAddress HERE = IpAddress.of("192.168.0.1");
    private static final RuleConfig CONFIG = RuleConfig.NFTABLES.with(
            new LocalDetector.ClusterCidr(List.of(Cidr.of("10.244.0.0/16"), Cidr.of("fd00:244::/56"))));
    private static final String CLUSTER = """
            service   shop/web    10.96.0.1,fd00:96::1  http=80/TCP:30080 lb=203.0.113.9 ranges=192.0.2.0/24,192.0.3.0/24 etp=local
            slice     shop/web-1  web        http=8080/TCP
            endpoint  shop/web-1  10.244.1.1 node=here
            endpoint  shop/web-1  10.244.1.2 node=there
            endpoint  shop/web-1  10.244.1.3 node=there
            slice     shop/web-2  web        http=8080/TCP
            endpoint  shop/web-2  fd00:244::1
            service   shop/dns    10.96.0.10,fd00:96::a  53/UDP 53/TCP affinity=60
            slice     shop/dns-1  dns        53/UDP
            endpoint  shop/dns-1  10.244.1.3
            service   shop/idle   10.96.0.11 80/TCP
            """;

    private final TestNamespace namespace = TestNamespace.make();
    private final RuleWorld four = world(IpFamily.IPV4);
    private final RuleWorld six = world(IpFamily.IPV6);

    private static RuleWorld world(IpFamily family) {
        return new RuleWorld(CONFIG, new NodeFacts("here", "a", List.of(HERE), List.of(), List.of(HERE)), family);
    }

    private NftApplier open(Ownership ownership) throws NftException {
        return NftApplier.open(ownership);
    }

    private NftApplier started(Ownership ownership) {
        return namespace.run(() -> {
            var applier = open(ownership);
            applier.start(List.of(four.rules(), six.rules()));
            return applier;
        });
    }

    private void bring(NftApplier applier, String cluster) {
        namespace.run(() -> applier.apply(List.of(four.put(cluster), six.put(cluster))));
    }

    private List<Drift> verify(NftApplier applier) {
        return namespace.run(applier::verify);
    }

    /// The kernel holds what the rules say, and the applier knows.
    private void assertSettled(NftApplier applier) {
        assertThat(namespace.run(applier::isDoubtful)).isFalse();
        assertThat(namespace.run(applier::audit)).isEmpty();
    }

    private void assertListed() {
        for (var form : List.of(
                List.of("nft", "list", "ruleset"),
                List.of("nft", "-j", "list", "ruleset"),
                List.of("nft", "-a", "-n", "list", "ruleset"))) {
            var ended = namespace.attempt(form.toArray(String[]::new));
            assertThat(ended.code())
                    .as(form + " " + ended.said().lines().limit(3).toList())
                    .isZero();
        }
    }

    private Set<Element> elements(String set) {
        return namespace.run(() -> {
            try (var socket = NetlinkSocket.netfilter()) {
                return Set.copyOf(new NftReader(socket).elements(NfFamily.IP, "waymark", set));
            }
        });
    }

    private int generation() {
        return namespace.run(() -> {
            try (var socket = NetlinkSocket.netfilter()) {
                return new NftReader(socket).generation();
            }
        });
    }

    @AfterEach
    void leave() {
        namespace.close();
    }

    @Test
    void nftListsTheTablesInEveryState() {
        try (var applier = started(Ownership.NONE)) {
            assertListed();
            assertSettled(applier);
            bring(applier, CLUSTER);
            assertListed();
            assertSettled(applier);
            assertThat(namespace.command("nft", "list", "ruleset")).contains("aff-60-ac", "table ip6 waymark");
            four.move(new NodeFacts("elsewhere", "a", List.of(HERE), List.of(), List.of(HERE)));
            namespace.run(() -> applier.apply(List.of(four.move(
                    new NodeFacts("here", "a", List.of(IpAddress.of("192.168.0.2")), List.of(), List.of())))));
        }
        assertListed();
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 4711})
    void theKernelFollowsEveryChange(long seed) {
        var history = new TrafficHistory(seed);
        try (var applier = started(Ownership.NONE)) {
            for (int i = 0; i < 400; i++) {
                var delta = history.next();
                var changes = i % 50 == 49
                        ? List.of(four.move(history.node()), six.move(history.node()))
                        : List.of(four.apply(delta), six.apply(delta));
                namespace.run(() -> applier.apply(changes));
                assertThat(namespace.run(applier::isDoubtful)).isFalse();
                if (i % 50 == 0) {
                    assertThat(namespace.run(applier::audit))
                            .as("seed %d, change %d", seed, i)
                            .isEmpty();
                }
            }
            assertSettled(applier);
            assertListed();
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            flush ruleset                                                  | table ip waymark is gone
            delete table ip waymark                                        | table ip waymark is gone
            add rule ip waymark services counter                           | chain services is not as it was made
            add chain ip waymark extra                                     | the list of chains is not as it was made
            flush chain ip waymark nat-postrouting                         | chain nat-postrouting is not as it was made
            flush set ip waymark cluster_ips                               | of cluster_ips 3 elements are missing, 0 should not be there
            add element ip waymark cluster_ips { 10.96.0.99 }              | of cluster_ips 0 elements are missing, 1 should not be there
            add element ip waymark lb_sources { 0x77 . 10.0.0.0-10.0.0.9 } | of lb_sources 0 elements are missing, 1 should not be there
            flush map ip waymark to_a                                      | map to_a is not as it was made
            """)
    void whatOthersChangeIsNoticedAndRepaired(String command, String noticed) {
        try (var applier = started(Ownership.NONE)) {
            bring(applier, CLUSTER);
            assertThat(verify(applier)).isEmpty();
            namespace.command("nft", command);
            assertThat(verify(applier)).first().asString().contains(noticed);
            assertSettled(applier);
            assertListed();
        }
    }

    @Test
    void tablesOfOthersAreLeftAlone() {
        namespace.command(
                "nft", "add table ip theirs; add chain ip theirs input { type filter hook input priority 0 ; }");
        try (var applier = started(Ownership.NONE)) {
            bring(applier, CLUSTER);
            namespace.command("nft", "add rule ip theirs input counter");
            assertThat(verify(applier)).as("noticed, but not ours").isEmpty();
            assertSettled(applier);
            assertThat(namespace.<Integer>run(NftCleanup::run)).isEqualTo(2);
            assertThat(namespace.command("nft", "list", "ruleset"))
                    .contains("theirs")
                    .doesNotContain("waymark");
            assertThat(namespace.<Integer>run(NftCleanup::run))
                    .as("nothing is left")
                    .isZero();
        }
    }

    @Test
    void aRestartChangesNothingThatIsRight() {
        try (var applier = started(Ownership.NONE)) {
            bring(applier, CLUSTER);
        }
        int before = generation();
        try (var applier = started(Ownership.NONE)) {
            assertThat(generation()).as("no commit was needed").isEqualTo(before);
            assertSettled(applier);
        }
    }

    @Test
    void aRestartRepairsWhatChangedMeanwhileAndKeepsIds() {
        try (var applier = started(Ownership.NONE)) {
            bring(applier, CLUSTER);
        }
        var frontends = elements("frontends");
        four.put("service shop/idle 10.96.0.11 81/TCP\nendpoint shop/web-1 10.244.1.4");
        namespace.command("nft", "flush set ip waymark hairpin");
        int before = generation();
        try (var applier = started(Ownership.NONE)) {
            assertThat(generation()).isEqualTo(before + 1);
            assertSettled(applier);
            assertThat(elements("frontends").stream().filter(frontends::contains))
                    .as("all but the port that changed")
                    .hasSize(frontends.size() - 1);
        }
    }

    @Test
    void aTableWithoutHooksIsThatOfAProcessThatWasKilled() {
        namespace.command("nft", "add table ip waymark; add chain ip waymark services");
        try (var applier = started(Ownership.NONE)) {
            assertSettled(applier);
        }
    }

    @Test
    void kubeProxysTablesAreTakenOver() {
        namespace.command("nft", "add table ip kube-proxy; add chain ip kube-proxy services; add table ip6 kube-proxy");
        try (var applier = started(Ownership.NONE)) {
            assertThat(namespace.command("nft", "list", "tables"))
                    .contains("table ip waymark", "table ip6 waymark")
                    .doesNotContain("kube-proxy");
            assertSettled(applier);
        }
    }

    @Test
    void anOwnedTableIsNobodyElsesAndOurSuccessors() {
        try (var applier = started(Ownership.WHERE_POSSIBLE)) {
            bring(applier, CLUSTER);
            assertListed();
            assertThat(namespace
                            .attempt("nft", "add rule ip waymark services counter")
                            .said())
                    .contains("Operation not permitted");
            namespace.attempt("nft", "flush ruleset");
            assertThat(verify(applier)).isEmpty();
            assertSettled(applier);
            assertThatThrownBy(() -> namespace.run(NftCleanup::run)).hasMessageContaining("EPERM");
        }
        assertListed();
        try (var applier = started(Ownership.WHERE_POSSIBLE)) {
            assertSettled(applier);
            assertThat(namespace
                            .attempt("nft", "add rule ip waymark services counter")
                            .said())
                    .as("it is owned again")
                    .contains("Operation not permitted");
        }
        assertThat(namespace.<Integer>run(NftCleanup::run)).isEqualTo(2);
    }

    @Test
    void aRefusedChangeIsMadeByTheNextVerification() {
        try (var applier = started(Ownership.NONE)) {
            bring(applier, CLUSTER);
            namespace.command("nft", "delete table ip waymark");
            assertThatThrownBy(() -> bring(applier, "service shop/new 10.96.0.77 80/TCP"))
                    .hasMessageContaining("ENOENT")
                    .hasMessageContaining("table ip waymark");
            assertThat(verify(applier)).isNotEmpty();
            assertSettled(applier);
            assertThat(elements("cluster_ips")).hasSize(4);
        }
    }

    /// Who is a Pod stands in rules: another answer makes the table anew, in one commit.
    @Test
    void aNodeThatLearnsItsPodRangeHasItsTableMadeAnew() {
        var config = RuleConfig.NFTABLES.with(new LocalDetector.NodeCidr());
        var facts = new NodeFacts("here", "a", List.of(HERE), List.of(), List.of(HERE));
        var world = new RuleWorld(config, facts, IpFamily.IPV4);
        world.put(CLUSTER);
        try (var applier = namespace.run(() -> {
            var opened = open(Ownership.WHERE_POSSIBLE);
            opened.start(List.of(world.rules()));
            return opened;
        })) {
            assertThat(namespace.command("nft", "list", "chain", "ip", "waymark", "int-c-1"))
                    .doesNotContain("10.244.7.0");
            var frontends = elements("frontends");
            int before = generation();
            namespace.run(() -> applier.apply(List.of(world.move(
                    new NodeFacts("here", "a", List.of(HERE), List.of(Cidr.of("10.244.7.0/24")), List.of(HERE))))));
            assertThat(generation()).isEqualTo(before + 1);
            assertThat(namespace.command("nft", "list", "chain", "ip", "waymark", "int-c-1"))
                    .contains("ip saddr != 10.244.7.0/24");
            assertThat(elements("frontends")).isEqualTo(frontends);
            assertSettled(applier);
        }
    }

    @Test
    void serviceRangesSideBySideAndWithinEachOtherAreTaken() {
        try (var applier = started(Ownership.NONE)) {
            for (var ranges : List.of(
                    List.of("10.96.0.0/16", "10.97.0.0/16", "10.96.3.0/24"),
                    List.of("10.97.0.0/16"),
                    List.of("10.97.0.0/16", "10.98.0.0/15", "10.96.0.0/16"),
                    List.of("0.0.0.0/0"),
                    List.<String>of())) {
                var change = four.apply(new ClusterDelta.PutServiceCidr(new ServiceCidr(
                        "kubernetes",
                        new Origin.None(),
                        ranges.stream().map(Cidr::of).toList())));
                namespace.run(() -> applier.apply(List.of(change)));
                assertSettled(applier);
                assertListed();
            }
        }
    }

    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource({"5.12.9-amd64,true", "5.13.0,false", "6.18.44-fc,false", "4.19,true", "10.0,false", "x,true"})
    void kernelsBefore513AreTooOld(String release, boolean old) {
        assertThat(KernelRelease.of(release).isOlderThan(KernelRelease.OLDEST)).isEqualTo(old);
    }
}
