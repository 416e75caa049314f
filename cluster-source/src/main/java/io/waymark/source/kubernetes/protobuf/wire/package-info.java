/// # wire: protobuf's own encoding, and what keeps decoding cheap
///
/// **Lives here:** [ProtoInput], a bounded window on a stream; [ProtoCursor], a place in it: tags,
/// varints, texts, nested messages; [TextPool] and [ValuePool], equal texts and values kept once;
/// [DottedQuad], an address without a text in between. **Read first:** [ProtoCursor].
/// **May use:** an `InputStream` that it is given. **May not:** know an object of Kubernetes.
/// **Invariant:** total and bounded on any octets: they decode, or [MalformedProtobuf] is thrown.
@NullMarked
package io.waymark.source.kubernetes.protobuf.wire;

import org.jspecify.annotations.NullMarked;
