/// # caching: what is kept of upstreams' replies, beside CoreDNS
///
/// **Lives here:** [CacheDifferentialTest], the same questions to CoreDNS and to `./waymark dns`, each with
/// a [TellingServer] of its own behind it, which counts what it is asked.
/// **Read first:** [CacheDifferentialTest]. **May use:** `ask`, `peer`. **May not:** look into either's memory.
/// **Invariant:** nothing here knows how either keeps anything.
@NullMarked
package io.waymark.testzones.caching;

import org.jspecify.annotations.NullMarked;
