package io.waymark.source.kubernetes;

import io.waymark.records.cluster.ClusterDelta;
import io.waymark.records.cluster.ClusterListener;
import io.waymark.records.cluster.ClusterState;
import io.waymark.records.cluster.NamespacedName;
import io.waymark.records.cluster.Origin;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/// Makes lists and watches into changes of the one state, and tells the listener. Confined to the
/// source's thread.
///
/// A list is compared in place: an object with the version that the state has is passed over, one
/// with another is put, and what the list did not name is removed at its end.
final class StateWriter {
    private static final Origin ABSENT = new Origin.None();

    private final ClusterState state = new ClusterState();
    private final Map<ResourceKind, Relist> relists = new EnumMap<>(ResourceKind.class);
    private final Map<ResourceKind, Long> versions = new EnumMap<>(ResourceKind.class);
    private final Set<ResourceKind> unlisted;
    private final ClusterListener listener;
    private final Consumer<String> log;
    private final ChangeMeter meter;

    /// A list that is under way though the state has objects of its kind.
    private static final class Relist {
        private final Set<NamespacedName> seen = new HashSet<>();
        private int missed;
        private String example = "";
    }

    /// What a delta is about.
    /// @param brought which version the delta brings; [#ABSENT] if it removes
    /// @param present which version the state has; [#ABSENT] if none
    private record Subject(NamespacedName name, Origin brought, Origin present) {}

    /// `log` gets a line for each list that shows the watch before it to have missed something.
    StateWriter(Set<ResourceKind> kinds, ClusterListener listener, Consumer<String> log, ChangeMeter meter) {
        this.unlisted = EnumSet.copyOf(kinds);
        this.listener = listener;
        this.log = log;
        this.meter = meter;
    }

    /// Whether each kind has been listed once.
    boolean isSynced() {
        return unlisted.isEmpty();
    }

    /// For the source's thread only.
    ClusterState state() {
        return state;
    }

    void apply(Step step) {
        switch (step) {
            case Step.ListBegun(var kind) -> beginList(kind);
            case Step.Listed(var kind, var deltas) -> deltas.forEach(delta -> applyListed(kind, delta));
            case Step.ListEnded(var kind, var version) -> endList(kind, version);
            case Step.Watched(var kind, var changes, var version, var readAt) -> {
                for (var change : changes) {
                    if (change(change.delta(), subject(change.delta()))) {
                        meter.told(kind, state, change, readAt);
                    }
                }
                state.sawVersion(version);
                versions.put(kind, version);
            }
        }
    }

    private void beginList(ResourceKind kind) {
        boolean isFirst = switch (kind) {
            case SERVICES, SERVICE_IMPORTS -> state.services().isEmpty();
            case ENDPOINT_SLICES -> state.slices().isEmpty();
            case NAMESPACES -> state.namespaces().isEmpty();
            case PODS -> state.pods().isEmpty();
            case NODES -> state.nodes().isEmpty();
            case SERVICE_CIDRS -> state.serviceCidrs().isEmpty();
        };
        if (isFirst) {
            relists.remove(kind);
        } else {
            relists.put(kind, new Relist());
        }
    }

    private void applyListed(ResourceKind kind, ClusterDelta delta) {
        var subject = subject(delta);
        var relist = relists.get(kind);
        // A removal in a list is an object that cannot be served: not seen, hence removed at the end.
        if (relist != null && !subject.brought.equals(ABSENT)) {
            relist.seen.add(subject.name);
            boolean wasWatched = subject.brought.version() <= versions.getOrDefault(kind, 0L);
            if (wasWatched && !subject.brought.equals(subject.present)) {
                relist.missed++;
                relist.example = subject.name.toString();
            }
        }
        change(delta, subject);
    }

    private void endList(ResourceKind kind, long version) {
        var relist = relists.remove(kind);
        if (relist != null) {
            unseen(kind, relist.seen).forEach(removal -> change(removal, subject(removal)));
            if (relist.missed > 0) {
                log.accept("the watch of " + kind.plural() + " had missed " + relist.missed
                        + " changes, such as that of " + relist.example + "; a new list mended it");
            }
        }
        state.sawVersion(version);
        versions.put(kind, version);
        if (unlisted.remove(kind) && unlisted.isEmpty()) {
            listener.synced(state);
        }
    }

