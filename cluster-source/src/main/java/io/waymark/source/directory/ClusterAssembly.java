package io.waymark.source.directory;

import io.waymark.records.address.IpAddress;
import io.waymark.records.address.IpFamily;
import io.waymark.records.cluster.EndpointSlice;
import io.waymark.records.cluster.Namespace;
import io.waymark.records.cluster.NamespacedName;
import io.waymark.records.cluster.Origin;
import io.waymark.records.cluster.Pod;
import io.waymark.records.cluster.Protocol;
import io.waymark.records.cluster.Service;
import io.waymark.records.cluster.ServiceCidr;
import io.waymark.records.cluster.ServicePort;
import io.waymark.source.SourceScope;
import io.waymark.source.SourceScope.Reach;
import io.waymark.source.SourceScope.Traffic;
import io.waymark.source.directory.ClusterPlan.Additions;
import io.waymark.source.directory.ClusterPlan.DataPath;
import io.waymark.source.manifest.Manifest;
import io.waymark.source.manifest.Manifest.Life;
import io.waymark.source.manifest.Manifest.Naming;
import io.waymark.source.manifest.Manifest.OfNamespace;
import io.waymark.source.manifest.Manifest.OfNode;
import io.waymark.source.manifest.Manifest.OfPod;
import io.waymark.source.manifest.Manifest.OfService;
import io.waymark.source.manifest.Manifest.OfServiceCidr;
import io.waymark.source.manifest.Manifest.OfSlice;
import io.waymark.source.manifest.ObjectKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// The steps that make a [ClusterPlan], in the order in which a cluster would do them. Used once.
final class ClusterAssembly {
    private static final int KUBERNETES_PORT = 443;

    private final DirectoryConfig config;
    private final SourceScope scope;
    private final Map<ObjectKey, Manifest> manifests = new LinkedHashMap<>();
    private final Map<NamespacedName, Service> services = new TreeMap<>();
    private final Map<NamespacedName, EndpointSlice> slices = new TreeMap<>();
    private final Map<String, Namespace> namespaces = new TreeMap<>();
    private final Map<NamespacedName, Pod> pods = new TreeMap<>();
    private final DataPath dataPath = new DataPath(new TreeMap<>(), new TreeMap<>(), new TreeMap<>());
    private final List<String> warnings = new ArrayList<>();
    private int addressed;
    private int selected;

    ClusterAssembly(DirectoryConfig config, SourceScope scope) {
        this.config = config;
        this.scope = scope;
    }

    ClusterPlan assemble(List<Manifest> all) {
        all.forEach(this::keepLatest);
        if (scope.reach() == Reach.CLUSTER_SET) {
            return clusterSet();
        }
        var claims = claims();
        boolean kubernetes = planServices(claims);
        List<String> implied = switch (scope.traffic()) {
            case Traffic.None none -> planNamespaces();
            case Traffic.OfNode(var node) -> planNode(node);
        };
        if (scope.endpointSlices()) {
            planSlices();
        }
        if (scope.pods()) {
            planPods();
        }
        var additions = new Additions(addressed, selected, implied, kubernetes);
        return new ClusterPlan(services, slices, namespaces, pods, dataPath, additions, warnings);
    }

    /// Manifests describe one cluster.
    private ClusterPlan clusterSet() {
        var implied = planNamespaces();
        var none = List.of("ServiceImports are not read from manifests: the zones of multicluster have no Services");
        return new ClusterPlan(
                services, slices, namespaces, pods, dataPath, new Additions(addressed, selected, implied, false), none);
    }

    private void keepLatest(Manifest manifest) {
        var earlier = manifests.put(manifest.key(), manifest);
        if (earlier != null) {
            warnings.add(place(manifest.origin()) + ": " + manifest.key() + " is also in " + place(earlier.origin())
                    + "; expected it once: this one counts, remove one of them");
        }
    }

