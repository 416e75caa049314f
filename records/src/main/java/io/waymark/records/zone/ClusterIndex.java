package io.waymark.records.zone;

import io.waymark.records.address.IpAddress;
import io.waymark.records.cluster.ClusterChange;
import io.waymark.records.cluster.ClusterListener;
import io.waymark.records.cluster.ClusterState;
import io.waymark.records.cluster.EndpointSlice;
import io.waymark.records.cluster.ExternalAddresses;
import io.waymark.records.cluster.NamespacedName;
import io.waymark.records.cluster.Pod;
import io.waymark.records.cluster.Service;
import io.waymark.records.name.DomainName;
import io.waymark.records.view.View;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// What the zones of one `kubernetes` block read: the cluster, found by the labels of a question.
///
/// An entry is a Service with its slices; names of endpoints and ports are computed from it and
/// never stored, so one change touches one entry and the addresses that it gains or loses. Written
/// by the source's thread; read by all others without a lock. A reader gets an entry as it was
/// before a change or as it is after, and there is no way to one without a [View].
public final class ClusterIndex implements ClusterListener {
    private static final int SNAPSHOT_ATTEMPTS = 5;

    private final IndexConfig config;
    private final Map<DomainName, ServiceEntry> services = new ConcurrentHashMap<>();
    private final Map<DomainName, ExternalAddresses> externals = new ConcurrentHashMap<>();
    private final Map<DomainName, String> namespaces = new ConcurrentHashMap<>();
    private final Map<IpAddress, List<Pod>> pods = new ConcurrentHashMap<>();
    private final ReverseIndex clusterIps = new ReverseIndex();
    private final ReverseIndex endpoints = new ReverseIndex();
    private final ReverseIndex externalIps = new ReverseIndex();
    private volatile boolean synced;
    private volatile long version;

    public ClusterIndex(IndexConfig config) {
        this.config = config;
    }

    /// Whether the cluster is known completely, so that a missing name does not exist.
    public boolean isSynced() {
        return synced;
    }

    /// The serial of the zones' SOA (RFC 1035 §3.3.13): the low 32 bits of the newest
    /// resourceVersion, so that replicas which saw the same changes agree.
    public int serial() {
        return (int) version;
    }

    @Override
    public void synced(ClusterState state) {
        version = state.version();
        synced = true;
    }

    @Override
    public void changed(ClusterState state, ClusterChange change) {
        switch (change) {
            case ClusterChange.OfService(var name, var before, var after) -> {
                refresh(state, name);
                moveClusterIps(key(name), before, after);
                moveExternals(key(name), state.external(name));
            }
            case ClusterChange.OfSlice(var name, var before, var after) -> changedSlice(state, before, after);
            case ClusterChange.OfNamespace(var name, var before, var after) -> {
                if (after.isPresent() && config.exposes(name)) {
                    namespaces.put(label(name), name);
                } else {
                    namespaces.remove(label(name));
                }
            }
            case ClusterChange.OfPod(var name, var before, var after) -> {
                after.ifPresent(pod -> pod.podIps().forEach(ip -> refresh(state, ip)));
                before.ifPresent(pod -> pod.podIps().forEach(ip -> refresh(state, ip)));
            }
            case ClusterChange.OfNode node -> {}
            case ClusterChange.OfServiceCidr cidr -> {}
        }
        version = state.version();
    }

    private void changedSlice(ClusterState state, Optional<EndpointSlice> before, Optional<EndpointSlice> after) {
        var moved = before.map(EndpointSlice::serviceName)
                .filter(service -> !Optional.of(service).equals(after.map(EndpointSlice::serviceName)));
        moved.ifPresent(service -> refresh(state, service));
        after.ifPresent(slice -> refresh(state, slice.serviceName()));

        after.ifPresent(slice -> endpoints.putAll(readyAddresses(slice), key(slice.serviceName())));
        before.ifPresent(slice -> releaseEndpoints(state, slice));
    }

    /// Takes the addresses of a slice that is no more from its Service, but for those that its other
    /// slices, a newer form of this one included, still have.
    private void releaseEndpoints(ClusterState state, EndpointSlice gone) {
        var kept = new HashSet<IpAddress>();
        for (var slice : state.slicesOf(gone.serviceName())) {
            kept.addAll(List.of(readyAddresses(slice)));
        }
        for (var address : readyAddresses(gone)) {
            if (!kept.contains(address)) {
                endpoints.remove(address, key(gone.serviceName()));
            }
        }
    }

    private static IpAddress[] readyAddresses(EndpointSlice slice) {
        var endpoints = slice.endpoints();
        var addresses = new IpAddress[endpoints.size()];
        int count = 0;
        for (int row = 0; row < addresses.length; row++) {
            if (endpoints.isReady(row)) {
                addresses[count++] = endpoints.address(row);
            }
        }
        return count == addresses.length ? addresses : Arrays.copyOf(addresses, count);
    }

    private void refresh(ClusterState state, NamespacedName name) {
        var key = key(name);
        state.service(name)
                .filter(service -> config.exposes(name.namespace()))
                .ifPresentOrElse(
                        service -> services.put(key, new ServiceEntry(key, service, state.slicesOf(name))),
                        () -> services.remove(key));
    }

    private void moveClusterIps(DomainName key, Optional<Service> before, Optional<Service> after) {
        var now = clusterIps(after);
        clusterIps.putAll(now.toArray(IpAddress[]::new), key);
        for (var address : clusterIps(before)) {
            if (!now.contains(address)) {
                clusterIps.remove(address, key);
            }
        }
    }

