package io.waymark.source.kubernetes;

import com.google.protobuf.Message;
import io.waymark.records.cluster.LabelSelector;

/// Which objects a client asks for.
/// @param name of the only one, or empty (the field selector `metadata.name`)
record Selection(LabelSelector labels, String name) {
    boolean has(Message object) {
        var metadata = ApiWorld.metadata(object);
        return labels.matches(metadata.getLabelsMap())
                && (name.isEmpty() || metadata.getName().equals(name));
    }
}
