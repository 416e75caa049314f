package io.waymark.source.directory;

import io.waymark.records.cluster.EndpointPort;
import io.waymark.records.cluster.EndpointSlice;
import io.waymark.records.cluster.Service;
import io.waymark.records.cluster.ServicePort;
import io.waymark.source.SourceScope;
import io.waymark.source.manifest.Manifest;
import io.waymark.source.manifest.ManifestRead;
import io.waymark.source.manifest.ManifestReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// Plans in few lines, for tests: made of one text of manifests, and written an object a line.
final class PlanText {
    private PlanText() {}

    /// The plan of manifests that are all good.
    static ClusterPlan plan(String manifests) {
        return plan(manifests, SourceScope.DEFAULT);
    }

    static ClusterPlan plan(String manifests, SourceScope scope) {
        return ClusterPlan.of(read(manifests, scope), DirectoryConfig.DEFAULT, scope);
    }

    private static List<Manifest> read(String manifests, SourceScope scope) {
        var octets = manifests.getBytes(StandardCharsets.UTF_8);
        var read = (ManifestRead.Objects) ManifestReader.read("a.yaml", octets, scope);
        if (!read.rejected().isEmpty()) {
            throw new IllegalArgumentException(read.rejected().toString());
        }
        return read.objects();
    }

    /// Its Services and slices; without `default/kubernetes`, which nearly all have.
    static List<String> of(ClusterPlan plan) {
        var lines = new ArrayList<String>();
        plan.services().values().stream()
                .filter(service -> !service.name().equals(ClusterPlan.KUBERNETES))
                .forEach(service -> lines.add(of(service)));
        plan.slices().values().forEach(slice -> lines.add(of(slice)));
        return lines;
    }

    static String of(Service service) {
        return switch (service) {
            case Service.ClusterIp(var name, var origin, var ips, var ports) ->
                "service " + name + " " + joined(ips) + servicePorts(ports);
            case Service.Headless(var name, var origin, var ports) ->
                "service " + name + " headless" + servicePorts(ports);
            case Service.ExternalName(var name, var origin, var target) -> "service " + name + " -> " + target;
        };
    }

    static String of(EndpointSlice slice) {
        return "slice " + slice.name() + " of " + slice.service() + slicePorts(slice.ports()) + " " + slice.endpoints();
    }

    private static String joined(List<?> values) {
        return values.stream().map(Object::toString).collect(Collectors.joining(","));
    }

    private static String servicePorts(List<ServicePort> ports) {
        return ports.stream()
                .map(port -> " " + port.name() + "=" + port.port() + "/" + port.protocol())
                .collect(Collectors.joining());
    }

    private static String slicePorts(List<EndpointPort> ports) {
        return ports.stream()
                .map(port -> " " + port.name() + "=" + port.port() + "/" + port.protocol())
                .collect(Collectors.joining());
    }
}
