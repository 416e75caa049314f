package io.waymark.source.kubernetes;

import com.google.protobuf.Message;
import io.kubernetes.client.proto.Meta;
import io.waymark.records.cluster.ClusterDelta;
import io.waymark.source.kubernetes.protobuf.ObjectGen;
import io.waymark.source.kubernetes.protobuf.Oracle;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;

/// What a scripted API server holds: the objects of each kind and the history that watches read, as
/// strict as etcd: one version counter for all, events in order, old ones gone after a compaction.
final class ApiWorld {
    /// Those of which there are random objects. ServiceImports are put as Services, and said as JSON.
    private static final List<ResourceKind> RANDOM_KINDS =
            List.of(ResourceKind.SERVICES, ResourceKind.ENDPOINT_SLICES, ResourceKind.NAMESPACES, ResourceKind.PODS);

    private final Map<ResourceKind, TreeMap<String, Message>> objects = new EnumMap<>(ResourceKind.class);
    private final List<Event> history = new ArrayList<>();
    private final Set<ClusterDelta> everServed = new HashSet<>();
    private final ObjectGen gen;
    private final SplittableRandom random;
    private long version = 100;
    private long compacted = 100;

    /// One change: the object after it (or as it was deleted), and the one before.
    record Event(ResourceKind kind, long version, Message object, boolean deleted, Optional<Message> before) {

        /// What a watch of some labels tells of it; empty if they never met the object.
        Optional<String> typeFor(Selection selection) {
            boolean was = before.filter(selection::has).isPresent();
            boolean is = !deleted && selection.has(object);
            if (is) {
                return Optional.of(was ? "MODIFIED" : "ADDED");
            }
            return was ? Optional.of("DELETED") : Optional.empty();
        }
    }

    ApiWorld(long seed) {
        gen = new ObjectGen(seed, 30);
        random = new SplittableRandom(seed);
        for (var kind : ResourceKind.values()) {
            objects.put(kind, new TreeMap<>());
        }
    }

    /// Creates, or replaces, the object with this name of this kind by a random one.
    synchronized void put(ResourceKind kind, String name) {
        long at = ++version;
        var object = switch (kind) {
            case SERVICES, SERVICE_IMPORTS -> gen.service(name, at);
            case ENDPOINT_SLICES -> gen.slice(name, at);
            case NAMESPACES -> gen.namespace(name, at);
            case PODS -> gen.pod(name, at);
            case NODES, SERVICE_CIDRS -> throw new IllegalArgumentException("no random " + kind);
        };
        put(kind, object);
    }

    /// As the other, with an object whose version is [#nextVersion].
    synchronized void put(ResourceKind kind, Message object) {
        var key = key(Oracle.delta(object));
        var before = Optional.ofNullable(objects.get(kind).put(key, object));
        version = Math.max(version, versionOf(object));
        everServed.add(Oracle.delta(object));
        history.add(new Event(kind, version, object, false, before));
        notifyAll();
    }

    synchronized long nextVersion() {
        return version + 1;
    }

    synchronized void delete(ResourceKind kind, String key) {
        var removed = objects.get(kind).remove(key);
        if (removed != null) {
            long at = ++version;
            history.add(new Event(kind, at, withVersion(removed, at), true, Optional.of(removed)));
            notifyAll();
        }
    }

    /// Makes some random changes.
    synchronized void churn(int changes) {
        for (int i = 0; i < changes; i++) {
            var kind = RANDOM_KINDS.get(random.nextInt(RANDOM_KINDS.size()));
            var keys = List.copyOf(objects.get(kind).keySet());
            if (!keys.isEmpty() && random.nextInt(3) == 0) {
                delete(kind, keys.get(random.nextInt(keys.size())));
            } else {
                put(kind, "o-" + random.nextInt(40));
            }
        }
    }

    /// Forgets all history: whoever watches from an old version must list anew.
    synchronized void compact() {
        compacted = ++version;
        history.clear();
        notifyAll();
    }

    synchronized long version() {
        return version;
    }

    synchronized boolean isGone(long from) {
        return from < compacted;
    }

    synchronized List<Message> list(ResourceKind kind, Selection selection) {
        return objects.get(kind).values().stream().filter(selection::has).toList();
    }

    synchronized Optional<Message> find(ResourceKind kind, String key) {
        return Optional.ofNullable(objects.get(kind).get(key));
    }

    /// The events of a kind after a version; waits up to `millis` for the first.
    synchronized List<Event> after(ResourceKind kind, long from, long millis) throws InterruptedException {
        var events = eventsAfter(kind, from);
        if (events.isEmpty()) {
            wait(millis);
            events = eventsAfter(kind, from);
        }
        return events;
    }

    private List<Event> eventsAfter(ResourceKind kind, long from) {
        return history.stream()
                .filter(event -> event.kind == kind && event.version > from)
                .toList();
    }

    /// What a source that has seen everything holds.
    synchronized Set<ClusterDelta> servable() {
        var deltas = new HashSet<ClusterDelta>();
        objects.forEach((kind, present) -> present.values().stream()
                .map(Oracle::delta)
                .filter(ApiWorld::isPut)
                .forEach(deltas::add));
        return deltas;
    }

    /// Whether this object was there at any time.
    synchronized boolean wasServed(ClusterDelta put) {
        return everServed.contains(put);
    }

    static boolean isPut(ClusterDelta delta) {
        return switch (delta) {
            case ClusterDelta.PutService p -> true;
            case ClusterDelta.PutSlice p -> true;
            case ClusterDelta.PutNamespace p -> true;
            case ClusterDelta.PutPod p -> true;
            case ClusterDelta.PutNode p -> true;
            case ClusterDelta.PutServiceCidr p -> true;
            case ClusterDelta.RemoveService r -> false;
            case ClusterDelta.RemoveSlice r -> false;
            case ClusterDelta.RemoveNamespace r -> false;
            case ClusterDelta.RemovePod r -> false;
            case ClusterDelta.RemoveNode r -> false;
            case ClusterDelta.RemoveServiceCidr r -> false;
        };
    }

    private static String key(ClusterDelta delta) {
        return switch (delta) {
            case ClusterDelta.PutService(var service, var external, var traffic) ->
                service.name().toString();
            case ClusterDelta.RemoveService(var name) -> name.toString();
            case ClusterDelta.PutSlice(var slice) -> slice.name().toString();
            case ClusterDelta.RemoveSlice(var name) -> name.toString();
            case ClusterDelta.PutNamespace(var namespace) -> namespace.name();
            case ClusterDelta.RemoveNamespace(var name) -> name;
            case ClusterDelta.PutPod(var pod) -> pod.name().toString();
            case ClusterDelta.RemovePod(var name) -> name.toString();
            case ClusterDelta.PutNode(var node) -> node.name();
            case ClusterDelta.RemoveNode(var name) -> name;
            case ClusterDelta.PutServiceCidr(var cidr) -> cidr.name();
            case ClusterDelta.RemoveServiceCidr(var name) -> name;
        };
    }

    static Meta.ObjectMeta metadata(Message object) {
        return (Meta.ObjectMeta) object.getField(object.getDescriptorForType().findFieldByName("metadata"));
    }

    private static long versionOf(Message object) {
        return Long.parseLong(metadata(object).getResourceVersion());
    }

    /// The object with another version.
    static Message withVersion(Message object, long version) {
        var metadata = metadata(object).toBuilder().setResourceVersion(Long.toString(version));
        return object.toBuilder()
                .setField(object.getDescriptorForType().findFieldByName("metadata"), metadata.build())
                .build();
    }
}
