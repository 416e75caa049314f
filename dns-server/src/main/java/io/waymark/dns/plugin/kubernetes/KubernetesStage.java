package io.waymark.dns.plugin.kubernetes;

import io.waymark.dns.corefile.stage.Fallthrough;
import io.waymark.dns.corefile.stage.Setting;
import io.waymark.dns.corefile.stage.Stage;
import io.waymark.dns.corefile.stage.Words;
import io.waymark.records.cluster.LabelSelector;
import io.waymark.records.name.DomainName;
import io.waymark.records.zone.ClusterZoneConfig;
import io.waymark.records.zone.PodMode;
import io.waymark.source.document.GoDuration;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// `kubernetes [ZONE…] { … }`: the names of a cluster's Services, endpoints and Pods.
/// @param zones          forward and reverse zones, at least one of them forward
/// @param multicluster   those of the forward zones that hold what a set of clusters exports, and
///                       nothing of the cluster itself
/// @param answers        what the answers look like
/// @param scope          which objects have names
/// @param fallthrough    which names that do not exist are left to the next stage
/// @param api            how the objects are found; a server that reads manifests does not use it
/// @param limits         how hard the API may be asked
/// @param startupTimeout how long a start waits for the first synchronisation; 0 or more
public record KubernetesStage(
        List<DomainName> zones,
        List<DomainName> multicluster,
        Answers answers,
        Scope scope,
        Fallthrough fallthrough,
        ApiAccess api,
        ApiLimits limits,
        Duration startupTimeout)
        implements Stage {
    public static final Duration STARTUP_TIMEOUT_DEFAULT = Duration.ofSeconds(5);

    private static final DomainName IN_ADDR_ARPA = DomainName.of("in-addr.arpa.");
    private static final DomainName IP6_ARPA = DomainName.of("ip6.arpa.");

    /// Copies the zones and refuses reverse zones alone.
    public KubernetesStage {
        zones = zones.stream().distinct().toList();
        multicluster = multicluster.stream().distinct().toList();
        if (zones.stream().allMatch(KubernetesStage::isReverse)) {
            throw new IllegalArgumentException("no forward zone among " + zones);
        }
        if (!zones.containsAll(multicluster) || multicluster.stream().anyMatch(KubernetesStage::isReverse)) {
            throw new IllegalArgumentException(multicluster + " are not all forward zones of " + zones);
        }
        if (startupTimeout.isNegative()) {
            throw new IllegalArgumentException("startup_timeout is negative: " + startupTimeout);
        }
    }

    /// Whether a zone holds names made of addresses.
    public static boolean isReverse(DomainName zone) {
        return zone.isWithin(IN_ADDR_ARPA) || zone.isWithin(IP6_ARPA);
    }

    /// The first forward zone, of the cluster itself if there is one: the targets of PTR records lie
    /// in it.
    public DomainName primaryZone() {
        var forward = zones.stream().filter(zone -> !isReverse(zone)).toList();
        return forward.stream()
                .filter(zone -> !multicluster.contains(zone))
                .findFirst()
                .orElse(forward.getFirst());
    }

    /// What the answers look like.
    /// @param ttlSeconds         0 to [#TTL_MAX]
    /// @param pods               whether Pods have names
    /// @param endpointPodNames   whether an endpoint without hostname is named after its Pod
    /// @param ignoreEmptyService whether a ClusterIP Service without ready endpoints does not exist
    /// @param zonal              whether headless Services have names by topology zone
    /// @param compat             whose answers they are
    public record Answers(
            int ttlSeconds,
            PodMode pods,
            boolean endpointPodNames,
            boolean ignoreEmptyService,
            boolean zonal,
            Compat compat) {
        public static final Answers DEFAULT =
                new Answers(ClusterZoneConfig.TTL_DEFAULT, PodMode.DISABLED, false, false, false, Compat.NONE);
        public static final int TTL_MAX = ClusterZoneConfig.TTL_MAX;

        /// Refuses a TTL out of bounds.
        public Answers {
            if (ttlSeconds < 0 || ttlSeconds > TTL_MAX) {
                throw new IllegalArgumentException("ttl " + ttlSeconds + " is not in 0 to " + TTL_MAX);
            }
        }
    }

    /// Which objects have names. Namespaces are chosen by name or by label, never by both.
    /// @param namespaces      only these; all if empty
    /// @param namespaceLabels selects Namespaces
    /// @param labels          selects Services, EndpointSlices and Pods
    /// @param endpoints       whether EndpointSlices are read at all (not with `noendpoints`)
    public record Scope(
            Set<String> namespaces, LabelSelector namespaceLabels, LabelSelector labels, boolean endpoints) {
        public static final Scope DEFAULT = new Scope(Set.of(), LabelSelector.ALL, LabelSelector.ALL, true);

        /// Copies the namespaces; refuses two ways of choosing them at once.
        public Scope {
            namespaces = Set.copyOf(namespaces);
            if (!namespaces.isEmpty() && !namespaceLabels.equals(LabelSelector.ALL)) {
                throw new IllegalArgumentException("namespaces and namespace_labels exclude each other");
            }
        }
    }

    /// How hard the API may be asked; 0 for no bound.
    /// @param queriesPerSecond `apiserver_qps`
    /// @param burst            `apiserver_burst`, requests above that rate
    /// @param inflightMax      `apiserver_max_inflight`, requests under way at once
    public record ApiLimits(double queriesPerSecond, int burst, int inflightMax) {
        public static final ApiLimits DEFAULT = new ApiLimits(0, 0, 0);

        /// Refuses negative bounds.
        public ApiLimits {
            if (!(queriesPerSecond >= 0) || burst < 0 || inflightMax < 0) {
                throw new IllegalArgumentException("a bound is negative");
            }
        }
    }

    @Override
    public String plugin() {
        return "kubernetes";
    }

    @Override
    public List<Setting> settings() {
        return List.of(
                new Setting("zones", Words.join(zones), false),
                new Setting("multicluster", none(Words.join(multicluster)), multicluster.isEmpty()),
                Setting.of("ttl", answers.ttlSeconds, Answers.DEFAULT.ttlSeconds),
                new Setting("pods", Words.lowerCase(answers.pods), answers.pods == Answers.DEFAULT.pods),
                Setting.of("endpoint_pod_names", answers.endpointPodNames, Answers.DEFAULT.endpointPodNames),
                Setting.of("ignore empty_service", answers.ignoreEmptyService, Answers.DEFAULT.ignoreEmptyService),
                Setting.of("zonal", answers.zonal, Answers.DEFAULT.zonal),
                new Setting("compat", Words.lowerCase(answers.compat), answers.compat == Answers.DEFAULT.compat),
                new Setting("namespaces", all(Words.join(new TreeSet<>(scope.namespaces))), scope.namespaces.isEmpty()),
                selector("namespace_labels", scope.namespaceLabels),
                selector("labels", scope.labels),
                Setting.of("noendpoints", !scope.endpoints, false),
                Setting.of("fallthrough", fallthrough, Fallthrough.NONE),
                Setting.of("api", api, new ApiAccess.InCluster()),
                new Setting(
                        "apiserver_qps",
                        Words.number(limits.queriesPerSecond),
                        limits.queriesPerSecond == ApiLimits.DEFAULT.queriesPerSecond),
                Setting.of("apiserver_burst", limits.burst, ApiLimits.DEFAULT.burst),
                Setting.of("apiserver_max_inflight", limits.inflightMax, ApiLimits.DEFAULT.inflightMax),
                new Setting(
                        "startup_timeout",
                        GoDuration.write(startupTimeout),
                        startupTimeout.equals(STARTUP_TIMEOUT_DEFAULT)));
    }

    private static Setting selector(String name, LabelSelector selector) {
        return new Setting(name, all(selector.text()), selector.equals(LabelSelector.ALL));
    }

    private static String none(String text) {
        return text.isEmpty() ? "none" : text;
    }

    private static String all(String text) {
        return text.isEmpty() ? "all" : text;
    }
}
