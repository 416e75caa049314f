/// # protobuf: objects of the Kubernetes API, read field by field out of their octets
///
/// **Lives here:** [ListReader] and [WatchReader], the two envelopes that the API server sends;
/// [ObjectDecoder] (sealed), one per kind; [UnfitObjects], what was left out.
/// **Read first:** [ListReader#read], then [SliceDecoder]. **May use:** `wire`, `records`. **May not:** sockets,
/// clocks, threads, or the generated protobuf classes: a
/// tree of them for 100,000 endpoints is several times the model.
/// **Invariant:** total and bounded on any octets. They decode, or they throw
/// [io.waymark.source.kubernetes.protobuf.wire.MalformedProtobuf];
/// an object that cannot be served becomes a removal and one warning.
@NullMarked
package io.waymark.source.kubernetes.protobuf;

import org.jspecify.annotations.NullMarked;