    /// Who has which address; a Service that claims one that an earlier one has is left out.
    private Map<IpAddress, OfService> claims() {
        var claims = new HashMap<IpAddress, OfService>();
        for (var service : List.copyOf(of(OfService.class))) {
            for (var address : claimed(service)) {
                var owner = claims.putIfAbsent(address, service);
                if (owner != null && !owner.key().equals(service.key())) {
                    warnings.add(place(service.origin()) + ": " + service.key() + ": spec.clusterIP: found "
                            + address + ", which " + owner.key() + " (" + place(owner.origin())
                            + ") has; expected an address of its own; it is left out");
                    manifests.remove(service.key());
                    claimed(service).forEach(other -> claims.remove(other, service));
                    break;
                }
            }
        }
        return claims;
    }

    private static List<IpAddress> claimed(OfService service) {
        return service.naming() instanceof Naming.Addresses(var claimed) ? claimed : List.of();
    }

    /// Returns whether `default/kubernetes` had to be added.
    private boolean planServices(Map<IpAddress, OfService> claims) {
        var ipv4 = new AddressAllocation(config.ipv4Range(), claims.keySet());
        var ipv6 = new AddressAllocation(config.ipv6Range(), claims.keySet());
        Optional<IpAddress> first = ipv4.first();
        var byName = new TreeMap<NamespacedName, OfService>();
        of(OfService.class).forEach(service -> byName.put(service.key().namespacedName(), service));
        for (var service : byName.values()) {
            var allocation = service.families().getFirst() == IpFamily.IPV4;
            planned(service, allocation ? List.of(ipv4, ipv6) : List.of(ipv6, ipv4))
                    .filter(planned -> scope.labels().matches(service.labels()))
                    .ifPresent(planned -> {
                        services.put(planned.name(), planned);
                        dataPath.traffics().put(planned.name(), service.traffic());
                    });
        }
        boolean kubernetes = !byName.containsKey(ClusterPlan.KUBERNETES);
        if (kubernetes && scope.labels().matches(Map.of("component", "apiserver", "provider", "kubernetes"))) {
            first.or(() -> ipv4.give(ClusterPlan.KUBERNETES))
                    .ifPresent(address -> services.put(ClusterPlan.KUBERNETES, kubernetes(address)));
        }
        return kubernetes;
    }

    private static Service kubernetes(IpAddress address) {
        var https = new ServicePort("https", Protocol.TCP, KUBERNETES_PORT);
        return new Service.ClusterIp(ClusterPlan.KUBERNETES, new Origin.None(), List.of(address), List.of(https));
    }

    private Optional<Service> planned(OfService service, List<AddressAllocation> allocations) {
        var name = service.key().namespacedName();
        var ports = service.ports().stream().map(Manifest.Port::port).toList();
        return switch (service.naming()) {
            case Naming.Alias(var target) -> Optional.of(new Service.ExternalName(name, service.origin(), target));
            case Naming.Endpoints() -> Optional.of(new Service.Headless(name, service.origin(), ports));
            case Naming.Addresses(var claimed) -> {
                var addresses = new ArrayList<>(claimed);
                for (int i = claimed.size(); i < service.families().size(); i++) {
                    allocations.get(i).give(name).ifPresent(addresses::add);
                }
                addressed += addresses.size() > claimed.size() ? 1 : 0;
                if (addresses.size() < service.families().size()) {
                    warnings.add(place(service.origin()) + ": " + service.key()
                            + ": found no free address in the service range; expected a larger range");
                }
                yield addresses.isEmpty()
                        ? Optional.empty()
                        : Optional.of(new Service.ClusterIp(name, service.origin(), addresses, ports));
            }
        };
    }

