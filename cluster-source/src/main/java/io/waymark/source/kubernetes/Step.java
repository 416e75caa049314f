package io.waymark.source.kubernetes;

import io.waymark.records.cluster.ClusterDelta;
import io.waymark.source.ChangeTime;
import java.util.List;

/// What the threads that read hand to the thread that writes, in the order in which it happened to
/// one kind.
sealed interface Step {
    ResourceKind kind();

    /// A list begins; one before that did not end is void.
    record ListBegun(ResourceKind kind) implements Step {}

    /// The next objects of the list.
    record Listed(ResourceKind kind, List<ClusterDelta> deltas) implements Step {}

    /// The list is complete: what it did not name is not there, as of this version.
    record ListEnded(ResourceKind kind, long version) implements Step {}

    /// What a watch said, up to this version; without changes a bookmark.
    /// @param readAt when the first of them had been read, in the nanoseconds of the process
    record Watched(ResourceKind kind, List<Change> changes, long version, long readAt) implements Step {}

    /// One change, and when it was made.
    record Change(ClusterDelta delta, ChangeTime time) {}
}
