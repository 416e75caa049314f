/// # zonefiles: zones out of master files, beside CoreDNS
///
/// **Lives here:** [ZoneFileDifferentialTest], a signed zone asked for, handed over and changed, by CoreDNS
/// and by `./waymark dns`; [Secondary], who is told of changes.
/// **Read first:** [ZoneFileDifferentialTest]. **May use:** `ask`, `peer`. **May not:** code of Waymark.
/// **Invariant:** what differs is written in the test, and why.
@NullMarked
package io.waymark.testzones.zonefiles;

import org.jspecify.annotations.NullMarked;
