package io.waymark.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.waymark.records.cluster.ClusterChange;
import io.waymark.records.cluster.ClusterChange.OfNamespace;
import io.waymark.records.cluster.ClusterChange.OfNode;
import io.waymark.records.cluster.ClusterChange.OfPod;
import io.waymark.records.cluster.ClusterChange.OfService;
import io.waymark.records.cluster.ClusterChange.OfServiceCidr;
import io.waymark.records.cluster.ClusterChange.OfSlice;
import io.waymark.records.cluster.ClusterListener;
import io.waymark.records.cluster.ClusterState;
import io.waymark.records.cluster.EndpointSlice;
import io.waymark.records.cluster.Namespace;
import io.waymark.records.cluster.NamespacedName;
import io.waymark.records.cluster.Node;
import io.waymark.records.cluster.Origin;
import io.waymark.records.cluster.Pod;
import io.waymark.records.cluster.Service;
import io.waymark.records.cluster.ServiceCidr;
import io.waymark.records.cluster.ServiceTraffic;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/// A source and all that it told, for tests of any source. Where an object comes from is taken
/// off, so that objects of different sources compare. What breaks a listener's contract while it
/// is told (a version that goes back, a state that is not as the change says) fails the test.
public final class RecordedSource implements ClusterListener, AutoCloseable {
    private static final Origin NOWHERE = new Origin.None();
    private static final long PATIENCE_SECONDS = 20;

    private final ClusterSource source;
    private final BlockingQueue<ClusterChange> told = new LinkedBlockingQueue<>();
    private final BlockingQueue<List<ClusterChange>> syncs = new LinkedBlockingQueue<>();
    private final List<ClusterChange> all = Collections.synchronizedList(new ArrayList<>());
    private final List<String> broken = Collections.synchronizedList(new ArrayList<>());
    private final Map<NamespacedName, ServiceTraffic> traffics = new ConcurrentHashMap<>();
    private long version;

    private RecordedSource(ClusterSource source) {
        this.source = source;
    }

    /// Starts the source and records it.
    public static RecordedSource start(ClusterSource source) {
        var recorded = new RecordedSource(source);
        source.start(recorded);
        return recorded;
    }

    /// As [#start], and waits until the source is synced; what it told until then is forgotten.
    public static RecordedSource startSynced(ClusterSource source) {
        var recorded = start(source);
        recorded.awaitSync();
        return recorded;
    }

    @Override
    public void changed(ClusterState state, ClusterChange change) {
        var kept = placeless(change);
        if (!placeless(now(state, change)).equals(kept)) {
            broken.add("the state is not as it was told: " + change);
        }
        if (state.version() < version) {
            broken.add("the version went back from " + version + " to " + state.version());
        }
        version = state.version();
        if (change instanceof OfService of) {
            traffics.put(of.name(), state.traffic(of.name()));
        }
        all.add(kept);
        told.add(kept);
    }

    @Override
    public void synced(ClusterState state) {
        syncs.add(List.copyOf(all));
    }

