package io.waymark.source.kubernetes.protobuf;

import io.waymark.records.address.Cidr;
import io.waymark.records.cluster.ClusterDelta;
import io.waymark.records.cluster.NamespacedName;
import io.waymark.records.cluster.ServiceCidr;
import io.waymark.source.kubernetes.protobuf.wire.MalformedProtobuf;
import io.waymark.source.kubernetes.protobuf.wire.ProtoCursor;
import io.waymark.source.kubernetes.protobuf.wire.TextPool;
import java.util.ArrayList;
import java.util.List;

/// Reads ServiceCIDRs (networking.k8s.io/v1).
public final class ServiceCidrDecoder implements ObjectDecoder {
    private static final int SPEC = ProtoCursor.delimited(2);
    private static final int CIDRS = ProtoCursor.delimited(1);

    private final Metadata metadata = new Metadata(new TextPool());
    private final UnfitObjects unfit;
    private final List<String> texts = new ArrayList<>();

    public ServiceCidrDecoder(UnfitObjects unfit) {
        this.unfit = unfit;
    }

    @Override
    public ClusterDelta decode(ProtoCursor cursor) throws MalformedProtobuf {
        metadata.clear();
        texts.clear();
        while (cursor.hasMore()) {
            int tag = cursor.tag();
            if (tag == METADATA) {
                metadata.read(cursor);
            } else if (tag == SPEC) {
                readSpec(cursor);
            } else {
                cursor.skip();
            }
        }
        var cidrs = new ArrayList<Cidr>(texts.size());
        for (var text : texts) {
            Cidr.parseLegacy(text)
                    .ifPresentOrElse(
                            cidrs::add,
                            () -> unfit.leftOut(
                                    "ServiceCIDR",
                                    metadata.name(),
                                    UnfitObjects.quoted(text) + " left out, for it is no address prefix"));
        }
        return new ClusterDelta.PutServiceCidr(new ServiceCidr(metadata.name().name(), metadata.origin(), cidrs));
    }

    private void readSpec(ProtoCursor cursor) throws MalformedProtobuf {
        int outer = cursor.enter();
        while (cursor.hasMore()) {
            if (cursor.tag() == CIDRS) {
                texts.add(cursor.text());
            } else {
                cursor.skip();
            }
        }
        cursor.leave(outer);
    }

    @Override
    public ClusterDelta removal(NamespacedName name) {
        return new ClusterDelta.RemoveServiceCidr(name.name());
    }

    @Override
    public Metadata metadata() {
        return metadata;
    }
}
