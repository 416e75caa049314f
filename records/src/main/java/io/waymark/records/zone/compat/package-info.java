/// # compat: a zone that says what CoreDNS says
///
/// **Lives here:** [CoreDnsZone], around a zone of the package above, for those who depend on an answer of CoreDNS
/// that the standards have otherwise. **Read first:** its table. **May use:** the public types of `zone`, `name`, `rr`
/// and `view`. **May not:** what `zone` may not.
/// **Invariant:** it shows nothing that the zone within hides.
@NullMarked
package io.waymark.records.zone.compat;

import org.jspecify.annotations.NullMarked;
