/// # address: IP addresses as values
///
/// **Lives here:** [IpAddress], one IPv4 or IPv6 address with its canonical text (RFC 5952);
/// [Cidr], a prefix; [IpFamily], of which family they are. **Read first:** [IpAddress].
/// **May use:** nothing of ours.
/// **May not:** ask a resolver; a host name is never an address here, so parsing never blocks.
/// **Invariant:** two addresses are equal exactly if their octets are.
@NullMarked
package io.waymark.records.address;

import org.jspecify.annotations.NullMarked;