    /// The Node and the ServiceCIDRs; every cluster has one with the ranges that it gives addresses out
    /// of. Namespaces are no part of a data path, so none is implied.
    private List<String> planNode(String name) {
        for (var manifest : of(OfNode.class)) {
            if (manifest.node().name().equals(name)) {
                dataPath.nodes().put(name, manifest.node());
            }
        }
        var ranges = List.of(config.ipv4Range(), config.ipv6Range());
        var given = ClusterPlan.KUBERNETES.name();
        dataPath.serviceCidrs().put(given, new ServiceCidr(given, new Origin.None(), ranges));
        of(OfServiceCidr.class)
                .forEach(manifest -> dataPath.serviceCidrs().put(manifest.cidr().name(), manifest.cidr()));
        return List.of();
    }

    /// Returns the Namespaces that no manifest has but other objects are in.
    private List<String> planNamespaces() {
        for (var namespace : of(OfNamespace.class)) {
            addNamespace(namespace.key().name(), namespace.origin(), namespace.labels());
        }
        var described = new HashSet<String>();
        of(OfNamespace.class).forEach(namespace -> described.add(namespace.key().name()));
        var implied = new TreeMap<String, Origin>();
        implied.put(ClusterPlan.KUBERNETES.namespace(), new Origin.None());
        for (var manifest : manifests.values()) {
            if (!manifest.key().namespace().isEmpty()) {
                implied.putIfAbsent(manifest.key().namespace(), new Origin.None());
            }
        }
        implied.keySet().removeAll(described);
        implied.forEach((name, origin) -> addNamespace(name, origin, Map.of()));
        return List.copyOf(implied.keySet());
    }

    /// The API server gives every Namespace the label of its name.
    private void addNamespace(String name, Origin origin, Map<String, String> given) {
        var labels = new HashMap<>(given);
        labels.put("kubernetes.io/metadata.name", name);
        if (scope.namespaceLabels().matches(labels)) {
            namespaces.put(name, new Namespace(name, origin));
        }
    }

    private void planSlices() {
        Set<NamespacedName> handMade = new HashSet<>();
        for (var manifest : of(OfSlice.class)) {
            var slice = manifest.slice();
            if (!slice.service().isEmpty()) {
                handMade.add(slice.serviceName());
                if (scope.labels().matches(manifest.labels())) {
                    slices.put(slice.name(), slice);
                }
            }
        }
        var made = new PodEndpoints(of(OfPod.class), scope.podNames());
        for (var service : of(OfService.class)) {
            if (!service.selector().isEmpty()
                    && !handMade.contains(service.key().namespacedName())) {
                var added = made.slices(service);
                selected += added.isEmpty() ? 0 : 1;
                if (scope.labels().matches(sliceLabels(service))) {
                    added.forEach(slice -> slices.putIfAbsent(slice.name(), slice));
                }
            }
        }
    }

    /// The controller gives its slices the Service's labels and some more.
    private static Map<String, String> sliceLabels(OfService service) {
        var labels = new HashMap<>(service.labels());
        labels.put(OfSlice.SERVICE_LABEL, service.key().name());
        labels.put("endpointslice.kubernetes.io/managed-by", "endpointslice-controller.k8s.io");
        if (service.naming() instanceof Naming.Endpoints) {
            labels.put("service.kubernetes.io/headless", "");
        }
        return labels;
    }

    private void planPods() {
        for (var manifest : of(OfPod.class)) {
            if (manifest.life() != Life.ENDED && scope.labels().matches(manifest.labels())) {
                var name = manifest.key().namespacedName();
                var labels = scope.podLabels() ? manifest.labels() : Map.<String, String>of();
                pods.put(name, new Pod(name, manifest.origin(), manifest.ips(), manifest.hostNetwork(), labels));
            }
        }
    }

    private <T extends Manifest> List<T> of(Class<T> kind) {
        return manifests.values().stream()
                .filter(kind::isInstance)
                .map(kind::cast)
                .toList();
    }

    private static String place(Origin.Manifest origin) {
        return origin.file() + ":" + origin.line();
    }
}
