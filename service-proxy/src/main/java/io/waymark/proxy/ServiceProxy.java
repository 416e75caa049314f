package io.waymark.proxy;

import io.waymark.proxy.admin.AdminPages;
import io.waymark.proxy.admin.AdminPlace;
import io.waymark.proxy.admin.AdminServer;
import io.waymark.proxy.config.LocalTraffic;
import io.waymark.proxy.config.ProxyConfig;
import io.waymark.proxy.conntrack.StaleFlows;
import io.waymark.proxy.health.HealthServers;
import io.waymark.proxy.host.KernelFiles;
import io.waymark.proxy.iptables.chains.ChainOptions.Dispatch;
import io.waymark.proxy.metrics.ProxyMetrics;
import io.waymark.proxy.netlink.AddressWatch;
import io.waymark.proxy.netlink.NetlinkException;
import io.waymark.proxy.netlink.NetlinkSocket;
import io.waymark.proxy.reconcile.LocalShortage;
import io.waymark.proxy.reconcile.Reconciler;
import io.waymark.proxy.reconcile.RuleFeed;
import io.waymark.records.address.IpAddress;
import io.waymark.source.SourceScope;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The data path of one node, assembled: source, rules, kernel, and the pages about them.
/// Lifecycle: [#start], serving, [#close], which leaves the rules in the kernel: traffic goes on.
public final class ServiceProxy implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger("proxy");

    private final Reconciler reconciler;
    /// What was started, the last first.
    private final Deque<AutoCloseable> started;

    private ServiceProxy(Reconciler reconciler, Deque<AutoCloseable> started) {
        this.reconciler = reconciler;
        this.started = started;
    }

    /// Does what each start needs of the way to the kernel, and changes nothing: for a thread that would
    /// be idle. Never fails: what is not to be had is told by [#start].
    public static void prepare() {
        try {
            NetlinkSocket.netfilter().close();
        } catch (NetlinkException | LinkageError unavailable) {
            LOG.debug("Not prepared", unavailable);
        }
    }

    /// Begins to follow the cluster. The rules are in the kernel when [#awaitProgrammed] says so.
    /// @param hostname the name of this host, where the configuration names no Node
    /// @param cluster  whose objects are followed, and who is told of them
    /// @param dispatch how packets find their Service in iptables mode
    /// @param givesUp  told, on a thread that may end the process, why it is of no use to go on
    /// @throws ProxyStartException if this kernel, or an address to listen on, is not to be had
    public static ServiceProxy start(
            ProxyConfig config, String hostname, ClusterAccess cluster, Dispatch dispatch, Consumer<String> givesUp)
            throws ProxyStartException {
        var nodeName = config.node().nodeName(hostname);
        var metrics = new ProxyMetrics(InstantSource.system(), config.mode());
        metrics.showDroppedEvents(cluster.events()::dropped);
        var started = new ArrayDeque<AutoCloseable>();
        var reconciler =
                new Reconciler(BackEnds.open(config, dispatch), config.pace().syncPeriod(), metrics);
        prepare(config);
        started.push(cluster.events());
        follow(reconciler, metrics, started);
        var health = new HealthServers(nodeName, cluster.events(), metrics, reconciler::isHealthy);
        started.push(health);
        reconciler.follow(health);
        reconciler.follow(new LocalShortage(metrics));
        reconciler.start();
        started.push(reconciler);
        try {
            var pages = new AdminPages(reconciler, metrics, InstantSource.system(), config);
            var tales = new NodeTales(nodeName, cluster.events(), metrics);
            listen(config.serving().healthz(), pages.health(), config, started, tales::healthServerFailed);
            listen(config.serving().metrics(), pages.diagnostics(), config, started, tales::metricServerFailed);
            var feed = new RuleFeed(nodeName, config.rules(), reconciler, ServiceProxy::localAddresses, tales::leftOut);
            var source = cluster.source().apply(SourceScope.dataPath(nodeName), event -> {
                tales.saw(event);
                feed.saw(event);
            });
            started.push(source);
            source.start(feed);
            watchAddresses(feed, started);
            if (config.localTraffic().mode() == LocalTraffic.Mode.NodeCIDR) {
                started.push(new PodCidrLimit(feed, nodeName, givesUp));
            }
            tales.started();
        } catch (ProxyStartException | RuntimeException refused) {
            new ServiceProxy(reconciler, started).close();
            throw refused;
        }
        LOG.info("The data path of Node {} in {} mode", nodeName, config.mode().text());
        return new ServiceProxy(reconciler, started);
    }

    /// The data path is served on a host that is not as it should be, too: its limits are others then.
    private static void prepare(ProxyConfig config) {
        var files = new KernelFiles(Path.of("/"));
        files.set(config).forEach(refused -> LOG.error("{}", refused));
        var unknown = files.oomScore(config.oomScoreAdj());
        if (!unknown.isEmpty()) {
            LOG.debug("oomScoreAdj cannot be set to {}: {}", config.oomScoreAdj(), unknown);
        }
    }

    /// Makes the settings of the kernel that need more rights than serving does.
    /// @throws ProxyStartException if one cannot be made
    public static void initialize(ProxyConfig config) throws ProxyStartException {
        var refused = new KernelFiles(Path.of("/")).set(config);
        if (!refused.isEmpty()) {
            throw new ProxyStartException(String.join("\n", refused));
        }
    }

    /// Has stale flows deleted. The data path is served without that, where it is not to be had.
    private static void follow(Reconciler reconciler, ProxyMetrics metrics, Deque<AutoCloseable> started) {
        try {
            var flows = StaleFlows.start(metrics);
            started.push(flows);
            reconciler.follow(flows);
        } catch (NetlinkException unavailable) {
            LOG.error("UDP flows to endpoints that are gone stay: {}", unavailable.getMessage());
        }
    }

    /// Node ports and stale flows go by the addresses of this host.
    private static void watchAddresses(RuleFeed feed, Deque<AutoCloseable> started) {
        try {
            started.push(AddressWatch.start(feed::relocated));
        } catch (NetlinkException unavailable) {
            LOG.error("Addresses of this host that change are not noticed: {}", unavailable.getMessage());
        }
    }

    /// As kube-proxy, that tries again unless the configuration says that it shall end.
    private static void listen(
            String place,
            List<AdminServer.Page> pages,
            ProxyConfig config,
            Deque<AutoCloseable> started,
            Consumer<String> failed)
            throws ProxyStartException {
        if (place.isEmpty()) {
            return;
        }
        try {
            started.push(AdminServer.start(place, pages));
        } catch (IOException refused) {
            failed.accept("cannot listen on " + place + ": " + refused.getMessage());
            if (config.serving().hardFail()) {
                throw new ProxyStartException("cannot listen on " + place, refused);
            }
            LOG.error("Cannot listen on {}: {}; it is tried again every 5 s", place, refused.getMessage());
            started.push(AdminPlace.keepTrying(place, pages));
        }
    }

    private static List<IpAddress> localAddresses() {
        try {
            return NetworkInterface.networkInterfaces()
                    .flatMap(NetworkInterface::inetAddresses)
                    .map(InetAddress::getAddress)
                    .map(octets -> IpAddress.ofOctets(octets, 0, octets.length))
                    .toList();
        } catch (SocketException unreadable) {
            throw new UncheckedIOException("the addresses of this host cannot be read", unreadable);
        }
    }

    /// Waits until the kernel holds the rules; false if that takes longer.
    public boolean awaitProgrammed(Duration max) throws InterruptedException {
        return reconciler.awaitProgrammed(max);
    }

    /// Takes everything of ours out of the kernel, whatever mode it is of, and what kube-proxy left.
    /// @throws ProxyStartException if it cannot be reached
    public static Removed cleanup() throws ProxyStartException {
        return BackEnds.cleanup();
    }

    @Override
    public void close() {
        for (var part : started) {
            try {
                part.close();
            } catch (Exception defect) {
                LOG.error("A part did not close", defect);
            }
        }
    }
}
