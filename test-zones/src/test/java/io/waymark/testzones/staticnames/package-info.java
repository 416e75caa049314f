/// # staticnames: files of names, CoreDNS beside Waymark
///
/// **Lives here:** [StaticNamesTest], the comparison; [GeneratedZone], a master file out of a seed and
/// what to ask about it. **Read first:** [StaticNamesTest]. **May use:** `peer`, `ask`. **May not:**
/// Waymark's own code. **Invariant:** an answer is CoreDNS', but for what the test names.
@NullMarked
package io.waymark.testzones.staticnames;

import org.jspecify.annotations.NullMarked;
