/// # dns64: IPv6 addresses for names that have IPv4 addresses alone
///
/// **Lives here:** [Dns64Stage]; [Dns64Plugin], which answers AAAA out of A (RFC 6147); [Nat64Prefix], which
/// puts an IPv4 address into an IPv6 one (RFC 6052). **May use:** and **may not:** as all of
/// [io.waymark.dns.plugin].
@NullMarked
package io.waymark.dns.plugin.dns64;

import org.jspecify.annotations.NullMarked;
