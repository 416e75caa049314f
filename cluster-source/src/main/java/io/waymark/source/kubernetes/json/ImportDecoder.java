package io.waymark.source.kubernetes.json;

import io.waymark.records.address.IpAddress;
import io.waymark.records.cluster.ClusterDelta;
import io.waymark.records.cluster.NamespacedName;
import io.waymark.records.cluster.Protocol;
import io.waymark.records.cluster.Service;
import io.waymark.records.cluster.ServicePort;
import io.waymark.source.kubernetes.protobuf.ObjectNames;
import io.waymark.source.kubernetes.protobuf.PortRules;
import io.waymark.source.kubernetes.protobuf.UnfitObjects;
import java.util.ArrayList;
import java.util.List;

/// Reads ServiceImports (multicluster.x-k8s.io/v1alpha1, KEP-1645) as the Services that they are for
/// names: type ClusterSetIP has addresses, type Headless stands for its endpoints.
public final class ImportDecoder {
    private final UnfitObjects unfit;

    public ImportDecoder(UnfitObjects unfit) {
        this.unfit = unfit;
    }

    /// @return a put; or the removal of an object that has no addresses yet or cannot be served
    ClusterDelta decode(ApiObject object) throws MalformedJson {
        var name = object.name();
        if (!ObjectNames.isLabel(name.namespace()) || !ObjectNames.isLabel(name.name())) {
            return leftOut(name, "left out, for its name is no DNS label");
        }
        var spec = object.child("spec");
        var type = spec.child("type").text();
        return switch (type) {
            case "Headless" ->
                new ClusterDelta.PutService(new Service.Headless(name, object.origin(), ports(name, spec)));
            case "ClusterSetIP" -> clusterSetIp(name, object, spec);
            default ->
                leftOut(
                        name,
                        "left out, for its type is " + UnfitObjects.quoted(type)
                                + "; expected ClusterSetIP or Headless");
        };
    }

    private ClusterDelta clusterSetIp(NamespacedName name, ApiObject object, ApiObject spec) throws MalformedJson {
        var addresses = new ArrayList<IpAddress>();
        for (var ip : spec.child("ips").items()) {
            IpAddress.parse(ip.text())
                    .ifPresentOrElse(
                            addresses::add,
                            () -> warn(
                                    name, "IP " + UnfitObjects.quoted(ip.text()) + " left out, for it is no address"));
        }
        return addresses.isEmpty()
                ? removal(name)
                : new ClusterDelta.PutService(
                        new Service.ClusterIp(name, object.origin(), addresses, ports(name, spec)));
    }

    private List<ServicePort> ports(NamespacedName service, ApiObject spec) {
        var ports = new ArrayList<ServicePort>();
        for (var port : spec.child("ports").items()) {
            var name = port.child("name").text();
            var protocol = port.child("protocol").text();
            int number = port.child("port").number();
            var known = Protocol.parse(protocol);
            if (known.isPresent() && PortRules.isNumber(number) && PortRules.isName(name)) {
                ports.add(new ServicePort(name, known.get(), number));
            } else {
                warn(service, PortRules.problem(name, protocol, number));
            }
        }
        return ports;
    }

    private ClusterDelta leftOut(NamespacedName name, String problem) {
        warn(name, problem);
        return removal(name);
    }

    private void warn(NamespacedName name, String problem) {
        unfit.leftOut("ServiceImport", name, problem);
    }

    /// That there is no such object any more.
    ClusterDelta removal(NamespacedName name) {
        return new ClusterDelta.RemoveService(name);
    }
}
