/// # https: DNS over HTTPS (RFC 8484)
///
/// **Lives here:** [HttpsListener], one address; [HttpsAcceptor], its connections on one loop; [DohRequest],
/// a request read; [Freshness], how long its response may be kept. **Read first:** [HttpsListener].
/// **May use:** `listen`, `listen.tls`, `loops`, `pipeline`. **May not:** know zones or answers.
/// **Invariant:** what a stranger sends costs bounded memory, and never ends a listener.
@NullMarked
package io.waymark.dns.listen.https;

import org.jspecify.annotations.NullMarked;
