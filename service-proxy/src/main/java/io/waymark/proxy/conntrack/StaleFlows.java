package io.waymark.proxy.conntrack;

import io.waymark.proxy.metrics.ProxyMetrics;
import io.waymark.proxy.netlink.NetlinkException;
import io.waymark.proxy.reconcile.RuleFollower;
import io.waymark.proxy.rules.Destination;
import io.waymark.proxy.rules.RuleChanges;
import io.waymark.proxy.rules.RuleSet;
import io.waymark.records.address.IpFamily;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Deletes stale flows of UDP: after every change of the rules, once the kernel holds them, those
/// addressed to what has changed; at the start and after a repair all. Clients find a living endpoint with
/// their next datagram, without a socket of their own being made anew.
///
/// One thread of its own, for a search through a full table takes a while and rules must not wait for it.
/// Lifecycle: [#start], fed as a [RuleFollower], [#close].
public final class StaleFlows implements RuleFollower {
    private static final Logger LOG = LoggerFactory.getLogger("proxy");
    private static final Duration RETRY_FIRST = Duration.ofMillis(100);
    private static final Duration RETRY_MAX = Duration.ofSeconds(30);
    /// So many destinations are searched for one by one; for more, all flows are read once.
    private static final int SEARCHES_MAX = 16;

    private final UdpServices services = new UdpServices();
    private final Suspects suspects = new Suspects();
    private final ConntrackTable table;
    private final ProxyMetrics metrics;
    private final Thread thread = Thread.ofPlatform().name("proxy-flows").unstarted(this::run);
    private boolean failing;

    private StaleFlows(ConntrackTable table, ProxyMetrics metrics) {
        this.table = table;
        this.metrics = metrics;
    }

    /// @throws NetlinkException if the kernel does not let us
    public static StaleFlows start(ProxyMetrics metrics) throws NetlinkException {
        var flows = new StaleFlows(ConntrackTable.open(), metrics);
        flows.thread.start();
        return flows;
    }

    @Override
    public void begin(Collection<RuleSet> rules) {
        services.begin(rules);
        suspects.addAll();
    }

    @Override
    public void change(Collection<RuleChanges> changes) {
        services.change(changes, suspects::add);
    }

    @Override
    public void held() {
        suspects.release();
    }

    @Override
    public void repaired() {
        suspects.addAll();
        suspects.release();
    }

    /// Waits until no flow that the kernel held is stale by what it [#held]; false if that takes longer.
    boolean awaitDone(Duration max) throws InterruptedException {
        return suspects.awaitDone(max);
    }

    private void run() {
        try {
            var pause = RETRY_FIRST;
            while (true) {
                var taken = suspects.take();
                if (search(taken)) {
                    suspects.done();
                    pause = RETRY_FIRST;
                } else {
                    suspects.putBack(taken);
                    Thread.sleep(pause);
                    pause = pause.multipliedBy(2).compareTo(RETRY_MAX) < 0 ? pause.multipliedBy(2) : RETRY_MAX;
                }
            }
        } catch (InterruptedException closed) {
            table.close();
        }
    }

    /// @return whether nothing was refused
    private boolean search(Suspects.Taken taken) {
        // What was given up before the search began, for meanwhile more may be.
        var left = taken.all() ? services.left() : services.left(taken.destinations());
        try {
            for (var family : IpFamily.values()) {
                search(family, taken);
            }
        } catch (NetlinkException refused) {
            if (!failing) {
                failing = true;
                LOG.error(
                        "UDP flows to endpoints that are gone cannot be deleted: {}; it is tried again",
                        refused.getMessage());
            }
            return false;
        }
        services.forget(left);
        if (failing) {
            failing = false;
            LOG.info("UDP flows to endpoints that are gone are deleted again");
        }
        return true;
    }

    private void search(IpFamily family, Suspects.Taken taken) throws NetlinkException {
        var destinations = taken.destinations().stream()
                .filter(destination -> destination.family() == family)
                .collect(Collectors.toSet());
        if (!taken.all() && destinations.isEmpty()) {
            return;
        }
        long began = System.nanoTime();
        int deleted = delete(stale(family, taken.all(), destinations));
        var took = Duration.ofNanos(System.nanoTime() - began);
        metrics.flowsSearched(family, took, deleted);
        LOG.debug("Deleted {} stale UDP flows of {} after {} ms", deleted, family, took.toMillis());
    }

    private List<Flow> stale(IpFamily family, boolean all, Set<Destination> destinations) throws NetlinkException {
        var stale = new ArrayList<Flow>();
        if (all || destinations.size() > SEARCHES_MAX) {
            table.flows(family, flow -> keepStale(flow, stale));
        } else {
            for (var destination : destinations) {
                table.flows(destination, flow -> keepStale(flow, stale));
            }
        }
        return stale;
    }

    private void keepStale(Flow flow, List<Flow> stale) {
        if (services.isStale(flow)) {
            stale.add(flow);
        }
    }

    /// @return how many were there
    private int delete(List<Flow> stale) throws NetlinkException {
        int deleted = 0;
        for (var flow : stale) {
            if (table.delete(flow)) {
                deleted++;
            }
        }
        return deleted;
    }

    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join(Duration.ofSeconds(10));
        } catch (InterruptedException again) {
            Thread.currentThread().interrupt();
        }
    }
}
