/// # json: objects of the Kubernetes API as JSON: custom resources, which come in no other form
///
/// **Lives here:** [ImportDecoder], a ServiceImport to a Service; [JsonListReader] and
/// [JsonWatchReader], the two envelopes; [ConfigMapJson], one ConfigMap in both of them; [JsonLines], the events
/// of a watch; [ApiObject], a place in an object.
/// **Read first:** [ImportDecoder#decode]. **May use:** `records`, `protobuf` for what both forms have
/// in common, gson's tree. **May not:** sockets, clocks, threads, or gson's binding to classes.
/// **Invariant:** total on any octets. They decode, or they throw [MalformedJson]; an object that
/// cannot be served becomes a removal and one warning.
@NullMarked
package io.waymark.source.kubernetes.json;

import org.jspecify.annotations.NullMarked;
