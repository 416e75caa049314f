/// # http: what the server says over HTTP besides DNS
///
/// **Lives here:** [HttpEndpoint], one listening address and its pages; [Page], what is at one path.
/// **Read first:** [HttpEndpoint]. **May use:** `loops`, `listen` for addresses and TLS. **May not:** know what
/// a page says. **Invariant:** an address is bound once, however many plugins and reloads put pages there.
@NullMarked
package io.waymark.dns.http;

import org.jspecify.annotations.NullMarked;