    private void moveExternals(DomainName key, ExternalAddresses now) {
        var before = now.isNone() ? externals.remove(key) : externals.put(key, now);
        externalIps.putAll(now.addresses().toArray(IpAddress[]::new), key);
        if (before != null) {
            for (var address : before.addresses()) {
                if (!now.addresses().contains(address)) {
                    externalIps.remove(address, key);
                }
            }
        }
    }

    private static List<IpAddress> clusterIps(Optional<Service> service) {
        return service.isPresent() && service.get() instanceof Service.ClusterIp clusterIp
                ? clusterIp.clusterIps()
                : List.of();
    }

    /// An address may pass from one Pod to another before the first is gone, so it is looked at anew
    /// after each change. The list is the state's own, and costs nothing here.
    private void refresh(ClusterState state, IpAddress address) {
        var present = state.podsAt(address);
        if (present.isEmpty()) {
            pods.remove(address);
        } else {
            pods.put(address, present);
        }
    }

    /// `cart.shop.`, the key of the Service `shop/cart`.
    private static DomainName key(NamespacedName name) {
        return label(name.namespace()).child(name.name());
    }

    private static DomainName label(String namespace) {
        return DomainName.ROOT.child(namespace);
    }

    /// The name of the namespace whose label this is, if it exists and the view shows it.
    @Nullable
    String namespace(View view, DomainName label) {
        var namespace = namespaces.get(label);
        return namespace != null && view.showsNamespace(namespace) ? namespace : null;
    }

    /// The Service `key` stands for, if it and its namespace exist and the view shows them.
    @Nullable
    ServiceEntry service(View view, DomainName key) {
        var entry = services.get(key);
        if (entry == null || !namespaces.containsKey(key.suffix(1)) || !config.exposes(entry)) {
            return null;
        }
        return view.showsService(entry.service().name()) ? entry : null;
    }

    /// All Services that a view shows, in the order of their names.
    /// @param serial as of which; an entry may be newer while changes come faster than they are read,
    ///               and then has a newer serial too
    record Snapshot(int serial, List<ServiceEntry> entries) {}

    /// Reads again, a few times, if something changed in the meantime.
    Snapshot snapshot(View view) {
        for (int attempt = 1; true; attempt++) {
            int before = serial();
            var entries = new ArrayList<ServiceEntry>(services.size());
            for (var key : services.keySet()) {
                var entry = service(view, key);
                if (entry != null) {
                    entries.add(entry);
                }
            }
            if (before == serial() || attempt == SNAPSHOT_ATTEMPTS) {
                entries.sort(Comparator.comparing(ServiceEntry::key));
                return new Snapshot(before, entries);
            }
        }
    }

    /// The Services with this cluster IP. More than one only while an address changes hands.
    List<ServiceEntry> servicesAt(View view, IpAddress clusterIp) {
        return entries(view, clusterIps.find(clusterIp));
    }

    /// The Services with a ready endpoint at this address.
    List<ServiceEntry> servicesWithEndpoint(View view, IpAddress address) {
        return entries(view, endpoints.find(address));
    }

    /// Where a Service that was found here is reached from outside.
    ExternalAddresses external(ServiceEntry entry) {
        return externals.getOrDefault(entry.key(), ExternalAddresses.NONE);
    }

    /// The Services that are reached from outside at this address.
    List<ServiceEntry> servicesOutside(View view, IpAddress address) {
        return entries(view, externalIps.find(address));
    }

    /// Whether any Service is reached from outside at an address from `first` to `last`.
    boolean anyOutside(View view, IpAddress first, IpAddress last) {
        return externalIps.anyWithin(first, last, key -> service(view, key) != null);
    }

    private List<ServiceEntry> entries(View view, List<DomainName> keys) {
        if (keys.isEmpty()) {
            return List.of();
        }
        var entries = new ArrayList<ServiceEntry>(keys.size());
        for (var key : keys) {
            var entry = service(view, key);
            if (entry != null) {
                entries.add(entry);
            }
        }
        return entries;
    }

    /// Whether any address from `first` to `last` has a name that the view shows.
    boolean anyAddress(View view, IpAddress first, IpAddress last) {
        return clusterIps.anyWithin(first, last, key -> service(view, key) != null)
                || endpoints.anyWithin(first, last, key -> service(view, key) != null);
    }

    /// The client with this address: the one living Pod which has it. Empty if there is none, if several
    /// have it, as while an address changes hands, and if it is the Pod's node's. Knows none unless the
    /// source was asked for Pods.
    public Optional<Pod> client(View view, IpAddress address) {
        var present = pods.getOrDefault(address, List.of());
        if (present.size() != 1) {
            return Optional.empty();
        }
        var only = present.getFirst();
        return only.hostNetwork() || !view.showsPods(only.name().namespace()) ? Optional.empty() : Optional.of(only);
    }

    /// Whether a living Pod of the namespace has the address. Knows none unless the source was
    /// asked for Pods.
    boolean hasPod(View view, String namespace, IpAddress address) {
        if (!view.showsPods(namespace)) {
            return false;
        }
        for (var pod : pods.getOrDefault(address, List.of())) {
            if (pod.name().namespace().equals(namespace)) {
                return true;
            }
        }
        return false;
    }

    IndexConfig config() {
        return config;
    }
}
