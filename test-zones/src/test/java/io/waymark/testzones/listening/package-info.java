/// # listening: DNS over TLS and HTTPS as its clients use it
///
/// **Lives here:** [EncryptedDifferentialTest], the same questions by `kdig` and `curl` to CoreDNS and to
/// `./waymark dns`; [CertificateRenewalTest], a Secret that changes under a running server; [FirstClientTest], what
/// the first handshake loads; [Secret], such a folder; [ServedZone], what is asked for; [Kdig] and [TlsClient], who
/// ask.
/// **Read first:** [EncryptedDifferentialTest]. **May use:** `peer`. **May not:** code of Waymark.
/// **Invariant:** what is checked of a certificate, `kdig` and the JDK check.
@NullMarked
package io.waymark.testzones.listening;

import org.jspecify.annotations.NullMarked;
