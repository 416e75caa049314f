/// # listen: octets in, octets out
///
/// **Lives here:** [UdpListener] and [TcpListener], each one address; [BindAddress] and
/// [BindProbe], where it can be; [ListenerLimits], every bound; [ListenException].
/// **Read first:** [UdpListener], then [UdpHandler], the hot path; [TcpListener], then
/// [TcpConnection]. **May use:** `loops`, `pipeline`. **May not:** know zones or answers.
/// **Invariant:** what a stranger sends costs bounded memory, and never ends a listener.
@NullMarked
package io.waymark.dns.listen;

import org.jspecify.annotations.NullMarked;
