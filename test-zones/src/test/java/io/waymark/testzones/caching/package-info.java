/// # caching: what is kept of upstreams' replies, beside CoreDNS
///
/// **Lives here:** [CacheDifferentialTest], the same questions to CoreDNS and to `./waymark dns`, each with
/// a [TellingServer] of its own behind it, which counts what it is asked.
/// **May use:** `ask`, `peer`. **Invariant:** nothing here knows how either keeps anything.
@NullMarked
package io.waymark.testzones.caching;

import org.jspecify.annotations.NullMarked;
