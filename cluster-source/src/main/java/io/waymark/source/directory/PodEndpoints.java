package io.waymark.source.directory;

import io.waymark.records.address.IpAddress;
import io.waymark.records.address.IpFamily;
import io.waymark.records.cluster.EndpointPort;
import io.waymark.records.cluster.EndpointSlice;
import io.waymark.records.cluster.Endpoints;
import io.waymark.records.cluster.NamespacedName;
import io.waymark.records.cluster.ServicePort;
import io.waymark.source.manifest.Manifest.ContainerPort;
import io.waymark.source.manifest.Manifest.Life;
import io.waymark.source.manifest.Manifest.OfPod;
import io.waymark.source.manifest.Manifest.OfService;
import io.waymark.source.manifest.Manifest.Port;
import io.waymark.source.manifest.Manifest.Target;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Makes the EndpointSlices that a cluster's controller makes of a Service's selector: one for
/// each family and each list of ports that the Pods' containers give.
final class PodEndpoints {
    private record Label(String namespace, String key, String value) {}

    private final Map<Label, List<OfPod>> podsByLabel = new HashMap<>();
    private final boolean podNames;

    /// @param podNames whether endpoints keep the name of their Pod
    PodEndpoints(List<OfPod> pods, boolean podNames) {
        this.podNames = podNames;
        var byName = new ArrayList<>(pods);
        byName.sort(Comparator.comparing(pod -> pod.key().namespacedName()));
        for (var pod : byName) {
            if (pod.life() != Life.ENDED && !pod.ips().isEmpty()) {
                pod.labels()
                        .forEach((key, value) -> podsByLabel
                                .computeIfAbsent(
                                        new Label(pod.key().namespace(), key, value), label -> new ArrayList<>())
                                .add(pod));
            }
        }
    }

    /// The Service's slices, none if it selects no Pod that has an address.
    List<EndpointSlice> slices(OfService service) {
        var pods = selected(service);
        var slices = new ArrayList<EndpointSlice>();
        for (var family : service.families()) {
            var rowsByPorts = new LinkedHashMap<List<EndpointPort>, Endpoints.Builder>();
            for (var pod : pods) {
                addRow(service, pod, family, rowsByPorts);
            }
            rowsByPorts.forEach((ports, rows) -> slices.add(new EndpointSlice(
                    sliceName(service, family, ports),
                    service.origin(),
                    service.key().name(),
                    ports,
                    rows.build())));
        }
        return slices;
    }

    /// Looks only at the Pods with the rarest of the labels.
    private List<OfPod> selected(OfService service) {
        var selector = service.selector();
        return selector.entrySet().stream()
                .map(entry -> podsByLabel.getOrDefault(
                        new Label(service.key().namespace(), entry.getKey(), entry.getValue()), List.of()))
                .min(Comparator.comparingInt(List::size))
                .orElse(List.of())
                .stream()
                .filter(pod -> pod.labels().entrySet().containsAll(selector.entrySet()))
                .toList();
    }

    private void addRow(
            OfService service, OfPod pod, IpFamily family, Map<List<EndpointPort>, Endpoints.Builder> rowsByPorts) {
        Optional<IpAddress> address =
                pod.ips().stream().filter(ip -> IpFamily.of(ip) == family).findFirst();
        address.ifPresent(ip -> rowsByPorts
                .computeIfAbsent(ports(service, pod), ports -> new Endpoints.Builder(family.octets()))
                .add(ip, row(service, pod)));
    }

    private Endpoints.Row row(OfService service, OfPod pod) {
        boolean serving = pod.life() == Life.READY || pod.life() == Life.TERMINATING_READY;
        boolean terminating = pod.life() == Life.TERMINATING || pod.life() == Life.TERMINATING_READY;
        boolean named = pod.subdomain().equals(service.key().name());
        return new Endpoints.Row(
                service.publishesNotReady() || serving && !terminating,
                serving,
                terminating,
                named ? pod.hostname() : "",
                pod.nodeName(),
                "",
                podNames ? pod.key().name() : "");
    }

    /// A named target that the Pod does not have is left out, for this Pod only.
    private static List<EndpointPort> ports(OfService service, OfPod pod) {
        return service.ports().stream()
                .flatMap(port -> number(port, pod).stream()
                        .map(number ->
                                new EndpointPort(port.port().name(), port.port().protocol(), number)))
                .toList();
    }

    private static Optional<Integer> number(Port port, OfPod pod) {
        return switch (port.target()) {
            case Target.ByNumber(int number) -> Optional.of(number);
            case Target.ByName(String name) ->
                pod.ports().stream()
                        .filter(candidate -> isTarget(candidate, name, port.port()))
                        .map(ContainerPort::port)
                        .findFirst();
        };
    }

    private static boolean isTarget(ContainerPort candidate, String name, ServicePort port) {
        return candidate.name().equals(name) && candidate.protocol() == port.protocol();
    }

    /// A name of its own for each family and list of ports, the same at each start.
    private static NamespacedName sliceName(OfService service, IpFamily family, List<EndpointPort> ports) {
        var suffix = new StringBuilder(family.toString().toLowerCase(Locale.ROOT));
        for (var port : ports) {
            suffix.append('-').append(port.name()).append(port.port());
        }
        return new NamespacedName(service.key().namespace(), service.key().name() + "-" + suffix);
    }
}
