package io.waymark.records.zone;

import io.waymark.records.name.DomainName;
import io.waymark.records.rr.RecordData;
import io.waymark.records.view.View;

/// The names below `pod`: `10-1-2-3.shop.pod`, an address written as a label.
final class PodNames {
    private final PodMode mode;
    private final ClusterIndex index;

    PodNames(PodMode mode, ClusterIndex index) {
        this.mode = mode;
        this.index = index;
    }

    /// What a name below `pod` stands for.
    sealed interface PodName {}

    /// Nothing.
    record Absent() implements PodName {}

    /// A namespace, an empty non-terminal.
    record Namespace() implements PodName {}

    /// An address.
    record Address(RecordData data) implements PodName {}

    /// `labels` is how many labels the name has left of `pod`, at least one.
    PodName find(View view, DomainName name, int labels) {
        if (mode == PodMode.DISABLED || labels > 2) {
            return new Absent();
        }
        var namespace = index.namespace(view, name.slice(labels - 1, labels));
        if (namespace == null) {
            return new Absent();
        }
        if (labels == 1) {
            return new Namespace();
        }
        var address = EndpointLabels.address(name.label(0));
        if (address.isEmpty() || mode == PodMode.VERIFIED && !index.hasPod(view, namespace, address.get())) {
            return new Absent();
        }
        return new Address(RecordData.address(address.get()));
    }
}
