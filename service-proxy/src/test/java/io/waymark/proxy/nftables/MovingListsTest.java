package io.waymark.proxy.nftables;

import static org.assertj.core.api.Assertions.assertThat;

import io.waymark.proxy.rules.RuleChanges;
import io.waymark.proxy.rules.RuleDelta;
import io.waymark.proxy.rules.RuleWorld;
import io.waymark.proxy.rules.node.LocalDetector;
import io.waymark.proxy.rules.node.NodeFacts;
import io.waymark.proxy.rules.node.RuleConfig;
import io.waymark.records.address.Cidr;
import io.waymark.records.address.IpAddress;
import io.waymark.records.address.IpFamily;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Connections while lists change, and how evenly lists are drawn from.
class MovingListsTest {
    private static final IpAddress HERE = IpAddress.of("192.0.2.1");

    private final PacketLab lab = new PacketLab();
    private final RuleWorld world = new RuleWorld(
            RuleConfig.NFTABLES.with(new LocalDetector.ClusterCidr(List.of(Cidr.of("10.244.0.0/24")))),
            new NodeFacts("here", "a", List.of(HERE), List.of(), List.of(HERE)),
            IpFamily.IPV4);

    @AfterEach
    void leave() {
        lab.close();
    }

    private NftApplier started() {
        return lab.node.run(() -> {
            var applier = NftApplier.open(Ownership.NONE);
            applier.start(List.of(world.rules()));
            return applier;
        });
    }

    private Map<String, Integer> connect(int times) {
        return lab.client.run(() -> {
            var answers = new HashMap<String, Integer>();
            var service = new InetSocketAddress(InetAddress.getByName("10.96.0.1"), 80);
            for (int i = 0; i < times; i++) {
                answers.merge(PacketLab.connect("", service).split(" ")[0], 1, Integer::sum);
            }
            return answers;
        });
    }

    /// The list goes from three endpoints to another one and back as fast as the kernel commits. A
    /// connection may meet a commit between two of its lookups; it is served all the same.
    @Test
    void noConnectionFailsWhileAListIsReplacedAllTheTime() {
        world.put("service shop/web 10.96.0.1 80/TCP");
        var three = world.put("""
                slice     shop/web-1  web   8080/TCP
                endpoint  shop/web-1  10.244.0.1
                endpoint  shop/web-1  10.244.0.2
                endpoint  shop/web-1  10.244.0.3
                """);
        var one = world.put("""
                slice     shop/web-1  web   8080/TCP
                endpoint  shop/web-1  10.244.0.3
                """);
        var back = new RuleChanges(one.nodeAfter(), one.nodeBefore(), reversed(one), List.of());
        try (var applier = started()) {
            var stop = new AtomicBoolean();
            var commits = lab.node.start(() -> {
                int done = 0;
                while (!stop.get()) {
                    applier.apply(List.of(done % 2 == 0 ? back : one));
                    done++;
                }
                return done;
            });
            var answers = connect(3000);
            stop.set(true);
            assertThat(answers.keySet()).as(answers + " " + three).containsExactlyInAnyOrder("pod1", "pod2", "pod3");
            assertThat(lab.node.run(() -> commits.get())).isGreaterThan(100);
        }
    }

    private static List<RuleDelta> reversed(RuleChanges changes) {
        return changes.services().stream()
                .map(delta -> new RuleDelta(delta.key(), delta.after(), delta.before()))
                .toList();
    }

    @ParameterizedTest(name = "{0} endpoints")
    @CsvSource(textBlock = """
            # endpoints, chi-square of one chance in 10,000 with that many less one degrees of freedom
            2,  15.2
            3,  18.5
            16, 44.3
            17, 46.0
            20, 50.8
            33, 70.6
            """)
    void eachEndpointIsDrawnEquallyOften(int endpoints, double limit) {
        var cluster = new StringBuilder("service shop/web 10.96.0.1 80/TCP\n");
        for (int i = 1; i <= endpoints; i++) {
            lab.serve(lab.pods.getFirst(), "e" + i, 9000 + i);
            cluster.append("slice shop/web-%d web %d/TCP\nendpoint shop/web-%d 10.244.0.1\n".formatted(i, 9000 + i, i));
        }
        world.put(cluster.toString());
        try (var applier = started()) {
            assertThat(applier).isNotNull();
            int times = 60 * endpoints;
            var answers = connect(times);
            double expected = times / (double) endpoints;
            double chiSquare = answers.values().stream()
                            .mapToDouble(count -> (count - expected) * (count - expected) / expected)
                            .sum()
                    + (endpoints - answers.size()) * expected;
            assertThat(answers).hasSize(endpoints).doesNotContainKeys("dropped", "refused");
            assertThat(chiSquare).as(answers.toString()).isLessThan(limit);
        }
    }
}
