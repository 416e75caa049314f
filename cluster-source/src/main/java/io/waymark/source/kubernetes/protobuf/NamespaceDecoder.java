package io.waymark.source.kubernetes.protobuf;

import io.waymark.records.cluster.ClusterDelta;
import io.waymark.records.cluster.Namespace;
import io.waymark.records.cluster.NamespacedName;
import io.waymark.source.kubernetes.protobuf.wire.MalformedProtobuf;
import io.waymark.source.kubernetes.protobuf.wire.ProtoCursor;
import io.waymark.source.kubernetes.protobuf.wire.TextPool;

/// Reads Namespaces (core/v1): nothing but their names.
public final class NamespaceDecoder implements ObjectDecoder {
    private final Metadata metadata = new Metadata(new TextPool());
    private final UnfitObjects unfit;

    public NamespaceDecoder(UnfitObjects unfit) {
        this.unfit = unfit;
    }

    @Override
    public ClusterDelta decode(ProtoCursor cursor) throws MalformedProtobuf {
        readMetadata(cursor);
        var name = metadata.name();
        if (!ObjectNames.isLabel(name.name())) {
            unfit.leftOut("Namespace", name, "left out, for its name is no DNS label");
            return removal(name);
        }
        return new ClusterDelta.PutNamespace(new Namespace(name.name(), metadata.origin()));
    }

    @Override
    public ClusterDelta removal(NamespacedName name) {
        return new ClusterDelta.RemoveNamespace(name.name());
    }

    @Override
    public Metadata metadata() {
        return metadata;
    }
}
