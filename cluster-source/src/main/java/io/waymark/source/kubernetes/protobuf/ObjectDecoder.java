package io.waymark.source.kubernetes.protobuf;

import io.waymark.records.cluster.ClusterDelta;
import io.waymark.records.cluster.NamespacedName;
import io.waymark.source.kubernetes.protobuf.wire.MalformedProtobuf;
import io.waymark.source.kubernetes.protobuf.wire.ProtoCursor;

/// Reads the objects of one kind. Keeps what equal objects share, hence one decoder for the life of
/// a source; confined to one thread.
public sealed interface ObjectDecoder
        permits NamespaceDecoder, NodeDecoder, PodDecoder, ServiceCidrDecoder, ServiceDecoder, SliceDecoder {

    /// `metadata` has this number in every kind.
    int METADATA = ProtoCursor.delimited(1);

    /// Reads the object that fills the cursor.
    /// @return a put; or the removal of an object that says nothing to us or cannot be served
    ClusterDelta decode(ProtoCursor cursor) throws MalformedProtobuf;

    /// That there is no such object any more.
    ClusterDelta removal(NamespacedName name);

    /// `metadata` of the object that was read last.
    Metadata metadata();

    /// Reads only `metadata` of the object that fills the cursor.
    default void readMetadata(ProtoCursor cursor) throws MalformedProtobuf {
        metadata().clear();
        while (cursor.hasMore()) {
            if (cursor.tag() == METADATA) {
                metadata().read(cursor);
            } else {
                cursor.skip();
            }
        }
    }
}