    private List<ClusterDelta> unseen(ResourceKind kind, Set<NamespacedName> seen) {
        return switch (kind) {
            case SERVICES, SERVICE_IMPORTS ->
                state.services().stream()
                        .map(service -> service.name())
                        .filter(name -> !seen.contains(name))
                        .<ClusterDelta>map(ClusterDelta.RemoveService::new)
                        .toList();
            case ENDPOINT_SLICES ->
                state.slices().stream()
                        .map(slice -> slice.name())
                        .filter(name -> !seen.contains(name))
                        .<ClusterDelta>map(ClusterDelta.RemoveSlice::new)
                        .toList();
            case NAMESPACES ->
                state.namespaces().stream()
                        .map(namespace -> namespace.name())
                        .filter(name -> !seen.contains(cluster(name)))
                        .<ClusterDelta>map(ClusterDelta.RemoveNamespace::new)
                        .toList();
            case PODS ->
                state.pods().stream()
                        .map(pod -> pod.name())
                        .filter(name -> !seen.contains(name))
                        .<ClusterDelta>map(ClusterDelta.RemovePod::new)
                        .toList();
            case NODES ->
                state.nodes().stream()
                        .map(node -> node.name())
                        .filter(name -> !seen.contains(cluster(name)))
                        .<ClusterDelta>map(ClusterDelta.RemoveNode::new)
                        .toList();
            case SERVICE_CIDRS ->
                state.serviceCidrs().stream()
                        .map(cidr -> cidr.name())
                        .filter(name -> !seen.contains(cluster(name)))
                        .<ClusterDelta>map(ClusterDelta.RemoveServiceCidr::new)
                        .toList();
        };
    }

    /// Makes a change, unless the state has this very version of the object; says whether it did.
    private boolean change(ClusterDelta delta, Subject subject) {
        if (subject.brought.equals(subject.present)) {
            return false;
        }
        var change = state.apply(delta);
        change.ifPresent(made -> listener.changed(state, made));
        return change.isPresent();
    }

    private Subject subject(ClusterDelta delta) {
        return switch (delta) {
            case ClusterDelta.PutService(var service, var external, var traffic) ->
                new Subject(service.name(), service.origin(), ofService(service.name()));
            case ClusterDelta.RemoveService(var name) -> new Subject(name, ABSENT, ofService(name));
            case ClusterDelta.PutSlice(var slice) -> new Subject(slice.name(), slice.origin(), ofSlice(slice.name()));
            case ClusterDelta.RemoveSlice(var name) -> new Subject(name, ABSENT, ofSlice(name));
            case ClusterDelta.PutNamespace(var namespace) ->
                new Subject(cluster(namespace.name()), namespace.origin(), ofNamespace(namespace.name()));
            case ClusterDelta.RemoveNamespace(var name) -> new Subject(cluster(name), ABSENT, ofNamespace(name));
            case ClusterDelta.PutPod(var pod) -> new Subject(pod.name(), pod.origin(), ofPod(pod.name()));
            case ClusterDelta.RemovePod(var name) -> new Subject(name, ABSENT, ofPod(name));
            case ClusterDelta.PutNode(var node) ->
                new Subject(cluster(node.name()), node.origin(), ofNode(node.name()));
            case ClusterDelta.RemoveNode(var name) -> new Subject(cluster(name), ABSENT, ofNode(name));
            case ClusterDelta.PutServiceCidr(var cidr) ->
                new Subject(cluster(cidr.name()), cidr.origin(), ofServiceCidr(cidr.name()));
            case ClusterDelta.RemoveServiceCidr(var name) -> new Subject(cluster(name), ABSENT, ofServiceCidr(name));
        };
    }

    /// The name of an object that lies in no namespace.
    private static NamespacedName cluster(String name) {
        return new NamespacedName("", name);
    }

    private Origin ofService(NamespacedName name) {
        return present(state.service(name).map(service -> service.origin()));
    }

    private Origin ofSlice(NamespacedName name) {
        return present(state.slice(name).map(slice -> slice.origin()));
    }

    private Origin ofNamespace(String name) {
        return present(state.namespace(name).map(namespace -> namespace.origin()));
    }

    private Origin ofPod(NamespacedName name) {
        return present(state.pod(name).map(pod -> pod.origin()));
    }

    private Origin ofNode(String name) {
        return present(state.node(name).map(node -> node.origin()));
    }

    private Origin ofServiceCidr(String name) {
        return present(state.serviceCidr(name).map(cidr -> cidr.origin()));
    }

    private static Origin present(Optional<Origin> origin) {
        return origin.orElse(ABSENT);
    }
}
