package io.waymark.source.kubernetes.protobuf;

import io.waymark.records.address.Cidr;
import io.waymark.records.address.IpAddress;
import io.waymark.records.cluster.ClusterDelta;
import io.waymark.records.cluster.NamespacedName;
import io.waymark.records.cluster.Node;
import io.waymark.records.cluster.Node.Departure;
import io.waymark.source.kubernetes.protobuf.wire.MalformedProtobuf;
import io.waymark.source.kubernetes.protobuf.wire.ProtoCursor;
import io.waymark.source.kubernetes.protobuf.wire.TextPool;
import java.util.ArrayList;
import java.util.List;

/// Reads Nodes (core/v1): where they are, which Pod ranges they have, whether they stay.
public final class NodeDecoder implements ObjectDecoder {
    private static final int SPEC = ProtoCursor.delimited(2);
    private static final int POD_CIDR = ProtoCursor.delimited(1);
    private static final int TAINTS = ProtoCursor.delimited(5);
    private static final int TAINT_KEY = ProtoCursor.delimited(1);
    private static final int POD_CIDRS = ProtoCursor.delimited(7);
    private static final int STATUS = ProtoCursor.delimited(3);
    private static final int ADDRESSES = ProtoCursor.delimited(5);
    private static final int ADDRESS_TYPE = ProtoCursor.delimited(1);
    private static final int ADDRESS = ProtoCursor.delimited(2);

    private final Metadata metadata = new Metadata(new TextPool(), true);
    private final UnfitObjects unfit;
    private final List<String> podCidrs = new ArrayList<>();
    private final List<IpAddress> internal = new ArrayList<>();
    private final List<IpAddress> external = new ArrayList<>();
    private String podCidr = "";
    private boolean isTainted;

    public NodeDecoder(UnfitObjects unfit) {
        this.unfit = unfit;
    }

    @Override
    public ClusterDelta decode(ProtoCursor cursor) throws MalformedProtobuf {
        clear();
        while (cursor.hasMore()) {
            int tag = cursor.tag();
            if (tag == METADATA) {
                metadata.read(cursor);
            } else if (tag == SPEC) {
                readSpec(cursor);
            } else if (tag == STATUS) {
                readStatus(cursor);
            } else {
                cursor.skip();
            }
        }
        var addresses = new ArrayList<>(internal);
        addresses.addAll(external);
        var name = metadata.name().name();
        return new ClusterDelta.PutNode(
                new Node(name, metadata.origin(), addresses, cidrs(), metadata.zone(), departure()));
    }

    private void clear() {
        metadata.clear();
        podCidrs.clear();
        internal.clear();
        external.clear();
        podCidr = "";
        isTainted = false;
    }

    private void readSpec(ProtoCursor cursor) throws MalformedProtobuf {
        int outer = cursor.enter();
        while (cursor.hasMore()) {
            int tag = cursor.tag();
            if (tag == POD_CIDR) {
                podCidr = cursor.text();
            } else if (tag == POD_CIDRS) {
                podCidrs.add(cursor.text());
            } else if (tag == TAINTS) {
                readTaint(cursor);
            } else {
                cursor.skip();
            }
        }
        cursor.leave(outer);
    }

    private void readTaint(ProtoCursor cursor) throws MalformedProtobuf {
        int outer = cursor.enter();
        while (cursor.hasMore()) {
            if (cursor.tag() == TAINT_KEY) {
                isTainted |= cursor.text().equals(Node.AUTOSCALER_TAINT);
            } else {
                cursor.skip();
            }
        }
        cursor.leave(outer);
    }

    private void readStatus(ProtoCursor cursor) throws MalformedProtobuf {
        int outer = cursor.enter();
        while (cursor.hasMore()) {
            if (cursor.tag() == ADDRESSES) {
                readAddress(cursor);
            } else {
                cursor.skip();
            }
        }
        cursor.leave(outer);
    }

    private void readAddress(ProtoCursor cursor) throws MalformedProtobuf {
        var type = "";
        var text = "";
        int outer = cursor.enter();
        while (cursor.hasMore()) {
            int tag = cursor.tag();
            if (tag == ADDRESS_TYPE) {
                type = cursor.text();
            } else if (tag == ADDRESS) {
                text = cursor.text();
            } else {
                cursor.skip();
            }
        }
        cursor.leave(outer);
        switch (type) {
            case "InternalIP" -> add(text, internal);
            case "ExternalIP" -> add(text, external);
            // Host names: nobody needs them here.
            default -> {}
        }
    }

    private void add(String text, List<IpAddress> addresses) {
        IpAddress.parseLegacy(text).ifPresentOrElse(addresses::add, () -> leftOut("address", text));
    }

    private List<Cidr> cidrs() {
        var texts = podCidrs.isEmpty() && !podCidr.isEmpty() ? List.of(podCidr) : podCidrs;
        var cidrs = new ArrayList<Cidr>();
        for (var text : texts) {
            Cidr.parseLegacy(text).ifPresentOrElse(cidrs::add, () -> leftOut("podCIDR", text));
        }
        return cidrs;
    }

    private void leftOut(String field, String text) {
        unfit.leftOut(
                "Node", metadata.name(), field + " " + UnfitObjects.quoted(text) + " left out, for it cannot be read");
    }

    private Departure departure() {
        if (metadata.isBeingDeleted()) {
            return Departure.BEING_DELETED;
        }
        return isTainted ? Departure.MARKED_BY_AUTOSCALER : Departure.STAYS;
    }

    @Override
    public ClusterDelta removal(NamespacedName name) {
        return new ClusterDelta.RemoveNode(name.name());
    }

    @Override
    public Metadata metadata() {
        return metadata;
    }
}
