/// # observed: what Waymark says about itself, beside CoreDNS
///
/// **Lives here:** [ObservedTest]: the same Corefile and the same queries to both, then their scrapes and
/// their logs side by side; [Scrape], a scrape in its parts. **Read first:** [ObservedTest].
/// **May use:** `ask`, `peer`. **May not:** know a class of Waymark.
/// **Invariant:** every difference is on a list that says why.
@NullMarked
package io.waymark.testzones.observed;

import org.jspecify.annotations.NullMarked;
