package io.waymark.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.waymark.proxy.metrics.ProxyMetrics;
import io.waymark.proxy.netlink.Batch;
import io.waymark.proxy.netlink.NetlinkException;
import io.waymark.proxy.netlink.NetlinkSocket;
import io.waymark.proxy.netlink.TestNamespace;
import io.waymark.proxy.netlink.nft.NfFamily;
import io.waymark.proxy.netlink.nft.NftReader;
import io.waymark.proxy.netlink.nft.TableWriter;
import io.waymark.proxy.nftables.NftApplier;
import io.waymark.proxy.nftables.Ownership;
import io.waymark.proxy.nftables.skeleton.Maps;
import io.waymark.proxy.nftables.skeleton.Skeleton;
import io.waymark.proxy.reconcile.ApplyException;
import io.waymark.proxy.reconcile.Reconciler;
import io.waymark.proxy.reconcile.RuleApplier;
import io.waymark.proxy.reconcile.RuleFeed;
import io.waymark.proxy.rules.RuleBuilder;
import io.waymark.proxy.rules.RuleChanges;
import io.waymark.proxy.rules.RuleSet;
import io.waymark.proxy.rules.TrafficHistory;
import io.waymark.proxy.rules.node.LocalDetector;
import io.waymark.proxy.rules.node.NodeFacts;
import io.waymark.proxy.rules.node.RuleConfig;
import io.waymark.records.address.Cidr;
import io.waymark.records.address.IpAddress;
import io.waymark.records.address.IpFamily;
import io.waymark.records.cluster.ClusterDelta;
import io.waymark.records.cluster.ClusterState;
import io.waymark.records.cluster.ClusterText;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The whole way from the cluster's changes to a real kernel, which refuses changes since somebody takes what
/// they replace away one time in ten; with a back end that fails one time in ten, and says one time in twenty
/// that it failed though it did not; and a proxy that is killed between two batches.
/// When that ends, the kernel holds what a proxy that starts then would make of the objects.
class FaultsTest {
    private static final int CHANGES = 400;
    private static final int LIVES = 5;
    private static final long LIMIT_NANOS = Duration.ofSeconds(40).toNanos();
    private static final List<IpAddress> LOCAL = List.of(IpAddress.of("192.168.0.1"), IpAddress.of("fd00:192::1"));
    private static final NodeFacts FACTS = new NodeFacts("here", "", LOCAL, List.of(), LOCAL);
    private static final RuleConfig CONFIG = RuleConfig.NFTABLES.with(
            new LocalDetector.ClusterCidr(List.of(Cidr.of("10.244.0.0/16"), Cidr.of("fd00:244::/56"))));

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 7, 4711})
    void whenFaultsEndTheKernelHoldsTheRules(long seed) {
        try (var namespace = TestNamespace.make()) {
            namespace.run(() -> {
                live(seed);
                return true;
            });
        }
    }

    private static void live(long seed) throws Exception {
        var state = new ClusterState();
        var history = new TrafficHistory(seed);
        int faults = 0;
        for (int life = 1; life <= LIVES; life++) {
            var kernel = new Unreliable(new Random(seed + life));
            try (var reconciler =
                    new Reconciler(kernel, Duration.ofMillis(300), new ProxyMetrics(InstantSource.system()))) {
                reconciler.start();
                var feed = new RuleFeed("here", CONFIG, reconciler, () -> LOCAL, note -> {});
                // What changed while it was dead it learns from the list.
                state.apply(history.next()).ifPresent(change -> {});
                feed.synced(state);
                for (int i = 0; i < CHANGES / LIVES; i++) {
                    change(state, feed, history.next());
                    kernel.awaitWork();
                }
                if (life == LIVES) {
                    for (var delta : ClusterText.deltas("service last/last 10.96.200.200,fd00:96::200 80/TCP")) {
                        change(state, feed, delta);
                    }
                    awaitLast();
                }
            }
            faults += kernel.faults;
            if (life == LIVES) {
                assertThat(faults).as("faults").isGreaterThan(LIVES);
                holds(state, seed);
            }
            kernel.rules.close();
        }
    }

    private static void change(ClusterState state, RuleFeed feed, ClusterDelta delta) {
        state.apply(delta).ifPresent(change -> feed.changed(state, change));
    }

    /// Until both families have the last Service.
    private static void awaitLast() throws Exception {
        long end = System.nanoTime() + LIMIT_NANOS;
        try (var socket = NetlinkSocket.netfilter()) {
            var reader = new NftReader(socket);
            boolean four = false;
            boolean six = false;
            while (!four || !six) {
                assertThat(System.nanoTime())
                        .as("the last Service comes in time")
                        .isLessThan(end);
                four = reader.elements(NfFamily.IP, Skeleton.TABLE, Maps.CLUSTER_IPS).stream()
                        .anyMatch(it -> it.key().toString().equals("0a60c8c8"));
                six = reader.elements(NfFamily.IP6, Skeleton.TABLE, Maps.CLUSTER_IPS).stream()
                        .anyMatch(it -> it.key().toString().equals("fd000096000000000000000000000200"));
            }
        }
    }

    /// Another proxy that starts now finds nothing to change.
    private static void holds(ClusterState state, long seed) throws Exception {
        try (var socket = NetlinkSocket.netfilter();
                var fresh = NftApplier.open(Ownership.NONE)) {
            var reader = new NftReader(socket);
            int before = reader.generation();
            fresh.start(Arrays.stream(IpFamily.values())
                    .map(family -> {
                        var builder = new RuleBuilder(CONFIG, FACTS, family);
                        builder.rebuild(state, FACTS);
                        return builder.rules();
                    })
                    .toList());
            assertThat(reader.generation()).as("seed %d", seed).isEqualTo(before);
        }
    }

    /// The real back end behind a bad line. Closed only by its owner: a process that is killed closes nothing
    /// in order.
    private static final class Unreliable implements RuleApplier {
        private final NftRules rules;
        private final Random chance;
        private final Semaphore worked = new Semaphore(0);
        private volatile int faults;

        Unreliable(Random chance) throws Exception {
            this.rules = NftRules.open(Ownership.NONE);
            this.chance = chance;
        }

        /// Until it was told something, so that not all changes become one; briefly, for some changes are none.
        void awaitWork() throws InterruptedException {
            if (worked.tryAcquire(10, TimeUnit.MILLISECONDS)) {
                worked.drainPermits();
            }
        }

        private void fail(int oneIn) throws ApplyException {
            if (chance.nextInt(oneIn) == 0) {
                faults++;
                throw new ApplyException(new IllegalStateException("fault " + faults));
            }
        }

        /// Then the kernel refuses each change that replaces one of them.
        private static void takeEntriesAway() throws ApplyException {
            try (var socket = NetlinkSocket.netfilter()) {
                var reader = new NftReader(socket);
                for (var family : NfFamily.values()) {
                    var batch = Batch.nftables();
                    new TableWriter(batch, family, Skeleton.TABLE)
                            .delete(Maps.ENTRIES, reader.elements(family, Skeleton.TABLE, Maps.ENTRIES));
                    if (!batch.isEmpty()) {
                        socket.transact(batch);
                    }
                }
            } catch (NetlinkException unavailable) {
                throw new ApplyException(unavailable);
            }
        }

        @Override
        public void start(Collection<RuleSet> desired) throws ApplyException {
            fail(10);
            rules.start(desired);
            fail(20);
        }

        @Override
        public int apply(Collection<RuleChanges> changes) throws ApplyException {
            worked.release();
            if (chance.nextInt(10) == 0) {
                takeEntriesAway();
            }
            int entries;
            try {
                entries = rules.apply(changes);
            } catch (ApplyException really) {
                faults++;
                throw really;
            }
            fail(20);
            return entries;
        }

        @Override
        public List<String> verify() throws ApplyException {
            fail(10);
            return rules.verify();
        }

        @Override
        public List<String> audit() throws ApplyException {
            fail(10);
            return rules.audit();
        }

        @Override
        public void close() {}
    }
}
