package io.waymark.dns;

import io.waymark.dns.corefile.plan.ListenerPlan;
import io.waymark.dns.corefile.stage.ListenAddress;
import io.waymark.dns.listen.BindAddress;
import io.waymark.dns.listen.BindProbe;
import io.waymark.dns.listen.LocalAddresses;
import io.waymark.dns.listen.TcpListener;
import io.waymark.dns.listen.UdpListener;
import io.waymark.dns.loops.EventLoops;
import io.waymark.dns.metrics.Metrics;
import io.waymark.dns.pipeline.ClientView;
import io.waymark.dns.pipeline.Defects;
import io.waymark.dns.pipeline.InFlight;
import io.waymark.dns.pipeline.QueryPipeline;
import io.waymark.dns.querylog.QueryLog;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The DNS server: every part of it is made here.
///
/// ```
/// ClusterFeeds ─▶ ClusterIndex ─▶ Zone ◀─ KubernetesPlugin ──┐
///                                         ForwardPlugin ─────┼─ ServerBlock ─▶ QueryPipeline ◀─ UdpListener,
/// TcpListener
///                                         LogPlugin and such ┘                 (one an address)
/// ```
/// Lifecycle: [#start], serving, [#close]. Both block, and are called from one thread.
public final class DnsServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DnsServer.class);

    private final DnsServerConfig config;
    private final InFlight inFlight = new InFlight();
    private final Defects defects = new Defects(System::nanoTime);
    private final List<BindAddress> addresses = new ArrayList<>();
    private final List<UdpListener> udp = new ArrayList<>();
    private final List<TcpListener> tcp = new ArrayList<>();
    /// What was started, the last first.
    private final Deque<AutoCloseable> started = new ArrayDeque<>();
    private final ProbeAssembly probes;

    /// Returns once queries are answered: when the cluster's objects are here, or at the latest after
    /// the Corefile's `startup_timeout`. Throws [io.waymark.dns.listen.ListenException],
    /// [io.waymark.source.SourceException] or [io.waymark.dns.plugin.forward.ForwardStartException] if it
    /// cannot; then nothing is left running.
    public static DnsServer start(DnsServerConfig config) {
        return new DnsServer(config, System.nanoTime());
    }

    // The order is for speed: the list from the API is on its way while the rest is made, and what
    // can fail for good fails before anything is waited for.
    private DnsServer(DnsServerConfig config, long began) {
        this.config = config;
        var plan = config.plan();
        try {
            var feeds = begin(ClusterFeeds.start(plan, config.sources()));
            plan.listeners().forEach(listener -> addresses.add(free(listener)));
            var loops = begin(EventLoops.start(config.loops()));
            var log = begin(QueryLog.start(config.queryLog(), QueryLog.LINES_MAX));
            var process = new ProcessParts(
                    loops,
                    new Metrics(),
                    log,
                    new SecureRandom(),
                    System::nanoTime,
                    InstantSource.system(),
                    begin(new PartsOfPlugins()));
            var blocks = new BlockAssembly(process, plan, feeds, LocalAddresses.of(addresses));
            var pipelines = plan.listeners().stream()
                    .map(listener -> pipeline(listener, blocks))
                    .toList();
            for (int i = 0; i < pipelines.size(); i++) {
                udp.add(begin(UdpListener.bind(loops, addresses.get(i), pipelines.get(i)::onLoop, config.limits())));
            }
            probes = begin(ProbeAssembly.bind(loops, plan, feeds.parts()));
            boolean synced = feeds.awaitSynced();
            for (int i = 0; i < pipelines.size(); i++) {
                tcp.add(begin(TcpListener.bind(
                        loops, addresses.get(i), pipelines.get(i)::onLoop, config.limits(), System::nanoTime)));
            }
            udp.forEach(UdpListener::open);
            tell(synced, loops, feeds, Duration.ofNanos(System.nanoTime() - began));
        } catch (RuntimeException failure) {
            release();
            throw failure;
        }
    }

    private <T extends AutoCloseable> T begin(T part) {
        started.push(part);
        return part;
    }

    private static BindAddress free(ListenerPlan listener) {
        return BindProbe.free(
                BindAddress.of(listener.address().address(), listener.address().port()));
    }

    private QueryPipeline pipeline(ListenerPlan listener, BlockAssembly blocks) {
        var server = listener.transport().scheme() + "://" + listener.address();
        var served = listener.zones().stream()
                .map(zone -> new QueryPipeline.Served(server, zone.zone(), blocks.block(zone.block())))
                .toList();
        return new QueryPipeline(served, ClientView.EVERYTHING, defects, inFlight, System::nanoTime);
    }

    private void tell(boolean synced, EventLoops loops, ClusterFeeds feeds, Duration duration) {
        var places = Stream.concat(
                        addresses.stream().map(address -> "dns://" + address + " (udp, tcp)"),
                        probes.ports().keySet().stream().map(address -> "http://" + address))
                .collect(Collectors.joining(", "));
        LOG.info("serving {} after {} ms", places, duration.toMillis());
        if (!loops.epoll()) {
            LOG.warn(
                    "native epoll is not to be had ({}): UDP is slower, and on a host with several addresses answers"
                            + " may leave from another than was asked; give java a writable -Djava.io.tmpdir",
                    EventLoops.whyNoEpoll());
        }
        if (!synced) {
            LOG.warn(
                    "the cluster is not known yet, {}; until it is, names that are not known get SERVFAIL",
                    feeds.trouble());
        }
    }

    /// Where queries are answered, in the plan's order, with the ports that the system chose.
    public List<BindAddress> addresses() {
        return List.copyOf(addresses);
    }

    /// The ports of the `health` and `ready` endpoints by their addresses in the Corefile.
    public Map<ListenAddress, Integer> probePorts() {
        return probes.ports();
    }

    /// How many defects of ours queries have hit since the start.
    public long defects() {
        return defects.count();
    }

    /// Ends gracefully: says that it is not ready, goes on answering for the Corefile's `lameduck`,
    /// takes no more queries, waits for the answers that are on their way, closes everything.
    @Override
    public void close() {
        try {
            Thread.sleep(probes.stopping());
            udp.forEach(UdpListener::pause);
            tcp.forEach(TcpListener::pause);
            inFlight.drained().get(config.drainMax().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException late) {
            LOG.warn(
                    "{} queries were not answered within {} ms and are dropped",
                    inFlight.count(),
                    config.drainMax().toMillis());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException impossible) {
            throw new IllegalStateException("waiting for answers cannot fail", impossible);
        } finally {
            release();
        }
    }

    private void release() {
        while (!started.isEmpty()) {
            try {
                started.pop().close();
            } catch (Exception failure) {
                LOG.warn("a part of the server did not close: {}", failure.toString());
            }
        }
    }
}
