package io.waymark.records.cluster;

import io.waymark.records.address.IpAddress;
import io.waymark.records.cluster.ClusterDelta.PutNamespace;
import io.waymark.records.cluster.ClusterDelta.PutNode;
import io.waymark.records.cluster.ClusterDelta.PutPod;
import io.waymark.records.cluster.ClusterDelta.PutService;
import io.waymark.records.cluster.ClusterDelta.PutServiceCidr;
import io.waymark.records.cluster.ClusterDelta.PutSlice;
import io.waymark.records.cluster.ClusterDelta.RemoveNamespace;
import io.waymark.records.cluster.ClusterDelta.RemoveNode;
import io.waymark.records.cluster.ClusterDelta.RemovePod;
import io.waymark.records.cluster.ClusterDelta.RemoveService;
import io.waymark.records.cluster.ClusterDelta.RemoveServiceCidr;
import io.waymark.records.cluster.ClusterDelta.RemoveSlice;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// All objects of the cluster at one moment, and what a source compares a new list with.
///
/// Confined to one thread, that of the source which owns it: readers get what is published from
/// it, never the state itself. A change costs the same in a large cluster as in a small one.
public final class ClusterState {
    private final Map<NamespacedName, Service> services = new HashMap<>();
    private final Map<NamespacedName, ExternalAddresses> externals = new HashMap<>();
    private final Map<NamespacedName, ServiceTraffic> traffics = new HashMap<>();
    private final Map<NamespacedName, EndpointSlice> slices = new HashMap<>();
    private final Map<NamespacedName, EndpointSlice[]> slicesByService = new HashMap<>();
    private final Map<String, Namespace> namespaces = new HashMap<>();
    private final Map<NamespacedName, Pod> pods = new HashMap<>();
    private final Map<IpAddress, List<Pod>> podsByAddress = new HashMap<>();
    private final Map<String, Node> nodes = new HashMap<>();
    private final Map<String, ServiceCidr> serviceCidrs = new HashMap<>();
    private long version;

    /// Makes one change and says what it changed; empty if the state was so already.
    public Optional<ClusterChange> apply(ClusterDelta delta) {
        return switch (delta) {
            case PutService put -> Optional.of(put(put));
            case RemoveService(var name) -> {
                externals.remove(name);
                traffics.remove(name);
                yield Optional.ofNullable(services.remove(name))
                        .map(before -> new ClusterChange.OfService(name, Optional.of(before), Optional.empty()));
            }
            case PutSlice(var slice) -> Optional.of(put(slice));
            case RemoveSlice(var name) ->
                Optional.ofNullable(slices.remove(name)).map(before -> {
                    unlink(before);
                    return new ClusterChange.OfSlice(name, Optional.of(before), Optional.empty());
                });
            case PutNamespace(var namespace) -> {
                sawVersion(namespace.origin().version());
                var before = Optional.ofNullable(namespaces.put(namespace.name(), namespace));
                yield Optional.of(new ClusterChange.OfNamespace(namespace.name(), before, Optional.of(namespace)));
            }
            case RemoveNamespace(var name) ->
                Optional.ofNullable(namespaces.remove(name))
                        .map(before -> new ClusterChange.OfNamespace(name, Optional.of(before), Optional.empty()));
            case PutPod(var pod) -> Optional.of(put(pod));
            case RemovePod(var name) ->
                Optional.ofNullable(pods.remove(name)).map(before -> {
                    unlink(before);
                    return new ClusterChange.OfPod(name, Optional.of(before), Optional.empty());
                });
            case PutNode(var node) -> {
                sawVersion(node.origin().version());
                var before = Optional.ofNullable(nodes.put(node.name(), node));
                yield Optional.of(new ClusterChange.OfNode(node.name(), before, Optional.of(node)));
            }
            case RemoveNode(var name) ->
                Optional.ofNullable(nodes.remove(name))
                        .map(before -> new ClusterChange.OfNode(name, Optional.of(before), Optional.empty()));
            case PutServiceCidr(var cidr) -> {
                sawVersion(cidr.origin().version());
                var before = Optional.ofNullable(serviceCidrs.put(cidr.name(), cidr));
                yield Optional.of(new ClusterChange.OfServiceCidr(cidr.name(), before, Optional.of(cidr)));
            }
            case RemoveServiceCidr(var name) ->
                Optional.ofNullable(serviceCidrs.remove(name))
                        .map(before -> new ClusterChange.OfServiceCidr(name, Optional.of(before), Optional.empty()));
        };
    }

    private ClusterChange put(PutService put) {
        var service = put.service();
        sawVersion(service.origin().version());
        if (put.external().isNone()) {
            externals.remove(service.name());
        } else {
            externals.put(service.name(), put.external());
        }
        if (put.traffic().equals(ServiceTraffic.PLAIN)) {
            traffics.remove(service.name());
        } else {
            traffics.put(service.name(), put.traffic());
        }
        var before = Optional.ofNullable(services.put(service.name(), service));
        return new ClusterChange.OfService(service.name(), before, Optional.of(service));
    }

