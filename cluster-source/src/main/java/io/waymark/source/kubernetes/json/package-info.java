/// # json: custom resources of the Kubernetes API, which come as JSON only
///
/// **Lives here:** [ImportDecoder], a ServiceImport to a Service; [JsonListReader] and
/// [JsonWatchReader], the two envelopes; [ApiObject], a place in an object.
/// **Read first:** [ImportDecoder#decode]. **May use:** `records`, `protobuf` for what both forms have
/// in common, gson's tree. **May not:** sockets, clocks, threads, or gson's binding to classes.
/// **Invariant:** total on any octets. They decode, or they throw [MalformedJson]; an object that
/// cannot be served becomes a removal and one warning.
@NullMarked
package io.waymark.source.kubernetes.json;

import org.jspecify.annotations.NullMarked;
