package io.waymark.source.manifest;

import io.waymark.records.address.Cidr;
import io.waymark.records.address.IpAddress;
import io.waymark.records.cluster.Node;
import io.waymark.records.cluster.Node.Departure;
import io.waymark.source.document.Field;
import java.util.ArrayList;
import java.util.List;

/// Reads a Node: where it is, which Pod ranges it has, whether it stays.
final class NodeReader {
    private NodeReader() {}

    static Manifest.OfNode read(ObjectHead head, Field root) {
        var node = new Node(
                head.key().name(),
                head.origin(),
                addresses(root.child("status").child("addresses")),
                podCidrs(root.child("spec")),
                head.labels().getOrDefault("topology.kubernetes.io/zone", ""),
                departure(root));
        return new Manifest.OfNode(head.key(), head.origin(), head.labels(), node);
    }

    private static List<IpAddress> addresses(Field list) {
        var internal = new ArrayList<IpAddress>();
        var external = new ArrayList<IpAddress>();
        for (var item : list.items()) {
            switch (item.child("type").text()) {
                case "InternalIP" -> item.child("address").address().ifPresent(internal::add);
                case "ExternalIP" -> item.child("address").address().ifPresent(external::add);
                // Host names: nobody needs them here.
                default -> {}
            }
        }
        internal.addAll(external);
        return internal;
    }

    /// `podCIDRs`, or the one `podCIDR` of manifests written by hand.
    private static List<Cidr> podCidrs(Field spec) {
        var fields = spec.child("podCIDRs").items();
        var first = spec.child("podCIDR");
        var given = fields.isEmpty() && first.isGiven() ? List.of(first) : fields;
        return given.stream()
                .flatMap(field -> TrafficReader.cidr(field).stream())
                .toList();
    }

    private static Departure departure(Field root) {
        if (root.child("metadata").child("deletionTimestamp").isGiven()) {
            return Departure.BEING_DELETED;
        }
        boolean isTainted = root.child("spec").child("taints").items().stream()
                .anyMatch(taint -> taint.child("key").text().equals(Node.AUTOSCALER_TAINT));
        return isTainted ? Departure.MARKED_BY_AUTOSCALER : Departure.STAYS;
    }
}