    private ClusterChange put(EndpointSlice slice) {
        sawVersion(slice.origin().version());
        var before = Optional.ofNullable(slices.put(slice.name(), slice));
        before.ifPresent(this::unlink);
        slicesByService.merge(slice.serviceName(), new EndpointSlice[] {slice}, (present, added) -> {
            var joined = Arrays.copyOf(present, present.length + 1);
            joined[present.length] = slice;
            // One order whatever the history, so that equal states give equal answers.
            Arrays.sort(joined, (a, b) -> a.name().compareTo(b.name()));
            return joined;
        });
        return new ClusterChange.OfSlice(slice.name(), before, Optional.of(slice));
    }

    private void unlink(EndpointSlice slice) {
        slicesByService.computeIfPresent(slice.serviceName(), (service, present) -> {
            var rest = Arrays.stream(present)
                    .filter(other -> !other.name().equals(slice.name()))
                    .toArray(EndpointSlice[]::new);
            return rest.length == 0 ? null : rest;
        });
    }

    private ClusterChange put(Pod pod) {
        sawVersion(pod.origin().version());
        var before = Optional.ofNullable(pods.put(pod.name(), pod));
        before.ifPresent(this::unlink);
        for (var address : pod.podIps()) {
            podsByAddress.merge(address, List.of(pod), (present, added) -> {
                var joined = new ArrayList<>(present);
                joined.addAll(added);
                return List.copyOf(joined);
            });
        }
        return new ClusterChange.OfPod(pod.name(), before, Optional.of(pod));
    }

    private void unlink(Pod pod) {
        for (var address : pod.podIps()) {
            podsByAddress.computeIfPresent(address, (key, present) -> {
                var rest = present.stream()
                        .filter(other -> !other.name().equals(pod.name()))
                        .toList();
                return rest.isEmpty() ? null : rest;
            });
        }
    }

    /// Notes a version that the source has seen: that of a list, of a bookmark, of a removal.
    public void sawVersion(long resourceVersion) {
        version = Math.max(version, resourceVersion);
    }

    /// The highest resourceVersion seen; 0 if the source has none. Replicas that saw the same
    /// changes agree on it.
    public long version() {
        return version;
    }

    public Optional<Service> service(NamespacedName name) {
        return Optional.ofNullable(services.get(name));
    }

    /// Where a Service is reached from outside; none unless the source was asked for it.
    public ExternalAddresses external(NamespacedName service) {
        return externals.getOrDefault(service, ExternalAddresses.NONE);
    }

    /// How packets to a Service are treated; plain unless the source was asked for it.
    public ServiceTraffic traffic(NamespacedName service) {
        return traffics.getOrDefault(service, ServiceTraffic.PLAIN);
    }

    public Optional<EndpointSlice> slice(NamespacedName name) {
        return Optional.ofNullable(slices.get(name));
    }

    /// The slices of one Service, by name.
    public List<EndpointSlice> slicesOf(NamespacedName service) {
        var present = slicesByService.get(service);
        return present == null ? List.of() : List.of(present);
    }

    public Optional<Namespace> namespace(String name) {
        return Optional.ofNullable(namespaces.get(name));
    }

    public Optional<Pod> pod(NamespacedName name) {
        return Optional.ofNullable(pods.get(name));
    }

    /// The Pods that have this address: more than one where it was given on before the first was
    /// gone, or where Pods share their node's.
    public List<Pod> podsAt(IpAddress address) {
        return podsByAddress.getOrDefault(address, List.of());
    }

    public Optional<Node> node(String name) {
        return Optional.ofNullable(nodes.get(name));
    }

    public Optional<ServiceCidr> serviceCidr(String name) {
        return Optional.ofNullable(serviceCidrs.get(name));
    }

    /// Read-only and live: iterate on the source's thread only, and not across a change.
    public Collection<Service> services() {
        return Collections.unmodifiableCollection(services.values());
    }

    /// As [#services].
    public Collection<EndpointSlice> slices() {
        return Collections.unmodifiableCollection(slices.values());
    }

    /// As [#services].
    public Collection<Namespace> namespaces() {
        return Collections.unmodifiableCollection(namespaces.values());
    }

    /// As [#services].
    public Collection<Pod> pods() {
        return Collections.unmodifiableCollection(pods.values());
    }

    /// As [#services].
    public Collection<Node> nodes() {
        return Collections.unmodifiableCollection(nodes.values());
    }

    /// As [#services].
    public Collection<ServiceCidr> serviceCidrs() {
        return Collections.unmodifiableCollection(serviceCidrs.values());
    }
}
