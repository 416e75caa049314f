package io.waymark.source.manifest;

import io.waymark.records.address.IpAddress;
import io.waymark.source.document.Field;
import io.waymark.source.manifest.Manifest.ContainerPort;
import io.waymark.source.manifest.Manifest.Life;
import java.util.ArrayList;
import java.util.List;

/// Reads what a Pod says about its addresses, its ports and how far it has come.
final class PodReader {
    private PodReader() {}

    static Manifest.OfPod read(ObjectHead head, Field root) {
        var spec = root.child("spec");
        var status = root.child("status");
        return new Manifest.OfPod(
                head.key(),
                head.origin(),
                head.labels(),
                ips(status),
                life(root.child("metadata").child("deletionTimestamp"), status),
                ApiName.LABEL.read(spec.child("hostname")),
                ApiName.LABEL.read(spec.child("subdomain")),
                spec.child("nodeName").text(),
                spec.child("hostNetwork").flag(false),
                ports(spec));
    }

    /// `podIPs`, or the one `podIP` of manifests written by hand.
    private static List<IpAddress> ips(Field status) {
        var fields = new ArrayList<Field>();
        status.child("podIPs").items().forEach(item -> fields.add(item.child("ip")));
        if (fields.isEmpty()) {
            fields.add(status.child("podIP"));
        }
        return fields.stream().flatMap(field -> field.address().stream()).toList();
    }

    /// A Pod that says nothing about its readiness is ready: nobody writes conditions by hand.
    private static Life life(Field deletionTimestamp, Field status) {
        var phase = status.child("phase").text();
        if (phase.equals("Succeeded") || phase.equals("Failed")) {
            return Life.ENDED;
        }
        boolean ready = true;
        for (var condition : status.child("conditions").items()) {
            if (condition.child("type").text().equals("Ready")) {
                ready = condition.child("status").text().equals("True");
            }
        }
        if (deletionTimestamp.isGiven()) {
            return ready ? Life.TERMINATING_READY : Life.TERMINATING;
        }
        return ready ? Life.READY : Life.NOT_READY;
    }

    /// The named ports of all containers that run as long as the Pod does: the ordinary ones, then
    /// the side-cars among the init containers.
    private static List<ContainerPort> ports(Field spec) {
        var ports = new ArrayList<ContainerPort>();
        for (var container : spec.child("containers").items()) {
            addPorts(container, ports);
        }
        for (var container : spec.child("initContainers").items()) {
            if (container.child("restartPolicy").text().equals("Always")) {
                addPorts(container, ports);
            }
        }
        return List.copyOf(ports);
    }

    private static void addPorts(Field container, List<ContainerPort> ports) {
        for (var port : container.child("ports").items()) {
            String name = ApiName.PORT.read(port.child("name"));
            int number = ServiceReader.requiredPort(port.child("containerPort"));
            var protocol = ServiceReader.protocol(port.child("protocol"));
            if (!name.isEmpty()) {
                ports.add(new ContainerPort(name, protocol, number));
            }
        }
    }
}
