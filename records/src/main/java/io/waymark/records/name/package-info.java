/// # name: domain names as octets
///
/// **Lives here:** [DomainName], the uncompressed lower-case wire form of a name (RFC 1035 §3.1),
/// with its order (RFC 4034 §6.1), and [NameText], its presentation form (RFC 1035 §5.1).
/// **Read first:** [DomainName]. **May use:** nothing of ours. **May not:** treat labels as text:
/// a label holds any octet, dots and zeros too.
/// **Invariant:** equal names have equal octets, so tables need not fold case again (RFC 4343).
@NullMarked
package io.waymark.records.name;

import org.jspecify.annotations.NullMarked;
