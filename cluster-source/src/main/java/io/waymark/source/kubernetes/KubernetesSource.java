package io.waymark.source.kubernetes;

import io.waymark.records.cluster.ClusterListener;
import io.waymark.source.ClusterSource;
import io.waymark.source.Freshness;
import io.waymark.source.SourceObserver;
import io.waymark.source.SourceScope;
import io.waymark.source.kubernetes.http.ApiServer;
import io.waymark.source.kubernetes.http.Trust;
import io.waymark.source.kubernetes.json.ImportDecoder;
import io.waymark.source.kubernetes.pace.RequestLimits;
import io.waymark.source.kubernetes.pace.RequestPace;
import io.waymark.source.kubernetes.protobuf.NamespaceDecoder;
import io.waymark.source.kubernetes.protobuf.NodeDecoder;
import io.waymark.source.kubernetes.protobuf.PodDecoder;
import io.waymark.source.kubernetes.protobuf.ServiceCidrDecoder;
import io.waymark.source.kubernetes.protobuf.ServiceDecoder;
import io.waymark.source.kubernetes.protobuf.SliceDecoder;
import io.waymark.source.kubernetes.protobuf.UnfitObjects;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/// The cluster's state off a Kubernetes API server. A thread for each kind reads and decodes; one
/// thread, `source-state`, makes the changes and calls the listener.
///
/// At the start the slices, the bulk, are asked for first; while they come, Services and then
/// Namespaces are listed on a second connection: each handshake of a cold process costs as much as
/// the lists of a small cluster.
public final class KubernetesSource implements ClusterSource {
    /// Batches between readers and writer: a bound on memory, since a reader waits at it.
    private static final int STEPS_MAX = 16;

    private static final Duration READERS_END = Duration.ofSeconds(2);

