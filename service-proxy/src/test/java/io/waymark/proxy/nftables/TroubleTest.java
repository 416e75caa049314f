package io.waymark.proxy.nftables;

import static org.assertj.core.api.Assertions.assertThat;

import io.waymark.proxy.netlink.Batch;
import io.waymark.proxy.netlink.NetlinkSocket;
import io.waymark.proxy.netlink.TestNamespace;
import io.waymark.proxy.netlink.nft.Element;
import io.waymark.proxy.netlink.nft.NfFamily;
import io.waymark.proxy.netlink.nft.NftReader;
import io.waymark.proxy.netlink.nft.TableWriter;
import io.waymark.proxy.nftables.skeleton.Maps;
import io.waymark.proxy.nftables.skeleton.Skeleton;
import io.waymark.proxy.rules.RuleChanges;
import io.waymark.proxy.rules.RuleWorld;
import io.waymark.proxy.rules.TrafficHistory;
import io.waymark.proxy.rules.node.LocalDetector;
import io.waymark.proxy.rules.node.RuleConfig;
import io.waymark.records.address.Cidr;
import io.waymark.records.address.IpFamily;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Changes of a cluster while somebody deletes elements and tables, and while the proxy is killed and
/// started again: whenever the trouble ends, the kernel holds what the rules say.
class TroubleTest {
    private static final int CHANGES = 200;
    private static final RuleConfig CONFIG = RuleConfig.NFTABLES.with(
            new LocalDetector.ClusterCidr(List.of(Cidr.of("10.244.0.0/16"), Cidr.of("fd00:244::/56"))));

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 7, 4711})
    void whenItEndsTheKernelHoldsWhatTheRulesSay(long seed) {
        try (var namespace = TestNamespace.make()) {
            namespace.run(() -> {
                live(seed);
                return true;
            });
        }
    }

    private static void live(long seed) throws Exception {
        var chance = new Random(seed);
        var history = new TrafficHistory(seed);
        var four = new RuleWorld(CONFIG, history.node(), IpFamily.IPV4);
        var six = new RuleWorld(CONFIG, history.node(), IpFamily.IPV6);
        var applier = start(four, six);
        int failures = 0;
        for (int i = 0; i < CHANGES; i++) {
            if (chance.nextInt(10) == 0) {
                damage(chance);
            }
            if (chance.nextInt(25) == 0) {
                // Killed: what came meanwhile is only in the cluster.
                applier.close();
                var delta = history.next();
                four.apply(delta);
                six.apply(delta);
                applier = start(four, six);
            }
            var delta = history.next();
            failures += apply(applier, List.of(four.apply(delta), six.apply(delta)));
            if (chance.nextInt(8) == 0) {
                applier.verify();
                assertThat(applier.audit()).as("seed %d, change %d", seed, i).isEmpty();
            }
        }
        applier.verify();
        assertThat(applier.audit()).as("seed %d", seed).isEmpty();
        assertThat(failures).as("the trouble was felt").isPositive();
        applier.close();
    }

    private static NftApplier start(RuleWorld four, RuleWorld six) throws NftException {
        var applier = NftApplier.open(Ownership.NONE);
        applier.start(List.of(four.rules(), six.rules()));
        return applier;
    }

    private static int apply(NftApplier applier, List<RuleChanges> changes) {
        try {
            applier.apply(changes);
            return 0;
        } catch (NftException refused) {
            return 1;
        }
    }

    /// Deletes a table, or some elements of a map.
    private static void damage(Random chance) throws Exception {
        try (var socket = NetlinkSocket.netfilter()) {
            var family = chance.nextBoolean() ? NfFamily.IP : NfFamily.IP6;
            var reader = new NftReader(socket);
            if (reader.tables(family).isEmpty()) {
                return;
            }
            var batch = Batch.nftables();
            var table = new TableWriter(batch, family, Skeleton.TABLE);
            if (chance.nextInt(4) == 0) {
                table.deleteTable();
            } else {
                var sets = Maps.planned();
                var set = sets.get(chance.nextInt(sets.size()));
                List<Element> some = reader.elements(family, Skeleton.TABLE, set).stream()
                        .filter(element -> !(element instanceof Element.End) && !set.equals(Maps.SERVICE_CIDRS))
                        .limit(3)
                        .toList();
                if (some.isEmpty()) {
                    return;
                }
                table.delete(set, some);
            }
            socket.transact(batch);
        }
    }
}
