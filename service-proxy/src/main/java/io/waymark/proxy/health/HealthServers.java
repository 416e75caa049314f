package io.waymark.proxy.health;

import io.waymark.proxy.events.EventRecorder;
import io.waymark.proxy.events.ProxyEvent;
import io.waymark.proxy.http.HttpExchange;
import io.waymark.proxy.http.HttpListener;
import io.waymark.proxy.http.HttpReply;
import io.waymark.proxy.metrics.ProxyMetrics;
import io.waymark.proxy.reconcile.RuleFollower;
import io.waymark.proxy.rules.HealthCheck;
import io.waymark.proxy.rules.RuleChanges;
import io.waymark.proxy.rules.RuleSet;
import io.waymark.proxy.rules.ServicePortKey;
import io.waymark.proxy.rules.ServiceRules;
import io.waymark.proxy.rules.node.NodePortTargets;
import io.waymark.records.address.IpAddress;
import io.waymark.records.address.IpFamily;
import io.waymark.records.cluster.NamespacedName;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Answers on `healthCheckNodePort` of each Service that has one, on the addresses that serve node ports,
/// in each family with what that family has. A port that is not to be had is told once and tried again
/// until it is.
/// Lifecycle: fed as a [RuleFollower], [#close], after which nobody answers.
public final class HealthServers implements RuleFollower {
    private static final Logger LOG = LoggerFactory.getLogger("proxy");
    private static final Duration RETRY = Duration.ofSeconds(5);

    private final String nodeName;
    private final EventRecorder events;
    private final ProxyMetrics metrics;
    private final BooleanSupplier healthy;

    private final Map<ServicePortKey, HealthCheck> checks = new TreeMap<>();
    private final Map<IpFamily, NodePortTargets> targets = new EnumMap<>(IpFamily.class);
    private final Map<Place, HttpListener> open = new HashMap<>();
    private final Set<Place> refused = new HashSet<>();
    private final Map<Asked, Integer> backends = new ConcurrentHashMap<>();
    private boolean isRetrying;
    private boolean closed;

    /// One Service in one family.
    private record Asked(NamespacedName service, IpFamily family) {}

    /// Where one is asked about a Service; at `::` in both families.
    private record Place(NamespacedName service, IpAddress address, int port) {}

    /// @param healthy whether changes reach the kernel
    public HealthServers(String nodeName, EventRecorder events, ProxyMetrics metrics, BooleanSupplier healthy) {
        this.nodeName = nodeName;
        this.events = events;
        this.metrics = metrics;
        this.healthy = healthy;
    }

    @Override
    public synchronized void begin(Collection<RuleSet> rules) {
        for (var set : rules) {
            targets.put(set.node().family(), set.node().nodePorts());
            set.services().values().forEach(this::put);
        }
    }

    @Override
    public synchronized void change(Collection<RuleChanges> changes) {
        for (var change : changes) {
            targets.put(change.nodeAfter().family(), change.nodeAfter().nodePorts());
            change.services()
                    .forEach(delta -> delta.after().ifPresentOrElse(this::put, () -> checks.remove(delta.key())));
        }
    }

    private void put(ServiceRules rules) {
        if (rules.health().port() == 0) {
            checks.remove(rules.key());
        } else {
            checks.put(rules.key(), rules.health());
        }
    }

    @Override
    public void held() {
        settle();
    }

    @Override
    public void repaired() {
        settle();
    }

    /// Opens and closes until those are open that should be.
    private synchronized void settle() {
        if (closed) {
            return;
        }
        var counts = new HashMap<Asked, Integer>();
        checks.forEach((key, check) -> counts.put(new Asked(key.service(), key.family()), check.localBackends()));
        backends.keySet().retainAll(counts.keySet());
        backends.putAll(counts);
        var wanted = places();
        open.entrySet().removeIf(entry -> {
            boolean isGone = !wanted.contains(entry.getKey());
            if (isGone) {
                entry.getValue().close();
            }
            return isGone;
        });
        refused.retainAll(wanted);
        wanted.stream().filter(place -> !open.containsKey(place)).forEach(this::open);
        if (!refused.isEmpty() && !isRetrying) {
            isRetrying = true;
            Thread.ofVirtual().name("health-ports").start(this::retry);
        }
    }

    private Set<Place> places() {
        Map<NamespacedName, SortedSet<IpFamily>> families = new HashMap<>();
        checks.keySet()
                .forEach(key -> families.computeIfAbsent(key.service(), service -> new TreeSet<>())
                        .add(key.family()));
        var places = new HashSet<Place>();
        checks.forEach((key, check) -> {
            for (var address : addresses(key.family(), families.getOrDefault(key.service(), new TreeSet<>()))) {
                places.add(new Place(key.service(), address, check.port()));
            }
        });
        return places;
    }

    /// The socket at `::` takes IPv4 too, so that there cannot be another one at `0.0.0.0`.
    private List<IpAddress> addresses(IpFamily family, SortedSet<IpFamily> families) {
        return switch (targets.get(family)) {
            case null -> List.of();
            case NodePortTargets.EveryLocal every ->
                List.of(IpAddress.of(
                        families.contains(IpFamily.IPV6) && isEveryLocal(IpFamily.IPV6) ? "::" : "0.0.0.0"));
            case NodePortTargets.Only(var only) -> only;
        };
    }

    private boolean isEveryLocal(IpFamily family) {
        return targets.get(family) instanceof NodePortTargets.EveryLocal;
    }

    private void open(Place place) {
        try {
            var address = new InetSocketAddress(
                    InetAddress.getByAddress(place.address().octets()), place.port());
            open.put(place, HttpListener.bind(address, exchange -> answer(place.service(), exchange)));
            if (refused.remove(place)) {
                LOG.info("The health of {} is told on port {} again", place.service(), place.port());
            }
        } catch (IOException taken) {
            metrics.healthPortRefused();
            if (refused.add(place)) {
                var note = "node " + nodeName + " failed to start healthcheck \"" + place.service() + "\" on port "
                        + place.port() + ": " + place.address() + ": " + taken.getMessage();
                LOG.error("{}; it is tried again every {} s", note, RETRY.toSeconds());
                events.record(ProxyEvent.warning(
                        ProxyEvent.Subject.service(place.service()),
                        "FailedToStartServiceHealthcheck",
                        "Listen",
                        note));
            }
        }
    }

    private HttpReply answer(NamespacedName service, HttpExchange exchange) {
        var family = exchange.local().getAddress().length == 4 ? IpFamily.IPV4 : IpFamily.IPV6;
        int count = backends.getOrDefault(new Asked(service, family), 0);
        return HealthPage.of(service, count, healthy.getAsBoolean());
    }

    private void retry() {
        try {
            while (isRefused()) {
                Thread.sleep(RETRY);
                settle();
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized boolean isRefused() {
        isRetrying = !closed && !refused.isEmpty();
        return isRetrying;
    }

    @Override
    public synchronized void close() {
        closed = true;
        open.values().forEach(HttpListener::close);
        open.clear();
    }
}
