/// # tls: the certificate of `tls://` and `https://` zones
///
/// **Lives here:** [TlsStage]; `listen.tls` speaks TLS. **May use:** and **may not:** as all of
/// [io.waymark.dns.plugin].
@NullMarked
package io.waymark.dns.plugin.tls;

import org.jspecify.annotations.NullMarked;
