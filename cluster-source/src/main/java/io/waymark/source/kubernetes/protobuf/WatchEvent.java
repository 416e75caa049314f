package io.waymark.source.kubernetes.protobuf;

import io.waymark.records.cluster.ClusterDelta;
import io.waymark.source.ChangeTime;

/// What a watch says (meta/v1 WatchEvent).
public sealed interface WatchEvent {

    /// An object was added, modified or deleted at this version, and when, if it says so.
    record Changed(ClusterDelta delta, long version, ChangeTime time) implements WatchEvent {
        /// Of an object that does not say when.
        public Changed(ClusterDelta delta, long version) {
            this(delta, version, ChangeTime.UNKNOWN);
        }
    }

    /// Nothing changed up to this version.
    record Bookmark(long version) implements WatchEvent {}

    /// The watch cannot go on.
    record Failed(ApiStatus status) implements WatchEvent {}

    /// The server ended the watch in order, as it does after the time that was asked for.
    record Ended() implements WatchEvent {}
}