    private final SourceScope scope;
    private final Surroundings surroundings;
    private final ApiServer server;
    private final boolean serverTrusted;
    private final Set<ResourceKind> kinds = EnumSet.noneOf(ResourceKind.class);
    private final FreshnessLedger ledger;
    private final BlockingQueue<Step> steps = new ArrayBlockingQueue<>(STEPS_MAX);
    private final CountDownLatch synced = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);
    private final UnfitObjects unfit;
    private final Map<ResourceKind, Thread> readers = new EnumMap<>(ResourceKind.class);
    private final RequestPace pace;
    private @Nullable Thread writing;

    /// @param observer told of requests, and of how long changes take
    public KubernetesSource(KubernetesConfig config, RequestLimits limits, SourceScope scope, SourceObserver observer) {
        this(config, limits, scope, Surroundings.ofProcess(observer));
    }

    /// Observed by nobody.
    public KubernetesSource(KubernetesConfig config, RequestLimits limits, SourceScope scope) {
        this(config, limits, scope, SourceObserver.NONE);
    }

    KubernetesSource(KubernetesConfig config, SourceScope scope, Surroundings surroundings) {
        this(config, RequestLimits.NONE, scope, surroundings);
    }

    private KubernetesSource(
            KubernetesConfig config, RequestLimits limits, SourceScope scope, Surroundings surroundings) {
        this.pace = new RequestPace(limits, System.nanoTime());
        this.scope = scope;
        this.surroundings = surroundings;
        this.unfit = new UnfitObjects(surroundings.log()::warn, surroundings.observer());
        this.server = config.server();
        this.serverTrusted = !(config.trust() instanceof Trust.Anyone);
        Arrays.stream(ResourceKind.values()).filter(kind -> kind.isIn(scope)).forEach(kinds::add);
        this.ledger = new FreshnessLedger(
                kinds,
                surroundings.clock(),
                surroundings.log(),
                server.location().toString());
    }

    @Override
    public void start(ClusterListener listener) {
        if (writing != null) {
            throw new IllegalStateException("started twice");
        }
        if (!serverTrusted) {
            surroundings.log().warn(server.location() + ": its certificate is not checked (insecure-skip-tls-verify)");
        }
        var meter = new ChangeMeter(surroundings.observer(), surroundings.clock(), System::nanoTime);
        var writer = new StateWriter(kinds, listener, surroundings.log()::warn, meter);
        writing = thread("state", () -> write(writer));
        writing.start();

        var reading = new ListWatch.Reading(
                server, scope, surroundings.timing(), pace, steps, ledger, surroundings.observer(), synced, ended);
        var services = reader(ResourceKind.ofServices(scope), reading, startOfServices(reading));
        if (scope.endpointSlices()) {
            Runnable then = () -> startServices(reading, services);
            var slices = new ListWatch.Start(then, connection -> true, then);
            startOnce(ResourceKind.ENDPOINT_SLICES, reader(ResourceKind.ENDPOINT_SLICES, reading, slices));
        } else {
            startServices(reading, services);
        }
    }

    private void startServices(ListWatch.Reading reading, ListWatch services) {
        startOnce(ResourceKind.ofServices(scope), services);
        for (var kind : List.of(ResourceKind.PODS, ResourceKind.NODES, ResourceKind.SERVICE_CIDRS)) {
            if (kinds.contains(kind) && !isStarted(kind)) {
                startOnce(kind, reader(kind, reading, ListWatch.Start.ALONE));
            }
        }
    }

    /// Namespaces are first listed on the connection of the Services, and then have a thread.
    private ListWatch.Start startOfServices(ListWatch.Reading reading) {
        if (!kinds.contains(ResourceKind.NAMESPACES)) {
            return ListWatch.Start.ALONE;
        }
        var namespaces = reader(ResourceKind.NAMESPACES, reading, ListWatch.Start.ALONE);
        Runnable startThem = () -> startOnce(ResourceKind.NAMESPACES, namespaces);
        return new ListWatch.Start(
                () -> {},
                connection -> {
                    boolean usable = isStarted(ResourceKind.NAMESPACES) || namespaces.listOn(connection);
                    startThem.run();
                    return usable;
                },
                startThem);
    }

    private ListWatch reader(ResourceKind kind, ListWatch.Reading reading, ListWatch.Start start) {
        ObjectForm form = switch (kind) {
            case SERVICES -> new ObjectForm.Protobuf(new ServiceDecoder(scope, unfit));
            case ENDPOINT_SLICES -> new ObjectForm.Protobuf(new SliceDecoder(scope, unfit));
            case NAMESPACES -> new ObjectForm.Protobuf(new NamespaceDecoder(unfit));
            case PODS -> new ObjectForm.Protobuf(new PodDecoder(scope.podLabels(), unfit));
            case NODES -> new ObjectForm.Protobuf(new NodeDecoder(unfit));
            case SERVICE_CIDRS -> new ObjectForm.Protobuf(new ServiceCidrDecoder(unfit));
            case SERVICE_IMPORTS -> new ObjectForm.Json(new ImportDecoder(unfit));
        };
        return new ListWatch(kind, reading, form, start, surroundings.random());
    }

    private synchronized boolean isStarted(ResourceKind kind) {
        return readers.containsKey(kind);
    }

    private synchronized void startOnce(ResourceKind kind, ListWatch reader) {
        if (ended.getCount() > 0 && !readers.containsKey(kind)) {
            var thread = thread(kind.resource(), reader);
            readers.put(kind, thread);
            thread.start();
        }
    }

    private static Thread thread(String name, Runnable work) {
        return Thread.ofPlatform().daemon().name("source-" + name).unstarted(work);
    }

    private void write(StateWriter writer) {
        try {
            var begun = surroundings.clock().instant();
            while (ended.getCount() > 0) {
                var step = steps.take();
                boolean wasSynced = writer.isSynced();
                writer.apply(step);
                if (step instanceof Step.ListEnded || step instanceof Step.Watched) {
                    ledger.contact(step.kind());
                }
                if (!wasSynced && writer.isSynced()) {
                    ledger.synced();
                    synced.countDown();
                    tellSynced(writer, begun);
                }
            }
        } catch (InterruptedException closed) {
            // The source was closed: the state is of no use any more.
            return;
        }
    }

    private void tellSynced(StateWriter writer, Instant begun) {
        var state = writer.state();
        surroundings
                .log()
                .info("synced with " + server.location() + " in "
                        + Duration.between(begun, surroundings.clock().instant())
                                .toMillis() + " ms: "
                        + state.services().size() + " Services, "
                        + state.slices().size() + " EndpointSlices, "
                        + state.namespaces().size() + " Namespaces");
    }

    @Override
    public Freshness freshness() {
        return ledger.freshness();
    }

    @Override
    public void close() {
        List<Thread> ending;
        synchronized (this) {
            ended.countDown();
            ending = new ArrayList<>(readers.values());
        }
        server.close();
        var writer = writing;
        if (writer != null) {
            writer.interrupt();
        }
        ending.forEach(Thread::interrupt);
        try {
            for (var thread : ending) {
                thread.join(READERS_END);
            }
            if (writer != null && writer != Thread.currentThread()) {
                writer.join();
            }
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }
}
