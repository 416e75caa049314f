/// # upstream: one server that questions are put to
///
/// **Lives here:** [Upstream], the seam; its forms on the network: [PlainUpstream] over UDP and TCP,
/// [TlsUpstream] (DoT, RFC 7858), [HttpsUpstream] (DoH, RFC 8484); [StreamPool], the connections that
/// are kept; [TlsIdentity], out of PEM files; [UpstreamMetrics]. **Read first:** [Upstream], then
/// [DatagramSockets]. **May use:** `loops`, `metrics`, `records`. **May not:** choose between upstreams,
/// or know of clients: that is [io.waymark.dns.plugin.forward.Forwarder]'s. **Invariant:** every question
/// ends within its patience; a reply is taken only if it is to what was asked, and can be read to its
/// last record; what else comes is counted, dropped, and the reply waited for.
@NullMarked
package io.waymark.dns.plugin.forward.upstream;

import org.jspecify.annotations.NullMarked;
