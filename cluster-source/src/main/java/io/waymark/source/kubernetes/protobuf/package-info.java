/// # protobuf: objects of the Kubernetes API, read field by field out of their octets
///
/// **Lives here:** [ListReader] and [WatchReader], the two envelopes that the API server sends;
/// [ObjectDecoder] (sealed), one per kind; [ProtoInput], a bounded window on a stream, and
/// [ProtoCursor], a place in it; [UnfitObjects], what was left out.
/// **Read first:** [ListReader#read], then [SliceDecoder]. **May use:** `records`, an `InputStream`
/// that it is given. **May not:** sockets, clocks, threads, or the generated protobuf classes: a
/// tree of them for 100,000 endpoints is several times the model.
/// **Invariant:** total and bounded on any octets. They decode, or they throw [MalformedProtobuf];
/// an object that cannot be served becomes a removal and one warning.
@NullMarked
package io.waymark.source.kubernetes.protobuf;

import org.jspecify.annotations.NullMarked;