    /// Waits for the first sync; returns what was told before it, which [#await] does not see.
    public List<ClusterChange> awaitSync() {
        try {
            var before = syncs.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            assertThat(before).as("what was told before the sync").isNotNull();
            for (int known = 0; known < before.size(); known++) {
                told.take();
            }
            return before;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /// Waits for the next change that is not known from before and meets the condition; what
    /// comes in between is passed over.
    public ClusterChange await(Predicate<ClusterChange> condition) {
        try {
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
            while (true) {
                var change = told.poll(end - System.nanoTime(), TimeUnit.NANOSECONDS);
                assertThat(change)
                        .as("a change that was waited for, after " + all)
                        .isNotNull();
                if (condition.test(change)) {
                    return change;
                }
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /// Waits for the next change in a namespace.
    public ClusterChange awaitIn(String namespace) {
        return await(change -> namespace.equals(namespace(change)));
    }

    /// All that was told so far.
    public List<ClusterChange> all() {
        synchronized (all) {
            return List.copyOf(all);
        }
    }

    /// How packets to a Service are treated, as it was at the last change of it.
    public ServiceTraffic traffic(NamespacedName service) {
        return traffics.getOrDefault(service, ServiceTraffic.PLAIN);
    }

    /// How often `synced` was called since the last [#awaitSync].
    public int furtherSyncs() {
        return syncs.size();
    }

    public Freshness freshness() {
        return source.freshness();
    }

    /// Closes the source, and fails if it broke its contract at any time.
    @Override
    public void close() {
        source.close();
        assertThat(broken).isEmpty();
    }

    /// The namespace of what changed; for a Namespace its own name.
    public static String namespace(ClusterChange change) {
        return switch (change) {
            case OfService of -> of.name().namespace();
            case OfSlice of -> of.name().namespace();
            case OfPod of -> of.name().namespace();
            case OfNamespace of -> of.name();
            case OfNode of -> "";
            case OfServiceCidr of -> "";
        };
    }

    private static ClusterChange now(ClusterState state, ClusterChange change) {
        return switch (change) {
            case OfService(var name, var before, var after) -> new OfService(name, before, state.service(name));
            case OfSlice(var name, var before, var after) -> new OfSlice(name, before, state.slice(name));
            case OfNamespace(var name, var before, var after) -> new OfNamespace(name, before, state.namespace(name));
            case OfPod(var name, var before, var after) -> new OfPod(name, before, state.pod(name));
            case OfNode(var name, var before, var after) -> new OfNode(name, before, state.node(name));
            case OfServiceCidr(var name, var before, var after) ->
                new OfServiceCidr(name, before, state.serviceCidr(name));
        };
    }

    private static ClusterChange placeless(ClusterChange change) {
        return switch (change) {
            case OfService(var name, var before, var after) ->
                new OfService(name, before.map(RecordedSource::placeless), after.map(RecordedSource::placeless));
            case OfSlice(var name, var before, var after) ->
                new OfSlice(name, before.map(RecordedSource::placeless), after.map(RecordedSource::placeless));
            case OfNamespace(var name, var before, var after) ->
                new OfNamespace(name, before.map(RecordedSource::placeless), after.map(RecordedSource::placeless));
            case OfPod(var name, var before, var after) ->
                new OfPod(name, before.map(RecordedSource::placeless), after.map(RecordedSource::placeless));
            case OfNode(var name, var before, var after) ->
                new OfNode(name, before.map(RecordedSource::placeless), after.map(RecordedSource::placeless));
            case OfServiceCidr(var name, var before, var after) ->
                new OfServiceCidr(name, before.map(RecordedSource::placeless), after.map(RecordedSource::placeless));
        };
    }

    private static Node placeless(Node node) {
        return new Node(node.name(), NOWHERE, node.addresses(), node.podCidrs(), node.zone(), node.departure());
    }

    private static ServiceCidr placeless(ServiceCidr cidr) {
        return new ServiceCidr(cidr.name(), NOWHERE, cidr.cidrs());
    }

    private static Service placeless(Service service) {
        return switch (service) {
            case Service.ClusterIp(var name, var origin, var ips, var ports) ->
                new Service.ClusterIp(name, NOWHERE, ips, ports);
            case Service.Headless(var name, var origin, var ports) -> new Service.Headless(name, NOWHERE, ports);
            case Service.ExternalName(var name, var origin, var target) ->
                new Service.ExternalName(name, NOWHERE, target);
        };
    }

    private static EndpointSlice placeless(EndpointSlice slice) {
        return new EndpointSlice(slice.name(), NOWHERE, slice.service(), slice.ports(), slice.endpoints());
    }

    private static Namespace placeless(Namespace namespace) {
        return new Namespace(namespace.name(), NOWHERE);
    }

    private static Pod placeless(Pod pod) {
        return new Pod(pod.name(), NOWHERE, pod.podIps(), pod.hostNetwork(), pod.labels());
    }
}
