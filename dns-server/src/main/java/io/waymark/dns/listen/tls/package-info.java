/// # tls: as whom a listener speaks over TLS
///
/// **Lives here:** [TlsFiles], where its certificate is; [TlsMaterial], what the files held at one time;
/// [TlsCredentials], which new connections use, and which change while the server runs;
/// [CertificateWatch], which looks at the files; [Encryption], whether there is any of it; [Handshakes],
/// those under way, of which [BoundedEngines], [ListenerContexts] and [ToldContext] have Vert.x and Netty tell.
/// **Read first:** [TlsCredentials]. **May use:** the JDK's TLS, Vert.x' options and Netty's handlers for it.
/// **May not:** know DNS. **Invariant:** a connection has one certificate from its begin to its end; files that
/// cannot be used change nothing. Nothing here is loaded by a server without TLS.
@NullMarked
package io.waymark.dns.listen.tls;

import org.jspecify.annotations.NullMarked;
